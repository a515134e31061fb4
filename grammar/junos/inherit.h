// `apply-groups`: what a statement takes from groups.
//
// A group named at some level gives what stands at the same path inside the group. Containers merge, lists are appended
// to, a single value is taken only where none stands; values of the text win over all groups, a group that is named
// further inside wins over one that is named further outside, an earlier name in one list wins over a later one. New
// containers (terms, neighbors) come after those of the text. `<pattern>` words of a group create nothing: they give
// their content to what is there and matches. `apply-groups-except` takes away groups that were named further outside.
//
// An inherited statement keeps the range of its text in the group; `inherited_at` is the name in the `apply-groups`
// statement that brought it. Groups, `apply-groups` and `apply-groups-except` are gone from the tree afterwards.
//
// A name that no group has is BP104. What is inherited is then not known, so that an `unreadable` statement stands in
// for it. The same stands in where a publisher has stripped the pattern of a group, and for what a group gives that
// does not always hold: one with `when`, or one for a part of the device (`re0`, `node1`).
#pragma once

#include "base/diagnostic.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

// False if something is lost that no mark in the tree can stand for: an undefined group that is named outside of
// policies and BGP.
bool inherit(Node& root, Diagnostics& diagnostics);

}  // namespace bgproof::junos
