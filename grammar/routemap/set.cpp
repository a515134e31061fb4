#include "grammar/routemap/set.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grammar/routemap/set_communities.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

// Changes that no attribute of the model is touched by: packets, other protocols, attributes that no policy reads.
constexpr std::array<std::string_view, 27> kNoEffect = {"metric-type",
                                                        "level",
                                                        "traffic-index",
                                                        "dampening",
                                                        "interface",
                                                        "vrf",
                                                        "global",
                                                        "mpls-label",
                                                        "forwarding-address",
                                                        "src",
                                                        "table",
                                                        "label-index",
                                                        "aggregator",
                                                        "atomic-aggregate",
                                                        "originator-id",
                                                        "vpnv4",
                                                        "vpnv6",
                                                        "evpn",
                                                        "l3vpn",
                                                        "isis",
                                                        "resolution-ribs",
                                                        "path-selection",
                                                        "segment-index",
                                                        "nssa-only",
                                                        "ospf",
                                                        "aigp-metric",
                                                        "lisp"};

constexpr uint32_t kUsualLocalPreference = 100;

class SetLine {
 public:
  SetLine(Context& context, std::string_view route_map, const Line& line)
      : context_(context), route_map_(route_map), line_(line), at_(line.range) {}

  Body body();
  Body unknown(AttributeSet touches = AttributeSet::all()) {
    return context_.open_line(at_, fmt::format("`{}` in {}", line_.rest(0), route_map_), touches, false);
  }
  AttributeSet path_alone() const {
    AttributeSet touches;
    touches.as_path = true;
    return touches;
  }

 private:
  Body number(Number number);
  Body metric();
  Body shown(Body body);
  Body path();
  Body prepend();
  std::optional<std::vector<Asn>> asns(size_t first) const;  // all the words from there on
  Body next_hop(Family family);
  Body frr_global(const Address& address, Act kept_within);
  Body origin();
  Body refused() {
    context_.refused(at_, fmt::format("bgpd refuses `{}`; the entry stays without it", line_.rest(0)));
    return {};
  }
  Body no_effect() { return {act(NoEffect{}, at_)}; }
  bool is_frr() const { return context_.dialect() == Dialect::frr; }

  Context& context_;
  std::string_view route_map_;
  const Line& line_;
  SourceRange at_;
};

// `N`, `+N`, `-N`. What an absent one counts as is 0 but for a local preference outside of FRR.
Body SetLine::number(Number number) {
  std::string_view word = line_.word(2);
  SetNumber set{SetNumber::How::assign, number, 0, 0};
  if (word.starts_with('+')) set.how = SetNumber::How::add;
  if (word.starts_with('-')) set.how = SetNumber::How::subtract;
  if (set.how != SetNumber::How::assign) word.remove_prefix(1);
  std::optional<uint32_t> value = number_of(word);
  if (!value || line_.size() != 3) return is_frr() ? refused() : unknown(AttributeSet::only(number));
  set.value = *value;
  if (is_frr() && number == Number::med && set.value == 0 && set.how != SetNumber::How::assign) return refused();
  bool relative = set.how != SetNumber::How::assign;
  if (!relative || number != Number::local_pref || is_frr()) return {act(set, at_)};
  SetNumber usual = set;
  usual.base = kUsualLocalPreference;
  Condition zero = context_.reading("absent-local-preference", "none", at_);
  return {act(If{std::move(zero), {act(set, at_)}, {act(usual, at_)}}, at_)};
}

Body SetLine::metric() {
  std::string_view word = line_.word(2);
  std::string_view bare = word.substr(std::min(word.find_first_not_of("+-"), word.size()));
  Body body;
  if (bare == "rtt" || bare == "igp-metric" || bare == "igp" || bare == "aigp" || bare == "aigp-metric") {
    std::string what = fmt::format("`{}` in {}", line_.rest(0), route_map_);
    body = {context_.number_of_network(at_, what, Number::med)};
  } else if (line_.size() > 3) {
    body = unknown(AttributeSet::only(Number::med));  // the five values of EIGRP
  } else {
    body = number(Number::med);
  }
  return shown(std::move(body));
}

