#include "encoder/encode_program.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "encoder/encode_action.h"
#include "encoder/encode_condition.h"
#include "encoder/logic.h"
#include "encoder/shared_lines.h"
#include "policy/numbering.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

// Where the program can be, and which forms the AS path has there. All other state is shared by all ways
// (encode_action.h).
struct Flow {
  Flow(const z3::expr& way, SymbolicPath forms) : live(way), path(std::move(forms)) {}
  Flow(const Flow&) = default;
  Flow& operator=(const Flow&) = default;  // and no move: logic.h says why
  z3::expr live;
  SymbolicPath path;
};

bool same_forms(const SymbolicPath& a, const SymbolicPath& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.first == y.first && z3::eq(x.second, y.second); });
}

class ProgramEncoder {
 public:
  ProgramEncoder(Terms& terms, const Program& program, const EncodedProgram* first)
      : terms_(terms),
        program_(program),
        first_(first),
        state_(terms.before),
        default_set_(terms.no()),
        default_accepts_(terms.no()) {}

  EncodedProgram run() {
    Ends entry = run_clauses(program_.entry, {}, {terms_.yes(), terms_.before.as_path});
    if (!entry.undecided.live.is_false()) {
      // Only an unmodelled line leads here; the route is rejected.
      ClauseRef last;
      last.clause = static_cast<uint32_t>(std::max<size_t>(program_.entry.size(), 1) - 1);
      leaves_.push_back({last, {}, false, entry.undecided.live});
      merge(entry.undecided, entry.reject);
    }
    std::vector<Leaf> entry_leaves = std::move(leaves_);
    leaves_.clear();
    ClauseRef rewrite;
    rewrite.in_rewrite = true;
    Ends sent = run_clauses(program_.rewrite, rewrite, entry.accept);
    merge(sent.undecided, sent.accept);
    for (Leaf& leaf : entry_leaves)
      if (leaf.accepts) put(leaf.guard, and_of(leaf.guard, not_of(sent.reject.live)));
    entry_leaves.insert(entry_leaves.end(), leaves_.begin(), leaves_.end());
    Flow rejected = entry.reject;
    merge(sent.reject, rejected);
    Flow all = sent.accept;
    merge(rejected, all);
    state_.as_path = all.path;
    return {std::move(state_), sent.accept.live, std::move(entry_leaves), std::move(lines_)};
  }

 private:
  struct Ends {
    Flow accept, reject, undecided;
  };
  // How the ways through the body of a clause end.
  struct BodyEnds {
    Flow accept, reject, next_clause, next_policy;
    std::map<uint32_t, Flow> jumps;
  };
  struct Place {
    const ClauseRef& clause;
    const Numbering& numbering;
    const Statement& statement;
    BodyEnds& ends;
  };

  Flow nowhere() { return {terms_.no(), {}}; }

  // `into` takes up the ways of `from`.
  void merge(const Flow& from, Flow& into) {
    if (from.live.is_false()) return;
    if (into.live.is_false()) {
      into = from;
      return;
    }
    if (!same_forms(from.path, into.path)) {
      into.path = choice_of(from.live, from.path, into.path);
      for (auto& [form, guard] : into.path) put(guard, terms_.tight(guard));
    }
    put(into.live, terms_.tight(or_of(into.live, from.live)));
  }

  // The ways of `flow` on which the condition holds; the path's guards are meant where the flow is live.
  Flow narrowed(const Flow& flow, const z3::expr& condition) {
    return {terms_.tight(and_of(flow.live, condition)), flow.path};
  }

