#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <set>

#include "base/codes.h"
#include "cli/commands.h"
#include "cli/pages.h"
#include "cli/rules.h"
#include "intents/spelling.h"
#include "policy/assumption.h"

namespace bgproof {

namespace {

void print_text(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    fmt::print("    {}\n", text.substr(at, end - at));
    at = end + 1;
  }
}

// What it says of itself is expected; a sample that is no golden fails.
std::string_view answer_of(std::string_view text) {
  auto expects = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  if (expects("EXPECT: violated")) return "a sample that fails";
  if (expects("EXPECT: possible")) return "a sample that is possible";
  return expects("EXPECT: not_checked") ? "a sample that is not checked" : "a sample that fails";
}

void print_samples(const Samples* found) {
  if (!found) return;  // tests see to it that there are some
  if (!found->remark.empty()) fmt::print("\n  samples     {}\n", found->remark);
  auto print = [](std::string_view what, const std::string& path) {
    if (path.empty()) return;
    fmt::print("\n  {}, {}\n\n", what, path);
    print_text(sample_text(path));
  };
  bool one = found->fails == found->passes;
  print(one ? "the sample" : answer_of(sample_text(found->fails)), found->fails);
  if (!one) print("one that passes", found->passes);
}

void print_assumption(const Assumption& assumption) {
  fmt::print("{}\n\n  {}?\n\n", assumption.name, assumption.question);
  fmt::print("  readings    {}{}\n", fmt::join(assumption.values, ", "),
             assumption.open ? "" : fmt::format(" (settled: {})", assumption.values.front()));
  fmt::print("  evidence    {}\n", assumption.source);
  if (assumption.open)
    fmt::print("  effect      each question is asked for every reading; where they differ, the verdict is possible\n");
  fmt::print("  settle it   --assume {}={}\n", assumption.name, assumption.values.front());
  print_samples(find_samples(assumption.name));
}

void print_code(const CodeInfo& code) {
  fmt::print("{}: {}\n\n", code.code, code.title);
  if (const Page* page = find_page(code.code)) {
    fmt::print("{}\n\n  from        {}\n  what to do  {}\n", page->meaning, page->source, page->fix);
  }
  print_samples(find_samples(code.code));
}

// Words of the tables that a reader cannot know, by the columns in which they stand.
struct Word {
  std::string_view column;
  std::string_view word;
  std::string_view means;
};
constexpr Word kWords[] = {
    {"source", "doc", "the vendor's documentation says so"},
    {"source", "lab", "seen on devices"},
    {"source", "live", "seen on a running FRR 8.4.4"},
    {"seen with", "live", "seen on a running FRR 8.4.4"},
    {"source", "code", "read in the source of FRR"},
    {"source", "assumed", "not known: each reading is asked, and where they differ the verdict is possible"},
    {"model", "free", "the line may do anything of its kind: what depends on it is possible, not proved"},
    {"model", "both", "both readings are asked; where they differ the verdict is possible"},
    {"model", "as said", "as the device does"},
};

bool has_word(const std::string& text, std::string_view word) {
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    auto is_letter = [&](size_t i) { return i < text.size() && std::isalpha(static_cast<unsigned char>(text[i])); };
    if (!(at > 0 && is_letter(at - 1)) && !is_letter(at + word.size())) return true;
  }
  return false;
}

// A label and its text, on as many lines as it takes.
void print_field(std::string_view label, std::string_view text) {
  constexpr size_t kIndent = 26, kWidth = 110;
  while (text.size() > kWidth - kIndent) {
    size_t end = text.rfind(' ', kWidth - kIndent);
    if (end == std::string_view::npos || end == 0) break;
    fmt::print("  {:<24}{}\n", label, text.substr(0, end));
    text.remove_prefix(end + 1);
    label = {};
  }
  fmt::print("  {:<24}{}\n", label, text);
}

void print_rule(const Rule& rule) {
  fmt::print("{}  ({})\n\n", fmt::join(rule.names, ", "), rule.section);
  for (const auto& [column, cell] : rule.cells)
    if (!cell.empty()) print_field(column, cell);
  for (const Word& word : kWords)
    for (const auto& [column, cell] : rule.cells)
      if (column == word.column && has_word(cell, word.word))
        print_field({}, fmt::format("{}: {}", word.word, word.means));
  for (const std::string& trap : rule.traps)
    print_field({}, fmt::format("{}: a trap; all rules about it: bgproof explain {}{}", trap, dialect_of(rule), trap));
}

