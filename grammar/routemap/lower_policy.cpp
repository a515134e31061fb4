#include <fmt/format.h>

#include <algorithm>

#include "grammar/routemap/attributes.h"
#include "grammar/routemap/entries.h"
#include "grammar/routemap/match.h"
#include "grammar/routemap/policy.h"
#include "grammar/routemap/set.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

// Where evaluation goes on once an entry has matched.
struct Jump {
  enum class To : uint8_t {
    accept,   // nowhere: the route is accepted
    entry,    // entry `target`
    reading,  // accepted or on to entry `target`, as "continue-missing" says
  } to = To::accept;
  size_t target = 0;
  SourceRange range;
};

// An entry, translated.
struct Step {
  Clause clause;  // name, place and labels; no body yet
  Condition matches;
  bool permit = true;
  SourceRange decided;  // where it says permit or deny
  Body sets;
  Jump jump;
};

void append(Body& body, const Body& more) { body.insert(body.end(), more.begin(), more.end()); }

class Lowering {
 public:
  Lowering(Context& context, const std::string& name) : context_(context), name_(name) {}

  Policy run();

 private:
  Step step(const std::vector<Entry>& entries, size_t index);
  Jump jump(const std::vector<Entry>& entries, size_t index, Body& sets);
  Jump jump_to(const std::vector<Entry>& entries, size_t index, std::optional<uint32_t> wanted, const Line& line);
  void call(const Line& line, Body& sets);
  bool sees_itself() const;
  bool continues() const {
    return std::ranges::any_of(steps_, [](const Step& step) { return step.jump.to != Jump::To::accept; });
  }

  void at_once(size_t base);
  void saved(size_t base);
  void end_of_continue(Condition continued, std::optional<uint32_t> saved, uint32_t undecided);
  Act go_to(size_t clause, SourceRange range) const {
    if (clause == policy_.clauses.size() + 1) return decide(Decision::next_clause, range);
    return act(Disposition{Decision::go_to, static_cast<uint32_t>(clause)}, range);
  }
  // The last entry takes every route, so that none falls off the end.
  bool has_open_end() const {
    const auto* all = std::get_if<All>(&steps_.back().matches.is);
    return !is_frr() && continues() && (all == nullptr || !all->of.empty());
  }
  bool is_frr() const { return context_.dialect() == Dialect::frr; }

  Context& context_;
  const std::string& name_;
  std::vector<Step> steps_;
  std::optional<FlagId> behind_;  // FRR: an entry has matched and gone on
  Policy policy_;
};

// FRR goes to the first entry that is not before the number; if none is, the route is accepted (F4). EOS accepts if
// there is no entry of that number (E2); what IOS and NX-OS do then is open.
Jump Lowering::jump_to(const std::vector<Entry>& entries, size_t index, std::optional<uint32_t> wanted,
                       const Line& line) {
  Jump jump{Jump::To::entry, index + 1, line.range};
  if (wanted) {
    auto found = std::ranges::find_if(entries, [&](const Entry& each) { return each.sequence >= *wanted; });
    jump.target = static_cast<size_t>(found - entries.begin());
    bool exact = found != entries.end() && found->sequence == *wanted;
    if (!exact && context_.dialect() == Dialect::eos) jump.to = Jump::To::accept;
    if (!exact && (context_.dialect() == Dialect::ios || context_.dialect() == Dialect::nxos))
      jump.to = Jump::To::reading;
  }
  if (jump.target >= entries.size()) jump.to = Jump::To::accept;
  return jump;
}

