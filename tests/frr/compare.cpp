#include "tests/frr/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "grammar/routemap/lower.h"
#include "policy/visit.h"

namespace bgproof::frr {
namespace {

// What both sides can tell: a weight or tag of 0 is none, no local-pref counts as 100, and a next hop in words is an
// address.
Route comparable(Route route, const Pair& pair) {
  for (Number number : {Number::weight, Number::tag})
    if (route[number] == 0u || pair.on_the_wire) route[number].reset();
  if (!route[Number::local_pref]) route[Number::local_pref] = 100;
  if (pair.external) {
    // Neither do segments of a confederation go out of it.
    route[Number::local_pref].reset();
    std::erase_if(route.as_path.segments, [](const AsSegment& segment) {
      return segment.kind == AsSegment::Kind::confed_set || segment.kind == AsSegment::Kind::confed_sequence;
    });
  }
  if (route.next_hop.kind == NextHop::Kind::self) route.next_hop = {NextHop::Kind::address, pair.own};
  if (route.next_hop.kind == NextHop::Kind::peer) route.next_hop = {NextHop::Kind::address, pair.neighbor};
  normalize(route.as_path);
  return route;
}

// False if a condition can't tell alone.
bool refutes(const Condition& condition, const Route& route) {
  bool alone = true;
  walk(condition, [&](const Condition& part) {
    alone = alone && !std::holds_alternative<Unmodelled>(part.is) && !std::holds_alternative<AssumptionIs>(part.is) &&
            !std::holds_alternative<FlagIsSet>(part.is);
  });
  return alone && !holds(condition, route);
}

// Of what stays as it is on the way through a policy, the observed route says nothing.
Route with_place_of(Route observed, const Route& modelled) {
  observed.protocol = modelled.protocol;
  observed.route_type = modelled.route_type;
  observed.learned_from = modelled.learned_from;
  observed.neighbor = modelled.neighbor;
  observed.interface = modelled.interface;
  observed.rib = modelled.rib;
  observed.rpki = modelled.rpki;
  return observed;
}

std::string_view kind_text(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::matched:
      return "matches";
    case Step::Kind::not_matched:
      return "does not match";
    case Step::Kind::called:
      return "calls";
    case Step::Kind::returned:
      return "returns";
    default:
      return "";
  }
}

}  // namespace

Model::Model(const std::string& config) {
  FileId file = sources_.add("frr.conf", config);
  Diagnostics diagnostics;
  routemap::Config tree = routemap::read(sources_, file, routemap::Dialect::frr, diagnostics);
  std::vector<Device> devices = routemap::lower(tree, sources_, file, diagnostics);
  if (devices.size() != 1) throw std::runtime_error("one configuration is one device");
  device_ = std::move(devices.front());
  if (!device_.not_checked.empty()) throw std::runtime_error(device_.not_checked);
}

const Session& Model::session(const std::string& neighbor, Family family) const {
  for (const Session& session : device_.sessions)
    if (session.neighbor == neighbor && session.families.contains(family)) return session;
  throw std::runtime_error("no session with " + neighbor);
}

// Questions of the network, "whether ...": the model is right if the daemon does as one answer says.
std::vector<Outcome> Model::outcomes(const Route& before, const Program& program) const {
  std::vector<Outcome> found;
  std::vector<Choices> answers = {{}};
  while (!answers.empty()) {
    Choices choices = std::move(answers.back());
    answers.pop_back();
    Outcome outcome = evaluate(program, before, choices);
    auto unanswered = std::ranges::find_if(outcome.met, [&](const ChoiceKey& key) {
      const UnmodelledLine& line = device_.library->unmodelled.at(key.choice.value);
      return line.environment && line.text.starts_with("whether ") && !choices.lines.contains(key);
    });
    if (unanswered == outcome.met.end()) {
      found.push_back(std::move(outcome));
      continue;
    }
    for (bool matches : {false, true}) {
      choices.lines[*unanswered].matches = matches;
      answers.push_back(choices);
    }
  }
  return found;
}

bool Model::left_open(const Outcome& outcome, Tally& tally) const {
  bool open = false;
  for (const ChoiceKey& met : outcome.met) {
    const UnmodelledLine& line = device_.library->unmodelled.at(met.choice.value);
    if (line.environment && line.text.starts_with("whether ")) continue;
    ++tally.because[device_.library->unmodelled.at(met.choice.value).text];
    open = true;
  }
  for (const std::string& name : outcome.assumptions)
    if (find_assumption(name)->open) {
      ++tally.because["assumption " + name];
      open = true;
    }
  return open;
}

void Model::compare(const Pair& pair, Tally& tally) const {
  for (const Fact& fact : pair.attachment.facts) {
    if (!refutes(fact.condition, pair.before)) continue;
    if (!pair.observed) {
      ++tally.not_offered;
      return;
    }
    tally.differences.push_back(
        fmt::format("{}\nroute  {}\nagainst the fact: {}", pair.name, to_string(pair.before), fact.text));
  }
  std::vector<Outcome> possible = outcomes(pair.before, pair.attachment.program);
  for (const Outcome& outcome : possible)
    if (left_open(outcome, tally)) {
      ++tally.free;
      return;
    }
  ++tally.pairs;
  if (pair.observed) {
    ++tally.accepted;
    if (comparable(with_place_of(*pair.observed, pair.before), pair) != comparable(pair.before, pair)) ++tally.changed;
  }
  for (const Outcome& outcome : possible)
    if (agree(pair, outcome)) return;
  const Outcome& first = possible.front();
  Route modelled = comparable(first.route, pair);
  if (pair.observed) {
    Route seen = comparable(with_place_of(*pair.observed, modelled), pair);
    tally.differences.push_back(difference(pair, first, modelled, &seen));
  } else {
    tally.differences.push_back(difference(pair, first, modelled, nullptr));
  }
}

bool Model::agree(const Pair& pair, const Outcome& outcome) const {
  if (!pair.observed || !outcome.accepted) return (pair.observed != nullptr) == outcome.accepted;
  Route modelled = comparable(outcome.route, pair);
  Route seen = comparable(with_place_of(*pair.observed, modelled), pair);
  // `set ipv6 next-hop` on an IPv4 route: shown with both.
  if (pair.before.prefix.family == Family::ipv4 && seen.next_hop.address.family == Family::ipv6)
    seen.next_hop = modelled.next_hop;
  return seen == modelled;
}

std::string Model::difference(const Pair& pair, const Outcome& outcome, const Route& modelled,
                              const Route* seen) const {
  auto full = [](const Route& route) {
    std::string text = fmt::format("{}  next-hop {}", to_string(route), to_string(route.next_hop));
    for (const NumberInfo& info : kNumbers)
      if (route[info.number]) text += fmt::format("  {} {}", info.name, *route[info.number]);
    return text;
  };
  std::string text = fmt::format("{}\nroute  {}\ndaemon {}\nmodel  {}\n", pair.name, full(pair.before),
                                 seen ? full(*seen) : "rejects", outcome.accepted ? full(modelled) : "rejects");
  for (const Step& step : outcome.trace) {
    std::string place;
    if (step.range.known()) {
      const SourceFile& file = sources_.file(step.range.file);
      uint32_t line = file.position(step.range.begin).line;
      place = fmt::format("{}: {}", line, file.line(line));
    }
    text += fmt::format("    {:<44} {} {}\n", place, kind_text(step.kind), step.text);
  }
  return text;
}

}  // namespace bgproof::frr