  Ends run_clauses(const std::vector<Clause>& clauses, ClauseRef where, const Flow& in) {
    const Numbering& numbering = numberings_.of(clauses);
    Ends ends{nowhere(), nowhere(), nowhere()};
    std::vector<Flow> arrivals(clauses.size() + 1, nowhere());
    arrivals[0] = in;
    for (size_t at = 0; at < clauses.size(); ++at) {
      Flow flow = arrivals[at];
      if (flow.live.is_false()) continue;
      where.clause = static_cast<uint32_t>(at);
      BodyEnds body{nowhere(), nowhere(), nowhere(), nowhere(), {}};
      run_body(clauses[at].body, where, numbering, flow, body);
      merge(flow, body.next_clause);
      merge(body.accept, ends.accept);
      merge(body.reject, ends.reject);
      merge(body.next_clause, arrivals[at + 1]);
      merge(body.next_policy, arrivals.back());
      for (const auto& [target, jump] : body.jumps) {
        BGPROOF_CHECK(at < target && target <= clauses.size(), "a jump goes forward, within the policy");
        merge(jump, arrivals[target]);
      }
    }
    ends.undecided = arrivals.back();
    return ends;
  }

  void run_body(const Body& body, const ClauseRef& where, const Numbering& numbering, Flow& flow, BodyEnds& ends) {
    for (const Statement& statement : body) {
      if (flow.live.is_false()) return;
      run_statement({where, numbering, statement, ends}, flow);
    }
  }

  void run_statement(const Place& place, Flow& flow) {
    auto act = [&](const auto& action) { encode_action(terms_, action, flow.live, state_); };
    auto change = [&](const PathTransform& transform) { flow.path = terms_.paths.then(flow.path, transform); };
    visit_with(
        place.statement.is, [&](const If& branch) { run_if(branch, place, flow); },
        [&](const Disposition& disposition) {
          decide(disposition, place, flow);
          flow = nowhere();
        },
        [&](const DecideByDefault& decide) { run_default(decide, place, flow); },
        [&](const SetDefault& set) {
          terms_.assign(default_accepts_, flow.live, terms_.boolean(set.accept));
          terms_.assign(default_set_, flow.live, terms_.yes());
        },
        [&](const Call& call) { run_call(call, place, flow); },
        [&](const SetFlag& set) {
          z3::expr value = test(set.value, place, flow);
          terms_.assign(flag(set.flag), flow.live, value);
        },
        [&](const SetNumber& action) { act(action); }, [&](const SetOrigin& action) { act(action); },
        [&](const SetNextHop& action) { act(action); }, [&](const SetRpki& action) { act(action); },
        [&](const AddCommunities& action) { act(action); }, [&](const DeleteCommunities& action) { act(action); },
        [&](const KeepCommunities& action) { act(action); }, [&](const ReplaceCommunities& action) { act(action); },
        [&](const PrependAsns& action) { change(action); }, [&](const PrependFirst& action) { change(action); },
        [&](const RemovePrivate& action) { change(action); }, [&](const ReplaceAsn& action) { change(action); },
        [&](const RemoveAsns& action) { change(action); }, [&](const ReplacePath& action) { change(action); },
        [&](const Havoc& havoc) { run_havoc(havoc, place, flow); }, [](const NoEffect&) {});
  }

  // A reading that only changes what the task does not look at is none of its readings.
  bool is_unseen(const If& branch) const {
    bool open = false;
    walk(branch.condition, [&](const Condition& part) { open |= std::holds_alternative<AssumptionIs>(part.is); });
    auto unseen = [&](const Statement& each) {
      const auto* set = std::get_if<SetNumber>(&each.is);
      return set != nullptr && !terms_.vocabulary.looks_at(AttributeSet::only(set->number));
    };
    return open && std::ranges::all_of(branch.then, unseen) && std::ranges::all_of(branch.otherwise, unseen);
  }

  void run_if(const If& branch, const Place& place, Flow& flow) {
    if (is_unseen(branch)) return;
    z3::expr condition = test(branch.condition, place, flow);
    Flow then = narrowed(flow, condition), otherwise = narrowed(flow, not_of(condition));
    const z3::expr all_then = then.live, all_otherwise = otherwise.live;
    run_body(branch.then, place.clause, place.numbering, then, place.ends);
    run_body(branch.otherwise, place.clause, place.numbering, otherwise, place.ends);
    // Where neither branch ends any way, the ways are those before the test.
    bool whole = same(then.live, all_then) && same(otherwise.live, all_otherwise);
    merge(then, otherwise);
    if (whole) otherwise.live = flow.live;
    flow = otherwise;
  }

