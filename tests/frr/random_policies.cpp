#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tests/frr/constants.h"
#include "tests/frr/random_config.h"
#include "tests/frr/random_regex.h"

namespace bgproof::frr {
namespace {

template <class Value, size_t kCount>
std::string pick(Random& random, const std::array<Value, kCount>& from) {
  return fmt::format("{}", from[random.below(kCount)]);
}

std::string permission(Random& random, uint32_t permit) { return random.chance(permit) ? "permit" : "deny"; }

// The lists, each kind with its own letter.
class Lists {
 public:
  explicit Lists(Random& random) : random_(random) {
    for (uint32_t i = 0; i < 4; ++i) prefix_list("ip", names_of(prefix_lists, "P"), kPrefixes, 32);
    for (uint32_t i = 0; i < 4; ++i) prefix_list("ipv6", names_of(prefix_lists6, "Q"), kPrefixes6, 128);
    for (uint32_t i = 0; i < 2; ++i) access_list("", names_of(access_lists, "A"), kPrefixes);
    for (uint32_t i = 0; i < 2; ++i) access_list("ipv6 ", names_of(access_lists6, "B"), kPrefixes6);
    next_hop_lists();
    for (uint32_t i = 0; i < 4; ++i) literals("community", names_of(standard, "S"), [&] { return literal(kStandard); });
    for (uint32_t i = 0; i < 5; ++i) expressions("community", names_of(standard, "E"), random_standard_regex);
    for (uint32_t i = 0; i < 2; ++i) literals("large-community", names_of(large, "L"), [&] { return literal(kLarge); });
    for (uint32_t i = 0; i < 3; ++i) expressions("large-community", names_of(large, "K"), random_large_regex);
    for (uint32_t i = 0; i < 2; ++i)
      literals("extcommunity", names_of(extended, "X"), [&] { return extended_literal(); });
    for (uint32_t i = 0; i < 2; ++i) expressions("extcommunity", names_of(extended, "Y"), random_extended_regex);
    for (uint32_t i = 0; i < 8; ++i) path_list(names_of(path_lists, "W"));
    text += "ip prefix-list EMPTY description none\nipv6 prefix-list EMPTY description none\n";
    for (auto* names : {&prefix_lists, &prefix_lists6, &hop_lists, &hop_lists6}) names->push_back("EMPTY");
  }

  std::string extended_literal() {
    std::string community = pick(random_, kExtended);
    community[community.find(':')] = ' ';
    return community;
  }

  std::string text;
  std::vector<std::string> prefix_lists, prefix_lists6, access_lists, access_lists6, hop_lists, hop_lists6, standard,
      large, extended, path_lists;

 private:
  std::string names_of(std::vector<std::string>& names, const std::string& letter) {
    auto same = [&](const std::string& name) { return name.starts_with(letter); };
    names.push_back(fmt::format("{}{}", letter, std::count_if(names.begin(), names.end(), same)));
    return names.back();
  }

  template <size_t kCount>
  std::string literal(const std::array<std::string_view, kCount>& from) {
    return pick(random_, from);
  }

  template <size_t kCount>
  void prefix_list(const std::string& family, const std::string& name, const std::array<std::string_view, kCount>& from,
                   uint32_t widest) {
    for (uint32_t i = random_.between(1, 4); i > 0; --i) {
      std::string prefix = pick(random_, from);
      uint32_t length = parse_prefix(prefix)->length;
      if (random_.chance(5)) prefix = "any";
      std::string range;
      if (prefix != "any" && length < widest && random_.chance(65)) {
        uint32_t ge = random_.between(length, std::min(length + 16, widest)), le = random_.between(ge, widest);
        bool has_ge = ge > length && random_.chance(60);
        if (has_ge) range += fmt::format(" ge {}", ge);
        if (!has_ge || random_.chance(60))
          range += fmt::format(" le {}", random_.chance(30) ? widest : std::max(le, length));
      }
      // By sequence number, whatever the order of the lines.
      text += fmt::format("{} prefix-list {} seq {} {} {}{}\n", family, name, random_.between(1, 20) * 5 + i,
                          permission(random_, 75), prefix, range);
    }
  }

  template <size_t kCount>
  void access_list(const std::string& family, const std::string& name,
                   const std::array<std::string_view, kCount>& from) {
    for (uint32_t i = 1; i <= random_.between(1, 3); ++i)
      text += fmt::format("{}access-list {} seq {} {} {}{}\n", family, name, i * 5, permission(random_, 70),
                          pick(random_, from), random_.chance(30) ? " exact-match" : "");
  }

