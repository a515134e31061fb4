#include "solver/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/check.h"
#include "policy/visit.h"
#include "solver/cause.h"
#include "solver/guilt.h"
#include "solver/joined.h"
#include "solver/open_end.h"
#include "solver/projection.h"
#include "solver/query.h"
#include "solver/readings.h"
#include "solver/silent_acts.h"

namespace bgproof {

namespace {

constexpr std::array<Change, 3> kChanges = {Change::newly_accepted, Change::newly_rejected, Change::changed};
enum class Shown : uint8_t { none, perhaps, surely };

// Both programs with what can be offered to each as a row, so that the encoding knows it.
Task task_of(const Comparison& comparison) {
  Task task;
  task.device = comparison.device;
  task.direction = comparison.direction;
  task.policies = comparison.policies;
  task.sessions = comparison.sessions;
  task.program = comparison.before().program;
  task.offered = always();
  task.roles = {"originated"};
  for (const Side& side : comparison.sides) {
    task.families.insert(side.families.begin(), side.families.end());
    std::vector<Condition> families, all;
    for (Family family : side.families) families.push_back({FamilyIs{family}, {}});
    all.push_back(any_of(std::move(families)));
    for (const Fact& fact : side.facts) all.push_back(fact.condition);
    if (!side.present) all.push_back(never());
    TaskRow row{TaskRow::Kind::may, "", all_of(std::move(all)), {}, {}, {}, "", ""};
    task.rows.push_back(std::move(row));
  }
  return task;
}

std::vector<std::string> differing(const Route& a, const Route& b) {
  std::vector<std::string> names;
  if (a.as_path != b.as_path) names.emplace_back("as-path");
  if (a.origin != b.origin) names.emplace_back("origin");
  if (a.next_hop != b.next_hop) names.emplace_back("next-hop");
  if (a.communities != b.communities) names.emplace_back("communities");
  for (const NumberInfo& number : kNumbers)
    if (a[number.number] != b[number.number]) names.emplace_back(number.name);
  if (a.rpki != b.rpki) names.emplace_back("rpki");
  return names;
}

std::optional<Change> change_of(const std::array<bool, 2>& passes, const Route& before, const Route& after) {
  if (passes[0] != passes[1]) return passes[1] ? Change::newly_accepted : Change::newly_rejected;
  if (!passes[0] || before == after) return std::nullopt;
  return Change::changed;
}

class Comparer {
 public:
  Comparer(const Comparison& comparison, const Task& task, Query& query, const SourceSet& sources,
           const CheckOptions& options)
      : comparison_(comparison),
        task_(task),
        query_(query),
        sources_(sources),
        options_(options),
        clauses_{Clauses(comparison.before().program), Clauses(comparison.after().program)},
        readings_(readings_of(query, options)),
        meets_unmodelled_(query.no()) {
    z3::expr_vector met(query.context());
    for (size_t side : {0, 1}) {
      passes_.push_back(encoding().accepted(side) && encoding().condition(side));
      for (const ChoicePoint& point : encoding().choice_points(side)) met.push_back(point.met);
    }
    meets_unmodelled_ = z3::mk_or(met);
  }

  DiffResult run() {
    for (const auto& [name, values] : encoding().readings()) result_.assumptions.push_back(name);
    std::array<Shown, 3> shown{};
    for (Change change : kChanges) {
      shown[static_cast<size_t>(change)] = enumerate(change);
      if (shown[static_cast<size_t>(change)] == Shown::perhaps) result_.undecided = true;
    }
    auto [wider, narrower, changed] = shown;
    result_.attributes_changed = changed != Shown::none;
    bool sets_open = wider == Shown::perhaps || narrower == Shown::perhaps;
    if (wider == Shown::surely && narrower == Shown::surely)
      result_.effect = Effect::incomparable;
    else if (sets_open)
      result_.effect = Effect::unknown;
    else if (wider == Shown::surely || narrower == Shown::surely)
      result_.effect = wider == Shown::surely ? Effect::wider : Effect::narrower;
    else
      result_.effect = changed == Shown::none     ? Effect::equal
                       : changed == Shown::surely ? Effect::changed
                                                  : Effect::unknown;
    return std::move(result_);
  }

 private:
  const Encoding& encoding() const { return query_.encoding(); }
  static bool is_true(const z3::model& model, const z3::expr& term) { return model.eval(term, true).is_true(); }

