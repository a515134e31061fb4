// What an expression makes of the text of all communities of a route together, as a machine that reads communities.
//
// The text is the communities of one kind in ascending order, with a space between (policy/community.h). Between two of
// them the scan of the expression is in one of few states, and a community is a step from such a state to another.
// Communities that make the same step everywhere are one *letter*. So the text matches iff the machine accepts, and
// what it does depends on which letters the route carries, on how many of each (`most`: up to here) and on the order of
// those that do not commute. The order is that of numbers: `boundaries` cut it into stretches of which each has letters
// that commute alone. Whoever goes from stretch to stretch, and through the letters of each in any order, comes to the
// same state as the text. Nothing is approximated; what would need too many letters or stretches is a limit.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "encoder/automaton/limit.h"
#include "encoder/automaton/text_dfa.h"
#include "policy/condition.h"

namespace bgproof {

struct CommunityList {
  using State = uint32_t;  // 0: no community so far
  struct Letter {
    std::vector<State> to;  // by state
    uint32_t most = 1;      // more communities of the letter in a row do what this many do, or there are no more
    // Its communities: all of them, if they are few, or their texts. Of the first letter neither: it has all others.
    std::vector<Community> members;
    TextDfa texts;
  };

  std::vector<char> accepts;  // by state
  std::vector<Letter> letters;
  std::vector<Community> boundaries;  // ascending; the lowest community of each stretch but the first

  static constexpr size_t kMaxLetters = 64;
  static constexpr size_t kMaxBoundaries = 256;
};

std::variant<CommunityList, AutomatonLimit> community_list(const CommunityText& text);

// The communities below this one, of its kind.
CommunitySet below(const Community& community);

}  // namespace bgproof
