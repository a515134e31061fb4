#include <fmt/format.h>

#include "grammar/junos/chain.h"
#include "grammar/junos/from.h"
#include "grammar/junos/lines.h"
#include "grammar/junos/policy.h"
#include "grammar/junos/then.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

namespace {

bool ends(const Body& body) { return !body.empty() && std::holds_alternative<Disposition>(body.back().is); }

// Runs `inner` if all conditions of the list hold.
Body guarded(std::vector<Condition> conditions, SourceRange range, Body inner) {
  if (conditions.empty()) return inner;
  return {act(If{all_of(std::move(conditions), range), std::move(inner), {}}, range)};
}

Body ended(Body body, SourceRange range) {
  if (!ends(body)) body.push_back(decide(Decision::next_clause, range));
  return body;
}

// Several prefix conditions meet the route, and which of them says what happens is left free.
Act any_of_them(Context& context, const Match& match, const Body& then) {
  SourceRange whole = match.range.known() ? match.range : match.inlines.front().range;
  Body body;
  auto may = [&](const Condition& meets, const Body& happens, SourceRange range) {
    Condition counts = context.unmodelled(range, "one of several prefix conditions, where some have actions");
    body.push_back(act(If{all_of({meets, std::move(counts)}, range), ended(happens, range), {}}, range));
  };
  for (const InlineActions& each : match.inlines) may(each.condition, each.body, each.range);
  if (match.has_group) may(match.group, then, match.group.range);
  Condition reading = condition(AssumptionIs{"junos.prefix-actions", "any"}, whole);
  return act(If{std::move(reading), std::move(body), {}}, whole);
}

// What a term does once its conditions but the prefix group hold: inline actions of the first prefix condition that
// applies, which skip `then`.
Body actions(Context& context, Match& match, Body then, bool group_is_known) {
  Body body;
  if (match.actions_compete) body.push_back(any_of_them(context, match, then));
  for (InlineActions& each : match.inlines) {
    Body inner = ended(std::move(each.body), each.range);
    body.push_back(act(If{each.condition, std::move(inner), {}}, each.range));
  }
  if (match.has_group && !group_is_known)
    body.push_back(act(If{match.group, std::move(then), {}}, match.group.range));
  else
    body.insert(body.end(), then.begin(), then.end());
  return body;
}

// A term whose `from` is there and says nothing any more meets every route (J15); its author mostly meant the contrary.
void note_lost_conditions(Context& context, const std::string& name, const Statement& term, const Match& match) {
  if (!match.lines.empty() || !match.conjuncts.empty() || match.has_group || !match.policies.empty()) return;
  for (const Statement& part : term.children) {
    if (part.keyword() != "from" && part.keyword() != "to") continue;
    bool deactivated = part.inactive || !part.children.empty();
    Diagnostic& said = context.diagnostics().warning(
        "BP801", part.head(),
        fmt::format("term {} has lost its conditions: its `{}` has no active line", name, part.keyword()),
        "every route meets the term");
    for (const Statement& line : part.children)
      if (line.inactive) said.labels.push_back({Label::Kind::beside, line.head(), "deactivated"});
    said.notes.emplace_back("help", deactivated ? "deactivate the whole term, or give it a condition"
                                                : "remove the whole term, or give it a condition");
    return;
  }
}

std::string text_of(const Statement& statement) {
  std::string text;
  for (const Word& word : statement.words)
    if (word.text != kUnreadable) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

std::string note(Context& context, const Statement& part, const std::string& where) {
  std::string what = fmt::format("`{}` in {}", text_of(part), where);
  context.diagnostics().note("BP117", part.range, what + " is not modelled");
  return what;
}

// A condition that could not be read may widen another one as well as narrow all: it is one more name, or one more
// prefix. Whether the term applies is free, and where conditions do something by themselves, what it does.
void free_unread_conditions(Context& context, const Statement& term, const std::string& name, Match& match, Body& front) {
  std::vector<Condition> unread;
  for (const Statement& part : term.children) {
    if (part.inactive || (part.keyword() != "from" && part.keyword() != "to")) continue;
    for (const Statement* each : part.all(kUnreadable)) {
      std::string what = note(context, *each, fmt::format("{} of term {}", part.keyword(), name));
      if (match.policies.empty() && match.inlines.empty())
        unread.push_back(context.unmodelled(each->range, what));
      else
        front.push_back(context.havoc(each->range, what));
    }
  }
  if (unread.empty()) return;
  match.conjuncts = std::move(unread);
  match.has_group = false;
}

Clause lower_term(Context& context, const std::string& name, const Statement& term, SourceRange range, bool walkup) {
  Match match = lower_from(context, term, walkup);
  note_lost_conditions(context, name, term, match);
  Body front;
  free_unread_conditions(context, term, name, match, front);
  std::vector<Line> lines;
  for (const Statement* then : term.all("then")) {
    std::vector<Line> own = lines_of(*then);
    lines.insert(lines.end(), own.begin(), own.end());
  }
  Body then = lower_then(context, lines);
  Clause clause{name, {}, range, match.lines};
  SourceRange where = match.range.known() ? match.range : range;

  std::vector<Condition> conditions = std::move(match.conjuncts);
  if (match.policies.empty()) {
    // Without actions of their own the prefix conditions are one conjunct like the others.
    bool plain = match.inlines.empty();
    if (plain && match.has_group) conditions.push_back(match.group);
    clause.body = guarded(std::move(conditions), where, actions(context, match, std::move(then), plain));
    clause.body.insert(clause.body.begin(), front.begin(), front.end());
    return clause;
  }
  // Subroutines may change the route, so they run only when all else holds (J8).
  if (match.has_group) {
    std::vector<Condition> any = {match.group};
    for (const InlineActions& each : match.inlines) any.push_back(each.condition);
    conditions.push_back(any_of(std::move(any), where));
  }
  std::vector<const Word*> words;
  SourceRange policies = match.policies.front().range;
  for (const PolicyTest& each : match.policies) {
    words.insert(words.end(), each.words.begin(), each.words.end());
    policies = cover(policies, each.range);
  }
  FlagId flag = 0;
  Body inner = call_subroutines(context, words, policies, flag);
  bool group_is_known = match.inlines.empty();
  inner.push_back(
      act(If{condition(FlagIsSet{flag}, policies), actions(context, match, std::move(then), group_is_known), {}},
          policies));
  clause.body = guarded(std::move(conditions), where, std::move(inner));
  clause.body.insert(clause.body.begin(), front.begin(), front.end());
  return clause;
}

}  // namespace

Policy lower_policy(Context& context, const std::string& name, const std::vector<const Statement*>& texts) {
  Policy policy{name, {}, texts.front()->range};
  bool walkup = context.walkup();
  for (const Statement* text : texts)
    for (const Statement* defaults : text->all("defaults"))
      for (const Line& line : lines_of(*defaults))
        if (line.word(0) == "route-filter") walkup = line.word(1) == "walkup";
  for (const Statement* text : texts) {
    bool unnamed = false;
    for (const Statement& child : text->children) {
      if (child.inactive || child.keyword() == "defaults") continue;
      const std::string& keyword = child.keyword();
      if (keyword == "term") {
        Clause clause = lower_term(context, child.name(), child, child.range, walkup);
        for (const Statement& part : child.children) {
          if (part.inactive || part.keyword() == "from" || part.keyword() == "to" || part.keyword() == "then") continue;
          std::string what = note(context, part, fmt::format("term {} of {}", child.name(), name));
          clause.body.insert(clause.body.begin(), context.havoc(part.range, what));
        }
        policy.clauses.push_back(std::move(clause));
      } else if (keyword == "from" || keyword == "to" || keyword == "then") {
        unnamed = true;
      } else {
        // It may concern any term, so it comes before them all.
        std::string what = note(context, child, fmt::format("policy-statement {}", name));
        policy.clauses.insert(policy.clauses.begin(),
                              {"(unknown)", {context.havoc(child.range, what)}, child.range, {}});
      }
    }
    if (!unnamed) continue;
    SourceRange range;
    for (const char* part : {"from", "to", "then"})
      for (const Statement* each : text->all(part)) range = range.known() ? cover(range, each->range) : each->range;
    policy.clauses.push_back(lower_term(context, "(unnamed)", *text, range, walkup));
  }
  return policy;
}

}  // namespace bgproof::junos
