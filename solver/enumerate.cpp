#include "solver/enumerate.h"

#include <fmt/format.h>

#include "base/check.h"
#include "encoder/logic.h"
#include "solver/deciders.h"
#include "solver/projection.h"
#include "solver/replay.h"

namespace bgproof {

namespace {

// What a model broke: the row, the obligation, and the term that says "this row, this obligation".
struct Broken {
  std::string code;
  std::optional<size_t> row;
  std::optional<size_t> obligation;
  z3::expr term;
};

std::string_view name_of(Breach::Kind kind) {
  switch (kind) {
    case Breach::Kind::closed:
      return "closed";
    case Breach::Kind::forbidden:
      return "forbidden";
    case Breach::Kind::unfulfilled:
      return "unfulfilled";
    case Breach::Kind::always_broken:
      return "always";
    case Breach::Kind::required:
      return "required";
    case Breach::Kind::required_change:
      return "required-change";
  }
  return {};
}

class Enumerator {
 public:
  Enumerator(Query& query, const Property& property, const Task& task, const SourceSet& sources,
             const CheckOptions& options, const z3::expr& reading)
      : query_(query),
        property_(property),
        task_(task),
        sources_(sources),
        options_(options),
        reading_(reading),
        deciders_(query, task) {}

  // What was found before a limit stands.
  Enumeration run() {
    Enumeration result;
    try {
      find_all(result);
    } catch (const LimitReached& limit) {
      if (result.findings.empty()) throw;
      result.complete = false;
      result.why = limit.which;
    }
    return result;
  }

 private:
  void find_all(Enumeration& result) {
    for (const Breach& breach : property_.breaches()) {
      z3::expr open = breach.term && reading_;
      auto next = [&] {
        return query_.ask(fmt::format("{}-after-{}", name_of(breach.kind), result.findings.size()),
                          "there is a cause of this kind besides those found", open);
      };
      while (std::optional<Witness> first = next()) {
        if (result.findings.size() == options_.causes) {
          result.complete = false;
          result.why = fmt::format("the limit of {} causes", options_.causes);
          return;
        }
        Broken broken = what_broke(breach, first->model);
        z3::expr decided = deciders_.alike(first->model);
        z3::expr cause = breach.term && reading_ && broken.term && decided;
        result.findings.push_back(finding(fmt::format("cause-{}", result.findings.size() + 1), broken, cause));
        put(open, open && !(broken.term && decided));
      }
    }
  }

  bool is_true(const z3::model& model, const z3::expr& term) const { return model.eval(term, true).is_true(); }

  std::optional<size_t> first_failing(size_t row, const z3::model& model) const {
    for (size_t i = 0; i < task_.rows[row].obligations.size(); ++i)
      if (!is_true(model, property_.obligation(row, i))) return i;
    return std::nullopt;
  }

  Broken obligation_of(size_t row, size_t obligation) {
    return {std::string(code_of(task_.rows[row].obligations[obligation])), row, obligation,
            property_.condition(row) && !property_.obligation(row, obligation)};
  }

  Broken what_broke(const Breach& breach, const z3::model& model) {
    std::optional<Broken> nearest;
    size_t fewest = SIZE_MAX;
    for (size_t row = 0; row < task_.rows.size(); ++row) {
      const TaskRow& it = task_.rows[row];
      if (!is_true(model, property_.condition(row))) continue;
      switch (breach.kind) {
        case Breach::Kind::closed:
          break;
        case Breach::Kind::forbidden:
          if (it.kind == TaskRow::Kind::never) return {"BP302", row, std::nullopt, property_.condition(row)};
          break;
        case Breach::Kind::required:
          if (it.kind == TaskRow::Kind::must) return {"BP401", row, std::nullopt, property_.condition(row)};
          break;
        case Breach::Kind::always_broken:
        case Breach::Kind::required_change:
          if (it.kind == (breach.kind == Breach::Kind::always_broken ? TaskRow::Kind::always : TaskRow::Kind::must))
            if (std::optional<size_t> obligation = first_failing(row, model)) {
              Broken broken = obligation_of(row, *obligation);
              if (breach.kind == Breach::Kind::required_change) broken.code = "BP402";
              return broken;
            }
          break;
        case Breach::Kind::unfulfilled: {
          if (!allows(it)) break;
          size_t failing = 0;
          for (size_t i = 0; i < it.obligations.size(); ++i) failing += !is_true(model, property_.obligation(row, i));
          if (failing == 0 || failing >= fewest) break;
          fewest = failing;
          nearest = obligation_of(row, *first_failing(row, model));
          break;
        }
      }
    }
    if (nearest) return *nearest;
    BGPROOF_CHECK(breach.kind == Breach::Kind::closed, "a model of a breach names the row that it breaks");
    return {"BP301", std::nullopt, std::nullopt, query_.yes()};
  }

  Finding finding(const std::string& name, const Broken& broken, const z3::expr& cause) {
    auto [verdict, witness] = deciders_.classify(name, cause, property_.broken(), reading_, options_.tries);
    Replay replay = bgproof::replay(task_, witness.route, witness.choices, broken.code, broken.row, broken.obligation);
    Finding result = describe(task_, sources_, broken.code, broken.row, broken.obligation, witness, replay);
    result.verdict = verdict;
    bool clean = verdict == Verdict::violated && !query_.meets_unmodelled(replay.outcome);
    if (clean) result.depends_on.clear();
    z3::expr region = clean ? cause && !query_.meets_unmodelled() : cause;
    result.region = region_of(query_, region);
    return result;
  }

  Query& query_;
  const Property& property_;
  const Task& task_;
  const SourceSet& sources_;
  const CheckOptions& options_;
  z3::expr reading_;
  Deciders deciders_;
};

}  // namespace

Enumeration enumerate(Query& query, const Property& property, const Task& task, const SourceSet& sources,
                      const CheckOptions& options, const z3::expr& reading) {
  return Enumerator(query, property, task, sources, options, reading).run();
}

}  // namespace bgproof