  // Unsatisfiable iff no offered route shows this change, whatever the unmodelled lines do.
  z3::expr shows(Change change) {
    switch (change) {
      case Change::newly_accepted:
        return passes_[1] && !passes_[0];
      case Change::newly_rejected:
        return passes_[0] && !passes_[1];
      case Change::changed:
        return passes_[0] && passes_[1] && encoding().difference().any;
    }
    return query_.no();
  }

  Shown enumerate(Change change) {
    z3::expr all = shows(change) && readings_.fixed;
    if (query_.contradicts_itself(all)) return Shown::none;
    const z3::expr& unclear = encoding().difference().undecided;
    z3::expr open = change == Change::changed ? all && !unclear : all;
    Shown shown = Shown::none;
    bool one_cause = !comparison_.before().present || !comparison_.after().present;
    while (std::optional<Witness> first = query_.find(open)) {
      if (result_.findings.size() == options_.causes) {
        result_.reason = "there are more causes than are listed";
        break;
      }
      z3::expr decided = one_cause ? query_.yes() : decided_alike(first->model);
      DiffFinding& finding = result_.findings.emplace_back(describe(change, open && decided));
      if (shown != Shown::surely) shown = finding.certain ? Shown::surely : Shown::perhaps;
      open = open && !decided;
    }
    if (change == Change::changed && !unclear.is_false()) shown = try_unclear(all && unclear, shown);
    if (shown == Shown::perhaps && in_every_reading(change)) shown = Shown::surely;
    return shown;
  }

  // Paths that no formula compares: the evaluator compares some, of routes that meet no unmodelled line.
  Shown try_unclear(const z3::expr& unclear, Shown shown) {
    if (!query_.possible(unclear)) return shown;
    bool all_meet_unmodelled = true;
    z3::expr open = unclear && !meets_unmodelled_;
    for (size_t i = 0; i <= options_.tries; ++i) {
      std::optional<Witness> witness = i == 0 ? query_.find_believable(open) : query_.find(open);
      if (!witness) break;
      all_meet_unmodelled = false;
      DiffFinding finding = replay(Change::changed, *witness);
      if (!finding.attributes.empty()) {
        finding.region = region_of(query_, open);
        finding.region.complete = false;
        result_.findings.push_back(std::move(finding));
        return Shown::surely;
      }
      open = open && !encoding().equals(witness->route);
    }
    // Where a line without a model has a hand in it, what was found says as much.
    if (!all_meet_unmodelled || shown == Shown::none)
      result_.reason = "the AS path is changed in two ways that are not compared with each other";
    return shown == Shown::surely ? shown : Shown::perhaps;
  }

  // Some route shows the change in each reading, if not the same route.
  bool in_every_reading(Change change) {
    if (readings_.all.size() == 1 || readings_.too_many()) return false;
    z3::expr surely = shows(change) && !meets_unmodelled_ && !encoding().difference().undecided;
    return std::all_of(readings_.all.begin(), readings_.all.end(),
                       [&](const Reading& reading) { return query_.possible(reading.term && surely); });
  }

  const Leaf& leaf_of(size_t side, const z3::model& model) const {
    for (const Leaf& leaf : encoding().leaves(side))
      if (is_true(model, leaf.guard)) return leaf;
    BGPROOF_CHECK(false, "every route is decided by some clause");
    throw InternalError("unreachable");
  }

  const std::string& text_of(size_t side, const Leaf& leaf) const {
    return clauses_[side].text(clauses_[side].at(leaf.clause));
  }

  // The routes that the same clauses decide: of a side whose clause the other side has too, any clause, if the other
  // side's is one that only it has.
  z3::expr decided_alike(const z3::model& model) {
    std::array<std::optional<std::string>, 2> texts;
    std::array<bool, 2> only_here{};
    for (size_t side : {0, 1}) {
      if (!is_true(model, encoding().condition(side))) continue;
      texts[side] = text_of(side, leaf_of(side, model));
      only_here[side] = !clauses_[1 - side].has(*texts[side]);
    }
    z3::expr_vector all(query_.context());
    for (size_t side : {0, 1}) {
      if (only_here[1 - side] && !only_here[side]) continue;
      z3::expr offered = encoding().condition(side);
      all.push_back(texts[side] ? offered && decided_by(side, *texts[side]) : !offered);
    }
    return z3::mk_and(all);
  }

