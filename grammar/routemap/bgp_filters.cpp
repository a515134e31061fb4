#include "grammar/routemap/bgp_filters.h"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/routemap/bgp_programs.h"
#include "grammar/routemap/lists.h"
#include "grammar/routemap/match.h"
#include "policy/visit.h"

namespace bgproof::routemap {

namespace {

// A list that a neighbor names.
struct Attached {
  Kind kind = Kind::prefix_list;
  std::string word;  // "prefix-list"
  std::string name;
  SourceRange range;
};

std::optional<Attached> attached(const SessionSetup& setup, std::string_view word, std::string_view direction) {
  const Knob* knob = setup.levels.find(word, direction);
  if (knob == nullptr || knob->size() < 3) return std::nullopt;
  bool ipv6 = setup.family == Family::ipv6;
  Kind kind = word == "prefix-list"   ? (ipv6 ? Kind::prefix_list6 : Kind::prefix_list)
              : word == "filter-list" ? Kind::as_path_list
                                      : (ipv6 ? Kind::access_list6 : Kind::access_list);
  return Attached{kind, std::string(word), std::string(knob->word(1)), knob->range()};
}

Condition permits(Context& context, const Attached& list) {
  if (list.kind == Kind::as_path_list) return permits_path(context, list.name, list.range);
  return permits_prefix(context, list.kind, list.name, list.range);
}

std::string undefined_code(Kind kind) {
  return kind == Kind::as_path_list                                ? "BP113"
         : kind == Kind::access_list || kind == Kind::access_list6 ? "BP119"
                                                                   : "BP111";
}

// The policy that lets on what the list permits.
uint32_t policy_of(Context& context, const Attached& list) {
  Policy policy{fmt::format("{} {}", list.word, list.name), {}, list.range};
  Act next = decide(Decision::next_policy, list.range);
  auto let_on = [&](Condition condition) {
    policy.clauses.push_back({"(permit)", {act(If{std::move(condition), {next}, {}}, list.range)}, list.range, {}});
  };
  if (!context.defined(list.kind, list.name)) {
    bool denies = context.dialect() == Dialect::frr;
    context.diagnostics().warning(
        undefined_code(list.kind), list.range, fmt::format("{} `{}` is not defined", list.word, list.name),
        denies ? "it rejects everything" : "whether it rejects or accepts everything is not documented");
    if (!denies) let_on(context.reading("undefined-filter", "permit", list.range));
  } else if ((list.kind == Kind::access_list || list.kind == Kind::access_list6) &&
             is_empty(context, list.kind, list.name)) {
    let_on(empty_access_list(context, list.name, list.range));
  } else if (list.kind != Kind::as_path_list && is_empty(context, list.kind, list.name)) {
    // N2, F3: an empty prefix list permits; on EOS nobody says.
    let_on(context.dialect() == Dialect::eos ? context.reading("empty-prefix-list", "everything", list.range)
                                             : always(list.range));
  } else {
    let_on(permits(context, list));
  }
  policy.clauses.push_back({"(deny)", {decide(Decision::reject, list.range)}, list.range, {}});
  return context.add(std::move(policy));
}

bool is_change(const Act& each);

bool changes_alone(const Body& body) {
  return std::ranges::all_of(body, [](const Act& each) {
    const auto* flag = std::get_if<SetFlag>(&each.is);
    return is_change(each) || (flag != nullptr && (flag->flag == kNextHopSet || flag->flag == kMetricHidden));
  });
}

bool is_change(const Act& each) {
  return visit_with(
      each.is, [](const If& branch) { return changes_alone(branch.then) && changes_alone(branch.otherwise); },
      [](const Disposition&) { return false; }, [](const DecideByDefault&) { return false; },
      [](const SetDefault&) { return false; }, [](const Call&) { return false; }, [](const SetFlag&) { return false; },
      [](const SetNumber&) { return true; }, [](const SetOrigin&) { return true; },
      [](const SetNextHop&) { return true; }, [](const SetRpki&) { return true; },
      [](const AddCommunities&) { return true; }, [](const DeleteCommunities&) { return true; },
      [](const KeepCommunities&) { return true; }, [](const ReplaceCommunities&) { return true; },
      [](const PrependAsns&) { return true; }, [](const PrependFirst&) { return true; },
      [](const RemovePrivate&) { return true; }, [](const ReplaceAsn&) { return true; },
      [](const RemoveAsns&) { return true; }, [](const ReplacePath&) { return true; },
      [](const Havoc&) { return false; }, [](const NoEffect&) { return false; });
}

// A copy of a route map that decides but changes nothing, as FRR runs it on reflected routes. nullopt: something behind
// a change could see it, or another map is called, so that leaving the changes out would not be the same.
class Unchanging {
 public:
  explicit Unchanging(const Policy& from) : policy_(from) {
    for (Clause& clause : policy_.clauses) strip(clause.body);
  }
  std::optional<Policy> take() { return possible_ ? std::optional(std::move(policy_)) : std::nullopt; }

