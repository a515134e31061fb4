#include "solver/task_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "encoder/prefix_diagram.h"
#include "intents/reach.h"
#include "solver/prefix_cells.h"

namespace bgproof {

namespace {

using Node = PrefixDiagram::Node;

// From which neighbor a route comes is seen by policies that test it, and by obligations on the next hop.
bool sees_neighbor(const Task& task) {
  return tests_neighbor(task.program) || std::any_of(task.rows.begin(), task.rows.end(), [](const TaskRow& row) {
           return std::any_of(row.obligations.begin(), row.obligations.end(),
                              [](const Obligation& it) { return std::holds_alternative<NextHopObligation>(it.is); });
         });
}

std::string text_of(const Task& task, ResolvedFingerprints& resolved) {
  std::string key = fmt::format("{}\n", static_cast<int>(task.direction));
  for (Family family : task.families) key += fmt::format("{} ", to_string(family));
  for (const std::string& role : task.roles) key += fmt::format("{}:{} ", role.size(), role);
  if (sees_neighbor(task))
    key += fmt::format("\n{}", resolved.of(task.offered));
  else
    for (const Fact& fact : task.facts)
      if (!std::holds_alternative<NeighborIn>(fact.condition.is))
        key += fmt::format("\n{}", resolved.of(fact.condition));
  return key + fmt::format("\n{}\n{}\n", resolved.of(task.program), resolved.of(task.rows));
}

}  // namespace

std::string TaskKeys::of(const Task& task) { return text_of(task, resolved_); }

std::string TaskKeys::by_relations(const Task& task) const {
  PrefixDiagram diagrams;
  std::vector<Node> sets;
  bool fine = true;
  ResolvedFingerprints named(resolved_, [&](const PrefixIn& in) {
    std::optional<Node> set = diagrams.of(*in.list, in.slots);
    if (!set) fine = false;
    if (!fine) return std::string();
    auto at = std::find(sets.begin(), sets.end(), *set);
    if (at == sets.end()) at = sets.insert(at, *set);
    return fmt::format("{}", at - sets.begin());
  });
  std::string key = text_of(task, named);
  if (!fine) return {};
  std::vector<PrefixCell> cells = prefix_cells(diagrams, sets);
  if (cells.empty()) return {};
  key += named.texts();
  for (const PrefixCell& cell : cells) {
    key += cell.is_ipv6 ? '6' : '4';
    for (bool holds : cell.holds) key += holds ? '+' : '-';
  }
  return key;
}

}  // namespace bgproof
