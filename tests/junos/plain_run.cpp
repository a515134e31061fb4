#include <algorithm>
#include <regex>
#include <set>
#include <utility>

#include "base/check.h"
#include "tests/junos/plain.h"
#include "tests/junos/plain_path.h"

namespace bgproof::junos::plain {

namespace {

// How a policy, or an expression of policies, ends for a route.
enum class End { accept, reject, undecided };

NumberRange counted(const Words& words) {
  auto value = static_cast<uint32_t>(std::stoul(words[1]));
  if (words.size() < 3 || words[2] == "equal") return {value, value};
  return words[2] == "orhigher" ? NumberRange{value, UINT32_MAX} : NumberRange{0, value};
}

std::string standard_text(const bgproof::Community& community) {
  return std::to_string(community.fields[0]) + ":" + std::to_string(community.fields[1]);
}

class Walk {
 public:
  Walk(const Config& config, Route route, const Readings& readings)
      : config_(config), readings_(readings), route_(std::move(route)), before_(route_.communities) {}

  Result chain() {
    for (const Element& element : config_.chain)
      if (End end = run(element); end != End::undecided) return sent(end == End::accept);
    bool usual = config_.import || route_.protocol == Protocol::bgp;
    return sent(default_.value_or(usual));
  }

 private:
  bool reads(const std::string& assumption, const std::string& value) const {
    return readings_.at(assumption) == value;
  }

  // What the session does behind the policies.
  Result sent(bool accepted) {
    if (config_.external && reads("junos.no-export", "after-policy"))
      for (const bgproof::Community& each :
           {well_known::kNoExport, well_known::kNoAdvertise, well_known::kNoExportSubconfed})
        if (route_.communities.contains(each) && !before_.contains(each)) return {false, route_};
    if (config_.external && accepted) {
      if (reads("junos.remove-private-prepended", "all")) join();
      if (config_.removes) remove_private(route_.as_path, !config_.remove_private.empty());
      if (!next_hop_is_chosen_) route_.next_hop = {NextHop::Kind::self, {}};
      bool of_others = route_.protocol == Protocol::bgp && !metric_is_chosen_;
      if (of_others && reads("junos.export-metric", "not-sent")) route_[Number::med].reset();
    }
    join();
    return {accepted, route_};
  }

  // The path as policies see it.
  AsPath path() const {
    AsPath path = route_.as_path;
    prepend(path, in_front_);
    return path;
  }

  void join() {
    route_.as_path = path();
    in_front_.clear();
  }

  End run(const Element& element) {
    if (element.is == Element::Is::name) return run(policy(element.name));
    // What an operand says of the default is forgotten.
    std::optional<bool> before = default_;
    End first = run(element.of[0]);
    default_ = before;
    bool holds = first != End::reject;
    if (element.is == Element::Is::not_) return holds ? End::reject : End::accept;
    if (element.is == Element::Is::both) return holds ? run(element.of[1]) : End::reject;
    return holds ? first : run(element.of[1]);
  }

  const Policy& policy(const std::string& name) const {
    return *std::find_if(config_.policies.begin(), config_.policies.end(),
                         [&](const Policy& each) { return each.name == name; });
  }

  End run(const Policy& policy) {
    for (const Term& term : policy.terms) {
      const std::vector<Words>* actions = matched(term);
      if (actions == nullptr) continue;
      if (auto end = act(*actions)) return *end;
    }
    return End::undecided;
  }