  void next_hop_lists() {
    hop_lists = {"N0", "N1"}, hop_lists6 = {"O0", "O1"};
    text +=
        "ip prefix-list N0 seq 5 permit 192.0.2.0/24 le 32\n"
        "ip prefix-list N0 seq 10 permit 127.0.1.0/28 le 32\n"
        "ip prefix-list N1 seq 5 deny 192.0.2.77/32\n"
        "ip prefix-list N1 seq 10 permit 0.0.0.0/0 le 32\n"
        "ipv6 prefix-list O0 seq 5 permit 2001:db8:ffff::/48 le 128\n"
        "ipv6 prefix-list O1 seq 5 permit 2001:db8:ffff::2/128\n";
  }

  // Now and then a list has numbers that are not those of the text.
  std::string number(bool numbered) {
    return numbered ? fmt::format("seq {} ", random_.between(1, 60)) : std::string();
  }

  template <class Literal>
  void literals(const std::string& kind, const std::string& name, const Literal& literal) {
    bool numbered = random_.chance(40);
    for (uint32_t line = random_.between(1, 3); line > 0; --line) {
      std::string values = literal();
      if (random_.chance(30)) values += " " + literal();
      if (kind == "community" && random_.chance(4)) values = "internet";
      if (kind == "community" && random_.chance(8)) values = "no-export";
      text += fmt::format("bgp {}-list standard {} {}{} {}\n", kind, name, number(numbered), permission(random_, 75),
                          values);
    }
  }

  template <class Expression>
  void expressions(const std::string& kind, const std::string& name, const Expression& expression) {
    bool numbered = random_.chance(40);
    for (uint32_t line = random_.between(1, 3); line > 0; --line)
      text += fmt::format("bgp {}-list expanded {} {}{} {}\n", kind, name, number(numbered), permission(random_, 75),
                          expression(random_));
  }

  void path_list(const std::string& name) {
    bool numbered = random_.chance(40);
    for (uint32_t line = random_.between(1, 3); line > 0; --line)
      text += fmt::format("bgp as-path access-list {} {}{} {}\n", name, number(numbered), permission(random_, 75),
                          random_path_regex(random_));
  }

  Random& random_;
};

class Maps {
 public:
  Maps(Random& random, Lists& lists, uint32_t count) : random_(random), lists_(lists), count_(count) {}

  std::string map(uint32_t index) {
    std::string text;
    uint32_t last = random_.between(1, 5) * 10;
    for (uint32_t sequence = 10; sequence <= last; sequence += 10) text += entry(index, sequence, last);
    return text;
  }

 private:
  // The name of a list, now and then of none.
  std::string one(const std::vector<std::string>& names) {
    return random_.chance(2) ? "UNDEFINED" : random_.pick(names);
  }

  std::string entry(uint32_t index, uint32_t sequence, uint32_t last) {
    // Every other map lets through what nothing else decides.
    bool closes = sequence == last && random_.chance(50);
    bool permits = closes || random_.chance(75);
    std::vector<std::string> lines;
    uint32_t matches = random_.chance(25) ? 0 : random_.chance(70) ? 1 : random_.between(2, 3);
    for (; matches > 0 && !closes; --matches) lines.push_back(match());
    uint32_t sets = permits ? random_.below(5) : random_.below(2);
    for (; sets > 0; --sets) lines.push_back(set());
    if (index + 1 < count_ && random_.chance(12))
      lines.push_back(fmt::format(
          "call {}", random_.chance(4) ? "UNDEFINED" : fmt::format("M{}", random_.between(index + 1, count_ - 1))));
    if (permits && random_.chance(30)) lines.push_back(flow(sequence, last));
    std::string text = fmt::format("route-map M{} {} {}\n", index, permits ? "permit" : "deny", sequence);
    for (size_t i = lines.size(); i > 1; --i) std::swap(lines[i - 1], lines[random_.below(i)]);
    for (const std::string& line : lines) text += fmt::format(" {}\n", line);
    return text + "exit\n!\n";
  }

  std::string flow(uint32_t sequence, uint32_t last) {
    if (random_.chance(40)) return "on-match next";
    uint32_t target = random_.between(sequence + 1, last + 10);
    return fmt::format("{} {}", random_.chance(50) ? "on-match goto" : "continue", target);
  }

  std::string match() {
    std::string exact = random_.chance(25) ? " exact-match" : "";
    switch (random_.below(23)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return "match ip address prefix-list " + one(lists_.prefix_lists);
      case 4:
      case 5:
      case 6:
        return "match ipv6 address prefix-list " + one(lists_.prefix_lists6);
      case 7:
        return "match ip address " + one(lists_.access_lists);
      case 8:
        return "match ipv6 address " + one(lists_.access_lists6);
      case 9:
      case 10:
      case 11:
        return "match community " + one(lists_.standard) + exact;
      case 12:
      case 13:
        return "match large-community " + one(lists_.large) + exact;
      case 14:
        return "match extcommunity " + one(lists_.extended);
      case 15:
      case 16:
      case 17:
        return "match as-path " + one(lists_.path_lists);
      case 18:
        return "match metric " + pick(random_, kNumbers);
      case 19:
        return "match local-preference " + pick(random_, kNumbers);
      case 20:
        return "match origin " + pick(random_, kOrigins);
      case 21:
        return rare_match();
      default:
        return next_hop_match();
    }
  }

