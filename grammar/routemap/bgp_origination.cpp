// How routes of other protocols come into the BGP table: network, redistribute and aggregate-address, each with its
// route map. The result is the policy "(origination)" that stands in front of every chain of the family: it lets BGP
// routes on, originates what the configuration originates, and rejects all others.
//
// A network line makes a route of origin IGP, redistribution one of origin incomplete, so that where both do, and no
// route map interferes, the former is the better path; with a route map either may win.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "grammar/routemap/bgp_filters.h"
#include "grammar/routemap/bgp_forms.h"
#include "grammar/routemap/bgp_programs.h"

namespace bgproof::routemap {

namespace {

Condition is_bgp() { return {ProtocolIn{{Protocol::bgp}}, {}}; }

// 192.0.2.0 of class C is 192.0.2.0/24; 0.0.0.0 is the default route (a live bgpd; IOS means the same).
int classful_length(const Address& address) {
  if (address.bits == 0) return 0;
  uint32_t first = static_cast<uint32_t>(address.bits >> 120);
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}

std::optional<int> length_of_mask(std::string_view text) {
  auto mask = parse_address(text);
  if (!mask || mask->family != Family::ipv4) return std::nullopt;
  for (int length = 0; length <= 32; ++length)
    if (mask->bits == mask_of(length)) return length;
  return std::nullopt;
}

// `P/len`, `A mask M`, `A M`, `A`: the prefix and the number of words.
struct Prefixed {
  Prefix prefix;
  size_t words = 1;
};
std::optional<Prefixed> prefix_at(const Knob& knob, size_t at, bool classful) {
  if (auto prefix = parse_prefix(knob.word(at))) {
    // NX-OS and EOS know `10.0.0.0/8 mask ...` no more than the others.
    return Prefixed{*prefix, 1};
  }
  auto address = parse_address(knob.word(at));
  if (!address) return std::nullopt;
  size_t mask_at = knob.word(at + 1) == "mask" ? at + 2 : at + 1;
  if (auto length = length_of_mask(knob.word(mask_at))) return Prefixed{prefix_of(*address, *length), mask_at - at + 1};
  if (!classful || address->family != Family::ipv4) return std::nullopt;
  return Prefixed{prefix_of(*address, classful_length(*address)), 1};
}

std::optional<std::set<Protocol>> protocols_of(std::string_view word, Family family) {
  bool ipv6 = family == Family::ipv6;
  if (word == "connected" || word == "direct") return std::set{Protocol::direct};
  if (word == "local") return std::set{Protocol::local};
  if (word == "static") return std::set{Protocol::static_};
  if (word == "ospf") return std::set{ipv6 ? Protocol::ospf3 : Protocol::ospf};
  if (word == "ospf6" || word == "ospfv3" || word == "ospf3") return std::set{Protocol::ospf3};
  if (word == "isis") return std::set{Protocol::isis};
  if (word == "rip") return std::set{ipv6 ? Protocol::ripng : Protocol::rip};
  if (word == "ripng") return std::set{Protocol::ripng};
  static constexpr std::array<std::string_view, 17> kOthers = {
      "amt",  "attached-host", "babel", "dynamic",    "eigrp", "hmm",   "kernel",       "lisp", "mobile",
      "nhrp", "odr",           "omp",   "openfabric", "sharp", "table", "table-direct", "user"};
  if (std::find(kOthers.begin(), kOthers.end(), word) != kOthers.end()) return std::set{Protocol::other};
  return std::nullopt;
}

struct Network {
  Prefix prefix;
  std::string route_map;
  const Knob* knob;
};

struct Redistribution {
  std::set<Protocol> protocols;
  const Knob* knob;
};

struct Aggregate {
  Prefix prefix;
  size_t words;  // that say it
  const Knob* knob;
};

std::shared_ptr<PrefixList> empty_list() { return std::make_shared<PrefixList>(); }

void add_exact(PrefixList& list, const Prefix& prefix, SourceRange range) {
  list.entries.push_back({{prefix, prefix.length, prefix.length, std::nullopt}, 0, range});
}

Condition is_in(std::shared_ptr<const PrefixList> list, SourceRange range) {
  return {PrefixIn{std::move(list)}, range};
}

Condition is_default_route(Family family, SourceRange range) {
  auto list = empty_list();
  add_exact(*list, Prefix{family, 0, 0}, range);
  return is_in(list, range);
}

class Originating {
 public:
  Originating(Context& context, const BgpScope& scope, Family family)
      : context_(context), scope_(scope), family_(family), name_(family == Family::ipv4 ? kUnicast4 : kUnicast6) {}