// The metric that came with the route is gone, what is sent is this one. FRR's `+N` does not start from the former.
Body SetLine::shown(Body body) {
  if (body.empty()) return body;
  bool relative = line_.word(2).starts_with('+') || line_.word(2).starts_with('-');
  if (relative && is_frr()) {
    Act forget = act(SetNumber{SetNumber::How::unset, Number::med, 0, 0}, at_);
    body.insert(body.begin(), act(If{{FlagIsSet{kMetricHidden}, at_}, {std::move(forget)}, {}}, at_));
  }
  body.push_back(act(SetFlag{kMetricHidden, never(at_)}, at_));
  return body;
}

Body SetLine::prepend() {
  if (line_.word(3) == "last-as") {
    std::optional<uint32_t> times = line_.size() == 4 ? std::optional<uint32_t>(1) : number_of(line_.word(4));
    if (!times || line_.size() > 5 || (is_frr() && *times > 10)) return is_frr() ? refused() : unknown(path_alone());
    Act again = act(PrependFirst{*times}, at_);
    // FRR: nothing where a confederation's sequence stands first.
    if (is_frr()) again = act(If{{AsPathText{"^\\("}, at_}, {}, {std::move(again)}}, at_);
    if (!context_.hollows_paths()) return {std::move(again)};
    Act free = context_.changed_by_network(
        at_, fmt::format("what `{}` finds in what `remove-private-AS` leaves of segments", line_.rest(0)),
        path_alone());
    return {act(If{{FlagIsSet{kHollowPath}, at_}, {std::move(free)}, {std::move(again)}}, at_)};
  }
  std::vector<Asn> asns;
  for (size_t i = 3; i < line_.size(); ++i) {
    std::optional<Asn> asn = asn_of(line_.word(i));
    if (line_.word(i) == "repeat" && context_.dialect() == Dialect::eos) {
      std::optional<uint32_t> times = number_of(line_.word(i + 1));
      if (!times || i + 2 != line_.size() || *times > 100) return unknown(path_alone());
      std::vector<Asn> once = asns;
      for (uint32_t n = 1; n < *times; ++n) asns.insert(asns.end(), once.begin(), once.end());
      break;
    }
    if (!asn) return is_frr() ? refused() : unknown(path_alone());
    asns.push_back(*asn);
  }
  if (asns.empty()) return is_frr() ? refused() : unknown(path_alone());
  Act in_front = act(PrependAsns{std::move(asns)}, at_);
  if (!is_frr()) return {std::move(in_front)};
  // A live daemon did one thing and another.
  Condition lost = all_of({{AsPathText{"^\\("}, at_}, context_.reading("confederation-prepend", "lost", at_)}, at_);
  Act free = context_.changed_by_network(
      at_, fmt::format("what `{}` makes of a confederation's sequence in front", line_.rest(0)), path_alone());
  return {act(If{std::move(lost), {std::move(free)}, {std::move(in_front)}}, at_)};
}

std::optional<std::vector<Asn>> SetLine::asns(size_t first) const {
  std::vector<Asn> asns;
  for (size_t i = first; i < line_.size(); ++i) {
    std::optional<Asn> asn = asn_of(line_.word(i));
    if (!asn) return std::nullopt;
    asns.push_back(*asn);
  }
  return asns.empty() ? std::nullopt : std::optional(asns);
}

