// Diagnostics as text: the same look as findings, errors and warnings alike.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "report/style.h"

namespace bgproof {

std::string to_text(const Diagnostic& diagnostic, const SourceSet& sources, const Style& style);

// "    = name        value", below a snippet whose gutter is so wide; long values go on in further lines.
std::string note_line(uint32_t gutter, const std::string& name, const std::string& value, const Style& style);

}  // namespace bgproof
