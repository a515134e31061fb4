#include "grammar/routemap/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "grammar/routemap/lists.h"
#include "grammar/routemap/match_values.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

// One `match` line; nullopt: it asks nothing of a route.
class MatchLine {
 public:
  MatchLine(Context& context, std::string_view route_map, const Line& line, std::optional<FlagId>* behind)
      : context_(context), route_map_(route_map), line_(line), at_(line.range), behind_(behind) {}

  std::optional<Condition> condition();

 private:
  using Permits = std::function<Condition(std::string_view name, SourceRange at)>;

  bool lost_its_entries(Kind kind, std::string_view name);
  Condition empty_list(SourceRange use);
  std::optional<Condition> address_kinds();
  std::optional<Condition> addresses(Family family, size_t first);
  Condition lists(Kind kind, size_t first, const Permits& permits);
  Condition of_family(Family family, Condition inner);
  std::optional<Condition> communities(Kind kind);
  std::optional<Condition> path();
  std::optional<Condition> peer();
  Condition unmodelled() { return context_.unmodelled(at_, fmt::format("`{}` in {}", line_.rest(0), route_map_)); }
  std::optional<Condition> refused() {
    context_.refused(at_, fmt::format("bgpd refuses `{}`; the entry stays without it", line_.rest(0)));
    return std::nullopt;
  }
  bool is_frr() const { return context_.dialect() == Dialect::frr; }

  Context& context_;
  std::string_view route_map_;
  const Line& line_;
  SourceRange at_;
  std::optional<FlagId>* behind_;
};

// What a list without a single entry means in a match.
Condition MatchLine::empty_list(SourceRange use) {
  switch (context_.dialect()) {
    case Dialect::ios:
    case Dialect::nxos:
      return always(use);
    case Dialect::eos:
      return context_.reading("empty-prefix-list", "everything", use);
    case Dialect::frr:
      // F3: the optimization finds the first entry that matches, by its `address` alone; behind it each is asked in
      // turn.
      if (!context_.optimized(route_map_) || line_.word(2) != "address") return always(use);
      if (behind_ == nullptr) return never(use);
      if (!*behind_) *behind_ = context_.new_flag();
      return {FlagIsSet{**behind_}, use};
  }
  return never(use);
}

// IOS: a list of which every line was refused or taken away again is none; a description keeps it.
bool MatchLine::lost_its_entries(Kind kind, std::string_view name) {
  if (context_.dialect() != Dialect::ios || !is_empty(context_, kind, name)) return false;
  return std::ranges::none_of(context_.definitions(kind, name),
                              [](const Line* line) { return !line->negated && line->word(3) == "description"; });
}

// Any of the lists named from word `first` on.
Condition MatchLine::lists(Kind kind, size_t first, const Permits& permits) {
  bool prefixes = kind == Kind::prefix_list || kind == Kind::prefix_list6;
  bool access = kind == Kind::access_list || kind == Kind::access_list6;
  std::vector<Condition> any;
  for (size_t i = first; i < line_.size(); ++i) {
    std::string_view name = line_.word(i);
    SourceRange at = line_.words[i].range;
    if (!context_.defined(kind, name) || (prefixes && lost_its_entries(kind, name)))
      any.push_back(undefined_list(context_, kind, name, at));
    else if (prefixes && is_empty(context_, kind, name))
      any.push_back(empty_list(at));
    else if (access && is_empty(context_, kind, name))
      any.push_back(empty_access_list(context_, name, at));
    else
      any.push_back(permits(name, at));
  }
  return any_of(std::move(any), at_);
}

// A match on addresses of one family, asked of a route of the other one.
Condition MatchLine::of_family(Family family, Condition inner) {
  Condition same = all_of({{FamilyIs{family}, at_}, std::move(inner)}, at_);
  if (is_frr()) return same;
  Family other = family == Family::ipv4 ? Family::ipv6 : Family::ipv4;
  Condition ignored = all_of({{FamilyIs{other}, at_}, context_.reading("other-family", "ignored", at_)}, at_);
  return any_of({std::move(ignored), std::move(same)}, at_);
}

