// Community lists of the three kinds, line by line.
#pragma once

#include <string>
#include <vector>

#include "grammar/routemap/context.h"

namespace bgproof::routemap {

struct CommunityLine {
  bool permit = true;
  bool readable = true;
  bool everything = false;                // `internet`
  std::vector<Community> values;          // of a standard line
  std::optional<std::string> expression;  // of an expanded one, in POSIX syntax
  SourceRange range;
};

struct CommunityList {
  std::vector<CommunityLine> lines;
};

std::shared_ptr<const CommunityList> community_list(Context& context, Kind list, std::string_view name);

}  // namespace bgproof::routemap
