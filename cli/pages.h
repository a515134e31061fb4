// A page for each diagnostic code: what it means, which part of bgproof says it and on what ground, and what to do.
// `bgproof explain` prints them; a test sees to it that none is missing.
#pragma once

#include <string_view>
#include <vector>

namespace bgproof {

struct Page {
  std::string_view code;
  std::string_view meaning;
  std::string_view source;
  std::string_view fix;
};

const std::vector<Page>& pages();  // sorted by code
const Page* find_page(std::string_view code);

}  // namespace bgproof
