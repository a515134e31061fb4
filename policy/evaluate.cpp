// The way of a route through clauses and calls.
#include "policy/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "policy/visit.h"
#include "policy/watch.h"

namespace bgproof {
namespace {

// How a statement, a body or a list of clauses ends: nullopt goes on behind it.
struct Ending {
  Decision decision = Decision::accept;
  uint32_t target = 0;     // of go_to
  bool by_choice = false;  // an unmodelled line decided so
};
using Ended = std::optional<Ending>;

std::string_view result_text(const Ended& ended) {
  if (!ended) return "undecided";
  return ended->decision == Decision::accept ? "accept" : "reject";
}

class Evaluator {
 public:
  // Without `on_run`, there is a trace.
  Evaluator(const Program& program, const Route& route, const Choices& choices, const OnStep& on_step,
            Numberings& numberings, const OnRun* on_run = nullptr)
      : program_(program), choices_(choices), on_step_(on_step), on_run_(on_run), numberings_(numberings) {
    outcome_.route = route;
  }

  Outcome run() {
    Ended ended = run_clauses(program_.entry, {});
    BGPROOF_CHECK(ended || left_by_choice_, "a program's entry must end with a disposition");
    outcome_.accepted = ended && ended->decision == Decision::accept;
    if (!outcome_.accepted) return std::move(outcome_);
    ClauseRef accepted_by = outcome_.decided_by;
    SourceRange accepted_at = outcome_.decided_at;
    ClauseRef rewrite;
    rewrite.in_rewrite = true;
    ended = run_clauses(program_.rewrite, rewrite);
    if (ended && ended->decision == Decision::reject) {
      outcome_.accepted = false;
    } else {
      outcome_.decided_by = accepted_by;
      outcome_.decided_at = accepted_at;
    }
    return std::move(outcome_);
  }

 private:
  // A statement and where it stands.
  struct Place {
    const ClauseRef& clause;
    const Statement& statement;
    const std::vector<Clause>& clauses;
  };
  const Numbering& numbering(const Place& place) const { return numberings_.of(place.clauses); }

  // Gives accept or reject; nullopt is undecided. `where` names the list; its `clause` is set here.
  Ended run_clauses(const std::vector<Clause>& clauses, ClauseRef where) {
    bool by_choice = false;
    size_t at = 0;
    while (at < clauses.size()) {
      where.clause = static_cast<uint32_t>(at);
      if (on_run_ && *on_run_) (*on_run_)(nullptr, where);
      Ended ended = run_body(clauses[at].body, where, clauses);
      Ending ending = ended.value_or(Ending{Decision::next_clause, 0, false});
      by_choice = ending.by_choice;
      switch (ending.decision) {
        case Decision::accept:
        case Decision::reject:
          return ending;
        case Decision::next_clause:
          ++at;
          break;
        case Decision::next_policy:
          at = clauses.size();
          break;
        case Decision::go_to:
          BGPROOF_CHECK(at < ending.target && ending.target <= clauses.size(),
                        "a jump goes forward, within the policy");
          at = ending.target;
          break;
      }
    }
    left_by_choice_ = by_choice;
    return std::nullopt;
  }

  Ended run_body(const Body& body, const ClauseRef& where, const std::vector<Clause>& clauses) {
    for (const Statement& statement : body) {
      if (on_run_ && *on_run_) (*on_run_)(&statement, where);
      Place place{where, statement, clauses};
      if (Ended ended = run_statement(place)) return ended;
    }
    return std::nullopt;
  }

  Ended run_statement(const Place& place) {
    auto act = [&](const auto& action) -> Ended {
      return run_action(place, [&](Route& route) { apply(action, route); });
    };
    auto change_path = [&](const auto& action) -> Ended {
      return run_action(place, [&](Route& route) { apply(action, route, apart_); });
    };
    return visit_with(
        place.statement.is, [&](const If& test) -> Ended { return run_if(test, place); },
        [&](const Disposition& disposition) -> Ended { return run_disposition(disposition, place); },
        [&](const DecideByDefault& decide) -> Ended {
          bool accept = default_ ? *default_ : test(decide.otherwise, place);
          return decided({accept ? Decision::accept : Decision::reject, 0, false}, place);
        },
        [&](const SetDefault& set) -> Ended {
          default_ = set.accept;
          step(Step::Kind::changed, place, set.accept ? "default accept" : "default reject");
          return std::nullopt;
        },
        [&](const Call& call) -> Ended { return run_call(call, place); },
        [&](const SetFlag& set) -> Ended {
          flags_[set.flag] = test(set.value, place);
          return std::nullopt;
        },
        [&](const SetNumber& action) { return act(action); }, [&](const SetOrigin& action) { return act(action); },
        [&](const SetNextHop& action) { return act(action); }, [&](const SetRpki& action) { return act(action); },
        [&](const AddCommunities& action) { return act(action); },
        [&](const DeleteCommunities& action) { return act(action); },
        [&](const KeepCommunities& action) { return act(action); },
        [&](const ReplaceCommunities& action) { return act(action); },
        [&](const PrependAsns& action) { return change_path(action); },
        [&](const PrependFirst& action) { return change_path(action); },
        [&](const RemovePrivate& action) { return change_path(action); },
        [&](const ReplaceAsn& action) { return change_path(action); },
        [&](const RemoveAsns& action) { return change_path(action); },
        [&](const ReplacePath& action) { return change_path(action); },
        [&](const Havoc& havoc) -> Ended { return run_havoc(havoc, place); },
        [&](const NoEffect&) -> Ended {
          step(Step::Kind::unchanged, place, {});
          return std::nullopt;
        });
  }