  // The actions that the term takes; null if it does not match.
  const std::vector<Words>* matched(const Term& term) {
    const std::vector<Words>* actions = &term.then;
    std::vector<Condition> filters;
    bool has_prefixes = false, prefix_fits = false;
    for (const Condition& each : term.from) {
      const std::string& keyword = each.words[0];
      if (keyword == "policy") continue;
      if (keyword == "route-filter") {
        filters.push_back(each);
      } else if (keyword == "prefix-list" || keyword == "prefix-list-filter" || keyword == "route-filter-list") {
        has_prefixes = true;
        if (const std::vector<Words>* own = list_fits(each)) {
          prefix_fits = true;
          if (!own->empty()) actions = own;
        }
      } else if (!holds(each.words)) {
        return nullptr;
      }
    }
    for (const Condition& each : term.to)
      if (!holds(each.words)) return nullptr;
    if (!filters.empty()) {
      has_prefixes = true;
      if (std::optional<size_t> found = look_up(filters, 1)) {
        prefix_fits = true;
        // The copies are gone soon: the term's own.
        size_t at = 0;
        for (const Condition& each : term.from)
          if (each.words[0] == "route-filter" && at++ == *found && !each.actions.empty()) actions = &each.actions;
      }
    }
    if (has_prefixes && !prefix_fits) return nullptr;
    for (const Condition& each : term.from)
      if (each.words[0] == "policy" && !subroutine(each.words[1])) return nullptr;
    return actions;
  }

  bool subroutine(const std::string& text) {
    std::optional<bool> before = std::exchange(default_, std::nullopt);
    End end = run(config_.subroutines.at(text));
    bool holds = end == End::undecided ? default_.value_or(route_.protocol == Protocol::bgp) : end == End::accept;
    default_ = before;
    return holds;
  }

  // Prefixes. -----------------------------------------------------------------------------------------------------

  Prefix prefix_of(const std::string& text) const { return *parse_prefix(text, nullptr, true); }

  // Null: the list does not match. Otherwise its own actions, none if `then` is taken.
  const std::vector<Words>* list_fits(const Condition& condition) const {
    static const std::vector<Words> kNone;
    if (condition.words[0] == "route-filter-list") {
      const std::vector<Condition>& entries = config_.filter_lists.at(condition.words[1]);
      std::optional<size_t> found = look_up(entries, 0);
      if (!found) return nullptr;
      return condition.actions.empty() ? &entries[*found].actions : &condition.actions;
    }
    std::string type = condition.words.size() > 2 ? condition.words[2] : "exact";
    std::optional<Prefix> longest;
    bool any = false;
    for (const std::string& member : config_.prefix_lists.at(condition.words[1])) {
      Prefix prefix = prefix_of(member);
      if (!covers(prefix, route_.prefix)) continue;
      if (!longest || longest->length < prefix.length) longest = prefix;
      bool same = prefix.length == route_.prefix.length;
      any = any || (type == "exact" ? same : type == "longer" ? !same : true);
    }
    bool fits = any;
    if (type == "longer" && reads("junos.prefix-list-filter-lookup", "longest"))
      fits = longest && longest->length < route_.prefix.length;
    if (!fits) return nullptr;
    return condition.actions.empty() ? &kNone : &condition.actions;
  }

  // The filter that decides and fits.
  std::optional<size_t> look_up(const std::vector<Condition>& filters, size_t first) const {
    std::optional<uint8_t> longest;
    for (const Condition& each : filters)
      if (reaches(each.words, first)) {
        uint8_t length = prefix_of(each.words[first]).length;
        longest = std::max(longest.value_or(length), length);
      }
    for (size_t i = 0; i < filters.size(); ++i)
      if (reaches(filters[i].words, first) && prefix_of(filters[i].words[first]).length == *longest &&
          fits(filters[i].words, first))
        return i;
    return std::nullopt;
  }

  bool reaches(const Words& words, size_t first) const {
    Prefix prefix = prefix_of(words[first]);
    if (words[first + 1] != "address-mask") return covers(prefix, route_.prefix);
    Address mask = *parse_address(words[first + 2]);
    return prefix.family == route_.prefix.family && (prefix.bits & mask.bits) == (route_.prefix.bits & mask.bits);
  }