  z3::expr decided_by(size_t side, const std::string& text) {
    z3::expr_vector alike(query_.context());
    for (const Leaf& leaf : encoding().leaves(side))
      if (text_of(side, leaf) == text) alike.push_back(leaf.guard);
    return z3::mk_or(alike);
  }

  // The routes of the cause on which as many attributes differ as one route can show, the first ones first. Where
  // unmodelled lines have a hand in it that would be all that they may touch: as few as can be, then, and best the
  // local preference.
  z3::expr well_shown(const z3::expr& cause) {
    z3::expr some = cause && !meets_unmodelled_;
    bool clean = query_.possible(some);
    if (!clean) some = cause;
    auto attributes = encoding().difference().attributes;
    if (!clean)
      std::stable_partition(attributes.begin(), attributes.end(),
                            [](const auto& it) { return it.first != "local-pref"; });
    for (const auto& [name, differs] : attributes) {
      z3::expr wanted = some && (clean ? differs : !differs);
      if (query_.possible(wanted)) some = wanted;
    }
    return some;
  }

  DiffFinding describe(Change change, const z3::expr& cause) {
    auto [certain, witness] = classify(change, change == Change::changed ? well_shown(cause) : cause);
    bool clean = !is_true(witness.model, meets_unmodelled_);
    DiffFinding finding = replay(change, witness);
    BGPROOF_CHECK(!clean || change != Change::changed || !finding.attributes.empty(),
                  "the reference evaluator changes the witness on the two sides as the solver says");
    finding.certain = certain;
    depends_on_readings(finding, change);
    finding.region = region_of(query_, clean ? cause && !meets_unmodelled_ : cause);
    return finding;
  }

  // Sure: some route of the cause shows the change whatever the unmodelled lines do.
  std::pair<bool, Witness> classify(Change change, const z3::expr& cause) {
    if (std::optional<Witness> clean = query_.find_believable(cause && !meets_unmodelled_)) return {true, *clean};
    std::optional<Witness> first = query_.find_believable(cause);
    BGPROOF_CHECK(first.has_value(), "a cause that was found stays found");
    if (change == Change::changed || depends_on_lines(change)) return {false, *first};
    z3::expr rest = cause;
    std::optional<Witness> candidate = first;
    // Of paths and communities that unmodelled lines put there, the terms only say that they may differ.
    for (size_t i = 0; i < options_.tries && candidate; ++i) {
      z3::expr same_route = encoding().equals(candidate->route);
      if (!query_.possible(same_route && readings_.fixed && !shows(change))) return {true, *candidate};
      rest = rest && !same_route;
      candidate = query_.find(rest);
    }
    return {false, *first};
  }

  // No route shows the change if all unmodelled lines do nothing, or if all their conditions hold: so none shows it
  // whatever they do.
  bool depends_on_lines(Change change) {
    z3::expr idle = query_.yes(), eager = query_.yes();
    for (size_t side : {0, 1})
      for (const ChoicePoint& point : encoding().choice_points(side)) {
        idle = idle && !point.acts;
        eager = eager && (point.is_condition ? point.acts : !point.acts);
      }
    z3::expr all = shows(change) && readings_.fixed;
    return !query_.possible(all && idle) || !query_.possible(all && eager);
  }

  struct Ran {
    std::array<bool, 2> passes{};
    std::array<Outcome, 2> outcomes;
  };

  Ran run(const Route& route, const std::array<Choices, 2>& choices) const {
    Ran ran;
    for (size_t side : {0, 1}) {
      if (!holds(task_.rows[side].condition, route)) continue;
      ran.outcomes[side] = evaluate(comparison_.sides[side].program, route, choices[side]);
      ran.passes[side] = ran.outcomes[side].accepted;
    }
    return ran;
  }

  // Where the readings of open assumptions differ, what one of them shows is possible.
  void depends_on_readings(DiffFinding& finding, Change change) {
    if (!finding.certain || readings_.all.size() == 1) return;
    for (const Reading& reading : readings_.all) {
      Choices choices{{}, reading.values};
      Ran ran = run(finding.input, {choices, choices});
      bool clean = ran.outcomes[0].met.empty() && ran.outcomes[1].met.empty();
      if (clean && change_of(ran.passes, ran.outcomes[0].route, ran.outcomes[1].route) == change) continue;
      finding.certain = false;
      finding.depends_on.push_back({SourceRange{}, "how open assumptions are read: not so with " + reading.text});
      return;
    }
  }