  Ended run_if(const If& branch, const Place& place) {
    bool matched = test(branch.condition, place);
    if (is_traced()) {
      // What stands nowhere in a text is said in words.
      std::string text = branch.condition.range.known() ? "" : to_string(branch.condition);
      step({matched ? Step::Kind::matched : Step::Kind::not_matched, branch.condition.range, std::move(text),
            place.clause, std::nullopt},
           place);
    }
    return run_body(matched ? branch.then : branch.otherwise, place.clause, place.clauses);
  }

  Ended run_disposition(const Disposition& disposition, const Place& place) {
    return decided({disposition.decision, disposition.target, false}, place);
  }

  // Writes down a decision, and who decided if it may be the last one.
  Ended decided(const Ending& ending, const Place& place) {
    step(Step::Kind::decided, place, decision_text(ending, place));
    if (ending.decision == Decision::accept || ending.decision == Decision::reject) {
      outcome_.decided_by = place.clause;
      outcome_.decided_at = place.statement.range;
    }
    return ending;
  }

  static std::string decision_text(const Ending& ending, const Place& place) {
    switch (ending.decision) {
      case Decision::accept:
        return "accept";
      case Decision::reject:
        return "reject";
      case Decision::next_clause:
        return "next term";
      case Decision::next_policy:
        return "next policy";
      case Decision::go_to:
        break;
    }
    bool is_end = ending.target >= place.clauses.size();
    return is_end ? "go to the end" : "go to " + place.clauses[ending.target].name;
  }

