#include "solver/swallowed.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "solver/example.h"
#include "solver/property.h"
#include "solver/query.h"

namespace bgproof {

namespace {

constexpr size_t kMostRows = 200;  // every row is compared with every other

// Every obligation of `weak` is one of `strict`, in the same words.
bool asks_no_more(const TaskRow& weak, const TaskRow& strict) {
  return std::all_of(weak.obligations.begin(), weak.obligations.end(), [&](const Obligation& wanted) {
    return std::any_of(strict.obligations.begin(), strict.obligations.end(),
                       [&](const Obligation& other) { return other.text == wanted.text; });
  });
}

// The rows alone: what the policy does plays no part.
Task rows_of(const Task& task) {
  Task rows = task;
  rows.program = {
      std::make_shared<const PolicyLibrary>(), {{"rows", {{Disposition{Decision::accept}, {}}}, {}, {}}}, {}};
  return rows;
}

bool can_be_asked(const Task& task) {
  return task.not_checked.empty() && task.rows.size() <= kMostRows && !task.families.empty();
}

}  // namespace

std::vector<Swallowed> swallowed_rows(const Task& task, const std::set<SourceRange>& known,
                                      const CheckOptions& options) {
  std::vector<Swallowed> result;
  if (!can_be_asked(task)) return result;
  Task rows = rows_of(task);
  std::optional<Route> start = guess_offered(rows);
  std::unique_ptr<Query> query;
  auto covered = [&](size_t row, size_t by) {
    const Condition &inner = rows.rows[row].condition, &outer = rows.rows[by].condition;
    if (start) {
      Route route = guess(inner, *start);
      if (can_be_offered(rows, route) && holds(inner, route) && !holds(outer, route)) return false;
    }
    if (!query) query = std::make_unique<Query>(rows, options);
    return !query->possible(query->encoding().condition(row) && !query->encoding().condition(by));
  };
  std::vector<bool> idle(rows.rows.size(), false);
  stopped_by([&] {
    for (size_t i = 0; i < rows.rows.size(); ++i) {
      const TaskRow& row = rows.rows[i];
      if (!allows(row) || row.kind == TaskRow::Kind::must || known.contains(row.range)) continue;
      for (size_t by = 0; by < rows.rows.size() && !idle[i]; ++by) {
        const TaskRow& other = rows.rows[by];
        bool may_swallow = by != i && allows(other) && !idle[by] && asks_no_more(other, row);
        if (!may_swallow || !covered(i, by)) continue;
        if (by > i && asks_no_more(row, other) && covered(by, i)) continue;  // equal: the second one is idle
        idle[i] = true;
        result.push_back({i, by});
      }
    }
  });
  return result;
}

std::vector<size_t> needless_never_rows(const Task& task, const std::set<SourceRange>& known,
                                        const CheckOptions& options) {
  std::vector<size_t> result;
  bool any_allows = std::any_of(task.rows.begin(), task.rows.end(), allows);
  if (!can_be_asked(task) || !any_allows) return result;
  Task rows = rows_of(task);
  std::optional<Route> start = guess_offered(rows);
  auto guessed = [&](const TaskRow& never) {
    return start && std::any_of(rows.rows.begin(), rows.rows.end(), [&](const TaskRow& row) {
             if (!allows(row)) return false;
             Route route = guess(row.condition, guess(never.condition, *start));
             return can_be_offered(rows, route) && holds(never.condition, route) && holds(row.condition, route);
           });
  };
  std::unique_ptr<Query> query;
  auto meets_allowed = [&](size_t never) {
    if (guessed(rows.rows[never])) return true;
    if (!query) query = std::make_unique<Query>(rows, options);
    z3::expr_vector allowed(query->context());
    for (size_t i = 0; i < rows.rows.size(); ++i)
      if (allows(rows.rows[i])) allowed.push_back(query->encoding().condition(i));
    return query->possible(query->encoding().condition(never) && z3::mk_or(allowed));
  };
  stopped_by([&] {
    for (size_t i = 0; i < rows.rows.size(); ++i)
      if (rows.rows[i].kind == TaskRow::Kind::never && !known.contains(rows.rows[i].range) && !meets_allowed(i))
        result.push_back(i);
  });
  return result;
}

}  // namespace bgproof