Jump Lowering::jump(const std::vector<Entry>& entries, size_t index, Body& sets) {
  const Entry& entry = entries[index];
  Jump result{Jump::To::accept, 0, entry.head};
  auto refuse = [&](const Line& line) {
    if (is_frr())
      context_.refused(line.range, fmt::format("bgpd refuses `{}`; the entry stays without it", line.rest(0)));
    else
      append(sets, context_.open_line(line.range, fmt::format("`{}` in {}", line.rest(0), name_)));
  };
  for (const Line* line : entry.lines) {
    bool on_match = line->word(0) == "on-match";
    if ((line->word(0) != "continue" && !on_match) || line->standing == Standing::unknown) continue;
    std::string_view number = on_match ? line->word(2) : line->word(1);
    bool next = on_match ? line->word(1) == "next" : number.empty();
    std::optional<uint32_t> wanted = number_of(number);
    bool readable = !line->negated && (next ? number.empty() : wanted.has_value());
    if (on_match && !next) readable &= line->word(1) == "goto";
    if (is_frr() && !on_match && next) readable = false;
    if (!readable || !entry.permit || (wanted && *wanted <= entry.sequence)) {
      refuse(*line);
      continue;
    }
    result = jump_to(entries, index, next ? std::nullopt : wanted, *line);
  }
  return result;
}

// FRR: after the changes of the entry; the callee's deny is final, its changes stay (F2). EOS: a route that the other
// map denies is denied, or the entry does not match: open.
void Lowering::call(const Line& line, Body& sets) {
  std::string_view callee = line.word(1);
  if (callee.empty()) return context_.refused(line.range, "a call without a name");
  if (context_.dialect() == Dialect::eos && (line.size() > 2 || callee == "invert-result")) {
    // What an inverted result does with the changes of the other map no page says.
    append(sets, context_.open_line(line.range, fmt::format("`{}` in {}", line.rest(0), name_)));
    return;
  }
  if (line.standing == Standing::unknown) {
    append(sets, context_.open_line(line.range, fmt::format("`{}` in {}", line.rest(0), name_)));
    return;
  }
  if (is_frr() && !context_.defined(Kind::route_map, callee)) {
    context_.diagnostics().warning("BP118", line.words[1].range, fmt::format("route-map {} is not defined", callee),
                                   "the call is ignored");
    sets.push_back(act(NoEffect{}, line.range));
    return;
  }
  FlagId flag = context_.new_flag();
  uint32_t index = context_.policy(callee, line.words[1].range);
  sets.push_back(
      act(Call{Call::As::test, index, flag, std::make_shared<const Condition>(never(line.range))}, line.range));
  Condition denied = not_({FlagIsSet{flag}, line.range}, line.range);
  Body then = {decide(Decision::reject, line.range)};
  if (context_.dialect() == Dialect::eos)
    then.insert(then.begin(), act(If{context_.reading("sub-route-map-deny", "next-entry", line.range),
                                     {decide(Decision::next_clause, line.range)},
                                     {}},
                                  line.range));
  sets.push_back(act(If{std::move(denied), std::move(then), {}}, line.range));
}

Step Lowering::step(const std::vector<Entry>& entries, size_t index) {
  const Entry& entry = entries[index];
  auto goes_on = [](const Line* line) { return line->word(0) == "on-match" || line->word(0) == "continue"; };
  bool jumps =
      std::ranges::any_of(entries, [&](const Entry& each) { return std::ranges::any_of(each.lines, goes_on); });
  Match match = lower_match(context_, name_, entry, jumps ? &behind_ : nullptr);
  SourceRange where = match.range.known() ? match.range : entry.head;
  Step made;
  made.permit = entry.permit;
  made.decided = entry.head;
  if (entry.permit) made.sets = lower_sets(context_, name_, entry);
  for (const Line* line : entry.lines) {
    std::string_view word = line->word(0);
    if (entry.permit &&
        ((word == "call" && is_frr()) || (word == "sub-route-map" && context_.dialect() == Dialect::eos))) {
      call(*line, made.sets);
      continue;
    }
    bool flow = word == "continue" || word == "on-match";
    if (entry.permit && flow && line->standing == Standing::unknown) {
      append(made.sets, context_.open_line(line->range, fmt::format("`{}` in {}", line->rest(0), name_)));
      continue;
    }
    bool known = word == "match" || word == "set" || word == "continue" || word == "on-match" ||
                 word == "description" || word == "call" || word == "sub-route-map";
    if (known && (word != "sub-route-map" || context_.dialect() == Dialect::eos)) continue;
    // It may be a match, and may do anything.
    std::string what = fmt::format("`{}` in {}", line->rest(0), name_);
    match.all.push_back(context_.unmodelled(line->range, what));
    Body open = context_.open_line(line->range, what);
    made.sets.insert(made.sets.begin(), open.begin(), open.end());
  }
  made.matches = all_of(std::move(match.all), where);
  made.jump = jump(entries, index, made.sets);
  made.clause = {std::to_string(entry.sequence), {}, entry.range, std::move(match.lines)};
  return made;
}

