#include "tests/compare/regions.h"

#include <sstream>
#include <stdexcept>

namespace bgproof {

namespace {

// "len v4 0..32", "prefix in { A, B le 24 }", "len v6 0..128 and not prefix in { ... }"
struct Part {
  std::optional<Family> family;  // everything of it, but for the patterns
  std::vector<PrefixPattern> patterns;
};

PrefixPattern pattern_of(const std::string& text) {
  std::istringstream in(text);
  std::string word;
  in >> word;
  PrefixPattern pattern;
  pattern.prefix = parse_prefix(word).value();
  pattern.low = pattern.high = pattern.prefix.length;
  int number = 0;
  bool low = false, high = false;
  const auto most = static_cast<uint8_t>(width(pattern.prefix.family));
  while (in >> word) {
    if (word == "orlonger" || word == "longer") pattern.high = most;
    if (word == "longer") ++pattern.low;
    if (word != "ge" && word != "le") continue;
    in >> number;
    if (word == "ge") pattern.low = static_cast<uint8_t>(number), low = true;
    if (word == "le") pattern.high = static_cast<uint8_t>(number), high = true;
  }
  if (low && !high) pattern.high = most;
  return pattern;
}

Part part_of(const std::string& text) {
  Part part;
  if (text.starts_with("len v4 0..32")) part.family = Family::ipv4;
  if (text.starts_with("len v6 0..128")) part.family = Family::ipv6;
  size_t open = text.find('{'), close = text.find('}');
  if (open == std::string::npos && !part.family) throw std::runtime_error("not a region: " + text);
  if (open == std::string::npos) return part;
  std::istringstream members(text.substr(open + 1, close - open - 1));
  for (std::string member; std::getline(members, member, ',');) part.patterns.push_back(pattern_of(member));
  return part;
}

bool has(const Part& part, const Prefix& prefix) {
  bool listed = false;
  for (const PrefixPattern& pattern : part.patterns) listed |= matches(pattern, prefix);
  return part.family ? prefix.family == *part.family && !listed : listed;
}

}  // namespace

bool in_region(const Region& region, const Prefix& prefix) {
  for (const std::string& condition : region.conditions)
    if (has(part_of(condition), prefix)) return true;
  return false;
}

std::vector<Prefix> members_of(const Region& region, Random& random) {
  std::vector<Prefix> members;
  auto add = [&](const Prefix& prefix) {
    if (in_region(region, prefix)) members.push_back(prefix);
  };
  for (const std::string& condition : region.conditions) {
    Part part = part_of(condition);
    if (part.family)
      add(*parse_prefix(*part.family == Family::ipv4 ? "198.18.0.0/15" : "2001:db8:ffff::/48"));
    for (const PrefixPattern& pattern : part.patterns)
      for (int i = 0; i < 6; ++i) {
        int length = random.between(pattern.low, pattern.high);
        Bits noise = (Bits{random.bits()} << 64 | random.bits()) & ~mask_of(pattern.prefix.length);
        Address address{pattern.prefix.family, pattern.prefix.bits | (noise & mask_of(width(pattern.prefix.family)))};
        add(prefix_of(address, length));
      }
  }
  return members;
}

}  // namespace bgproof
