#include "report/question_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "intents/reach.h"
#include "report/display.h"
#include "report/secrets.h"
#include "solver/cause.h"

namespace bgproof {

namespace {

constexpr uint32_t kMostLines = 40;  // of one piece of config

std::string fit_for_files(std::string_view text) {
  std::string result;
  for (char c : text.substr(0, 60)) {
    bool plain = isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_';
    result += plain ? c : '_';
  }
  return result;
}

std::string comment(std::string_view text) { return "; " + harmless(redact(text)) + "\n"; }

// The lines of the range with their place.
std::string quoted(const SourceRange& range, const SourceSet& sources) {
  if (!range.known()) return {};
  const SourceFile& file = sources.file(range.file);
  uint32_t first = file.position(range.begin).line;
  uint32_t last = file.position(range.end > range.begin ? range.end - 1 : range.begin).line;
  std::string out;
  for (uint32_t line = first; line <= last; ++line) {
    if (line - first == kMostLines) {
      out += comment(fmt::format("    and {} lines more", last - line + 1));
      break;
    }
    out += comment(fmt::format("{}:{}: {}", file.path(), line, file.line(line)));
  }
  return out;
}

std::string quoted(const std::vector<Clause>& clauses, const SourceSet& sources) {
  std::string out;
  for (const Clause& clause : clauses) {
    if (clause.range.known()) out += quoted(clause.range, sources);
  }
  return out;
}

}  // namespace

std::vector<std::string> question_names(const std::vector<const Task*>& tasks) {
  std::vector<std::string> names;
  std::map<std::string, size_t> taken;
  for (const Task* task : tasks) {
    std::string what = task->direction == Direction::none ? "policy" : std::string(to_string(task->direction));
    std::string whose = !task->sessions.empty()   ? task->sessions.front()
                        : !task->policies.empty() ? task->policies.front()
                                                  : "";
    std::string all = fmt::format("{}\n{}\n{}\n{}", task->device, what, fmt::join(task->policies, "\n"),
                                  fmt::join(task->sessions, "\n"));
    for (Family family : task->families) all += fmt::format("\n{}", to_string(family));
    for (const TaskRow& row : task->rows) all += "\n" + row.text;
    std::string name =
        fit_for_files(fmt::format("{}-{}-{}", task->device, what, whose)) + "-" + fingerprint(all).substr(0, 8);
    size_t same = taken[name]++;
    names.push_back(same ? fmt::format("{}-{}", name, same + 1) : name);
  }
  return names;
}

std::string to_text(const Question& question, const Task& task, const SourceSet& sources) {
  std::string out = comment(fmt::format("{}: {}", question.name, question.meaning));
  out += comment(fmt::format("Z3: {}", to_string(question.answer)));
  out += comment(fmt::format("device {}, {} {}", task.device,
                             task.direction == Direction::none ? "policy" : to_string(task.direction),
                             fmt::join(task.policies, " ")));
  if (!task.sessions.empty()) out += comment(fmt::format("sessions {}", fmt::join(task.sessions, ", ")));
  out += ";\n; intent\n" + quoted(task.block, sources);
  for (const TaskRow& row : task.rows) out += quoted(row.range, sources);
  out += ";\n; assumed\n";
  for (const Fact& fact : task.facts) out += comment(fact.text);
  out += ";\n; config\n" + quoted(task.attachment, sources) + quoted(task.program.entry, sources);
  for (uint32_t policy : reached_policies(task.program))
    out += quoted(task.program.library->policies.at(policy).clauses, sources);
  out += quoted(task.program.rewrite, sources);
  return out + ";\n" + question.text;
}

}  // namespace bgproof
