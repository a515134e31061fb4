// FRR hands its expressions to the C library. Ours are matched by policy/text_regex.h: both have to find the same.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <regex.h>

#include "policy/as_path.h"
#include "policy/text_regex.h"
#include "tests/frr/experiments.h"
#include "tests/frr/random_regex.h"

namespace bgproof::frr {
namespace {

constexpr int kExpressions = 4000;
constexpr int kTexts = 20;

// As the daemon compiles it.
class LibraryRegex {
 public:
  explicit LibraryRegex(const std::string& expression) {
    good_ = ::regcomp(&compiled_, expression.c_str(), REG_EXTENDED | REG_NOSUB) == 0;
  }
  ~LibraryRegex() {
    if (good_) ::regfree(&compiled_);
  }
  LibraryRegex(const LibraryRegex&) = delete;
  LibraryRegex& operator=(const LibraryRegex&) = delete;
  bool good() const { return good_; }
  bool finds(const std::string& text) const { return ::regexec(&compiled_, text.c_str(), 0, nullptr, 0) == 0; }

 private:
  regex_t compiled_;
  bool good_;
};

std::string with_delimiters(const std::string& text) {
  std::string expanded;
  for (char character : text)
    if (character == '_')
      expanded += "(^|[,{}() ]|$)";
    else
      expanded += character;
  return expanded;
}

TEST(FrrRegex, FindsWhatTheLibraryFinds) {
  Random random(1);
  Neighbor internal{"127.0.1.1", kOwnAsn, "", "", {}, {}};
  int found = 0, compared = 0;
  for (int i = 0; i < kExpressions; ++i) {
    std::string expression = with_delimiters(random_path_regex(random));
    LibraryRegex library(expression);
    auto ours = parse_text_regex(expression);
    ASSERT_EQ(library.good(), std::holds_alternative<TextRegex>(ours)) << expression;
    if (!library.good()) continue;
    for (int j = 0; j < kTexts; ++j) {
      std::string text = text_form(random_import(random, internal).as_path);
      bool finds = library.finds(text);
      found += finds;
      ++compared;
      ASSERT_EQ(matches_somewhere(std::get<TextRegex>(ours), text), finds) << expression << " in '" << text << "'";
    }
  }
  EXPECT_GT(found, compared / 10);
  EXPECT_GT(compared, kExpressions * kTexts / 2);
}

TEST(FrrRegex, ACountOfAnchorsIsLeftOpen) {
  // The library's own: the delimiter is taken twice where it stands once.
  EXPECT_TRUE(LibraryRegex(with_delimiters("(_){2}4")).finds("65 42"));
  auto open_lines = [](const std::string& expression) {
    std::string config = fmt::format(
        "bgp as-path access-list A permit {}\nroute-map M permit 10\n match as-path A\nexit\nrouter bgp 65000\n",
        expression);
    return Model(config).device().library->unmodelled.size();
  };
  EXPECT_EQ(open_lines("(_){2}4"), 1u);
  EXPECT_EQ(open_lines("(_4){1,3}"), 1u);
  EXPECT_EQ(open_lines("(4_)+$"), 0u);
  EXPECT_EQ(open_lines("_(4 ){2}"), 0u);
}

}  // namespace
}  // namespace bgproof::frr
