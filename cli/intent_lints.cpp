#include "cli/intent_lints.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "cli/decide.h"
#include "cli/terminal.h"
#include "cli/workers.h"
#include "solver/swallowed.h"

namespace bgproof {

namespace {

using namespace intent;

std::string name_of(const TaskRow& row) { return row.id.empty() ? "`" + row.text + "`" : "[" + row.id + "]"; }

// A row that is idle in one check of its block and counts in another is not idle.
class IdleRows {
 public:
  void add(const Task& task, const std::vector<Swallowed>& idle) {
    std::map<size_t, size_t> by;
    for (const Swallowed& one : idle) by[one.row] = one.by;
    for (size_t i = 0; i < task.rows.size(); ++i) {
      auto [at, fresh] = rows_.try_emplace(task.rows[i].range, Row{&task, i, by.contains(i) ? by[i] : i});
      if (!fresh && !by.contains(i)) at->second.by = at->second.index;
    }
  }

  std::set<SourceRange> that_count() const {
    std::set<SourceRange> ranges;
    for (const auto& [range, row] : rows_)
      if (row.by == row.index) ranges.insert(range);
    return ranges;
  }

  void tell(Diagnostics& diagnostics) const {
    for (const auto& [range, row] : rows_) {
      if (row.by == row.index) continue;
      const TaskRow &idle = row.task->rows[row.index], &other = row.task->rows[row.by];
      Diagnostic& said = diagnostics.warning(
          "BP223", idle.head.known() ? idle.head : idle.range,
          fmt::format("{} is idle: {} allows all that it allows and asks no more", name_of(idle), name_of(other)),
          "idle");
      said.labels.push_back({Label::Kind::beside, other.head.known() ? other.head : other.range, "the weaker row"});
      said.notes.emplace_back("help", "narrow the weaker row, or remove the idle one");
    }
  }

 private:
  struct Row {
    const Task* task;
    size_t index;
    size_t by;  // itself: not idle
  };
  std::map<SourceRange, Row> rows_;
};

// The same of never rows that forbid nothing.
class NeedlessRows {
 public:
  // Each check is asked about the rows that no check before has shown to count.
  void add(const Task& task, const std::vector<size_t>& needless) {
    for (size_t i = 0; i < task.rows.size(); ++i) {
      if (task.rows[i].kind != TaskRow::Kind::never) continue;
      bool idle = std::find(needless.begin(), needless.end(), i) != needless.end();
      auto [at, fresh] = rows_.try_emplace(task.rows[i].range, &task.rows[i], idle);
      if (!idle) at->second.second = false;
    }
  }

  std::set<SourceRange> that_count() const {
    std::set<SourceRange> ranges;
    for (const auto& [range, row] : rows_)
      if (!row.second) ranges.insert(range);
    return ranges;
  }

  void tell(Diagnostics& diagnostics) const {
    for (const auto& [range, row] : rows_)
      if (row.second)
        diagnostics
            .note("BP225", row.first->head.known() ? row.first->head : range,
                  fmt::format("{} forbids nothing that a row beside it allows", name_of(*row.first)),
                  "changes no verdict: what no row allows is forbidden anyway")
            .notes.emplace_back("help", "read its condition again; keep it if it is meant for rows to come");
  }

 private:
  std::map<SourceRange, std::pair<const TaskRow*, bool>> rows_;
};

std::vector<SourceRange> ranges_of(const Task& task) {
  std::vector<SourceRange> ranges;
  for (const TaskRow& row : task.rows) ranges.push_back(row.range);
  return ranges;
}

// True if the condition says where a route comes from, or names something that may say it.
bool says_whence(const Cond& cond) {
  auto any = [](const std::vector<Cond>& of) {
    for (const Cond& each : of)
      if (says_whence(each)) return true;
    return false;
  };
  if (const auto* all = std::get_if<AndCond>(&cond.is)) return any(all->of);
  if (const auto* one = std::get_if<OrCond>(&cond.is)) return any(one->of);
  if (const auto* negated = std::get_if<NotCond>(&cond.is)) return says_whence(*negated->of);
  return std::holds_alternative<NamedCond>(cond.is) || std::holds_alternative<TaggedCond>(cond.is) ||
         std::holds_alternative<LearnedFromCond>(cond.is) || std::holds_alternative<OriginatedCond>(cond.is) ||
         std::holds_alternative<SourceCond>(cond.is) || std::holds_alternative<RouteTypeCond>(cond.is) ||
         std::holds_alternative<EndAsCond>(cond.is) || std::holds_alternative<PathAsnsCond>(cond.is) ||
         std::holds_alternative<PathMatchesCond>(cond.is) || std::holds_alternative<CommunityCond>(cond.is) ||
         std::holds_alternative<RpkiCond>(cond.is);
}

bool names_prefixes(const Cond& cond) {
  if (std::holds_alternative<PrefixCond>(cond.is)) return true;
  const auto* all = std::get_if<AndCond>(&cond.is);
  if (!all) return false;
  for (const Cond& each : all->of)
    if (names_prefixes(each)) return true;
  return false;
}

void trusting_rows(const Intents& intents, Diagnostics& diagnostics) {
  for (const Block* block : intents.blocks) {
    if (block->kind != Block::Kind::export_to) continue;
    for (const Row& row : block->rows) {
      bool allows = row.kind == Row::Kind::may || row.kind == Row::Kind::must;
      if (!allows || !row.condition || says_whence(*row.condition) || !names_prefixes(*row.condition)) continue;
      bool must = row.kind == Row::Kind::must;
      diagnostics
          .note("BP224", row.head,
                must ? "this row demands that every route for these prefixes passes, whoever it comes from"
                     : "this row allows every route for these prefixes, whoever it comes from")
          .notes.emplace_back("help", "add `and originated`, `and learned-from ...` or `and tagged ...`");
    }
  }
}

}  // namespace

Diagnostics find_intent_lints(const Options& options, const Inputs& inputs, const std::vector<Check>& checks) {
  Diagnostics diagnostics;
  trusting_rows(inputs.intents, diagnostics);
  CheckOptions how;
  how.readings = settled_readings(options, inputs.project);
  // The first check of each block shows of most rows that they count; the others are asked about the rest.
  std::vector<const Task*> firsts, others;
  std::set<std::vector<SourceRange>> seen;
  for (const Check& check : checks)
    (seen.insert(ranges_of(check.task)).second ? firsts : others).push_back(&check.task);
  Progress progress("looking at rows", checks.size());
  IdleRows rows;
  NeedlessRows never_rows;
  for (const std::vector<const Task*>& tasks : {firsts, others}) {
    std::set<SourceRange> known = rows.that_count(), known_never = never_rows.that_count();
    std::vector<std::vector<Swallowed>> idle(tasks.size());
    std::vector<std::vector<size_t>> needless(tasks.size());
    for_each_index(tasks.size(), options.jobs, [&](size_t i) {
      idle[i] = swallowed_rows(*tasks[i], known, how);
      needless[i] = needless_never_rows(*tasks[i], known_never, how);
      progress.one_more();
    });
    for (size_t i = 0; i < tasks.size(); ++i) {
      rows.add(*tasks[i], idle[i]);
      never_rows.add(*tasks[i], needless[i]);
    }
  }
  rows.tell(diagnostics);
  never_rows.tell(diagnostics);
  return diagnostics;
}

bool is_intent_lint(const Diagnostic& diagnostic) {
  static const std::set<std::string> kLints = {"BP214", "BP215", "BP219", "BP220", "BP221", "BP222", "BP706", "BP707"};
  return kLints.contains(diagnostic.code);
}

}  // namespace bgproof