// True if it makes a difference whether an entry sees what was set before it.
bool Lowering::sees_itself() const {
  AttributeSet written;
  for (const Step& step : steps_) {
    if (overlap(written, read_by(step.matches))) return true;
    if (step.jump.to != Jump::To::accept) add(written, written_by(step.sets));
  }
  return false;
}

// What follows the last entry if one has continued: `saved`: the clause that carries out what was saved and accepts.
void Lowering::end_of_continue(Condition continued, std::optional<uint32_t> saved, uint32_t undecided) {
  SourceRange range = steps_.back().decided;
  Act accepts = saved ? go_to(*saved, range) : decide(Decision::accept, range);
  Body then = {act(
      If{context_.reading("continue-end", "permit", range), {std::move(accepts)}, {decide(Decision::reject, range)}},
      range)};
  Body otherwise = {go_to(undecided, range)};
  policy_.clauses.push_back(
      {"(end)", {act(If{std::move(continued), std::move(then), std::move(otherwise)}, range)}, range, {}});
}

// Entries test and act in turn.
void Lowering::at_once(size_t base) {
  bool open_end = has_open_end();
  FlagId continued = open_end ? context_.new_flag() : 0;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    Clause clause = step.clause;
    if (open_end && i == 0) clause.body.push_back(act(SetFlag{continued, never()}, step.decided));
    if (behind_ && i == 0) clause.body.push_back(act(SetFlag{*behind_, never()}, step.decided));
    Body then = step.sets;
    if (!step.permit) {
      then.push_back(decide(Decision::reject, step.decided));
    } else {
      Act on = go_to(base + step.jump.target, step.jump.range);
      Act accept = decide(Decision::accept, step.decided);
      if (open_end && step.jump.to != Jump::To::accept)
        then.push_back(act(SetFlag{continued, always()}, step.jump.range));
      if (behind_ && step.jump.to != Jump::To::accept)
        then.push_back(act(SetFlag{*behind_, always()}, step.jump.range));
      switch (step.jump.to) {
        case Jump::To::accept:
          then.push_back(std::move(accept));
          break;
        case Jump::To::entry:
          then.push_back(std::move(on));
          break;
        case Jump::To::reading:
          then.push_back(act(
              If{context_.reading("continue-missing", "permit", step.jump.range), {std::move(accept)}, {std::move(on)}},
              step.jump.range));
          break;
      }
    }
    clause.body.push_back(act(If{step.matches, std::move(then), {}}, step.matches.range));
    policy_.clauses.push_back(std::move(clause));
  }
  if (!open_end) return;
  auto end = static_cast<uint32_t>(policy_.clauses.size() + 1);
  end_of_continue({FlagIsSet{continued}, {}}, std::nullopt, end);
}

