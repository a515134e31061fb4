#include "cli/questions.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/check.h"
#include "cli/file_text.h"
#include "report/question_text.h"

namespace bgproof {

namespace {

bool fail(const std::string& message, const std::string& help) {
  fmt::print(stderr, "error[BP136]: {}\n    = help        {}\n", message, help);
  return false;
}

}  // namespace

Questions::Questions(const Options& options, const std::vector<Check>& checks, const SourceSet& sources)
    : options_(options), checks_(checks), sources_(sources) {}

bool Questions::ready() {
  if (!wanted()) return true;
  std::vector<const Task*> tasks;
  for (const Check& check : checks_) tasks.push_back(&check.task);
  names_ = question_names(tasks);
  answers_.resize(checks_.size());
  if (options_.cross_check) {
    solver_ = second_solver();
    if (solver_.empty()) return fail("--cross-check: cvc5 cannot be run", "install it: apt-get install cvc5");
  }
  if (options_.dump_queries.empty()) return true;
  std::error_code error;
  std::filesystem::create_directories(options_.dump_queries, error);
  return !error || fail(fmt::format("--dump-queries {}: {}", options_.dump_queries, error.message()),
                        "name a directory that can be written to");
}

CheckResult Questions::check(size_t index, CheckOptions how, Prover* prover) {
  if (!wanted() && prover)
    if (std::optional<CheckResult> proved = prover->prove(checks_[index].task, how)) return *proved;
  if (!wanted()) return bgproof::check(checks_[index].task, sources_, how);
  std::vector<Question> questions;
  how.asked = [&](Question question) {
    if (!options_.dump_queries.empty()) write(index, question);
    if (options_.cross_check) questions.push_back(std::move(question));
  };
  CheckResult result = bgproof::check(checks_[index].task, sources_, how);
  if (options_.cross_check) answers_[index] = cross_check(questions, names_[index]);
  return result;
}

void Questions::write(size_t index, const Question& question) {
  std::string path = fmt::format("{}/{}-{}.smt2", options_.dump_queries, names_[index], question.name);
  std::string why = write_file(path, to_text(question, checks_[index].task, sources_));
  // Half a dump would look like a whole one.
  if (!why.empty()) throw InternalError(fmt::format("{} cannot be written: {}", path, why));
}

std::optional<CrossChecked> Questions::cross_checked() const {
  if (!options_.cross_check) return std::nullopt;
  CrossChecked all{solver_, 0, {}};
  for (size_t i = 0; i < answers_.size(); ++i) {
    all.agreed += answers_[i].agreed;
    for (const std::string& open : answers_[i].undecided) all.undecided.push_back(names_[i] + " " + open);
  }
  return all;
}

}  // namespace bgproof
