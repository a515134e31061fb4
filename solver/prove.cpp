#include "solver/prove.h"

#include <algorithm>

#include "base/check.h"
#include "solver/example.h"

namespace bgproof {

namespace {

std::vector<const TaskRow*> never_rows(const Task& task) {
  std::vector<const TaskRow*> rows;
  for (const TaskRow& row : task.rows)
    if (row.kind == TaskRow::Kind::never) rows.push_back(&row);
  return rows;
}

// True if a guess shows that an offered route meets the row and none of `never`; false says nothing.
bool seen_alive(const Task& task, const TaskRow& row, const std::vector<const TaskRow*>& never, const Route& start) {
  Route route = guess(row.condition, start);
  if (!can_be_offered(task, route) || !holds(row.condition, route)) return false;
  return std::none_of(never.begin(), never.end(), [&](const TaskRow* other) { return holds(other->condition, route); });
}

}  // namespace

bool prove(Query& query, const Property& property, const Task& task, const z3::expr& fixed, CheckResult& result) {
  std::optional<Route> offered = guess_offered(task);
  if (!offered) {
    std::optional<Witness> found = query.find(fixed);
    BGPROOF_CHECK(found.has_value(), "some route can be offered to every session: a proof about no route is none");
    offered = found->route;
  }
  std::vector<const TaskRow*> never = never_rows(task);
  for (size_t row = 0; row < task.rows.size(); ++row)
    result.row_alive.push_back(!allows(task.rows[row]) || seen_alive(task, task.rows[row], never, *offered) ||
                               query.ask("row-" + std::to_string(row + 1) + "-alive",
                                         "some offered route meets this row and no never row",
                                         fixed && property.alive(row)));
  return query.contradicts_itself(property.broken()) ||
         !query.ask("broken", "some offered route breaks the intent", fixed && property.broken());
}

}  // namespace bgproof
