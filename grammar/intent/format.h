// An intent file in its usual form: one row a line, rows and declarations in columns, long lists filled, comments where
// they were. Only white space changes: the words and comments of the result are those of the text, which is checked
// each time.
#pragma once

#include <string>

#include "base/source.h"
#include "intents/model.h"

namespace bgproof::intent {

// `file` is what the reader made of this text, without errors.
std::string format(const SourceSet& sources, const File& file);

}  // namespace bgproof::intent
