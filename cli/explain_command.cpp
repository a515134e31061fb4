#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "base/codes.h"
#include "cli/commands.h"
#include "cli/pages.h"
#include "policy/assumption.h"

namespace bgproof {

namespace {

void print_assumption(const Assumption& assumption) {
  fmt::print("{}\n\n  {}?\n\n", assumption.name, assumption.question);
  fmt::print("  readings    {}{}\n", fmt::join(assumption.values, ", "),
             assumption.open ? "" : fmt::format(" (settled: {})", assumption.values.front()));
  fmt::print("  evidence    {}\n", assumption.source);
  if (assumption.open)
    fmt::print("  effect      each question is asked for every reading; where they differ, the verdict is possible\n");
  fmt::print("  settle it   --assume {}={}\n", assumption.name, assumption.values.front());
}

void print_code(const CodeInfo& code) {
  fmt::print("{}: {}\n\n", code.code, code.title);
  if (const Page* page = find_page(code.code)) {
    fmt::print("{}\n\n  from        {}\n  what to do  {}\n", page->meaning, page->source, page->fix);
  }
}

}  // namespace

int run_explain(const Options& options) {
  std::string word = options.paths.front();
  if (word == "assumptions") {
    for (const Assumption& assumption : assumptions()) fmt::print("{:36}{}\n", assumption.name, assumption.question);
    return 0;
  }
  if (word == "codes") {
    for (const CodeInfo& code : codes()) fmt::print("{}  {}\n", code.code, code.title);
    return 0;
  }
  if (const Assumption* assumption = find_assumption(word)) {
    print_assumption(*assumption);
    return 0;
  }
  std::string upper = word;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (const CodeInfo* code = find_code(upper)) {
    print_code(*code);
    return 0;
  }
  fmt::print(stderr,
             "error[BP136]: there is nothing to explain under `{}`\n    = help        give a code as reports print it "
             "(BP301), the name of an "
             "assumption, `codes` or `assumptions`\n",
             word);
  return 2;
}

}  // namespace bgproof