// The rules of that name, in any dialect if it names none; and of a trap ("J4", "junos/J4").
std::vector<const Rule*> find_rules(const std::string& word) {
  std::vector<const Rule*> found;
  size_t slash = word.find('/');
  for (const Rule& rule : rules()) {
    bool here = std::any_of(rule.names.begin(), rule.names.end(), [&](const std::string& name) {
      return name == word || (slash == std::string::npos && name.substr(name.find('/') + 1) == slug(word));
    });
    bool in_dialect = slash == std::string::npos || rule.names.front().starts_with(word.substr(0, slash + 1));
    std::string trap = slash == std::string::npos ? word : word.substr(slash + 1);
    here = here || (in_dialect && std::find(rule.traps.begin(), rule.traps.end(), trap) != rule.traps.end());
    if (here) found.push_back(&rule);
  }
  return found;
}

std::string upper_of(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string dotted(std::string text) {
  std::replace(text.begin(), text.end(), '/', '.');
  return text;
}

bool print_list(const std::string& word) {
  if (word == "assumptions")
    for (const Assumption& assumption : assumptions()) fmt::print("{:36}{}\n", assumption.name, assumption.question);
  else if (word == "codes")
    for (const CodeInfo& code : codes()) fmt::print("{}  {}\n", code.code, code.title);
  else if (word == "rules")
    for (const Rule& rule : rules()) fmt::print("{}\n", fmt::join(rule.names, ", "));
  else
    return false;
  return true;
}

int unknown(const std::string& word) {
  std::vector<std::string> known = {"codes", "assumptions", "rules"};
  for (const CodeInfo& code : codes()) known.emplace_back(code.code);
  for (const Assumption& assumption : assumptions()) known.emplace_back(assumption.name);
  for (const Rule& rule : rules()) known.insert(known.end(), rule.names.begin(), rule.names.end());
  // What begins so, with or without its dialect.
  std::set<std::string> begun;
  for (const std::string& name : known) {
    size_t dialect = name.find_first_of("/.");
    bool rest = dialect != std::string::npos && std::string_view(name).substr(dialect + 1).starts_with(word);
    if (!word.empty() && (name.starts_with(word) || name.starts_with(upper_of(word)) || rest)) begun.insert(name);
  }
  constexpr size_t kFew = 8;
  std::string near = begun.size() == 1 ? *begun.begin() : nearest_word(word, known);
  std::string help =
      begun.size() > 1 && begun.size() <= kFew ? fmt::format("names that begin so: {}", fmt::join(begun, ", "))
      : begun.size() > kFew
          ? fmt::format("{} names begin so; `bgproof explain rules` lists those of rules", begun.size())
      : near.empty() ? "give a code as reports print it (BP301), the name of an assumption or of a rule, or "
                       "`codes`, `assumptions` or `rules`"
                     : fmt::format("did you mean `{}`?", near);
  fmt::print(stderr, "error[BP136]: there is nothing to explain under `{}`\n    = help        {}\n", word, help);
  return 2;
}

}  // namespace

int run_explain(const Options& options) {
  std::string word = options.paths.front();
  if (print_list(word)) return 0;
  std::string upper = upper_of(word);
  if (const CodeInfo* code = find_code(upper)) {
    print_code(*code);
    return 0;
  }
  const Assumption* assumption = find_assumption(dotted(word));
  if (assumption) print_assumption(*assumption);
  std::string as_rule = word;
  size_t dot = word.find('.');
  if (assumption && dot != std::string::npos) as_rule[dot] = '/';
  std::vector<const Rule*> found = find_rules(as_rule);
  if (found.empty() && !assumption) return unknown(word);
  // Of what was asked for by name, a rule or a trap for example; else of the first rule that has some.
  const Samples* shown = assumption ? find_samples(assumption->name) : find_samples(as_rule);
  for (const Rule* rule : found)
    if (!shown && std::ranges::count(rule->own, as_rule) > 0) shown = samples_of(*rule);
  if (!shown && !found.empty()) shown = find_samples(dialect_of(*found.front()) + upper);
  for (size_t i = 0; i < found.size() && !shown; ++i) shown = samples_of(*found[i]);
  for (const Rule* rule : found) {
    if (rule != found.front() || assumption) fmt::print("\n");
    print_rule(*rule);
    const Samples* others = samples_of(*rule);
    if (others && others != shown) print_field("samples", "bgproof explain " + rule->own.front());
  }
  if (assumption) return 0;
  print_samples(shown);
  return 0;
}

}  // namespace bgproof
