#include <algorithm>
#include <set>

#include "tests/junos/plain.h"

namespace bgproof::junos::plain {

namespace {

// Few constants, so that conditions meet each other.
const Words kPrefixes = {"0.0.0.0/0",     "10.0.0.0/8",      "10.0.0.0/16",       "10.1.0.0/16", "10.1.2.0/24",
                         "10.1.2.0/25",   "192.0.2.0/24",    "192.0.2.128/32",    "::/0",        "2001:db8::/32",
                         "2001:db8::/48", "2001:db8:1::/48", "2001:db8:1:2::/64", "10.1.2.3/16"};
const std::vector<Asn> kAsns = {64500, 64501, 64502, 65010, 65536};
const Words kStandard = {"64500:1", "64500:2", "64500:70", "64501:1", "no-export"};
const Words kOther = {"large:64500:1:1", "large:64500:1:2", "target:64500:1", "target:64501:1"};
const Words kPatterns = {"64500:*",    "*:1",     "64500:7*",    "^64500:[12]$",
                         "6450[01]:1", "64500:.", "^6450.:7.?$", "(1|2)$"};
const std::vector<uint32_t> kNumbers = {0, 5, 100, 200, 4294967295};
const Words kInterfaces = {"ge-0/0/0.0", "ge-0/0/1.0"};

class Maker {
 public:
  explicit Maker(Random& random) : random_(random) {}

  Config config() {
    Config config;
    config.import = random_.chance(50);
    for (const char* name : {"L1", "L2", "L3"}) config.prefix_lists[name] = some(kPrefixes, name[1] == '3' ? 0 : 1, 4);
    for (const char* name : {"F1", "F2"})
      for (uint32_t i = random_.between(1, 4); i > 0; --i) {
        Condition entry{filter(), {}};
        if (random_.chance(30)) entry.actions = actions(2);
        auto& list = config.filter_lists[name];
        // One entry for each prefix and match type, as `display set` has it.
        if (std::none_of(list.begin(), list.end(), [&](const Condition& each) { return each.words == entry.words; }))
          list.push_back(std::move(entry));
      }
    for (const char* name : {"C1", "C2"}) config.communities[name] = {some(kStandard, 1, 2), false};
    config.communities["C3"] = {some(kOther, 1, 3), false};
    for (const char* name : {"M1", "M2"}) config.communities[name] = {{random_.pick(kPatterns)}, random_.chance(25)};
    config.communities["M3"] = {{random_.pick(kPatterns), random_.pick(kStandard)}, random_.chance(25)};
    config.communities["D1"] = {some(kPatterns, 1, 2), false};
    for (const char* name : {"P1", "P2", "P3"}) config.as_paths[name] = path(3);
    config.as_path_groups["G1"] = {{"a", path(2)}, {"b", path(2)}};
    config.as_lists["A1"] = asns();
    config.as_list_groups["AG"] = {{"x", asns()}, {"y", asns()}};
    // Only earlier policies are called: no recursion.
    for (const char* name : {"S1", "S2", "Q1", "Q2", "Q3"}) config.policies.push_back(policy(config, name));
    // A name stands once in a list.
    std::set<std::string> chained;
    for (uint32_t i = random_.between(1, 3); i > 0; --i)
      if (Element one = element(config, 2); chained.insert(text_of(one)).second) config.chain.push_back(one);
    if (!config.import && random_.chance(60)) towards_another_as(config);
    return config;
  }

 private:
  // Where numbers in front of the own AS, behind it, and private ones meet.
  void towards_another_as(Config& config) {
    config.external = true;
    config.removes = random_.chance(60);
    if (config.removes && random_.chance(50)) config.remove_private = {"all"};
    for (Policy& policy : config.policies)
      for (Term& term : policy.terms)
        for (Words& action : term.then) {
          if (action[0] == "as-path-expand" && random_.chance(40))
            action = {"as-path-expand", std::to_string(random_.pick(kAsns)) + " 65010"};
          if (action[0] == "tag" && random_.chance(60))
            action = {"as-path-prepend", std::to_string(random_.pick(kAsns))};
        }
  }

  Words some(const Words& from, uint32_t low, uint32_t high) {
    Words result;
    for (uint32_t i = random_.between(low, high); i > 0; --i)
      if (const std::string& word = random_.pick(from); std::find(result.begin(), result.end(), word) == result.end())
        result.push_back(word);
    return result;
  }

