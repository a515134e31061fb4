#include <algorithm>
#include <vector>

#include "base/check.h"
#include "intents/task.h"
#include "policy/evaluate.h"

namespace bgproof {
namespace {

struct Code {
  std::string_view operator()(const StripObligation&) const { return "BP501"; }
  std::string_view operator()(const KeepObligation&) const { return "BP502"; }
  std::string_view operator()(const AddObligation&) const { return "BP503"; }
  std::string_view operator()(const OnlyObligation&) const { return "BP504"; }
  std::string_view operator()(const NumberObligation&) const { return "BP505"; }
  std::string_view operator()(const PrependObligation&) const { return "BP506"; }
  std::string_view operator()(const NextHopObligation&) const { return "BP507"; }
  std::string_view operator()(const UnchangedObligation&) const { return "BP508"; }
  std::string_view operator()(const NoPrivateAsObligation&) const { return "BP509"; }
};

std::vector<size_t> broken_obligations(const TaskRow& row, const Route& before, const Route& after) {
  std::vector<size_t> broken;
  for (size_t i = 0; i < row.obligations.size(); ++i) {
    if (!holds(row.obligations[i], before, after)) broken.push_back(i);
  }
  return broken;
}

Judgement broken(std::string_view code, std::optional<size_t> row, std::optional<size_t> obligation = {}) {
  Judgement result;
  result.fine = false;
  result.code = code;
  result.row = row;
  result.obligation = obligation;
  return result;
}

}  // namespace

std::string_view code_of(const Obligation& obligation) { return std::visit(Code{}, obligation.is); }

std::string_view to_string(Direction direction) {
  switch (direction) {
    case Direction::import_from:
      return "import";
    case Direction::export_to:
      return "export";
    case Direction::none:
      return "";
  }
  return "";
}

Judgement judge(const Task& task, const Route& before, bool accepted, const Route& after) {
  using Kind = TaskRow::Kind;
  std::vector<size_t> allow, musts, nevers;
  for (size_t i = 0; i < task.rows.size(); ++i) {
    const TaskRow& row = task.rows[i];
    if (row.kind == Kind::always || !holds(row.condition, before)) continue;
    if (row.kind == Kind::never) {
      nevers.push_back(i);
    } else {
      allow.push_back(i);
      if (row.kind == Kind::must) musts.push_back(i);
    }
  }

  // The lower bound of a rejected route.
  if (!accepted) {
    if (nevers.empty() && !musts.empty()) return broken("BP401", musts[0]);
    return {};
  }

  // The upper bound.
  if (allow.empty()) {
    Judgement result = broken("BP301", std::nullopt);
    result.crosses = nevers;
    return result;
  }
  if (!nevers.empty()) return broken("BP302", nevers[0]);
  // The nearest row is the one with the fewest broken obligations; among those the first.
  std::optional<size_t> nearest;
  std::vector<size_t> nearest_broken;
  for (size_t i : allow) {
    std::vector<size_t> here = broken_obligations(task.rows[i], before, after);
    if (nearest && here.size() >= nearest_broken.size()) continue;
    nearest = i;
    nearest_broken = std::move(here);
  }
  BGPROOF_CHECK(nearest, "an allowing row holds");
  if (!nearest_broken.empty())
    return broken(code_of(task.rows[*nearest].obligations[nearest_broken[0]]), *nearest, nearest_broken[0]);
  for (size_t i = 0; i < task.rows.size(); ++i) {
    if (task.rows[i].kind != Kind::always) continue;
    std::vector<size_t> here = broken_obligations(task.rows[i], before, after);
    if (!here.empty()) return broken(code_of(task.rows[i].obligations[here[0]]), i, here[0]);
  }

  // The lower bound of a route that passes: a `must` row's own obligations, whatever other row allows the route.
  for (size_t i : musts) {
    std::vector<size_t> here = broken_obligations(task.rows[i], before, after);
    if (!here.empty()) return broken("BP402", i, here[0]);
  }
  return {};
}

}  // namespace bgproof