  void decide(const Disposition& disposition, const Place& place, const Flow& flow) {
    switch (disposition.decision) {
      case Decision::accept:
      case Decision::reject:
        decide(disposition.decision == Decision::accept, place, flow);
        break;
      case Decision::next_clause:
        merge(flow, place.ends.next_clause);
        break;
      case Decision::next_policy:
        merge(flow, place.ends.next_policy);
        break;
      case Decision::go_to:
        merge(flow, place.ends.jumps.try_emplace(disposition.target, nowhere()).first->second);
        break;
    }
  }

  void decide(bool accept, const Place& place, const Flow& flow) {
    if (flow.live.is_false()) return;
    merge(flow, accept ? place.ends.accept : place.ends.reject);
    // Within a test nothing is final; an accept of the rewrite leaves the decision with the entry.
    if (tests_ == 0 && !(accept && place.clause.in_rewrite))
      leaves_.push_back({place.clause, place.statement.range, accept, flow.live});
  }

  void run_default(const DecideByDefault& decide_by, const Place& place, Flow& flow) {
    z3::expr otherwise = test(decide_by.otherwise, place, narrowed(flow, not_of(default_set_)));
    z3::expr accepts = choice_of(default_set_, default_accepts_, otherwise);
    decide(true, place, narrowed(flow, accepts));
    decide(false, place, narrowed(flow, not_of(accepts)));
    flow = nowhere();
  }

  void run_call(const Call& call, const Place& place, Flow& flow) {
    BGPROOF_CHECK(program_.library && call.policy < program_.library->policies.size(),
                  "a call names a policy of the library");
    const Policy& policy = program_.library->policies[call.policy];
    ClauseRef inside = place.clause;
    inside.calls.push_back(place.numbering.call(place.statement));
    inside.policy = call.policy;
    BGPROOF_CHECK(inside.calls.size() <= program_.library->policies.size(), "calls do not recur");
    switch (call.as) {
      case Call::As::chain: {
        Ends ends = run_clauses(policy.clauses, inside, flow);
        merge(ends.accept, place.ends.accept);
        merge(ends.reject, place.ends.reject);
        flow = ends.undecided;
        return;
      }
      case Call::As::test: {
        z3::expr outer_set = default_set_, outer_accepts = default_accepts_;
        terms_.assign(default_set_, flow.live, terms_.no());
        ++tests_;
        Ends ends = run_clauses(policy.clauses, inside, flow);
        --tests_;
        z3::expr undecided = test(*call.undecided, place, narrowed(ends.undecided, not_of(default_set_)));
        z3::expr by_default = choice_of(default_set_, default_accepts_, undecided);
        z3::expr result = or_of(ends.accept.live, and_of(ends.undecided.live, by_default));
        // All ways come back, so outside of the call nothing that it did to its own default is seen.
        z3::expr live = flow.live;
        default_set_ = outer_set;
        default_accepts_ = outer_accepts;
        terms_.assign(flag(call.flag), live, result);
        flow = ends.undecided;
        merge(ends.reject, flow);
        merge(ends.accept, flow);
        flow.live = live;
        return;
      }
    }
  }