  Ended run_call(const Call& call, const Place& place) {
    BGPROOF_CHECK(program_.library && call.policy < program_.library->policies.size(),
                  "a call names a policy of the library");
    const Policy& policy = program_.library->policies[call.policy];
    ClauseRef inside = place.clause;
    inside.calls.push_back(numbering(place).call(place.statement));
    inside.policy = call.policy;
    BGPROOF_CHECK(inside.calls.size() <= program_.library->policies.size(), "calls do not recur");
    step(Step::Kind::called, place, policy.name);
    switch (call.as) {
      case Call::As::chain: {
        Ended ended = run_clauses(policy.clauses, inside);
        step(Step::Kind::returned, place, std::string(result_text(ended)));
        return ended;
      }
      case Call::As::test: {
        std::optional<bool> outer_default = std::exchange(default_, std::nullopt);
        Ended ended = run_clauses(policy.clauses, inside);
        bool result = ended ? ended->decision == Decision::accept : default_ ? *default_ : test(*call.undecided, place);
        default_ = outer_default;
        flags_[call.flag] = result;
        step(Step::Kind::returned, place, fmt::format("{}: {}", result_text(ended), result));
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  template <class Action>
  Ended run_action(const Place& place, Action action) {
    if (!is_traced()) {
      action(outcome_.route);
      return std::nullopt;
    }
    Route before = outcome_.route;
    action(outcome_.route);
    write_changes(before, place);
    return std::nullopt;
  }

  Ended run_havoc(const Havoc& havoc, const Place& place) {
    ChoiceKey key = key_of(place, havoc.choice, numbering(place).occurrence(place.statement));
    meet(key);
    auto found = choices_.lines.find(key);
    const Choice* choice = found == choices_.lines.end() ? nullptr : &found->second;
    step({Step::Kind::chosen, place.statement.range, unmodelled_text(havoc.choice), place.clause, key}, place);
    if (!choice) return std::nullopt;
    Route before = outcome_.route;
    take_touched(havoc.touches, choice->attributes, outcome_.route);
    if (havoc.touches.as_path) apart_ = 0;
    write_changes(before, place);
    if (!havoc.may_decide || !choice->decides) return std::nullopt;
    BGPROOF_CHECK(*choice->decides != Decision::go_to, "an unmodelled line does not jump");
    return decided({*choice->decides, 0, true}, place);
  }

  void write_changes(const Route& before, const Place& place) {
    if (!is_traced()) return;
    std::vector<std::string> texts = changes(before, outcome_.route);
    for (std::string& text : texts) step(Step::Kind::changed, place, std::move(text));
    if (texts.empty()) step(Step::Kind::unchanged, place, {});
  }

  // The value of a condition of the statement; writes down the unmodelled lines that it depends on.
  bool test(const Condition& condition, const Place& place) {
    ConditionContext context = context_at(place);
    Truth value = truth(condition, outcome_.route, context);
    for (const Condition* met : value.met) {
      ChoiceKey met_key = key_at(place, *met);
      if (!meet(met_key)) continue;
      step(
          {Step::Kind::chosen, met->range, context.matches(*met) ? "matches" : "does not match", place.clause, met_key},
          place);
    }
    return value.value;
  }

  // False: it was met before.
  bool meet(const ChoiceKey& key) {
    bool fresh = met_.insert(key).second;
    if (fresh) outcome_.met.push_back(key);
    return fresh;
  }

  ConditionContext context_at(const Place& place) {
    ConditionContext context;
    context.flag = [this](FlagId flag) { return flags_[flag]; };
    context.reading = [this](const std::string& name) -> const std::string& { return reading(name); };
    context.matches = [this, &place](const Condition& unmodelled) {
      auto found = choices_.lines.find(key_at(place, unmodelled));
      return found != choices_.lines.end() && found->second.matches;
    };
    return context;
  }

  ChoiceKey key_at(const Place& place, const Condition& unmodelled) const {
    ChoiceId choice = std::get<Unmodelled>(unmodelled.is).choice;
    return key_of(place, choice, numbering(place).occurrence(place.statement, unmodelled));
  }

  const std::string& reading(const std::string& name) {
    auto known = readings_.find(name);
    if (known != readings_.end()) return known->second;
    const Assumption* assumption = find_assumption(name);
    BGPROOF_CHECK(assumption, "assumptions are in the table: " + name);
    outcome_.assumptions.insert(name);
    auto given = choices_.readings.find(name);
    std::string value = given == choices_.readings.end() ? std::string(assumption->values.front()) : given->second;
    return readings_.emplace(name, std::move(value)).first->second;
  }

  static ChoiceKey key_of(const Place& place, ChoiceId choice, uint32_t occurrence) {
    return {place.clause.calls, place.clause.in_rewrite, choice, occurrence};
  }

  std::string unmodelled_text(ChoiceId choice) const {
    bool listed = program_.library && choice.value < program_.library->unmodelled.size();
    return listed ? program_.library->unmodelled[choice.value].text : fmt::format("unmodelled {}", choice.value);
  }

  bool is_traced() const { return !on_run_; }

  void step(Step::Kind kind, const Place& place, std::string text) {
    if (!is_traced()) return;
    step({kind, place.statement.range, std::move(text), place.clause, std::nullopt}, place);
  }

  void step(Step made, const Place& place) {
    if (!is_traced()) return;
    outcome_.trace.push_back(std::move(made));
    if (on_step_) on_step_(outcome_.trace.back(), place.statement, outcome_.route, context_at(place));
  }

  const Program& program_;
  const Choices& choices_;
  const OnStep& on_step_;
  const OnRun* on_run_;
  Numberings& numberings_;
  Outcome outcome_;
  std::set<ChoiceKey> met_;
  Readings readings_;  // of the assumptions that were asked for
  std::map<FlagId, bool> flags_;
  std::optional<bool> default_;
  size_t apart_ = 0;             // so many numbers at the left end of the path stand apart (PrependAsns)
  bool left_by_choice_ = false;  // the list of clauses that ended last was left by a choice
};

}  // namespace

Outcome evaluate(const Program& program, const Route& route, const Choices& choices) {
  return evaluate_watched(program, route, choices, {});
}

Outcome evaluate_watched(const Program& program, const Route& route, const Choices& choices, const OnStep& on_step) {
  Numberings numberings;
  return Evaluator(program, route, choices, on_step, numberings).run();
}

Outcome evaluate_untraced(const Program& program, const Route& route, const Choices& choices, Numberings& numberings,
                          const OnRun& on_run) {
  return Evaluator(program, route, choices, {}, numberings, &on_run).run();
}

}  // namespace bgproof
