// `apply-path` of prefix lists: the addresses that stand at a path of the configuration become items of the list, with
// the range of the `apply-path` statement. It looks at the tree after inheritance, as the device does.
//
// A path into a part that is not read (sections.h) gives the list a child `apply-path-unresolved` and a BP105: what the
// list holds is then not known.
#pragma once

#include "base/diagnostic.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

// `truncated`: the text is not whole, so that no path is.
void expand_apply_paths(Node& root, bool truncated, Diagnostics& diagnostics);

}  // namespace bgproof::junos