  Words asns() {
    Words result = {std::to_string(random_.pick(kAsns))};
    if (random_.chance(40)) result.push_back("64501-64502");
    return result;
  }

  Path path(int depth) {
    Path result;
    uint32_t kind = random_.below(depth > 0 ? 10 : 3);
    if (kind < 2) {
      result.is = Path::Is::numbers;
      result.numbers = {{random_.pick(kAsns), 0}};
      result.numbers[0].high = random_.chance(25) ? result.numbers[0].low + 3 : result.numbers[0].low;
      if (random_.chance(20)) result.numbers.push_back({65000, 65020});
    } else if (kind == 2) {
      result.is = Path::Is::any;
    } else if (kind < 6) {
      for (uint32_t i = random_.below(4); i > 0; --i) result.of.push_back(path(depth - 1));
      // A sequence of one and a sequence within a sequence are printed without marks: they are what they hold.
      std::vector<Path> flat;
      for (Path& each : result.of) {
        if (each.is == Path::Is::sequence)
          flat.insert(flat.end(), each.of.begin(), each.of.end());
        else
          flat.push_back(std::move(each));
      }
      result.of = std::move(flat);
    } else if (kind < 8) {
      result.is = Path::Is::either;
      result.of = {path(depth - 1), path(depth - 1)};
    } else {
      result.is = Path::Is::repeat;
      result.of = {path(depth - 1)};
      result.low = random_.below(3);
      if (random_.chance(50)) result.high = std::max(1u, result.low + random_.below(3));
      if (random_.chance(40)) {
        Path any{Path::Is::any, {}, {}, 0, std::nullopt};
        result.of = {any};
        result.low = 0;
        result.high.reset();
      }
    }
    return result;
  }

  // Prefix and match type.
  Words filter() {
    std::string prefix = random_.pick(kPrefixes);
    Prefix parsed = *parse_prefix(prefix, nullptr, true);
    int bits = width(parsed.family), length = parsed.length;
    auto from = [&](int low) {
      return static_cast<int>(
          random_.between(static_cast<uint32_t>(low), static_cast<uint32_t>(std::min(bits, low + 16))));
    };
    switch (random_.below(5)) {
      case 0:
        return {prefix, "exact"};
      case 1:
        return {prefix, "orlonger"};
      case 2:
        return {prefix, "longer"};
      case 3:
        return {prefix, "upto", "/" + std::to_string(from(length))};
      default: {
        int low = from(length);
        return {prefix, "prefix-length-range", "/" + std::to_string(low) + "-/" + std::to_string(from(low))};
      }
    }
  }

  std::vector<Words> actions(uint32_t most) {
    std::vector<Words> result;
    for (uint32_t i = random_.between(1, most); i > 0; --i) {
      Words one = action();
      // Two lines of one kind are one in `display set`; two communities only if they are the same.
      bool same = std::any_of(result.begin(), result.end(), [&](const Words& each) { return each == one; });
      if (!same) result.push_back(std::move(one));
    }
    return result;
  }

  Words action() {
    std::string number = std::to_string(random_.pick(kNumbers));
    const Words kCommunities = {"C1", "C2", "C3"}, kDeleted = {"C1", "C3", "D1"};
    switch (random_.below(17)) {
      case 0:
      case 1:
      case 2:
        return {"accept"};
      case 3:
      case 4:
        return {"reject"};
      case 5:
        return {"next", random_.chance(50) ? "term" : "policy"};
      case 6:
        return {"default-action", random_.chance(50) ? "accept" : "reject"};
      case 7:
      case 8: {
        std::string how = random_.chance(50) ? "add" : random_.chance(70) ? "delete" : "set";
        return {"community", how, random_.pick(how == "delete" ? kDeleted : kCommunities)};
      }
      case 9: {
        std::string asns = std::to_string(random_.pick(kAsns));
        if (random_.chance(50)) asns += " " + std::to_string(random_.pick(kAsns));
        return {"as-path-prepend", asns};
      }
      case 10:
        if (random_.chance(20)) return {"as-path-expand", "last-as"};
        return {"as-path-expand", "last-as", "count", std::to_string(random_.between(1, 3))};
      case 11:
        return {"local-preference", number};
      case 12:
        return {random_.chance(50) ? "local-preference" : "metric", random_.chance(50) ? "add" : "subtract", number};
      case 13:
        return {random_.chance(50) ? "metric" : "tag", number};
      case 14:
        return {"origin", random_.pick(Words{"igp", "egp", "incomplete"})};
      case 15:
        return {"next-hop", random_.pick(Words{"self", "discard", "192.0.2.9"})};
      default:
        return {"validation-state", random_.pick(Words{"valid", "invalid", "unknown"})};
    }
  }