  void run_havoc(const Havoc& havoc, const Place& place, Flow& flow) {
    ChoiceKey key = key_of(place, havoc.choice, place.numbering.occurrence(place.statement));
    std::string name = line_name();
    z3::context& context = terms_.context;
    auto boolean = [&](const char* what) { return context.bool_const((name + what).c_str()); };
    FreshAttributes fresh = fresh_attributes(context, terms_.vocabulary, name, havoc.touches.communities);
    terms_.definitions.push_back(well_formed(fresh, terms_.vocabulary));
    auto action = std::make_unique<FreeAction>(FreeAction{&havoc,
                                                          boolean("keeps"),
                                                          context.bv_const((name + "decides").c_str(), 3),
                                                          fresh,
                                                          boolean("keeps-communities"),
                                                          boolean("keeps-path"),
                                                          {},
                                                          0,
                                                          terms_.bits(0u, kWhoseBits),
                                                          0,
                                                          {},
                                                          state_.communities});
    z3::expr decides = action->decides, keeps = action->keeps;
    terms_.definitions.push_back(z3::ule(decides, terms_.bits(1 + static_cast<unsigned>(Decision::next_policy), 3)));
    terms_.definitions.push_back(or_of(not_of(keeps), decides == terms_.bits(0u, 3)));
    if (havoc.touches.communities) action->whose = ++terms_.community_lines;
    if (havoc.touches.as_path) action->source = terms_.paths.add_source();
    action->whose_term = terms_.bits(action->whose, kWhoseBits);
    SymbolicPath fresh_path = {{terms_.paths.form_of(action->source), terms_.yes()}};
    std::unique_ptr<Reached> reached = reached_here(havoc.choice, &havoc, place, flow);
    auto alike = lines_like(reached.get());
    for (auto it = alike.rbegin(); it != alike.rend(); ++it) {
      share(it->second, *it->first->action, *action);
      fresh_path = choice_of(it->second, {{terms_.paths.form_of(it->first->action->source), terms_.yes()}}, fresh_path);
    }
    z3::expr goes_on = equal(action->decides, terms_.bits(0u, 3));

    z3::expr met = flow.live;
    z3::expr acts = and_of(flow.live, not_of(action->keeps));
    AttributeSet scalars = havoc.touches, communities;
    scalars.communities = false;
    communities.communities = havoc.touches.communities;
    encode_touched(terms_, scalars, action->fresh, action->whose_term, acts, state_);
    encode_touched(terms_, communities, action->fresh, action->whose_term,
                   and_of(acts, not_of(action->keeps_communities)), state_);
    if (havoc.touches.as_path) {
      const SymbolicPath before = flow.path;
      SymbolicPath other = fresh_path;
      // Obligations that ask for a prepend see none in a fresh path (paths.h), so a prepend that fulfils them is a way
      // of its own.
      for (uint32_t times : terms_.vocabulary.prepends) {
        z3::expr prepends = boolean(fmt::format("prepends!{}", times).c_str());
        action->prepends.push_back(prepends);
        other = choice_of(prepends, prepended(before, times), other);
      }
      action->path_after = choice_of(action->keeps_path, joined(before), other);
      flow.path = choice_of(action->keeps, before, action->path_after);
    }
    if (havoc.may_decide) {
      auto when = [&](Decision decision) {
        return equal(action->decides, terms_.bits(1 + static_cast<unsigned>(decision), 3));
      };
      for (Decision decision : {Decision::accept, Decision::reject, Decision::next_clause, Decision::next_policy})
        decide(Disposition{decision, 0}, place, narrowed(flow, when(decision)));
      flow = narrowed(flow, goes_on);
    }
    lines_.push_back({std::move(key), place.statement.range, met, terms_.no(), std::move(action), std::move(reached)});
  }

  std::string line_name() const { return fmt::format("{}line!{}!", first_ ? "twin!" : "", lines_.size()); }

  // nullptr if there is nothing to compare with.
  std::unique_ptr<Reached> reached_here(ChoiceId choice, const Havoc* action, const Place& place, const Flow& flow) {
    if (!terms_.twin) return nullptr;
    const ClauseRef& at = place.clause;
    const Policy* policy = at.policy ? &program_.library->policies.at(*at.policy) : nullptr;
    const std::vector<Clause>& clauses = policy ? policy->clauses : at.in_rewrite ? program_.rewrite : program_.entry;
    auto reached = std::make_unique<Reached>(Reached{text_of(program_, choice, action),
                                                     (policy ? policy->name : at.in_rewrite ? "(rewrite)" : "") + "/" +
                                                         clauses.at(at.clause).name,
                                                     flow.live, state_});
    reached->route.as_path = flow.path;
    return reached;
  }

