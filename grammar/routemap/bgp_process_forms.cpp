#include <algorithm>
#include <array>

#include "grammar/routemap/bgp_forms.h"

namespace bgproof::routemap {

namespace {

bool is_direction(std::string_view word) { return word == "in" || word == "out"; }

bool are_asns(const Knob& knob, size_t first) {
  for (size_t i = first; i < knob.size(); ++i)
    if (!asn_of(knob.word(i))) return false;
  return knob.size() > first;
}

bool is_origin(std::string_view word) { return word == "igp" || word == "egp" || word == "incomplete"; }

// Reads the words of a knob one after the other.
class Words {
 public:
  explicit Words(const Knob& knob) : knob_(knob) {}

  bool more() const { return at_ < knob_.size(); }
  std::string_view next() { return knob_.word(at_++); }
  std::string_view now() const { return knob_.word(at_); }
  bool take(std::string_view word) {
    if (now() != word || !more()) return false;
    ++at_;
    return true;
  }
  // A name, which no word of the command is.
  bool name() { return more() && !next().empty(); }
  bool number() { return more() && number_of(next()).has_value(); }

 private:
  const Knob& knob_;
  size_t at_ = 1;
};

// `P/len`, `A mask M`, `A M`; `A` alone is left to who knows its class.
bool takes_prefix(Words& words) {
  std::string_view prefix = words.next();
  if (parse_prefix(prefix)) return true;
  auto address = parse_address(prefix);
  if (!address || address->family != Family::ipv4) return false;
  bool said = words.take("mask");
  auto mask = parse_address(words.now());
  bool has_mask = mask && mask->family == Family::ipv4;
  if (!has_mask) return !said;
  words.next();
  for (int length = 0; length <= 32; ++length)
    if (mask->bits == mask_of(length)) return true;
  return false;
}

bool is_network(const Knob& knob) {
  Words words(knob);
  if (words.take("import-check")) return !words.more() || (words.take("exact") && !words.more());
  if (!takes_prefix(words)) return false;
  bool mapped = false;
  while (words.more()) {
    if (words.take("backdoor")) continue;
    if (words.take("label-index") && words.number()) continue;
    bool map = words.take("route-map") || words.take("rcf");
    if (!map || mapped || !words.name()) return false;
    mapped = true;
  }
  return true;
}

bool is_aggregate(const Knob& knob) {
  Words words(knob);
  if (!takes_prefix(words)) return false;
  constexpr std::array<std::string_view, 5> kAlone = {"as-set", "as-confed-set", "summary-only", "matching-MED-only",
                                                      "advertise-only"};
  constexpr std::array<std::string_view, 6> kNaming = {"suppress-map", "advertise-map", "attribute-map",
                                                       "route-map",    "match-map",     "rcf"};
  std::array<bool, kNaming.size()> named{};
  while (words.more()) {
    std::string_view word = words.next();
    if (std::ranges::find(kAlone, word) != kAlone.end()) continue;
    if (word == "origin") {
      if (!is_origin(words.next())) return false;
      continue;
    }
    auto naming = std::ranges::find(kNaming, word);
    if (naming == kNaming.end()) return false;
    bool& twice = named[static_cast<size_t>(naming - kNaming.begin())];
    if (twice || !words.name()) return false;
    twice = true;
  }
  return true;
}

bool is_redistribute(const Knob& knob) {
  Words words(knob);
  if (!words.more()) return false;
  std::string_view protocol = words.next();
  if (protocol == "maximum-prefix") return true;
  constexpr std::array<std::string_view, 12> kKeywords = {"metric",  "route-map", "rcf",       "match",
                                                          "level-1", "level-2",   "level-1-2", "vrf",
                                                          "include", "subnets",   "leaked",    "include-connected"};
  auto is_keyword = [&](std::string_view word) { return std::ranges::find(kKeywords, word) != kKeywords.end(); };
  constexpr std::array<std::string_view, 8> kOfSeveral = {"ospf",  "ospfv3", "ospf3", "isis",
                                                          "eigrp", "rip",    "lisp",  "table"};
  bool several = std::ranges::find(kOfSeveral, protocol) != kOfSeveral.end() || protocol == "table-direct";
  if (several && words.more() && !is_keyword(words.now())) words.next();
  bool mapped = false;
  while (words.more()) {
    std::string_view word = words.next();
    if (!is_keyword(word)) return false;
    if (word == "metric" && !words.number()) return false;
    if (word == "vrf" && !words.name()) return false;
    if (word == "include" && !words.take("leaked")) return false;
    if (word == "match") {
      size_t kinds = 0;
      auto is_kind = [](std::string_view kind) {
        return kind == "internal" || kind == "external" || kind == "nssa-external" || kind == "1" || kind == "2";
      };
      for (; is_kind(words.now()); ++kinds) words.next();
      if (kinds == 0) return false;
    }
    if (word == "route-map" || word == "rcf") {
      if (mapped || !words.name()) return false;
      mapped = true;
    }
  }
  return true;
}

// `bgp default ...`.
bool is_default(const Knob& knob, Dialect dialect) {
  constexpr std::array<std::string_view, 14> kKnown = {"ipv4-unicast",
                                                       "ipv6-unicast",
                                                       "ipv4-labeled-unicast",
                                                       "ipv6-labeled-unicast",
                                                       "ipv4-multicast",
                                                       "ipv6-multicast",
                                                       "ipv4-vpn",
                                                       "ipv6-vpn",
                                                       "l2vpn-evpn",
                                                       "route-target",
                                                       "show-hostname",
                                                       "show-nexthop-hostname",
                                                       "software-version-capability",
                                                       "subgroup-pkt-queue-max"};
  if (knob.word(1) == "local-preference")
    return knob.negated() || (knob.size() == 3 && number_of(knob.word(2)).has_value());
  if (knob.word(1) == "shutdown") return dialect == Dialect::frr && knob.size() == 2;
  return std::ranges::find(kKnown, knob.word(1)) != kKnown.end();
}

// A word that one dialect has: elsewhere nobody knows what the line does.
bool is_of(Dialect dialect, std::string_view word) {
  if (word == "missing-policy") return dialect == Dialect::eos;
  if (word == "safe-ebgp-policy") return dialect == Dialect::ios;
  return dialect == Dialect::frr;
}

}  // namespace

bool originates(std::string_view word) {
  return word == "network" || word == "redistribute" || word == "aggregate-address" || word == "default-information" ||
         word == "default-metric";
}

bool is_missing_policy(const Knob& knob) {
  Words words(knob);
  auto include = [&] {
    if (!words.take("include")) return true;
    bool any = false;
    while (words.take("community-list") || words.take("prefix-list") || words.take("sub-route-map")) any = true;
    return any;
  };
  if (words.take("address-family") && !words.take("all")) return false;
  if (!include()) return false;
  if (knob.negated() && !words.more()) return true;
  if (!words.take("direction") || !is_direction(words.next()) || !include()) return false;
  if (knob.negated() && !words.more()) return true;
  return words.take("action") && (words.take("permit") || words.take("deny") || words.take("deny-in-out")) &&
         !words.more();
}

bool well_formed_of_process(const Knob& knob, Dialect dialect) {
  std::string_view word = knob.word(0);
  size_t size = knob.size();
  if (word == "safe-ebgp-policy" || word == "ebgp-requires-policy" || word == "reject-as-sets")
    return is_of(dialect, word) && size == 1;
  if (word == "enforce-first-as") return size == 1;
  if (word == "missing-policy") return is_of(dialect, word) && is_missing_policy(knob);
  if (word == "network") return is_network(knob);
  if (word == "redistribute") return is_redistribute(knob);
  if (word == "aggregate-address") return is_aggregate(knob);
  if (word == "default-information") return knob.word(1) == "originate" && (size == 2 || knob.word(2) == "always");
  if (word == "default-metric") return (knob.negated() && size == 1) || (size == 2 && number_of(knob.word(1)));
  if (word == "default") return is_default(knob, dialect);
  if (word == "confederation") {
    if (knob.word(1) == "identifier") return knob.negated() || are_asns(knob, 2);
    return knob.word(1) == "peers" && (are_asns(knob, 2) || (knob.negated() && size == 2));
  }
  if (word == "listen") return knob.negated() || knob.word(1) == "limit";
  if (knob.negated()) return true;
  if (word == "maxas-limit") return size == 2 && number_of(knob.word(1)).has_value();
  if (word == "route-reflector") return is_of(dialect, word) && size == 2 && knob.word(1) == "allow-outbound-policy";
  if (word == "shutdown") return takes_down(knob, dialect);
  return true;
}

}  // namespace bgproof::routemap