  Condition prefix_condition() {
    switch (random_.below(4)) {
      case 0:
        return {{"prefix-list", random_.pick(Words{"L1", "L2", "L3"})}, {}};
      case 1:
        return {{"prefix-list-filter", random_.pick(Words{"L1", "L2", "L3"}),
                 random_.pick(Words{"exact", "orlonger", "longer"})},
                {}};
      default: {
        Words words = filter();
        words.insert(words.begin(), "route-filter");
        return {words, {}};
      }
    }
  }

  Words condition() {
    std::string number = std::to_string(random_.pick(kNumbers));
    std::string count = std::to_string(random_.below(4));
    Words compare = random_.chance(30) ? Words{} : Words{random_.pick(Words{"equal", "orhigher", "orlower"})};
    auto names = [&](const char* keyword, const Words& from) {
      Words words = some(from, 1, 2);
      words.insert(words.begin(), keyword);
      return words;
    };
    auto counted = [&](const char* keyword) {
      Words words = {keyword, count};
      words.insert(words.end(), compare.begin(), compare.end());
      return words;
    };
    auto listed = [&](const char* keyword) {
      return random_.chance(50) ? Words{keyword, "as-list", "A1"} : Words{keyword, "as-list-group", "AG"};
    };
    switch (random_.below(22)) {
      case 0:
      case 1:
        return names("protocol", {"bgp", "static", "direct", "ospf"});
      case 2:
        return {"family", random_.chance(50) ? "inet" : "inet6"};
      case 3:
        return {"rib", random_.chance(50) ? "inet.0" : "inet6.0"};
      case 4:
        return {"route-type", random_.chance(50) ? "internal" : "external"};
      case 5:
        return {"origin", random_.pick(Words{"igp", "egp", "incomplete"})};
      case 6:
        return {"validation-database", random_.pick(Words{"valid", "invalid", "unknown"})};
      case 7:
        return {"local-preference", number};
      case 8:
        return {random_.chance(50) ? "metric" : "tag", number};
      case 9:
        return names("interface", kInterfaces);
      case 10:
        return names("neighbor", {"192.0.2.1", "2001:db8::1"});
      case 11:
        return {"next-hop", random_.pick(Words{"192.0.2.9", "192.0.2.1"})};
      case 12:
        return counted("community-count");
      case 13:
        return counted("as-path-calc-length");
      case 14:
        return listed(random_.chance(50) ? "as-path-neighbors" : "as-path-origins");
      case 15:
        return random_.chance(50) ? listed("as-path-transits") : Words{"as-path-group", "G1"};
      case 16:
      case 17:
        return names("as-path", {"P1", "P2", "P3"});
      case 18:
        return {"instance", "master"};
      default:
        return names("community", {"C1", "C2", "C3", "M1", "M2", "M3"});
    }
  }

  Term term(Config& config, const std::string& name) {
    Term result{name, {}, {}, {}};
    auto has = [&](const std::string& keyword) {
      return std::any_of(result.from.begin(), result.from.end(),
                         [&](const Condition& each) { return each.words[0] == keyword; });
    };
    for (uint32_t i = random_.below(3); i > 0; --i)
      if (Words words = condition(); !has(words[0])) result.from.push_back({words, {}});
    if (random_.chance(55)) {
      bool on_path = random_.chance(10);
      if (on_path)
        result.from.push_back({random_.chance(50) ? Words{"route-filter", "10.0.0.0/8", "through", "10.1.2.0/25"}
                                                  : Words{"route-filter", "10.0.2.0/24", "address-mask", "255.0.255.0"},
                               {}});
      // Which actions win where several conditions have their own is not documented: one of them has.
      bool with_actions = random_.chance(25);
      for (uint32_t i = on_path ? 0 : random_.between(1, 4); i > 0; --i) {
        Condition one = prefix_condition();
        bool doubled = std::any_of(result.from.begin(), result.from.end(),
                                   [&](const Condition& each) { return each.words == one.words; });
        if (doubled) continue;
        if (with_actions && one.words[0] == "route-filter") one.actions = actions(2);
        result.from.push_back(std::move(one));
      }
      if (!with_actions && random_.chance(20)) {
        Condition list{{"route-filter-list", random_.pick(Words{"F1", "F2"})}, {}};
        if (random_.chance(30)) list.actions = actions(2);
        result.from.push_back(std::move(list));
      }
    }
    if (!config.policies.empty() && random_.chance(20)) {
      Element called = element(config, 1);
      std::string text = text_of(called);
      config.subroutines[text] = called;
      result.from.push_back({{"policy", text}, {}});
    }
    if (random_.chance(10)) result.to.push_back({{"rib", random_.chance(50) ? "inet.0" : "inet6.0"}, {}});
    if (random_.chance(90)) result.then = actions(4);
    return result;
  }