  std::vector<std::pair<const Line*, z3::expr>> lines_like(const Reached* reached) {
    if (!first_ || !reached) return {};
    return lines_alike(terms_, *first_, *reached);
  }

  // The path with one ASN in front of it, so many times: the one that the policy put there last, if it did.
  SymbolicPath prepended(const SymbolicPath& path, uint32_t times) {
    SymbolicPath result;
    for (const auto& [form, guard] : path) {
      const std::vector<PathTransform>& transforms = terms_.paths.form(form).transforms;
      const auto* last = transforms.empty() ? nullptr : std::get_if<PrependAsns>(&transforms.back());
      PrependAsns prepend{std::vector<Asn>(times, last ? last->asns.front() : Asn{64496})};
      result = choice_of(guard, {{terms_.paths.then(form, prepend), terms_.yes()}}, result);
    }
    return result;
  }

  // The path with nothing that stands apart.
  SymbolicPath joined(const SymbolicPath& path) { return terms_.paths.then(path, PrependAsns{}); }

  // The value of a condition of the statement where the flow is live; notes the unmodelled lines that it depends on
  // there.
  z3::expr test(const Condition& condition, const Place& place, const Flow& flow) {
    ConditionScope scope;
    scope.flag = [&](FlagId id) { return flag(id); };
    scope.matches = [&](const Condition& unmodelled) { return lines_[line_of(unmodelled, place, flow)].matches; };
    EncodedCondition encoded = encode_condition(terms_, condition, state_, flow.path, scope);
    for (const auto& [unmodelled, when] : encoded.met) {
      Line& line = lines_[line_of(*unmodelled, place, flow)];
      put(line.met, or_of(line.met, and_of(flow.live, when)));
    }
    return terms_.shared(encoded.value);
  }

  size_t line_of(const Condition& unmodelled, const Place& place, const Flow& flow) {
    ChoiceId choice = std::get<Unmodelled>(unmodelled.is).choice;
    ChoiceKey key = key_of(place, choice, place.numbering.occurrence(place.statement, unmodelled));
    auto [at, fresh] = line_of_.try_emplace(key, lines_.size());
    if (fresh) {
      z3::expr matches = terms_.context.bool_const((line_name() + "matches").c_str());
      std::unique_ptr<Reached> reached = reached_here(choice, nullptr, place, flow);
      auto alike = lines_like(reached.get());
      for (auto it = alike.rbegin(); it != alike.rend(); ++it)
        matches = choice_of(it->second, it->first->matches, matches);
      lines_.push_back({key, unmodelled.range, terms_.no(), matches, nullptr, std::move(reached)});
    }
    return at->second;
  }

  static ChoiceKey key_of(const Place& place, ChoiceId choice, uint32_t occurrence) {
    return {place.clause.calls, place.clause.in_rewrite, choice, occurrence};
  }

  z3::expr& flag(FlagId id) { return flags_.try_emplace(id, terms_.no()).first->second; }

  Terms& terms_;
  const Program& program_;
  const EncodedProgram* first_;
  SymbolicRoute state_;
  z3::expr default_set_, default_accepts_;
  std::map<FlagId, z3::expr> flags_;
  Numberings numberings_;
  std::map<ChoiceKey, size_t> line_of_;
  std::vector<Leaf> leaves_;
  std::vector<Line> lines_;
  int tests_ = 0;
};

}  // namespace

EncodedProgram encode_program(Terms& terms, const Program& program, const EncodedProgram* first) {
  return ProgramEncoder(terms, program, first).run();
}

}  // namespace bgproof