  Origination run() {
    collect();
    Policy policy{"(origination)", {}, scope_.instance->range};
    policy.clauses.push_back({"(BGP)", {act(If{is_bgp(), {decide(Decision::next_policy, {})}, {}}, {})}, {}, {}});
    unknown(policy);
    networks(policy);
    aggregates(policy);
    for (const Redistribution& each : redistributions_) redistribute(policy, each);
    policy.clauses.push_back({"(not originated)", {decide(Decision::reject, {})}, {}, {}});
    Origination result;
    result.suppression = suppression();
    result.with_set = aggregates_with_set();
    if (unknown_.empty()) result.aggregates = all_aggregates();
    result.with_maps = with_maps();
    result.policy = context_.add(std::move(policy));
    return result;
  }

 private:
  void collect() {
    auto found = scope_.instance->families.find(name_);
    if (found != scope_.instance->families.end())
      for (const Knob& knob : found->second) take(knob, true);
    // EOS: outside of families, for both. NX-OS has no such lines there.
    for (const Knob& knob : scope_.instance->knobs) {
      if (scope_.dialect == Dialect::eos) take(knob, false);
      if (scope_.dialect == Dialect::nxos && originates(knob.word(0))) unknown_.push_back(&knob);
    }
  }

  void take(const Knob& knob, bool of_family) {
    if (knob.odd && originates(knob.word(0))) return unknown_.push_back(&knob);
    if (knob.word(0) == "network") take_network(knob, of_family);
    if (knob.word(0) == "aggregate-address") take_aggregate(knob, of_family);
    if (knob.word(0) == "redistribute") take_redistribution(knob);
    if (knob.word(0) == "default-information" && !knob.negated()) default_allowed_ = true;
    if (knob.word(0) == "default-metric") default_metric_ = knob.negated() ? nullptr : &knob;
    if (knob.word(0) == "auto-summary" && !knob.negated()) unknown_.push_back(&knob);
    if (knob.word(0) == "distribute-list" && !knob.negated()) unknown_.push_back(&knob);
  }

  void take_network(const Knob& knob, bool of_family) {
    if (knob.word(1) == "import-check") return;
    auto prefixed = prefix_at(knob, 1, true);
    if (!prefixed || (prefixed->prefix.family != family_ && of_family)) return unknown_.push_back(&knob);
    if (prefixed->prefix.family != family_) return;
    std::erase_if(networks_, [&](const Network& each) { return each.prefix == prefixed->prefix; });
    if (knob.negated() || knob.has("backdoor")) return;
    if (knob.has("rcf")) return unknown_.push_back(&knob);
    networks_.push_back({prefixed->prefix, std::string(knob.after("route-map")), &knob});
  }

  void take_aggregate(const Knob& knob, bool of_family) {
    auto prefixed = prefix_at(knob, 1, false);
    if (!prefixed || (prefixed->prefix.family != family_ && of_family)) return unknown_.push_back(&knob);
    if (prefixed->prefix.family != family_) return;
    std::erase_if(aggregates_, [&](const Aggregate& each) { return each.prefix == prefixed->prefix; });
    if (!knob.negated()) aggregates_.push_back({prefixed->prefix, prefixed->words, &knob});
  }

  void take_redistribution(const Knob& knob) {
    // `redistribute maximum-prefix` is a limit; a route of BGP is in the table already.
    if (knob.word(1) == "maximum-prefix" || knob.word(1) == "bgp") return;
    auto protocols = protocols_of(knob.word(1), family_);
    if (!protocols) {
      if (!knob.negated()) unknown_.push_back(&knob);
      return;
    }
    std::erase_if(redistributions_, [&](const Redistribution& each) {
      return each.knob->word(1) == knob.word(1) && (!number_of(knob.word(2)) || each.knob->word(2) == knob.word(2));
    });
    if (!knob.negated()) redistributions_.push_back({*protocols, &knob});
  }

