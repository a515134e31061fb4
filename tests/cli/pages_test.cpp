#include "cli/pages.h"

#include <gtest/gtest.h>

#include "base/codes.h"

namespace bgproof {
namespace {

TEST(Pages, EveryCodeHasOneAndEveryPageHasACode) {
  for (const CodeInfo& code : codes()) EXPECT_NE(find_page(code.code), nullptr) << code.code;
  for (const Page& page : pages()) {
    EXPECT_NE(find_code(page.code), nullptr) << page.code;
    EXPECT_FALSE(page.meaning.empty() || page.source.empty() || page.fix.empty()) << page.code;
  }
}

TEST(Pages, AreSortedAndOnce) {
  for (size_t i = 1; i < pages().size(); ++i) EXPECT_LT(pages()[i - 1].code, pages()[i].code);
}

}  // namespace
}  // namespace bgproof
