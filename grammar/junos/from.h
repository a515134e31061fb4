// Conditions of a Junos term (`from` and `to`), sorted into what the term's body needs (J2-J6, J8, J11-J13 of the
// design).
//
// Conditions of different kinds have to hold together, names within one kind are alternatives. The prefix conditions of
// a term form one group of alternatives (assumption junos.prefix-group). A keyword that is not known is a free
// conjunct; within the prefix group a free alternative.
#pragma once

#include <vector>

#include "grammar/junos/context.h"
#include "grammar/junos/lines.h"

namespace bgproof::junos {

// A prefix condition with actions of its own: they run at once, and `then` is skipped.
struct InlineActions {
  Condition condition;
  Body body;
  SourceRange range;
};

// `from policy`: what was written, to be called when all else holds.
struct PolicyTest {
  std::vector<const Word*> words;
  SourceRange range;
};

struct Match {
  std::vector<Condition> conjuncts;  // all but the prefix group and the policies
  bool has_group = false;
  Condition group;  // the prefix group without inline actions
  std::vector<InlineActions> inlines;
  // Prefix conditions that are looked up apart from each other can meet the same route, and one has actions of its own.
  bool actions_compete = false;
  std::vector<PolicyTest> policies;
  std::vector<SourceRange> lines;  // of the text, to show
  SourceRange range;               // of `from`, unknown if there is none
};

// `term` is a term or a policy-statement with conditions of its own.
Match lower_from(Context& context, const Statement& term, bool walkup);

}  // namespace bgproof::junos