  // Lines without a meaning may originate anything, in any form, or take back what another line originates.
  void unknown(Policy& policy) {
    for (const Knob* knob : unknown_) {
      SourceRange at = knob->range();
      std::string text = fmt::format("{}{}", knob->negated() ? "no " : "", knob->text());
      context_.diagnostics().note("BP117", at, fmt::format("`{}` is not modelled", text),
                                  "it may originate any route, or none that others originate");
      Condition may = context_.unmodelled(at, text);
      Condition takes = context_.given_by_network(at, fmt::format("whether `{}` takes the route back", text));
      Body made = {context_.havoc(at, text, AttributeSet::all(), false), decide(Decision::next_policy, at)};
      Body rest = {act(If{std::move(takes), {decide(Decision::reject, at)}, {}}, at)};
      policy.clauses.push_back({"(unknown)", {act(If{std::move(may), std::move(made), std::move(rest)}, at)}, at, {}});
    }
  }

  // Runs the statements and, if the route map permits, takes the route; else goes on behind.
  Body originate(Body body, std::string_view route_map, const Knob& knob) {
    if (route_map.empty()) {
      body.push_back(decide(Decision::next_policy, knob.range()));
      return body;
    }
    FlagId permitted = context_.new_flag();
    for (Act& each : test_route_map(context_, std::string(route_map), knob.range(), permitted))
      body.push_back(std::move(each));
    body.push_back(
        act(If{{FlagIsSet{permitted}, knob.range()}, {decide(Decision::next_policy, knob.range())}, {}}, knob.range()));
    return body;
  }

  void networks(Policy& policy) {
    std::vector<std::string> maps;
    for (const Network& each : networks_)
      if (std::find(maps.begin(), maps.end(), each.route_map) == maps.end()) maps.push_back(each.route_map);
    for (const std::string& map : maps) {
      auto list = empty_list();
      const Knob* first = nullptr;
      for (const Network& each : networks_) {
        if (each.route_map != map) continue;
        if (first == nullptr) first = each.knob;
        add_exact(*list, each.prefix, each.knob->range());
      }
      Condition listed = all_of(
          {is_in(list, first->range()), not_({ProtocolIn{{Protocol::aggregate, Protocol::default_originate}}, {}})},
          first->range());
      if (Condition* rivals = rivals_of(map, first->range()))
        listed = all_of({std::move(listed), *rivals}, first->range());
      Body body = {act(SetOrigin{Origin::igp}, first->range())};
      // Labs show no metric on NX-OS and EOS where others send that of the route.
      if (scope_.dialect == Dialect::nxos || scope_.dialect == Dialect::eos)
        body.push_back(act(SetNumber{SetNumber::How::unset, Number::med, 0, 0}, first->range()));
      prefer(body, first->range());
      body = originate(std::move(body), map, *first);
      policy.clauses.push_back(
          {"(network)", {act(If{std::move(listed), std::move(body), {}}, first->range())}, first->range(), {}});
    }
  }

  // Where a route map stands at a network line or at a redistribution, the better of both paths is unknown.
  Condition* rivals_of(const std::string& map, SourceRange range) {
    std::set<Protocol> contested;
    for (const Redistribution& each : redistributions_)
      if (!map.empty() || !each.knob->after("route-map").empty())
        contested.insert(each.protocols.begin(), each.protocols.end());
    if (contested.empty()) return nullptr;
    Condition wins = context_.given_by_network(range, "whether `network` or `redistribute` gives the better path");
    rivals_ = any_of({not_({ProtocolIn{contested}, range}), std::move(wins)}, range);
    return &rivals_;
  }

  void redistribute(Policy& policy, const Redistribution& from) {
    const Knob& knob = *from.knob;
    std::vector<Condition> all = {{ProtocolIn{from.protocols}, knob.range()}};
    // The default route is redistributed only where a line allows it, but on FRR and EOS.
    bool with_default = default_allowed_ || scope_.dialect == Dialect::frr;
    if (!with_default && scope_.dialect == Dialect::eos)
      all.push_back(any_of({not_(is_default_route(family_, knob.range()), knob.range()),
                            context_.reading("redistribute-default", "yes", knob.range())},
                           knob.range()));
    else if (!with_default)
      all.push_back(not_(is_default_route(family_, knob.range()), knob.range()));
    if (std::string narrowed = narrowing(knob, from); !narrowed.empty())
      all.push_back(context_.given_by_network(knob.range(), narrowed));
    Body body = {origin_of(from, knob.range())};
    prefer(body, knob.range());
    const Knob& metric_of = default_metric_ != nullptr && knob.after("metric").empty() ? *default_metric_ : knob;
    std::string_view metric = &metric_of == &knob ? knob.after("metric") : default_metric_->word(1);
    bool is_connected = from.protocols.count(Protocol::direct) != 0 && &metric_of != &knob;
    if (auto value = number_of(metric); value && !is_connected)
      body.push_back(act(SetNumber{SetNumber::How::assign, Number::med, *value, 0}, metric_of.range()));
    if (knob.has("rcf")) {
      body.push_back(context_.havoc(knob.range(), knob.text(), AttributeSet::all(), false));
      all.push_back(context_.unmodelled(knob.range(), knob.text()));
    }
    body = originate(std::move(body), knob.after("route-map"), knob);
    policy.clauses.push_back({fmt::format("redistribute {}", knob.word(1)),
                              {act(If{all_of(std::move(all), knob.range()), std::move(body), {}}, knob.range())},
                              knob.range(),
                              {}});
  }