  bool fits(const Words& words, size_t first) const {
    Prefix prefix = prefix_of(words[first]);
    const std::string& type = words[first + 1];
    auto length_at = [&](size_t at) { return std::stoi(words[first + 2].substr(at)); };
    int length = route_.prefix.length;
    if (type == "exact" || type == "address-mask") return length == prefix.length;
    if (type == "orlonger") return true;
    if (type == "longer") return length > prefix.length;
    if (type == "upto") return length <= length_at(1);
    if (type == "prefix-length-range")
      return length_at(1) <= length && length <= length_at(words[first + 2].find("-/") + 2);
    BGPROOF_CHECK(type == "through", "a match type");
    return covers(route_.prefix, prefix_of(words[first + 2]));
  }

  // Conditions. ---------------------------------------------------------------------------------------------------

  bool any_name(const Words& words, auto holds) const {
    return std::any_of(words.begin() + 1, words.end(), [&](const std::string& name) { return holds(name); });
  }

  bool holds(const Words& words) const {
    const std::string& keyword = words[0];
    const std::string& value = words[1];
    auto number = [&](Number which) { return route_[which] == static_cast<uint32_t>(std::stoul(value)); };
    if (keyword == "protocol")
      return any_name(words, [&](const std::string& name) {
        return name == "ospf" ? route_.protocol == Protocol::ospf || route_.protocol == Protocol::ospf3
                              : to_string(route_.protocol) == name;
      });
    if (keyword == "family") return (route_.prefix.family == Family::ipv4) == (value == "inet");
    if (keyword == "rib") return route_.rib == value;
    if (keyword == "instance") return value == "master" && (route_.rib == "inet.0" || route_.rib == "inet6.0");
    if (keyword == "route-type") return to_string(route_.route_type) == value;
    if (keyword == "origin") return to_string(route_.origin) == value;
    if (keyword == "validation-database") return to_string(route_.rpki) == value;
    if (keyword == "local-preference") return number(Number::local_pref);
    if (keyword == "metric") {
      bool absent_is_zero = !route_[Number::med] && value == "0" && reads("junos.absent-metric", "zero");
      return number(Number::med) || absent_is_zero;
    }
    if (keyword == "tag") return number(Number::tag);
    if (keyword == "interface")
      return any_name(words, [&](const std::string& name) { return route_.interface == name; });
    if (keyword == "neighbor")
      return any_name(words, [&](const std::string& name) { return route_.neighbor == parse_address(name); });
    if (keyword == "next-hop")
      return route_.next_hop.kind == NextHop::Kind::address && route_.next_hop.address == *parse_address(value);
    if (keyword == "community")
      return any_name(words, [&](const std::string& name) { return carries(config_.communities.at(name)); });
    if (keyword == "community-count") {
      auto counts = [&](const bgproof::Community& each) {
        return each.kind == CommunityKind::standard || reads("junos.community-count", "every-kind");
      };
      return counted(words).contains(
          static_cast<uint32_t>(std::count_if(route_.communities.begin(), route_.communities.end(), counts)));
    }
    return path_holds(words);
  }

  bool matches(const Path& path) const {
    std::vector<Letter> letters = letters_of(this->path());
    return ends(path, letters, 0, reads("junos.as-path-set", "members")).contains(letters.size());
  }