  Policy policy(Config& config, const std::string& name) {
    Policy result{name, {}};
    for (uint32_t i = random_.between(1, 3); i > 0; --i) result.terms.push_back(term(config, "t" + std::to_string(i)));
    return result;
  }

  Element element(const Config& config, int depth) {
    if (depth == 0 || random_.chance(60)) return {Element::Is::name, random_.pick(config.policies).name, {}};
    if (random_.chance(30)) return {Element::Is::not_, "", {element(config, depth - 1)}};
    return {random_.chance(50) ? Element::Is::both : Element::Is::either,
            "",
            {element(config, depth - 1), element(config, depth - 1)}};
  }

  Random& random_;
};

}  // namespace

Config random_config(Random& random) { return Maker(random).config(); }

Route random_route(const Config& config, Random& random) {
  Route route;
  Prefix near = *parse_prefix(random.pick(kPrefixes), nullptr, true);
  auto length = static_cast<uint8_t>(std::min<uint32_t>(static_cast<uint32_t>(width(near.family)),
                                                        near.length + (random.chance(50) ? 0 : random.below(10))));
  route.prefix = prefix_of({near.family, near.bits}, length);
  route.rib = near.family == Family::ipv4 ? "inet.0" : "inet6.0";
  const std::vector<Protocol> kProtocols = {Protocol::bgp, Protocol::bgp, Protocol::static_, Protocol::direct,
                                            Protocol::ospf3};
  route.protocol = config.import ? Protocol::bgp : random.pick(kProtocols);
  route.interface = random.pick(kInterfaces);
  bool bgp = route.protocol == Protocol::bgp;
  route.route_type = !bgp ? RouteType::none : random.chance(50) ? RouteType::internal : RouteType::external;
  if (bgp) route.neighbor = parse_address(random.chance(50) ? "192.0.2.1" : "2001:db8::1");
  if (random.chance(70))
    route.next_hop = {NextHop::Kind::address, *parse_address(random.pick(Words{"192.0.2.9", "192.0.2.1"}))};
  route.origin = static_cast<Origin>(random.below(3));
  route.rpki = static_cast<Rpki>(random.below(3));
  for (Number number : {Number::local_pref, Number::med, Number::tag})
    if (random.chance(60)) route[number] = random.pick(kNumbers);
  for (uint32_t i = bgp ? random.below(4) : 0; i > 0; --i) {
    AsSegment segment;
    segment.kind = random.chance(75) ? AsSegment::Kind::sequence : static_cast<AsSegment::Kind>(random.below(4));
    for (uint32_t n = random.between(1, 2); n > 0; --n) segment.asns.push_back(random.pick(kAsns));
    route.as_path.segments.push_back(segment);
  }
  if (route.route_type == RouteType::external && route.as_path.empty()) route.as_path = path_of({random.pick(kAsns)});
  normalize(route.as_path);
  for (uint32_t i = random.below(4); i > 0; --i) {
    const Words kTexts = {"64500:1", "64500:2",   "64500:70",  "64500:71",  "64501:1",
                          "65500:1", "64500:1:1", "64500:1:2", "rt:64500:1"};
    route.communities.insert(*parse_community(random.pick(kTexts)));
  }
  if (random.chance(10)) route.communities.insert(well_known::kNoExport);
  return route;
}

}  // namespace bgproof::junos::plain