  // FRR's own routes have the default local preference from the start (live), so that route maps see it.
  void prefer(Body& body, SourceRange range) const {
    if (scope_.dialect != Dialect::frr) return;
    auto knob = scope_.said({"default", "local-preference"});
    uint32_t value = knob ? number_of(knob->word(2)).value_or(100) : 100;
    body.push_back(act(SetNumber{SetNumber::How::assign, Number::local_pref, value, 0}, range));
  }

  // EOS gives connected routes the origin IGP, as a lab shows; of its others no table does.
  Act origin_of(const Redistribution& from, SourceRange range) {
    Act incomplete = act(SetOrigin{Origin::incomplete}, range), igp = act(SetOrigin{Origin::igp}, range);
    if (scope_.dialect != Dialect::eos) return incomplete;
    if (from.protocols.count(Protocol::direct) != 0) return igp;
    return act(If{context_.reading("redistribute-origin", "igp", range), {igp}, {incomplete}}, range);
  }

  // What keeps some routes of the protocol out that a route does not show; "" if nothing does.
  std::string narrowing(const Knob& knob, const Redistribution& from) const {
    bool several = false;
    if (from.protocols.count(Protocol::other) != 0)
      several = std::count_if(redistributions_.begin(), redistributions_.end(),
                              [&](const Redistribution& each) { return each.protocols == from.protocols; }) > 1;
    for (std::string_view word : {"match", "level-1", "level-2", "level-1-2", "vrf", "nssa-external"})
      if (knob.has(word)) return fmt::format("whether the route is of those of `{}`", knob.text());
    if (several) return fmt::format("whether the route is of {}", knob.word(1));
    bool of_ospf = from.protocols.count(Protocol::ospf) != 0 || from.protocols.count(Protocol::ospf3) != 0;
    if (scope_.dialect == Dialect::ios && of_ospf) return "whether the OSPF route is internal";
    // One process of several.
    if (number_of(knob.word(2)) || scope_.dialect == Dialect::nxos) {
      size_t same = static_cast<size_t>(
          std::count_if(redistributions_.begin(), redistributions_.end(),
                        [&](const Redistribution& each) { return each.knob->word(1) == knob.word(1); }));
      if (same > 1) return fmt::format("whether the route is of `{}`", knob.text());
    }
    return {};
  }

  void aggregates(Policy& policy) {
    for (const Aggregate& each : aggregates_) {
      const Knob& knob = *each.knob;
      auto list = empty_list();
      add_exact(*list, each.prefix, knob.range());
      Condition is_it =
          all_of({{ProtocolIn{{Protocol::aggregate}}, knob.range()}, is_in(list, knob.range())}, knob.range());
      std::string_view map = knob.after("attribute-map");
      if (map.empty()) map = knob.after("route-map");
      Body body;
      if (auto word = knob.after("origin"); !word.empty())
        body.push_back(act(SetOrigin{word == "igp"   ? Origin::igp
                                     : word == "egp" ? Origin::egp
                                                     : Origin::incomplete},
                           knob.range()));
      if (knob.has("rcf")) body.push_back(context_.havoc(knob.range(), knob.text(), AttributeSet::all(), true));
      body = originate(std::move(body), map, knob);
      if (!map.empty() && scope_.dialect != Dialect::frr) {
        // What becomes of an aggregate whose attribute map denies it is not documented.
        Condition stays =
            context_.given_by_network(knob.range(), "whether an aggregate that its attribute map denies is there");
        body.push_back(act(If{std::move(stays), {decide(Decision::next_policy, knob.range())}, {}}, knob.range()));
      }
      policy.clauses.push_back(
          {"aggregate-address", {act(If{std::move(is_it), std::move(body), {}}, knob.range())}, knob.range(), {}});
    }
  }