  bool path_holds(const Words& words) const {
    const std::string& keyword = words[0];
    if (keyword == "as-path")
      return any_name(words, [&](const std::string& name) { return matches(config_.as_paths.at(name)); });
    if (keyword == "as-path-group")
      return any_name(words, [&](const std::string& name) {
        const auto& group = config_.as_path_groups.at(name);
        return std::any_of(group.begin(), group.end(), [&](const auto& each) { return matches(each.second); });
      });
    if (keyword == "as-path-calc-length") return counted(words).contains(length(path()));
    std::vector<NumberRange> ranges;
    auto read = [&](const Words& members) {
      for (const std::string& member : members) {
        size_t dash = member.find('-');
        auto low = static_cast<uint32_t>(std::stoul(member));
        ranges.push_back(
            {low, dash == std::string::npos ? low : static_cast<uint32_t>(std::stoul(member.substr(dash + 1)))});
      }
    };
    if (words[1] == "as-list") read(config_.as_lists.at(words[2]));
    if (words[1] == "as-list-group")
      for (const auto& [name, members] : config_.as_list_groups.at(words[2])) read(members);
    std::vector<Letter> letters = letters_of(path());
    if (letters.empty()) return false;
    if (keyword == "as-path-neighbors") return any_in(letters.front().asns, ranges);
    if (keyword == "as-path-origins") return any_in(letters.back().asns, ranges);
    BGPROOF_CHECK(keyword == "as-path-transits", "a condition");
    return std::any_of(letters.begin(), letters.end(), [&](const Letter& each) { return any_in(each.asns, ranges); });
  }

  // Communities. --------------------------------------------------------------------------------------------------

  static std::optional<bgproof::Community> literal(const std::string& member) {
    if (member.rfind("large:", 0) == 0) return parse_community(member.substr(6));
    if (member.rfind("target:", 0) == 0) return parse_community("rt:" + member.substr(7));
    if (member.find_first_not_of("0123456789:") == std::string::npos) return parse_community(member);
    if (member == "no-export") return well_known::kNoExport;
    if (member == "no-advertise") return well_known::kNoAdvertise;
    return std::nullopt;
  }

  // A member that is no literal speaks of standard communities: a field `*` is any number, anything else an expression.
  bool fits(const std::string& member, const bgproof::Community& community) const {
    if (auto one = literal(member)) return community == *one;
    if (community.kind != CommunityKind::standard) return false;
    size_t colon = member.find(':');
    auto is_field = [](const std::string& text) {
      return text == "*" || text.find_first_not_of("0123456789") == std::string::npos;
    };
    if (std::string left = member.substr(0, colon), right = member.substr(colon + 1); is_field(left) && is_field(right))
      return (left == "*" || std::to_string(community.fields[0]) == left) &&
             (right == "*" || std::to_string(community.fields[1]) == right);
    std::regex expression(member, std::regex::extended);
    return reads("junos.community-regex", "whole") ? std::regex_match(standard_text(community), expression)
                                                   : std::regex_search(standard_text(community), expression);
  }

  bool carries(const Community& definition) const {
    bool all = std::all_of(definition.members.begin(), definition.members.end(), [&](const std::string& member) {
      return std::any_of(route_.communities.begin(), route_.communities.end(),
                         [&](const bgproof::Community& each) { return fits(member, each); });
    });
    return all != definition.invert;
  }

  void change_communities(const std::string& how, const Community& definition) {
    if (how == "delete") {
      std::erase_if(route_.communities, [&](const bgproof::Community& each) {
        return std::any_of(definition.members.begin(), definition.members.end(),
                           [&](const std::string& member) { return fits(member, each); });
      });
      return;
    }
    if (how == "set") {
      std::set<CommunityKind> kinds;
      for (const std::string& member : definition.members) kinds.insert(literal(member)->kind);
      bool every = reads("junos.community-set", "every-kind");
      std::erase_if(route_.communities,
                    [&](const bgproof::Community& each) { return every || kinds.contains(each.kind); });
    }
    for (const std::string& member : definition.members) route_.communities.insert(*literal(member));
  }

  // Actions. ------------------------------------------------------------------------------------------------------