// First all tests, each noting in a flag that its entry has matched, then the changes of those entries in their order.
void Lowering::saved(size_t base) {
  size_t count = steps_.size();
  size_t tail = base + count + 1;       // behind the tests and "(end)"
  size_t undecided = tail + count + 1;  // behind the changes and "(continued)"
  std::vector<FlagId> flags;
  for (size_t i = 0; i < count; ++i) flags.push_back(context_.new_flag());
  std::vector<Condition> any;
  for (size_t i = 0; i < count; ++i) {
    const Step& step = steps_[i];
    Clause clause = step.clause;
    if (i == 0)
      for (FlagId flag : flags) clause.body.push_back(act(SetFlag{flag, never()}, step.decided));
    Body then;
    if (!step.permit) {
      then.push_back(decide(Decision::reject, step.decided));
    } else {
      any.push_back({FlagIsSet{flags[i]}, {}});
      then.push_back(act(SetFlag{flags[i], always()}, step.matches.range));
      Act finish = go_to(tail, step.decided);
      Act on = go_to(base + step.jump.target, step.jump.range);
      if (step.jump.to == Jump::To::accept)
        then.push_back(std::move(finish));
      else if (step.jump.to == Jump::To::entry)
        then.push_back(std::move(on));
      else
        then.push_back(act(
            If{context_.reading("continue-missing", "permit", step.jump.range), {std::move(finish)}, {std::move(on)}},
            step.jump.range));
    }
    clause.body.push_back(act(If{step.matches, std::move(then), {}}, step.matches.range));
    policy_.clauses.push_back(std::move(clause));
  }
  if (has_open_end())
    end_of_continue(any_of(std::move(any)), static_cast<uint32_t>(tail), static_cast<uint32_t>(undecided));
  else
    policy_.clauses.push_back({"(end)", {go_to(undecided, steps_.back().decided)}, steps_.back().decided, {}});
  for (size_t i = 0; i < count; ++i) {
    const Step& step = steps_[i];
    Clause clause{step.clause.name, {}, step.clause.range, {}};
    Body then = step.sets;
    Act accept = decide(Decision::accept, step.decided);
    if (step.jump.to == Jump::To::accept)
      then.push_back(std::move(accept));
    else if (step.jump.to == Jump::To::reading)
      then.push_back(act(If{context_.reading("continue-missing", "permit", step.jump.range), {std::move(accept)}, {}},
                         step.jump.range));
    if (step.permit && !then.empty())
      clause.body.push_back(act(If{{FlagIsSet{flags[i]}, {}}, std::move(then), {}}, step.decided));
    policy_.clauses.push_back(std::move(clause));
  }
  SourceRange range = steps_.back().decided;
  policy_.clauses.push_back({"(continued)", {decide(Decision::accept, range)}, range, {}});
}

Policy Lowering::run() {
  policy_.name = name_;
  std::vector<Entry> entries = entries_of(context_, name_);
  for (const Line* line : context_.definitions(Kind::route_map, name_)) {
    if (line->negated) continue;
    policy_.range = line->whole();
    break;
  }
  for (size_t i = 0; i < entries.size(); ++i) steps_.push_back(step(entries, i));
  if (steps_.empty()) return std::move(policy_);
  bool frr = is_frr(), open = context_.dialect() == Dialect::nxos || context_.dialect() == Dialect::eos;
  if (frr || !continues() || !sees_itself()) {
    at_once(0);
  } else if (!open) {
    saved(0);
  } else {
    // A first clause chooses between two copies of the map.
    SourceRange range = steps_.front().decided;
    policy_.clauses.push_back({"(reading)", {}, range, {}});
    at_once(1);
    size_t second = policy_.clauses.size();
    Condition reading = context_.reading("continue-sets", "saved", range);
    policy_.clauses.front().body = {act(If{std::move(reading), {go_to(second, range)}, {}}, range)};
    saved(second);
    // What is undecided in the first copy leaves the policy.
    Clause& end = policy_.clauses[second - 1];
    Act leave = act(Disposition{Decision::go_to, static_cast<uint32_t>(policy_.clauses.size())}, range);
    if (has_open_end()) std::get<If>(end.body.front().is).otherwise = {std::move(leave)};
  }
  return std::move(policy_);
}

}  // namespace

Policy lower_policy(Context& context, const std::string& name) { return Lowering(context, name).run(); }

}  // namespace bgproof::routemap
