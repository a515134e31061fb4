#include "cli/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/check.h"
#include "intents/bind.h"
#include "intents/glob.h"
#include "intents/spelling.h"

namespace bgproof {

namespace {

const char* const kPath = "<question>";

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// The text of the question as an intent file, and where in it the user's words stand.
struct Written {
  std::string text;
  uint32_t condition = 0, condition_end = 0;
  uint32_t obligation = 0;
};

Written write(const PolicyQuestion& question, const std::vector<std::string>& names) {
  Written written;
  std::string& text = written.text;
  text = "intent 1\n";
  if (question.subject.direction == Direction::none) {
    text += "policy " + quoted(question.subject.name);
  } else {
    text += question.subject.direction == Direction::export_to ? "export to" : "import from";
    for (size_t i = 0; i < names.size(); ++i) text += (i ? ", neighbor " : " neighbor ") + quoted(names[i]);
  }
  text += " at device " + quoted(question.subject.device) + " {\nmay (\n";
  written.condition = static_cast<uint32_t>(text.size());
  text += question.condition;
  written.condition_end = static_cast<uint32_t>(text.size());
  text += "\n)";
  if (!question.obligation.empty()) text += " then\n";
  written.obligation = static_cast<uint32_t>(text.size());
  text += question.obligation + "\n}\n";
  return written;
}

// Messages about the question point into what the user has typed, not into what was written around it.
class Pointer {
 public:
  Pointer(const PolicyQuestion& question, const Written& written, SourceSet& sources)
      : written_(written),
        size_(static_cast<uint32_t>(question.obligation.size())),
        opened_(std::count(question.condition.begin(), question.condition.end(), '(')),
        closed_(std::count(question.condition.begin(), question.condition.end(), ')')) {
    condition_ = sources.add("the condition", question.condition);
    if (size_ > 0) obligation_ = sources.add("--then", question.obligation);
  }

  void move(Diagnostics& diagnostics, const SourceSet& sources) {
    Diagnostics moved;
    bool broken = false;
    for (Diagnostic diagnostic : diagnostics.sorted()) {
      if (diagnostic.code == "BP201" && is_in_question(diagnostic.where(), sources)) {
        // Behind the first break everything is one.
        if (std::exchange(broken, true)) continue;
        without_parentheses(diagnostic);
      }
      for (Label& label : diagnostic.labels)
        if (is_in_question(label.range, sources)) label.range = moved_range(label.range);
      std::erase_if(diagnostic.labels, [](const Label& label) { return !label.range.known(); });
      put(moved, std::move(diagnostic));
    }
    diagnostics = std::move(moved);
  }

 private:
  static bool is_in_question(const SourceRange& range, const SourceSet& sources) {
    return range.known() && sources.file(range.file).path() == kPath;
  }

  // The condition stands in parentheses that its writer knows nothing of.
  void without_parentheses(Diagnostic& diagnostic) const {
    std::string& text = diagnostic.message;
    if (diagnostic.where().begin >= written_.condition_end)
      if (size_t at = text.rfind("found `"); at != std::string::npos)
        text.replace(at, std::string::npos, "found the end");
    if (closed_ > opened_) text = "there is a `)` that nothing has opened";
    const std::string_view own = "expected `)`, ";
    if (size_t at = text.find(own); at != std::string::npos && opened_ == closed_)
      text.replace(at, own.size(), "expected ");
  }

  SourceRange moved_range(const SourceRange& range) const {
    if (range.end < written_.condition) return {};
    bool second = size_ > 0 && range.begin >= written_.obligation;
    uint32_t base = second ? written_.obligation : written_.condition;
    uint32_t limit = second ? size_ : written_.condition_end - written_.condition;
    auto within = [&](uint32_t offset) { return std::min(offset < base ? 0 : offset - base, limit); };
    return {second ? obligation_ : condition_, within(range.begin), within(range.end)};
  }

