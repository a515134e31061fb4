// Actions of a Junos term, and of a route filter with actions of its own.
//
// The device keeps only the last of the actions of one kind within one `then`, runs side effects before what ends the
// term, as-path-prepend before as-path-expand, and every community action in order of the text (J9 of the design). That
// retained form is what is made here.
#pragma once

#include <vector>

#include "grammar/junos/context.h"
#include "grammar/junos/lines.h"

namespace bgproof::junos {

Body lower_then(Context& context, const std::vector<Line>& lines);

}  // namespace bgproof::junos