// Addresses written out, as a list of /32 or /128.
std::optional<Condition> MatchLine::addresses(Family family, size_t first) {
  auto list = std::make_shared<PrefixList>();
  for (size_t i = first; i < line_.size(); ++i) {
    std::optional<Address> address = address_of(line_.word(i), family);
    if (!address) return unmodelled();
    auto length = static_cast<uint8_t>(width(family));
    list->entries.push_back({{prefix_of(*address, length), length, length, {}}, 0, line_.words[i].range});
  }
  if (list->entries.empty()) return unmodelled();
  return of_family(family, {NextHopIn{std::move(list)}, at_});
}

// `match ip|ipv6 address|next-hop|route-source ...`
std::optional<Condition> MatchLine::address_kinds() {
  Family family = line_.word(1) == "ip" ? Family::ipv4 : Family::ipv6;
  std::string_view what = line_.word(2);
  bool v4 = family == Family::ipv4;
  bool address = what == "address", next_hop = what == "next-hop", source = what == "route-source";
  if (source && line_.word(3) == "redistribution-source") return unmodelled();
  if (!address && !next_hop && !source) return unmodelled();
  if (line_.word(3) == "prefix-len" || line_.word(3) == "type") return unmodelled();
  if (next_hop && is_frr()) {
    if (line_.word(3) == "address") return addresses(family, 4);
    if (!v4 && address_of(line_.word(3), family)) return addresses(family, 3);
  }
  Kind kind = v4 ? Kind::access_list : Kind::access_list6;
  size_t first = 3;
  if (line_.word(3) == "prefix-list") kind = v4 ? Kind::prefix_list : Kind::prefix_list6;
  if (line_.word(3) == "prefix-list" || line_.word(3) == "access-list") first = 4;
  if (first >= line_.size()) return unmodelled();
  Condition inner = lists(kind, first, [&](std::string_view name, SourceRange at) {
    if (next_hop) return permits_next_hop(context_, kind, name, at);
    if (source) return permits_neighbor(context_, kind, name, at);
    return permits_prefix(context_, kind, name, at);
  });
  // Exporting, FRR finds no neighbor there.
  if (source && is_frr()) inner = all_of({not_({FlagIsSet{kExporting}, at_}, at_), std::move(inner)}, at_);
  // FRR: an empty list holds for the addresses of both families.
  bool of_both = is_frr() && address && line_.word(3) == "prefix-list" && context_.defined(kind, line_.word(4)) &&
                 is_empty(context_, kind, line_.word(4));
  return of_both ? std::move(inner) : of_family(family, std::move(inner));
}

// `match community NAME... [exact-match] [or-results] [any]`
std::optional<Condition> MatchLine::communities(Kind kind) {
  Line names = line_;
  bool exact = false, any = false, or_results = false;
  while (names.size() > 2) {
    std::string_view last = names.words.back().text;
    if (last == "exact-match")
      exact = true;
    else if (last == "any" && is_frr())
      any = true;
    else if (last == "or-results" && context_.dialect() == Dialect::eos)
      or_results = true;
    else
      break;
    names.words.pop_back();
  }
  if (names.size() < 3) return unmodelled();
  if (is_frr()) {
    bool other = kind != Kind::community_list;
    if (names.size() > 3 || (other && any) || (exact && kind == Kind::extcommunity_list)) return unmodelled();
  }
  std::vector<Condition> each;
  for (size_t i = 2; i < names.size(); ++i) {
    std::string_view name = names.word(i);
    SourceRange at = names.words[i].range;
    if (!context_.defined(kind, name))
      each.push_back(undefined_list(context_, kind, name, at));
    else if (any)
      each.push_back(carries_any_of(context_, kind, name, at));
    else
      each.push_back(permits_communities(context_, kind, name, exact, at));
  }
  if (context_.dialect() != Dialect::eos || or_results || each.size() == 1) return any_of(std::move(each), at_);
  Condition all = all_of(each, at_);
  return any_of({all, all_of({context_.reading("several-community-lists", "any", at_), any_of(each, at_)}, at_)}, at_);
}

