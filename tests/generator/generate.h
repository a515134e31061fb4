// Random routes, conditions and programs, of everything that the model has. Deterministic: the same seed gives the same
// models everywhere.
//
// `Features` leaves out what a test can't take yet; a test of the generator says that with all of them on every
// alternative of Condition::Is and of Statement::Is occurs. Programs obey the promises of policy/program.h: entry
// decides, jumps go forward, calls don't recur.
#pragma once

#include "policy/evaluate.h"
#include "tests/generator/pool.h"
#include "tests/generator/random.h"

namespace bgproof {

struct Features {
  bool as_path_matches = true;
  bool as_path_text = true;
  bool as_path_length = true;
  bool as_path_changes = true;          // prepend, remove private, replace
  bool sets_and_confederations = true;  // segments in paths that are not sequences
  bool community_fields = true;
  bool community_regexes = true;
  bool community_count = true;
  bool community_text = true;
  bool masks = true;          // prefix patterns with a mask
  bool longest_match = true;  // lists of that mode, with slots
  bool flags = true;
  bool calls = true;
  bool assumptions = true;
  bool unmodelled = true;

  // What may stand in a condition on a route alone: no flags, assumptions or unmodelled lines.
  static Features route_only();
};

struct Shape {
  uint32_t policies = 3;    // of the library, at most; at least 1
  uint32_t clauses = 4;     // of a policy, at most
  uint32_t statements = 3;  // of a body, at most
  uint32_t depth = 3;       // of nested conditions and of nested Ifs
};

// Legal in the sense of is_legal.
Route random_route(Random& random, const Pool& pool, const Features& features = {});
AsPath random_path(Random& random, const Pool& pool, const Features& features = {});
Prefix random_prefix(Random& random, const Pool& pool);

PrefixList random_prefix_list(Random& random, const Pool& pool, const Features& features = {});
CommunitySet random_community_set(Random& random, const Pool& pool, const Features& features = {});
AsPathRegex random_path_regex(Random& random, const Pool& pool, const Features& features, uint32_t depth);
std::string random_path_text(Random& random, const Pool& pool);  // an expression
Condition random_condition(Random& random, const Pool& pool, const Features& features = {}, uint32_t depth = 3);
Program random_program(Random& random, const Pool& pool, const Features& features = {}, const Shape& shape = {});

// Every unmodelled line that the program can meet, calls expanded, in the order of the text.
struct ChoicePlace {
  ChoiceKey key;
  const Havoc* havoc = nullptr;  // nullptr: a condition
};
std::vector<ChoicePlace> choice_places(const Program& program);

// A choice for each place (or, now and then, none) and a reading for each assumption (likewise).
Choices random_choices(Random& random, const Pool& pool, const Program& program, const Features& features = {});

}  // namespace bgproof
