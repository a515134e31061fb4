// What the tree of a Junos configuration has to know of the language: which words open a container and how many words
// of name follow, which statements hold a list and which one value. Nothing here says what a statement means.
//
// It is needed because `display set` has no braces: only the language knows that in `policy-statement P term A from
// protocol bgp` three containers are open before the leaf `protocol bgp`. The curly form goes through the same tables,
// so that both give one tree. A statement that is not in the tables is a leaf of all its words; a braced block below it
// is spelled out, one leaf for each of its leaves, as `display set` does:
//
//   then { metric { igp 5; } accept; }    is    [then] > [metric igp 5], [accept]
//
// Levels cover what may concern policy and BGP; a level stands for the inside of a container.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "grammar/junos/syntax.h"

namespace bgproof::junos {

enum class Level : uint8_t {
  root,  // also the inside of a group and of a logical system
  groups,
  systems,
  instances,
  instance,
  system,
  policy_options,
  policy,
  from,
  then,
  entries,  // prefixes of a prefix list
  filters,  // of a route filter list
  community,
  path_group,
  condition,
  protocols,
  bgp,  // bgp, group and neighbor share their statements
  family,
  family_part,
  routing_options,
  routes,
  route,
  rib_groups,
  interfaces,
  interface,
  unit,
  address_family,
  plain,  // nothing below is known: leaves
};

enum class Shape : uint8_t {
  container,
  list,        // `[ a b ]`; several statements of the keyword are one list
  expression,  // a list of names that may hold `( A && B )`
  single,      // one value: a later statement replaces an earlier one
  slot,        // several may stand in the text, but one value is inherited at most (actions of `then`)
  leaf,        // any other
};

struct Rule {
  Shape shape = Shape::leaf;
  uint32_t head = 1;           // words that identify the statement; at most as many as there are
  Level below = Level::plain;  // of a container
  bool nameless = false;       // the name that should follow is missing
};

// The rule for a statement that begins with `words` (not empty) at `level`.
Rule rule(Level level, std::span<const Word> words);

// True if nobody knows what a statement of these words would be at the level: its first word is none of those of
// policy-options, or is short for one that is read (`neigh`), which a device takes for the whole word.
bool is_unknown(Level level, std::span<const Word> statement);
// The first such word of a path from the root; the size of the path if there is none.
size_t first_unknown_keyword(std::span<const Word> path);

// Words that give one and the same value in `then`: "accept" and "reject" are one, "next" another; "" if several
// statements of the keyword stand side by side (community).
std::string_view then_slot(std::string_view keyword);

// True if statements begin with this word somewhere. A line that begins so within a statement says that a `;` is
// missing.
bool is_keyword(std::string_view word);

// `<*>`, `<ge-*>`: a pattern of a group, and whether it stands for `name`.
bool is_pattern(std::string_view word);
bool matches_pattern(std::string_view pattern, std::string_view name);

}  // namespace bgproof::junos
