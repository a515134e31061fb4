#include "report/dead_rows.h"

#include <fmt/format.h>

#include <map>

#include "base/check.h"

namespace bgproof {

namespace {

struct RowLife {
  const TaskRow* row = nullptr;
  bool alive = false;
};

bool must_live(const TaskRow& row) {
  return row.kind == TaskRow::Kind::may || row.kind == TaskRow::Kind::must || row.kind == TaskRow::Kind::except;
}

// By block, then by row. A check that was not asked tells nothing, so its rows count as alive.
std::map<SourceRange, std::map<SourceRange, RowLife>> lives(const std::vector<Check>& checks) {
  std::map<SourceRange, std::map<SourceRange, RowLife>> result;
  for (const Check& check : checks) {
    const auto& alive = check.result.row_alive;
    bool asked = check.task.not_checked.empty() && !alive.empty();
    BGPROOF_CHECK(!asked || alive.size() == check.task.rows.size(), "a check that was asked knows of every row");
    for (size_t i = 0; i < check.task.rows.size(); ++i) {
      const TaskRow& row = check.task.rows[i];
      if (!must_live(row)) continue;
      RowLife& life = result[check.task.block][row.range];
      life.row = &row;
      life.alive |= !asked || alive[i];
    }
  }
  return result;
}

}  // namespace

void settle_dead_rows(std::vector<Check>& checks, Diagnostics& diagnostics) {
  std::map<SourceRange, std::string> broken;  // block -> why its proofs do not count
  for (const auto& [block, rows] : lives(checks))
    for (const auto& [range, life] : rows) {
      if (life.alive) continue;
      bool must = life.row->kind == TaskRow::Kind::must;
      Diagnostic& said = diagnostics.warning("BP218", life.row->head.known() ? life.row->head : range,
                                             "no route that can be offered meets this row",
                                             must ? "so it promises nothing" : "so it allows nothing");
      said.notes.emplace_back("help",
                              "the condition contradicts itself, a never row, or what these sessions can be offered");
      std::string name = life.row->id.empty() ? life.row->text : "[" + life.row->id + "]";
      if (must)
        broken.emplace(block,
                       fmt::format("the must row {} promises nothing: no route that can be offered meets it", name));
    }
  for (Check& check : checks) {
    auto why = broken.find(check.task.block);
    if (why == broken.end() || check.result.verdict != Verdict::proved) continue;
    check.result.verdict = Verdict::not_checked;
    check.task.not_checked = why->second;
    check.task.not_checked_code = "BP218";
  }
}

}  // namespace bgproof