  std::string rare_match() {
    switch (random_.below(4)) {
      case 0:
        return fmt::format("match tag {}", random_.between(1, 2));
      case 3:
        return "match ip route-source prefix-list " + one(lists_.hop_lists);
      case 1:
        return fmt::format("match peer 127.0.1.{}", random_.between(1, 4));
      default:
        return fmt::format("match probability {}", random_.chance(50) ? 0 : 100);
    }
  }

  std::string next_hop_match() {
    switch (random_.below(5)) {
      case 0:
        return "match ip next-hop prefix-list " + one(lists_.hop_lists);
      case 1:
        return "match ip next-hop address " + pick(random_, kNextHops);
      case 2:
        return "match ipv6 next-hop prefix-list " + one(lists_.hop_lists6);
      case 3:
        return "match ipv6 next-hop address " + pick(random_, kNextHops6);
      default:
        return "match ip next-hop " + one(lists_.access_lists);
    }
  }

  std::string set() {
    switch (random_.below(24)) {
      case 0:
      case 1:
        return "set metric " + signed_number();
      case 2:
      case 3:
        return "set local-preference " + signed_number();
      case 4:
        return "set weight " + pick(random_, std::array{1, 9, 65535});
      case 5:
        return "set origin " + pick(random_, kOrigins);
      case 6:
        return fmt::format("set tag {}", random_.between(1, 2));
      case 7:
      case 8:
      case 9:
        return "set community " + some(kStandard, true);
      case 10:
      case 11:
        return fmt::format("set comm-list {} delete", one(lists_.standard));
      case 12:
      case 13:
        return "set large-community " + some(kLarge, true);
      case 14:
        return fmt::format("set large-comm-list {} delete", one(lists_.large));
      case 15:
        return random_.chance(20) ? std::string("set extcommunity none")
                                  : "set extcommunity " + lists_.extended_literal();
      case 16:
      case 17:
        return "set as-path prepend " + asns();
      case 18:
        return fmt::format("set as-path prepend last-as {}", random_.between(1, 3));
      case 19:
      case 20:
        return "set as-path exclude " + asns();
      case 21:
        return "set as-path replace " + (random_.chance(30) ? std::string("any") : pick(random_, kAsns));
      case 22:
        return random_.chance(30)
                   ? "set ip next-hop " + pick(random_, std::array<std::string_view, 2>{"peer-address", "unchanged"})
                   : "set ip next-hop " + pick(random_, kNextHops);
      default:
        return random_.chance(30) ? std::string("set atomic-aggregate")
                                  : "set ipv6 next-hop global " + pick(random_, kNextHops6);
    }
  }

  std::string signed_number() {
    std::string number = pick(random_, kNumbers);
    uint32_t sign = number == "0" ? 2 : random_.below(4);  // the daemon refuses a metric of +0
    return fmt::format("{}{}", sign == 0 ? "+" : sign == 1 ? "-" : "", number);
  }

  template <size_t kCount>
  std::string some(const std::array<std::string_view, kCount>& from, bool none) {
    if (none && random_.chance(10)) return "none";
    std::string values = pick(random_, from);
    while (random_.chance(35)) values += " " + pick(random_, from);
    return random_.chance(60) ? values + " additive" : values;
  }

  std::string asns() {
    std::string values = pick(random_, kAsns);
    while (random_.chance(40)) values += " " + pick(random_, kAsns);
    return values;
  }

  static constexpr std::array<std::string_view, 3> kOrigins = {"igp", "egp", "incomplete"};

  Random& random_;
  Lists& lists_;
  uint32_t count_;
};

}  // namespace

Policies random_policies(Random& random, uint32_t count) {
  Lists lists(random);
  Maps maps(random, lists, count);
  Policies policies;
  policies.text = lists.text + "!\n";
  for (uint32_t i = 0; i < count; ++i) {
    policies.text += maps.map(i);
    policies.maps.push_back(fmt::format("M{}", i));
  }
  policies.prefix_lists = lists.prefix_lists;
  policies.prefix_lists6 = lists.prefix_lists6;
  policies.path_lists = lists.path_lists;
  return policies;
}

}  // namespace bgproof::frr