  // Of several actions of one kind the last counts; those on communities all do.
  std::optional<End> act(const std::vector<Words>& actions) {
    auto kind = [](const Words& words) { return words[0] == "reject" ? std::string("accept") : words[0]; };
    std::optional<End> verdict;
    bool next_term = false, next_policy = false;
    std::vector<Words> late;  // prepend and expand, in this order
    for (size_t i = 0; i < actions.size(); ++i) {
      const Words& words = actions[i];
      bool last = std::none_of(actions.begin() + static_cast<std::ptrdiff_t>(i) + 1, actions.end(),
                               [&](const Words& other) { return kind(other) == kind(words); });
      if (!last && words[0] != "community") continue;
      if (words[0] == "accept") verdict = End::accept;
      if (words[0] == "reject") verdict = End::reject;
      if (words[0] == "next") (words[1] == "term" ? next_term : next_policy) = true;
      if (words[0] == "default-action") default_ = words[1] == "accept";
      if (words[0] == "community") change_communities(words[1], config_.communities.at(words[2]));
      if (words[0] == "as-path-prepend") late.insert(late.begin(), words);
      if (words[0] == "as-path-expand") late.push_back(words);
      change(words);
    }
    for (const Words& words : late) lengthen(words);
    if (next_term) return std::nullopt;
    if (next_policy) return End::undecided;
    return verdict;
  }

  void change(const Words& words) {
    struct Row {
      const char* keyword;
      Number number;
      uint32_t absent;
    };
    for (const Row& row : {Row{"local-preference", Number::local_pref, 100}, Row{"metric", Number::med, 0},
                           Row{"preference", Number::preference, 0}, Row{"tag", Number::tag, 0}}) {
      if (words[0] != row.keyword) continue;
      if (row.number == Number::med) metric_is_chosen_ = true;
      uint64_t now = route_[row.number].value_or(row.absent), by = std::stoul(words.back());
      if (words[1] == "add")
        now = std::min<uint64_t>(now + by, UINT32_MAX);
      else if (words[1] == "subtract")
        now = now < by ? 0 : now - by;
      else
        now = by;
      route_[row.number] = static_cast<uint32_t>(now);
    }
    if (words[0] == "origin")
      route_.origin = words[1] == "igp" ? Origin::igp : words[1] == "egp" ? Origin::egp : Origin::incomplete;
    if (words[0] == "validation-state")
      route_.rpki = words[1] == "valid" ? Rpki::valid : words[1] == "invalid" ? Rpki::invalid : Rpki::unknown;
    if (words[0] == "next-hop") {
      next_hop_is_chosen_ = true;
      route_.next_hop = {};
      if (words[1] == "self")
        route_.next_hop.kind = NextHop::Kind::self;
      else if (words[1] == "discard")
        route_.next_hop.kind = NextHop::Kind::discard;
      else
        route_.next_hop = {NextHop::Kind::address, *parse_address(words[1])};
    }
  }

  void lengthen(const Words& words) {
    if (words[0] == "as-path-expand" && reads("junos.expand-after-prepend", "in-front")) join();
    std::vector<Asn> numbers;
    if (words[1] == "last-as") {
      std::vector<Letter> letters = letters_of(route_.as_path);
      if (letters.empty() || letters.front().set) return;
      numbers.assign(words.size() > 3 ? std::stoul(words[3]) : 1, letters.front().asns.front());
    } else {
      for (size_t at = 0; at < words[1].size();) {
        size_t end = std::min(words[1].find(' ', at), words[1].size());
        numbers.push_back(static_cast<Asn>(std::stoul(words[1].substr(at, end - at))));
        at = end + 1;
      }
    }
    if (config_.external && words[0] == "as-path-prepend")
      in_front_.insert(in_front_.begin(), numbers.begin(), numbers.end());
    else
      prepend(route_.as_path, numbers);
  }

  const Config& config_;
  const Readings& readings_;
  Route route_;
  Communities before_;         // of the route as it came
  std::vector<Asn> in_front_;  // what stands in front of the own AS, towards another AS
  bool next_hop_is_chosen_ = false, metric_is_chosen_ = false;
  std::optional<bool> default_;  // what default-action has said
};

}  // namespace

Result run(const Config& config, const Route& route, const Readings& readings) {
  return Walk(config, route, readings).chain();
}

}  // namespace bgproof::junos::plain