Body SetLine::path() {
  std::string_view what = line_.word(2);
  if (what == "prepend") return prepend();
  if (what == "exclude") {
    std::optional<std::vector<Asn>> excluded = asns(3);
    if (!excluded) return unknown(path_alone());
    RemoveAsns remove;
    for (Asn asn : *excluded) remove.which.push_back({asn, asn});
    return {act(std::move(remove), at_)};
  }
  if (what == "replace" && is_frr()) {
    std::optional<Asn> own = context_.has_one_as() ? context_.local_as() : std::nullopt;
    std::optional<std::vector<Asn>> replaced = asns(3);
    bool any = line_.word(3) == "any" && line_.size() == 4;
    if (!own || (!any && (!replaced || replaced->size() > 1))) return unknown(path_alone());
    ReplaceAsn replace{{any ? NumberRange{} : NumberRange{replaced->front(), replaced->front()}}, *own};
    Body then;
    then.push_back(act(std::move(replace), at_));
    Condition external = not_({FlagIsSet{kInternal}, at_}, at_);
    return {act(If{std::move(external), std::move(then), {}}, at_)};
  }
  if (line_.begins({"set", "as-path", "match", "all", "replacement"}) && context_.dialect() == Dialect::eos) {
    std::optional<std::vector<Asn>> replacement = asns(5);
    if (line_.word(5) == "none" && line_.size() == 6) return {act(ReplacePath{}, at_)};
    if (replacement) return {act(ReplacePath{std::move(*replacement)}, at_)};
  }
  return unknown(path_alone());
}

// An own next hop that the session keeps.
Body SetLine::next_hop(Family family) {
  std::string_view word = line_.word(3);
  bool v6 = family == Family::ipv6;
  Act kept = act(SetFlag{kNextHopSet, always(at_)}, at_);
  // FRR: any of these takes `next-hop-self` away from internal sessions, for routes of either family.
  Act kept_within = act(If{all_of({{FlagIsSet{kExporting}, at_}, {FlagIsSet{kInternal}, at_}}, at_), {kept}, {}}, at_);
  if (v6 && (word == "local" || word == "prefer-global") && is_frr()) return {kept_within};
  size_t first = v6 && word == "global" ? 4 : 3;
  Body body;
  NextHop next_hop;
  if (std::optional<Address> address = address_of(line_.word(first), family); address && line_.size() == first + 1) {
    next_hop = {NextHop::Kind::address, *address};
    body = {act(SetNextHop{next_hop}, at_), kept};
    if (is_frr() && v6) return frr_global(*address, std::move(kept_within));
  } else if (word == "self" && line_.size() == 4) {
    next_hop.kind = NextHop::Kind::self;
    body = {act(SetNextHop{next_hop}, at_), kept};
  } else if (word == "peer-address" && line_.size() == 4 && !(is_frr() && v6)) {
    NextHop own;
    own.kind = NextHop::Kind::self;
    next_hop.kind = NextHop::Kind::peer;
    Condition exporting{FlagIsSet{kExporting}, at_};
    body = {act(If{std::move(exporting), {act(SetNextHop{own}, at_)}, {act(SetNextHop{next_hop}, at_)}}, at_), kept};
  } else if (word == "unchanged" && line_.size() == 4) {
    body = {kept};
  } else {
    AttributeSet touches;
    touches.next_hop = true;
    return unknown(touches);
  }
  return {act(If{{FamilyIs{family}, at_}, std::move(body), {}}, at_)};
}

// Of IPv6 routes that are announced, some go out with the own address all the same: those behind a route that was
// announced with it. An imported IPv4 route is shown with this next hop, too.
Body SetLine::frr_global(const Address& address, Act kept_within) {
  Act set = act(SetNextHop{{NextHop::Kind::address, address}}, at_);
  Act own = act(SetNextHop{{NextHop::Kind::self, {}}}, at_);
  Condition goes_out = context_.given_by_network(
      at_, fmt::format("whether bgpd announces the next hop of `{}` or its own", line_.rest(0)));
  Body announced = {act(If{std::move(goes_out), {set}, {own}}, at_), act(SetFlag{kNextHopSet, always(at_)}, at_)};
  AttributeSet touches;
  touches.next_hop = true;
  Condition exporting{FlagIsSet{kExporting}, at_};
  Body of_ipv6 = {act(If{exporting, std::move(announced), {set}}, at_)};
  Body of_ipv4 = {act(If{exporting, {std::move(kept_within)}, unknown(touches)}, at_)};
  return {act(If{{FamilyIs{Family::ipv6}, at_}, std::move(of_ipv6), std::move(of_ipv4)}, at_)};
}