std::optional<Condition> MatchLine::path() {
  if (line_.word(2) == "length" && context_.dialect() == Dialect::eos) {  // elsewhere a list of that name
    std::optional<Condition> length = path_length(line_, 3);
    return length ? length : unmodelled();
  }
  if (line_.size() < 3) return unmodelled();
  return lists(Kind::as_path_list, 2,
               [&](std::string_view name, SourceRange at) { return permits_path(context_, name, at); });
}

// FRR: the neighbor that the route came from, in an import; in an export it is not the one (docs/semantics/frr.md).
std::optional<Condition> MatchLine::peer() {
  if (!is_frr()) return unmodelled();
  if (line_.word(2) == "local") return not_({ProtocolIn{{Protocol::bgp}}, at_}, at_);
  std::optional<Address> address = parse_address(line_.word(2));
  if (!address) return unmodelled();
  auto list = std::make_shared<PrefixList>();
  auto length = static_cast<uint8_t>(width(address->family));
  list->entries.push_back({{prefix_of(*address, length), length, length, {}}, 0, at_});
  return all_of({not_({FlagIsSet{kExporting}, at_}, at_), {NeighborIn{std::move(list)}, at_}}, at_);
}

std::optional<Condition> MatchLine::condition() {
  std::string_view what = line_.word(1);
  if (line_.negated) return unmodelled();
  if (line_.standing == Standing::unknown) return unmodelled();
  if (what == "ip" || what == "ipv6") return address_kinds();
  if (what == "community") return communities(Kind::community_list);
  if (what == "large-community") return communities(Kind::large_community_list);
  if (what == "extcommunity") return communities(Kind::extcommunity_list);
  if (what == "as-path") return path();
  if (what == "peer") return peer();
  if (what == "invert-result" && context_.dialect() == Dialect::eos) {
    Line inner = line_;
    inner.words.erase(inner.words.begin() + 1);
    std::optional<Condition> inverted = MatchLine(context_, route_map_, inner, behind_).condition();
    return inverted ? std::optional(not_(std::move(*inverted), at_)) : std::nullopt;
  }
  std::optional<Condition> value;
  if (what == "tag" && is_frr() && line_.word(2) == "0") return refused();
  if (what == "tag") value = number_match(line_, 2, Number::tag);
  if (what == "metric" && is_frr() && line_.word(2) == "0") return std::nullopt;  // docs/semantics/frr.md
  if (what == "metric") value = number_match(line_, 2, Number::med);
  if (what == "local-preference") value = number_match(line_, 2, Number::local_pref);
  if (what == "metric" || what == "local-preference") {
    if (value) value = with_absent(context_, std::move(*value));
  }
  if (what == "origin") value = origin_match(line_);
  if (what == "interface" && line_.size() > 2) value = interface_match(line_, 2);
  // Without the module FRR asks for a community (docs/semantics/frr.md).
  if (what == "rpki" && is_frr() && !context_.has_rpki_block())
    return context_.given_by_network(at_,
                                     fmt::format("`{}` in {}, without an `rpki` block", line_.rest(0), route_map_));
  if (what == "rpki") value = rpki_match(line_, 2);
  if (what == "origin-as" && line_.word(2) == "validity") value = rpki_match(line_, 3);
  if (what == "source-protocol" && !is_frr()) value = protocol_match(line_, 2);
  if (what == "probability") {
    std::optional<uint32_t> percent = number_of(line_.word(2));
    if (percent && *percent == 0) return never(at_);
    if (percent && *percent >= 100) return always(at_);
    return context_.given_by_network(at_, fmt::format("`{}` in {}", line_.rest(0), route_map_));
  }
  if (what == "route-type" && !is_frr()) return route_type_match(context_, line_, route_map_);
  return value ? value : unmodelled();
}

}  // namespace

Condition undefined_list(Context& context, Kind list, std::string_view name, SourceRange use) {
  std::string_view code = "BP112", assumption = "undefined-list";
  if (list == Kind::prefix_list || list == Kind::prefix_list6) code = "BP111";
  if (list == Kind::access_list || list == Kind::access_list6) code = "BP119";
  if (list == Kind::as_path_list) code = "BP113";
  bool of_prefixes = code == "BP111" || code == "BP119";
  if (context.dialect() == Dialect::ios && of_prefixes) assumption = "undefined-prefix-list";
  context.diagnostics().warning(std::string(code), use, fmt::format("{} {} is not defined", to_string(list), name));
  if (context.dialect() == Dialect::frr) return never(use);
  return context.reading(assumption, "everything", use);
}