  const Written& written_;
  uint32_t size_;
  std::ptrdiff_t opened_, closed_;
  FileId condition_, obligation_;
};

std::string did_you_mean(const std::string& word, const std::set<std::string>& known, std::string_view what) {
  std::vector<std::string> names(known.begin(), known.end());
  std::string near = nearest_word(word, names);
  if (!near.empty()) return fmt::format("did you mean `{}`?", near);
  constexpr size_t kShown = 12;
  if (names.empty()) return fmt::format("there are no {} there", what);
  std::string list = fmt::format("{}", fmt::join(names.begin(), names.begin() + std::min(names.size(), kShown), ", "));
  return fmt::format("{} are {}{}", what, list,
                     names.size() > kShown ? fmt::format(" and {} more", names.size() - kShown) : "");
}

// The names that the subject selects; an error if there are none.
std::vector<std::string> selected_names(const Options& options, const Subject& subject, Inputs& inputs) {
  std::set<std::string> devices, known, found;
  bool device_found = false, unread = false;
  std::optional<Address> address = parse_address(subject.name);
  for (const Device& device : inputs.devices) {
    if (!is_selected(options, device)) continue;
    devices.insert(device.name);
    if (!glob_matches(subject.device, device.name)) continue;
    device_found = true;
    unread = unread || !device.not_checked.empty();
    if (subject.direction == Direction::none) {
      for (const NamedPolicy& policy : device.policies) known.insert(policy.name);
    } else {
      for (const Session& session : device.sessions) {
        known.insert(session.neighbor);
        if (address && session.address == address) found.insert(session.neighbor);
      }
    }
  }
  for (const std::string& name : known)
    if (glob_matches(subject.name, name)) found.insert(name);
  auto fail = [&](const std::string& message, const std::string& help) {
    inputs.diagnostics.error("BP136", {}, message).notes.emplace_back("help", help);
  };
  bool policy = subject.direction == Direction::none;
  if (!device_found)
    fail(fmt::format("no device is called {}", subject.device), did_you_mean(subject.device, devices, "devices"));
  else if (found.empty() && !unread)
    fail(fmt::format("no {} is called {}{}", policy ? "policy" : "neighbor", subject.name,
                     subject.device == "*" ? "" : " on " + subject.device),
         did_you_mean(subject.name, known, policy ? "policies" : "neighbors"));
  else if (found.empty())
    fail(fmt::format("{} was not found, and {} could not be read whole", subject.name, subject.device),
         "see bgproof parse");
  return {found.begin(), found.end()};
}

}  // namespace

Subject read_subject(const std::string& text, Direction direction) {
  Subject subject;
  size_t at = text.rfind('@');
  subject.name = text.substr(0, at);
  if (at != std::string::npos) subject.device = text.substr(at + 1);
  subject.direction = direction;
  return subject;
}

bool bind_question(const Options& options, const PolicyQuestion& question, Inputs& inputs, std::vector<Task>& tasks) {
  std::vector<std::string> names = selected_names(options, question.subject, inputs);
  if (names.empty()) return false;
  Written written = write(question, names);
  Pointer pointer(question, written, inputs.sources);
  Diagnostics before = std::move(inputs.diagnostics);
  inputs.diagnostics = {};
  bool fine = read_intents(options, false, {kPath, written.text}, inputs);
  std::vector<const intent::Block*> asked;
  for (const intent::Block* block : inputs.intents.blocks)
    if (inputs.sources.file(block->head.file).path() == kPath) asked.push_back(block);
  if (fine && (asked.size() != 1 || asked.front()->rows.size() != 1)) {
    inputs.diagnostics.error("BP136", {}, fmt::format("`{}` is more than one condition", question.condition))
        .notes.emplace_back("help", "join conditions with `and` and `or`");
    fine = false;
  }
  if (fine) {
    inputs.intents.blocks = asked;
    fine = without_errors(inputs.diagnostics, [&](Diagnostics& said) {
      std::optional<uint32_t> date = parse_date(options.date);
      BGPROOF_CHECK(date.has_value(), "options hold a date of the calendar");
      for (Task& task : bind(inputs.intents, inputs.devices, {*date, options.device}, said)) {
        bool is_asked = task.block.known() && (!task.policies.empty() || !task.sessions.empty());
        if (!is_asked) continue;  // a session that this block does not claim
        task.block = {};
        tasks.push_back(std::move(task));
      }
    });
  }
  pointer.move(inputs.diagnostics, inputs.sources);
  before.append(inputs.diagnostics);
  inputs.diagnostics = std::move(before);
  return fine;
}

}  // namespace bgproof