Body SetLine::origin() {
  std::string_view word = line_.word(2);
  if (word == "igp") return {act(SetOrigin{Origin::igp}, at_)};
  if (word == "egp") return {act(SetOrigin{Origin::egp}, at_)};
  if (word == "incomplete") return {act(SetOrigin{Origin::incomplete}, at_)};
  AttributeSet touches;
  touches.origin = true;
  return unknown(touches);
}

Body SetLine::body() {
  std::string_view what = line_.word(1);
  if (line_.negated) return unknown();
  if (line_.standing == Standing::unknown) return unknown();
  if (what == "local-preference") return number(Number::local_pref);
  if (what == "metric") return metric();
  if (what == "weight") return number(Number::weight);
  if (what == "tag") return number(Number::tag);
  if (what == "distance") return number(Number::preference);
  if (what == "origin") return origin();
  if (what == "as-path") return path();
  if (what == "community") return set_communities(context_, line_, CommunityKind::standard);
  if (what == "large-community") return set_communities(context_, line_, CommunityKind::large);
  if (what == "extcommunity") return set_extended(context_, line_);
  if (what == "comm-list") return delete_list(context_, line_, Kind::community_list);
  if (what == "large-comm-list") return delete_list(context_, line_, Kind::large_community_list);
  if (what == "extcomm-list" || what == "extended-comm-list")
    return delete_list(context_, line_, Kind::extcommunity_list);
  if (what == "metric-type" && line_.word(2) == "internal" && !is_frr()) {
    std::string text = fmt::format("`{}` in {}", line_.rest(0), route_map_);
    return shown({context_.number_of_network(at_, text, Number::med)});
  }
  if (what == "ip" || what == "ipv6") {
    if (line_.word(2) == "next-hop") return next_hop(what == "ip" ? Family::ipv4 : Family::ipv6);
    return no_effect();  // of packets
  }
  if (std::ranges::find(kNoEffect, what) != kNoEffect.end()) return no_effect();
  return unknown();
}

void append(Body& body, Body more) {
  body.insert(body.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool touches_communities(const Line& line) {
  std::string_view what = line.word(1);
  return what == "community" || what == "large-community" || what == "extcommunity";
}

}  // namespace

Body lower_sets(Context& context, std::string_view route_map, const Entry& entry) {
  std::vector<const Line*> sets;
  for (const Line* line : entry.lines)
    if (line->word(0) == "set") sets.push_back(line);
  auto prepends = [](const Line* line) { return line->begins({"set", "as-path", "prepend"}); };
  bool twice = std::ranges::count_if(sets, prepends) > 1;
  auto in_order = [&](const std::vector<const Line*>& lines) {
    Body body;
    for (const Line* line : lines) {
      SetLine set(context, route_map, *line);
      append(body, twice && prepends(line) ? set.unknown(set.path_alone()) : set.body());
    }
    return body;
  };
  bool deletes = std::ranges::any_of(sets, [](const Line* line) { return is_deletion(*line); });
  bool adds =
      std::ranges::any_of(sets, [](const Line* line) { return !is_deletion(*line) && touches_communities(*line); });
  if (!deletes || !adds || context.dialect() == Dialect::frr) return in_order(sets);
  // IOS and NX-OS delete before they set, whatever the order of the lines.
  std::vector<const Line*> deletions_first = sets;
  std::ranges::stable_partition(deletions_first, [](const Line* line) { return is_deletion(*line); });
  if (context.dialect() != Dialect::eos) return in_order(deletions_first);
  if (deletions_first == sets) return in_order(sets);
  Condition first = context.reading("deletions", "first", entry.head);
  return {act(If{std::move(first), in_order(deletions_first), in_order(sets)}, entry.head)};
}

}  // namespace bgproof::routemap
