// One cause as text: the header, the lines that let the route through, the route, and who shares it.
#pragma once

#include <string>

#include "base/source.h"
#include "report/cause.h"
#include "report/style.h"

namespace bgproof {

std::string to_text(const Cause& cause, const SourceSet& sources, const Style& style);
std::string to_text(const Undecided& undecided, const SourceSet& sources, const Style& style);

}  // namespace bgproof
