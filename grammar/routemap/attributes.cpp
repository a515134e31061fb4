#include "grammar/routemap/attributes.h"

#include <type_traits>

#include "policy/visit.h"

namespace bgproof::routemap {

namespace {

// What a condition alone reads; what is no attribute that a policy changes reads nothing.
void add_leaf(const Condition& condition, AttributeSet& read) {
  std::visit(
      [&](const auto& is) {
        using Leaf = std::decay_t<decltype(is)>;
        if constexpr (std::is_same_v<Leaf, CarriesCommunity> || std::is_same_v<Leaf, CommunityCount> ||
                      std::is_same_v<Leaf, CommunityText>)
          read.communities = true;
        else if constexpr (std::is_same_v<Leaf, NumberIn>)
          read.numbers[static_cast<size_t>(is.number)] = true;
        else if constexpr (std::is_same_v<Leaf, OriginIs>)
          read.origin = true;
        else if constexpr (std::is_same_v<Leaf, NextHopIn>)
          read.next_hop = true;
        else if constexpr (std::is_same_v<Leaf, RpkiIs>)
          read.rpki = true;
        else if constexpr (std::is_same_v<Leaf, AsPathMatches> || std::is_same_v<Leaf, AsPathText> ||
                           std::is_same_v<Leaf, AsPathLength>)
          read.as_path = true;
      },
      condition.is);
}

void add_action(const Statement& statement, AttributeSet& written) {
  std::visit(
      [&](const auto& is) {
        using Action = std::decay_t<decltype(is)>;
        constexpr bool communities =
            std::is_same_v<Action, AddCommunities> || std::is_same_v<Action, DeleteCommunities> ||
            std::is_same_v<Action, KeepCommunities> || std::is_same_v<Action, ReplaceCommunities>;
        constexpr bool no_action = std::is_same_v<Action, If> || std::is_same_v<Action, Disposition> ||
                                   std::is_same_v<Action, DecideByDefault> || std::is_same_v<Action, SetDefault> ||
                                   std::is_same_v<Action, SetFlag> || std::is_same_v<Action, NoEffect>;
        if constexpr (communities)
          written.communities = true;
        else if constexpr (std::is_same_v<Action, SetNumber>)
          written.numbers[static_cast<size_t>(is.number)] = true;
        else if constexpr (std::is_same_v<Action, SetOrigin>)
          written.origin = true;
        else if constexpr (std::is_same_v<Action, SetNextHop>)
          written.next_hop = true;
        else if constexpr (std::is_same_v<Action, SetRpki>)
          written.rpki = true;
        else if constexpr (std::is_same_v<Action, Havoc>)
          add(written, is.touches);
        else if constexpr (std::is_same_v<Action, Call>)
          written = AttributeSet::all();
        else if constexpr (!no_action)
          written.as_path = true;  // what is left changes paths
      },
      statement.is);
}

}  // namespace

void add(AttributeSet& to, const AttributeSet& more) {
  to.as_path |= more.as_path;
  to.origin |= more.origin;
  to.next_hop |= more.next_hop;
  to.communities |= more.communities;
  to.rpki |= more.rpki;
  for (size_t i = 0; i < to.numbers.size(); ++i) to.numbers[i] |= more.numbers[i];
}

bool overlap(const AttributeSet& a, const AttributeSet& b) {
  bool numbers = false;
  for (size_t i = 0; i < a.numbers.size(); ++i) numbers |= a.numbers[i] && b.numbers[i];
  return numbers || (a.as_path && b.as_path) || (a.origin && b.origin) || (a.next_hop && b.next_hop) ||
         (a.communities && b.communities) || (a.rpki && b.rpki);
}

AttributeSet read_by(const Condition& condition) {
  AttributeSet read;
  walk(condition, [&](const Condition& each) { add_leaf(each, read); });
  return read;
}

AttributeSet written_by(const Body& body) {
  AttributeSet written;
  walk(body, [&](const Statement& each) { add_action(each, written); });
  return written;
}

}  // namespace bgproof::routemap
