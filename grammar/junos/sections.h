// Which parts of a Junos configuration are read: those that may hold policy or BGP, and what inheritance and
// `apply-path` need for them. The same table serves the curly form, the set form and paths.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "grammar/junos/syntax.h"

namespace bgproof::junos {

// The inside of a block as far as finding the interesting parts is concerned. Blocks of `keep` are read whole, of
// `skip` not at all, of the others in part. `named_roots`: groups and logical systems, each with a whole configuration
// inside. Only sections that are listed by name are skipped: any other word is `unknown`, and what it would say (it may
// be short for `policy-options`) is told to be lost.
enum class Part : uint8_t { root, named_roots, instances, instance, protocols, system, keep, skip, unknown };

// The part that a statement beginning with `word` opens, or whether it is read if it opens none.
Part below(Part part, std::string_view word);

// False if a path such as "interfaces <*> unit <*>" leads into what is not read.
bool is_read(std::span<const std::string_view> path);

// The word of a path that no section has, which is what `below` says of it; the size of the path if there is none.
size_t first_unknown(std::span<const Word> path);

// True if `word` begins a line of the set form.
bool is_command(std::string_view word);

// `inactive:` and its like, which stand before a statement of the curly form.
bool is_tag(std::string_view word);

}  // namespace bgproof::junos