Condition empty_access_list(Context& context, std::string_view name, SourceRange use) {
  switch (context.dialect()) {
    case Dialect::ios:
      return context.reading("empty-access-list", "everything", use);
    case Dialect::frr:
      return never(use);
    case Dialect::nxos:
    case Dialect::eos:
      break;
  }
  return context.unmodelled(use, fmt::format("access-list {}, which has no rules,", name));
}

namespace {

using Subjects = std::vector<std::pair<std::string, std::vector<Condition>>>;

// An access list beside a prefix list in one entry: whether a route has to meet both, or one of them, no page says. Of
// each subject `match` has one condition.
void open_pairs(Context& context, std::string_view route_map, const Subjects& subjects, Match& match) {
  constexpr std::string_view kPrefixList = " prefix-list";
  for (size_t i = 0; i < subjects.size(); ++i) {
    std::string_view subject = subjects[i].first;
    if (!subject.ends_with(kPrefixList)) continue;
    subject.remove_suffix(kPrefixList.size());
    auto other = std::ranges::find(subjects, subject, &Subjects::value_type::first);
    if (other == subjects.end()) continue;
    Condition& beside = match.all[static_cast<size_t>(other - subjects.begin())];
    SourceRange range = match.all[i].range;
    std::string what = fmt::format("an access list beside a prefix list in {}", route_map);
    context.diagnostics().note("BP117", range, what + ": whether one of them is enough is not known");
    Condition both = all_of({match.all[i], beside}, range);
    Condition one = all_of({context.unmodelled(range, what), any_of({match.all[i], beside}, range)}, range);
    beside = any_of({std::move(both), std::move(one)}, range);
    match.all[i] = always(range);
  }
}

}  // namespace

Match lower_match(Context& context, std::string_view route_map, const Entry& entry, std::optional<FlagId>* behind) {
  Match match;
  // A line that is not known may take the place of any other.
  auto is_unknown = [](const Line* each) { return each->word(0) == "match" && each->standing == Standing::unknown; };
  if (auto found = std::ranges::find_if(entry.lines, is_unknown); found != entry.lines.end()) {
    match.range = (*found)->range;
    match.lines.push_back(match.range);
    match.all.push_back(context.unmodelled(match.range, fmt::format("`{}` in {}", (*found)->rest(0), route_map)));
    return match;
  }
  // Several lines of one subject are one line with all their values.
  Subjects subjects;
  for (const Line* line : entry.lines) {
    if (line->word(0) != "match") continue;
    std::optional<Condition> condition = MatchLine(context, route_map, *line, behind).condition();
    if (!condition) continue;
    match.lines.push_back(line->range);
    match.range = match.range.known() ? cover(match.range, line->range) : line->range;
    std::string subject = subject_of(*line, context.dialect());
    auto known = std::ranges::find(subjects, subject, &std::pair<std::string, std::vector<Condition>>::first);
    if (known == subjects.end())
      subjects.push_back({subject, {std::move(*condition)}});
    else
      known->second.push_back(std::move(*condition));
  }
  for (auto& [subject, any] : subjects) {
    SourceRange range = any.front().range;
    for (const Condition& each : any) range = cover(range, each.range);
    if (context.dialect() == Dialect::eos && any.size() > 1) {
      Condition last = all_of({context.reading("second-match", "last", range), any.back()}, range);
      Condition either = all_of({context.reading("second-match", "any", range), any_of(std::move(any), range)}, range);
      match.all.push_back(any_of({std::move(last), std::move(either)}, range));
      continue;
    }
    match.all.push_back(any_of(std::move(any), range));
  }
  if (context.dialect() != Dialect::frr) open_pairs(context, route_map, subjects, match);
  return match;
}

}  // namespace bgproof::routemap