  DiffFinding replay(Change change, const Witness& witness) {
    BGPROOF_CHECK(is_legal(witness.route), "a witness is a legal route");
    Ran ran = run(witness.route, {witness.choices, encoding().decode_choices(witness.model, 1)});
    bool accepts_new = change != Change::newly_rejected, accepts_old = change != Change::newly_accepted;
    BGPROOF_CHECK(ran.passes[0] == accepts_old && ran.passes[1] == accepts_new,
                  "the reference evaluator decides the witness on both sides as the solver says");
    DiffFinding finding;
    finding.change = change;
    finding.input = witness.route;
    if (change == Change::changed) finding.attributes = differing(ran.outcomes[0].route, ran.outcomes[1].route);
    for (size_t side : {0, 1}) fill(side, ran, finding);
    finding.cause = std::string(to_string(change));
    for (const std::string& attribute : finding.attributes) finding.cause += " " + attribute;
    find_guilt({&clauses_[0], &clauses_[1]}, {&ran.outcomes[0], &ran.outcomes[1]}, finding);
    note_same_text(finding);
    std::string where = comparison_.device + "\n" + std::string(to_string(comparison_.direction));
    for (const std::string& policy : comparison_.policies) where += "\n" + policy;
    for (const std::string& session : comparison_.sessions) where += "\n" + session;
    finding.id =
        fingerprint(where + "\n" + finding.cause + "\n" + finding.sides[0].clause + "\n" + finding.sides[1].clause);
    finding.cause = fingerprint(finding.cause);
    finding.message = message(finding);
    return finding;
  }

  void fill(size_t side, const Ran& ran, DiffFinding& finding) {
    SideOutcome& to = finding.sides[side];
    const Side& from = comparison_.sides[side];
    const Outcome& outcome = ran.outcomes[side];
    to.passes = ran.passes[side];
    if (!from.present || !holds(task_.rows[side].condition, finding.input)) {
      to.clause = from.present ? "(not offered)" : "(missing)";
      return;
    }
    Task named;
    named.program = from.program;
    named.policies = from.policies;
    const Clause& clause = clauses_[side].at(outcome.decided_by);
    to.output = outcome.route;
    to.clause = clause_name(named, outcome.decided_by);
    to.location = outcome.decided_at;
    to.clause_range = clause.range;
    to.conditions = clause.conditions;
    to.trace = outcome.trace;
    for (const ChoiceKey& key : outcome.met) {
      const UnmodelledLine& line = from.program.library->unmodelled.at(key.choice.value);
      bool known = std::any_of(finding.depends_on.begin(), finding.depends_on.end(),
                               [&](const Dependency& d) { return d.range == line.range; });
      if (!known) finding.depends_on.push_back({line.range, line.text});
    }
  }

  void note_same_text(DiffFinding& finding) const {
    const auto &before = finding.sides[0].guilty, &after = finding.sides[1].guilty;
    finding.same_text = !after.empty() && std::equal(before.begin(), before.end(), after.begin(), after.end(),
                                                     [&](const SourceRange& a, const SourceRange& b) {
                                                       return sources_.text(a) == sources_.text(b);
                                                     });
  }

  std::string message(const DiffFinding& finding) const {
    const bool in = comparison_.direction == Direction::import_from;
    const bool out = comparison_.direction == Direction::export_to;
    switch (finding.change) {
      case Change::newly_accepted:
        return "routes " + std::string(out ? "leave" : in ? "come in" : "pass") + " that did not before";
      case Change::newly_rejected:
        return "routes no longer " + std::string(out ? "leave" : in ? "come in" : "pass");
      case Change::changed:
        return fmt::format("routes {} with other values: {}",
                           out  ? "leave"
                           : in ? "come in"
                                : "pass",
                           fmt::join(finding.attributes, ", "));
    }
    return {};
  }