  std::shared_ptr<const PrefixList> all_aggregates() const {
    auto list = empty_list();
    for (const Aggregate& each : aggregates_) add_exact(*list, each.prefix, each.knob->range());
    return list;
  }

  bool with_maps() const {
    auto has_map = [](const auto& each) { return each.knob->has("route-map") || each.knob->has("attribute-map"); };
    return std::ranges::any_of(networks_, has_map) || std::ranges::any_of(redistributions_, has_map) ||
           std::ranges::any_of(aggregates_, has_map);
  }

  std::shared_ptr<const PrefixList> aggregates_with_set() const {
    auto list = empty_list();
    for (const Aggregate& each : aggregates_)
      if (each.knob->has("as-set") || each.knob->has("as-confed-set"))
        add_exact(*list, each.prefix, each.knob->range());
    return list->entries.empty() ? nullptr : list;
  }

  // Whether an aggregate is there, and so hides its parts, may hang on more than that it has parts: bgpd makes none
  // whose route map denies it, nor with `matching-MED-only` of parts with different metrics (live); of other words
  // nobody says.
  static bool always_there(const Knob& knob, size_t prefix_words) {
    for (size_t i = 1 + prefix_words; i < knob.size(); ++i) {
      std::string_view word = knob.word(i);
      if (word == "suppress-map" || word == "origin")
        ++i;
      else if (word != "summary-only" && word != "as-set" && word != "as-confed-set")
        return false;
    }
    return true;
  }

  std::optional<uint32_t> suppression() {
    Policy policy{"(suppression)", {}, scope_.instance->range};
    for (const Aggregate& each : aggregates_) {
      const Knob& knob = *each.knob;
      std::string_view map = knob.after("suppress-map");
      if (!knob.has("summary-only") && map.empty()) continue;
      int top = width(each.prefix.family);
      if (each.prefix.length >= top) continue;
      auto list = empty_list();
      list->entries.push_back(
          {{each.prefix, static_cast<uint8_t>(each.prefix.length + 1), static_cast<uint8_t>(top), std::nullopt},
           0,
           knob.range()});
      Body body;
      Act reject = decide(Decision::reject, knob.range());
      if (knob.has("summary-only")) {
        body.push_back(std::move(reject));
      } else {
        FlagId hidden = context_.new_flag();
        body = test_route_map(context_, std::string(map), knob.range(), hidden);
        body.push_back(act(If{{FlagIsSet{hidden}, knob.range()}, {std::move(reject)}, {}}, knob.range()));
      }
      if (!always_there(knob, each.words)) {
        Condition there =
            context_.given_by_network(knob.range(), fmt::format("whether the aggregate of `{}` is there", knob.text()));
        body = {act(If{std::move(there), std::move(body), {}}, knob.range())};
      }
      policy.clauses.push_back({fmt::format("aggregate-address {}", to_string(each.prefix)),
                                {act(If{is_in(list, knob.range()), std::move(body), {}}, knob.range())},
                                knob.range(),
                                {}});
    }
    // A line that cannot be read may be of an aggregate that hides others.
    for (const Knob* knob : unknown_)
      if (knob->word(0) == "aggregate-address")
        policy.clauses.push_back(
            one("(unknown)",
                act(If{context_.unmodelled(knob->range(), knob->text()), {decide(Decision::reject, knob->range())}, {}},
                    knob->range())));
    if (policy.clauses.empty()) return std::nullopt;
    return context_.add(std::move(policy));
  }

  Context& context_;
  const BgpScope& scope_;
  Family family_;
  std::string_view name_;
  std::vector<Network> networks_;
  std::vector<Aggregate> aggregates_;
  std::vector<Redistribution> redistributions_;
  std::vector<const Knob*> unknown_;
  bool default_allowed_ = false;
  const Knob* default_metric_ = nullptr;
  Condition rivals_;
};

}  // namespace

Origination lower_origination(Context& context, const BgpScope& scope, Family family) {
  return Originating(context, scope, family).run();
}

}  // namespace bgproof::routemap