 private:
  void strip(Body& body) {
    bool changes = std::any_of(body.begin(), body.end(), is_change);
    bool ends = !body.empty() && std::holds_alternative<Disposition>(body.back().is) &&
                !goes_on(std::get<Disposition>(body.back().is));
    if (changes && !ends) possible_ = false;
    if (changes)
      for (const Act& each : body)
        if (std::holds_alternative<If>(each.is) || std::holds_alternative<Havoc>(each.is)) possible_ = false;
    std::erase_if(body, [](const Act& each) {
      const auto* flag = std::get_if<SetFlag>(&each.is);
      return is_change(each) || (flag != nullptr && (flag->flag == kNextHopSet || flag->flag == kMetricHidden));
    });
    for (Act& each : body) {
      if (auto* branch = std::get_if<If>(&each.is)) {
        strip(branch->then);
        strip(branch->otherwise);
      }
      if (std::holds_alternative<Call>(each.is)) possible_ = false;
    }
  }

  static bool goes_on(const Disposition& disposition) {
    return disposition.decision != Decision::accept && disposition.decision != Decision::reject;
  }

  Policy policy_;
  bool possible_ = true;
};

bool changes_path(const PolicyLibrary& library, uint32_t index) {
  bool found = false;
  walk(library.policies[index].clauses, [&](const Act& each) {
    const auto* call = std::get_if<Call>(&each.is);
    const auto* havoc = std::get_if<Havoc>(&each.is);
    found = found || std::holds_alternative<PrependAsns>(each.is) || std::holds_alternative<PrependFirst>(each.is) ||
            std::holds_alternative<RemovePrivate>(each.is) || std::holds_alternative<ReplaceAsn>(each.is) ||
            std::holds_alternative<RemoveAsns>(each.is) || std::holds_alternative<ReplacePath>(each.is) ||
            (havoc != nullptr && havoc->touches.as_path) || (call != nullptr && changes_path(library, call->policy));
  });
  return found;
}

// Whether it matters that the metric of a route is still there while the map is run.
bool reads_metric(const PolicyLibrary& library, uint32_t index) {
  bool found = false;
  walk(library.policies[index].clauses, [&](const Act& each) {
    for (const Condition* condition : conditions_of(each))
      walk(*condition, [&](const Condition& part) {
        const auto* number = std::get_if<NumberIn>(&part.is);
        found = found || (number != nullptr && number->number == Number::med);
      });
    const auto* set = std::get_if<SetNumber>(&each.is);
    const auto* call = std::get_if<Call>(&each.is);
    bool relative = set != nullptr && set->number == Number::med &&
                    (set->how == SetNumber::How::add || set->how == SetNumber::How::subtract);
    found = found || relative || (call != nullptr && reads_metric(library, call->policy));
  });
  return found;
}

Act call(uint32_t policy, SourceRange range) { return act(Call{Call::As::chain, policy, 0, nullptr}, range); }

// F8: a reflector's route map decides about reflected routes but does not change them, unless a line allows it.
Act call_on_reflector(Context& context, const BgpScope& scope, const SessionSetup& setup, uint32_t policy,
                      SourceRange range) {
  bool reflects = context.dialect() == Dialect::frr && !setup.session.external && !setup.confederated;
  if (!reflects || scope.said({"route-reflector", "allow-outbound-policy"})) return call(policy, range);
  Condition reflected{RouteTypeIs{RouteType::internal}, range};
  Body instead;
  if (auto copy = Unchanging(context.library().policies[policy]).take())
    instead = {call(context.add(std::move(*copy)), range)};
  else
    instead = {context.havoc(range, "a route map with call or on-match on reflected routes")};
  return act(If{std::move(reflected), std::move(instead), {call(policy, range)}}, range);
}

}  // namespace

Body test_route_map(Context& context, const std::string& name, SourceRange use, FlagId flag) {
  auto undecided = std::make_shared<const Condition>(never(use));
  return {act(Call{Call::As::test, context.policy(name, use), flag, undecided}, use)};
}

Clause Filters::passed() const {
  std::vector<SourceRange> lines;
  for (const Clause& list : lists) lines.push_back(list.range);
  return {fmt::format("{}", fmt::join(names, ", ")), {decide(Decision::accept, lines.back())}, lines.back(), lines};
}

Filters lower_filters(Context& context, const BgpScope& scope, const SessionSetup& setup, bool import) {
  const char* direction = import ? "in" : "out";
  Filters filters;
  const Knob* map = setup.levels.find("route-map", direction);
  if (map != nullptr && map->size() < 3) map = nullptr;
  std::optional<uint32_t> policy;
  if (map != nullptr) policy = context.policy(map->word(1), map->range());
  filters.reads_metric = policy && reads_metric(context.library(), *policy);
  // IOS puts the route map in front of the filter list on import, which matters where it changes the path.
  bool map_first = import && policy && context.dialect() != Dialect::frr && changes_path(context.library(), *policy);
  auto note = [&](const std::string& name, SourceRange range) {
    filters.names.push_back(name);
    filters.range = filters.range.known() ? cover(filters.range, range) : range;
  };
  std::optional<Act> of_paths;
  for (const char* word : {"distribute-list", "prefix-list", "filter-list"}) {
    auto list = attached(setup, word, direction);
    if (!list) continue;
    std::string name = fmt::format("{} {}", list->word, list->name);
    note(name, list->range);
    Act run = call(policy_of(context, *list), list->range);
    if (list->kind == Kind::as_path_list && map_first) {
      of_paths = run;
      run = act(If{context.reading("filter-list-in", "before-route-map", list->range), {run}, {}}, list->range);
    }
    filters.lists.push_back(one(name, std::move(run)));
  }
  if (const Knob* rcf = setup.levels.find("rcf", direction)) {
    note(std::string(rcf->word(1)), rcf->range());
    filters.map = Filters::Map::defined;
    filters.route_map.push_back(one(std::string(rcf->word(1)), context.havoc(rcf->range(), rcf->text())));
  }
  if (map == nullptr) return filters;
  std::string name(map->word(1));
  SourceRange range = map->range();
  note(name, range);
  filters.map = context.has_policy(name) ? Filters::Map::defined : Filters::Map::undefined;
  if (of_paths) {
    FlagId permitted = context.new_flag();
    Body behind = test_route_map(context, name, range, permitted);
    behind.push_back(act(If{not_({FlagIsSet{permitted}, range}, range), {decide(Decision::reject, range)}, {}}, range));
    behind.push_back(*of_paths);
    behind.push_back(decide(Decision::accept, range));
    filters.route_map.push_back(one(
        name,
        act(If{context.reading("filter-list-in", "after-route-map", range), std::move(behind), {call(*policy, range)}},
            range)));
    return filters;
  }
  Act run = import ? call(*policy, range) : call_on_reflector(context, scope, setup, *policy, range);
  filters.route_map.push_back(one(name, std::move(run)));
  return filters;
}

}  // namespace bgproof::routemap