  const Comparison& comparison_;
  const Task& task_;
  Query& query_;
  const SourceSet& sources_;
  const CheckOptions& options_;
  std::array<Clauses, 2> clauses_;
  ReadingsOf readings_;
  z3::expr meets_unmodelled_;
  std::vector<z3::expr> passes_;
  DiffResult result_;
};

DiffResult unknown(std::string reason) {
  DiffResult result;
  result.effect = Effect::unknown;
  result.undecided = result.attributes_changed = true;
  result.reason = std::move(reason);
  return result;
}

DiffResult compare_programs(const Comparison& comparison, const SourceSet& sources, const CheckOptions& options) {
  const Side &before = comparison.before(), &after = comparison.after();
  if (before.present && after.present && !before.fingerprint.empty() && before.fingerprint == after.fingerprint)
    return {};
  Task task = task_of(comparison);
  DiffResult result;
  auto limit = stopped_by([&] {
    Query query(task, options, &after.program);
    result = Comparer(comparison, task, query, sources, options).run();
  });
  return limit ? unknown(*limit) : result;
}

DiffResult compare_whatever_is_behind(const Comparison& comparison, const SourceSet& sources,
                                      const CheckOptions& options) {
  std::vector<End> ends;
  if (comparison.open_end) ends = ends_of(comparison.before().program, comparison.after().program);
  if (ends.empty()) return compare_programs(comparison, sources, options);
  DiffResult result;
  for (End end : ends) {
    Comparison with_end = comparison;
    for (Side& side : with_end.sides) side.program = ended(side.program, end);
    join(result, compare_programs(with_end, sources, options));
  }
  return result;
}

// Programs that are equal in the model may do acts to routes that it does not have.
void compare_silent_acts(DiffResult& result, const Comparison& comparison, const SourceSet& sources,
                         const CheckOptions& options) {
  const Side &before = comparison.before(), &after = comparison.after();
  bool may_differ = before.present && after.present && before.program.library != after.program.library;
  if (result.effect != Effect::equal || result.undecided || !may_differ) return;
  std::vector<std::string> was = silent_acts(before.program, sources), is = silent_acts(after.program, sources);
  if (was == is && (was.empty() || (!before.fingerprint.empty() && before.fingerprint == after.fingerprint))) return;
  Comparison shown = comparison;
  for (Side& side : shown.sides) side.fingerprint.clear();
  bool all_shown = show_silent_acts({&shown.sides[0].program, &shown.sides[1].program}, sources);
  if (all_shown && compare_whatever_is_behind(shown, sources, options).effect == Effect::equal) return;
  std::set<std::string> acts(was.begin(), was.end());
  acts.insert(is.begin(), is.end());
  result = unknown(fmt::format("acts without a model are done to other routes than before, or otherwise: {}",
                               fmt::join(acts, ", ")));
  result.code = "BP715";
}

// Equal for every route in every table, not only for those of the session's unicast tables.
bool equal_in_all_tables(const Comparison& comparison, const SourceSet& sources, const CheckOptions& options) {
  Comparison anywhere = comparison;
  for (Side& side : anywhere.sides) {
    side.fingerprint.clear();
    std::erase_if(side.facts, [](const Fact& fact) {
      bool of_tables = false;
      walk(fact.condition, [&](const Condition& each) { of_tables |= std::holds_alternative<RibIn>(each.is); });
      return of_tables;
    });
  }
  DiffResult result = compare_whatever_is_behind(anywhere, sources, options);
  compare_silent_acts(result, anywhere, sources, options);
  return result.effect == Effect::equal && !result.undecided;
}

// What is outside of the programs may do anything to the sets of routes.
void limit(DiffResult& result, const Comparison& comparison, const SourceSet& sources, const CheckOptions& options) {
  bool same_sets = result.effect == Effect::equal || result.effect == Effect::changed;
  result.outside = comparison.outside;
  bool equal = result.effect == Effect::equal && !result.undecided;
  if (!comparison.unless_equal.empty() && !(equal && equal_in_all_tables(comparison, sources, options)))
    result.outside.insert(result.outside.end(), comparison.unless_equal.begin(), comparison.unless_equal.end());
  if (result.outside.empty()) return;
  result.undecided = true;
  if (same_sets) result.effect = Effect::unknown;
  for (const Dependency& each : result.outside) result.reason += (result.reason.empty() ? "" : "; ") + each.text;
}

}  // namespace

DiffResult compare(const Comparison& comparison, const SourceSet& sources, const CheckOptions& options) {
  DiffResult result;
  if (!comparison.not_compared.empty()) {
    result = unknown(comparison.not_compared);
  } else {
    result = compare_whatever_is_behind(comparison, sources, options);
    compare_silent_acts(result, comparison, sources, options);
    limit(result, comparison, sources, options);
  }
  if (!result.reason.empty() && result.code.empty()) result.code = comparison.not_compared_code;
  return result;
}

}  // namespace bgproof
