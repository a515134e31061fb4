// What actions do to a concrete route.
#include <fmt/format.h>

#include <algorithm>

#include "policy/evaluate_parts.h"

namespace bgproof {
namespace {

uint32_t saturated(int64_t value) { return static_cast<uint32_t>(std::clamp<int64_t>(value, 0, UINT32_MAX)); }

bool is_set(const AsSegment& segment) {
  return segment.kind == AsSegment::Kind::set || segment.kind == AsSegment::Kind::confed_set;
}

// One pass over the path from the left that removes or replaces private ASNs.
class PrivateRemoval {
 public:
  explicit PrivateRemoval(const RemovePrivate& action) : action_(action) {}

  bool removes(Asn asn) const { return is_private(asn) && asn != action_.spare; }

  bool removes_all(const AsSegment& segment) const {
    return std::all_of(segment.asns.begin(), segment.asns.end(), [&](Asn asn) { return removes(asn); });
  }

  void run(AsPath& path) {
    for (AsSegment& segment : path.segments) {
      if (stopped_) break;
      if (is_set(segment))
        in_set(segment);
      else
        in_sequence(segment);
    }
    normalize(path);
  }

 private:
  bool leading() const { return action_.which == RemovePrivate::Which::leading; }

  std::optional<Asn> replacement() const {
    if (action_.nearest && nearest_public_) return nearest_public_;
    return action_.replacement;
  }

  void put(Asn asn, std::vector<Asn>& into) const {
    if (!removes(asn))
      into.push_back(asn);
    else if (std::optional<Asn> instead = replacement())
      into.push_back(*instead);
  }

  void in_set(AsSegment& set) {
    if (leading() && !removes_all(set)) {
      stopped_ = true;
      return;
    }
    std::vector<Asn> kept;
    for (Asn asn : set.asns) put(asn, kept);
    set.asns = std::move(kept);
  }

  void in_sequence(AsSegment& sequence) {
    std::vector<Asn> kept;
    for (Asn asn : sequence.asns) {
      if (!removes(asn)) {
        nearest_public_ = asn;
        if (leading()) stopped_ = true;
      }
      if (stopped_)
        kept.push_back(asn);
      else
        put(asn, kept);
    }
    sequence.asns = std::move(kept);
  }

  const RemovePrivate& action_;
  std::optional<Asn> nearest_public_;
  bool stopped_ = false;
};

std::string number_text(const std::optional<uint32_t>& number) { return number ? std::to_string(*number) : "none"; }

bool contains(const std::vector<NumberRange>& ranges, Asn asn) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const NumberRange& range) { return range.contains(asn); });
}

// Runs a change of the path without what stands apart, which comes in front again; or with it, as a part of the path.
template <class Change>
void change_path(Route& route, size_t& apart, bool behind, Change change) {
  std::vector<Asn> front;
  if (behind && apart != 0) {
    std::vector<Asn>& first = route.as_path.segments.front().asns;
    auto end = first.begin() + static_cast<std::ptrdiff_t>(apart);
    front.assign(first.begin(), end);
    first.erase(first.begin(), end);
    normalize(route.as_path);
  }
  change(route.as_path);
  prepend(route.as_path, front);
  apart = front.size();
}

std::string path_text(const AsPath& path) { return path.empty() ? "empty" : to_string(path); }

}  // namespace

void apply(const SetNumber& action, Route& route) {
  std::optional<uint32_t>& number = route[action.number];
  int64_t before = number.value_or(action.base);
  switch (action.how) {
    case SetNumber::How::assign:
      number = action.value;
      break;
    case SetNumber::How::add:
      number = saturated(before + action.value);
      break;
    case SetNumber::How::subtract:
      number = saturated(before - action.value);
      break;
    case SetNumber::How::unset:
      number.reset();
      break;
  }
}

void apply(const SetOrigin& action, Route& route) { route.origin = action.origin; }
void apply(const SetNextHop& action, Route& route) { route.next_hop = action.next_hop; }
void apply(const SetRpki& action, Route& route) { route.rpki = action.state; }

void apply(const AddCommunities& action, Route& route) {
  route.communities.insert(action.communities.begin(), action.communities.end());
}

void apply(const DeleteCommunities& action, Route& route) {
  std::erase_if(route.communities, [&](const Community& community) { return contains(action.set, community); });
}

void apply(const KeepCommunities& action, Route& route) {
  std::erase_if(route.communities, [&](const Community& community) { return !contains(action.set, community); });
}

void apply(const ReplaceCommunities& action, Route& route) {
  std::erase_if(route.communities, [&](const Community& community) { return action.kinds.contains(community.kind); });
  route.communities.insert(action.communities.begin(), action.communities.end());
}

void apply(const PrependAsns& action, Route& route, size_t& apart) {
  if (action.where == PrependAsns::Where::apart) {
    prepend(route.as_path, action.asns);
    apart += action.asns.size();
    return;
  }
  bool behind = action.where == PrependAsns::Where::behind;
  change_path(route, apart, behind, [&](AsPath& path) { prepend(path, action.asns); });
}

void apply(const PrependFirst& action, Route& route, size_t& apart) {
  change_path(route, apart, action.behind, [&](AsPath& path) {
    std::optional<Asn> first = first_asn(path);
    if (first) prepend(path, std::vector<Asn>(action.times, *first));
  });
}

void apply(const RemovePrivate& action, Route& route, size_t& apart) {
  change_path(route, apart, action.behind, [&](AsPath& path) {
    PrivateRemoval removal(action);
    bool another = std::any_of(path.segments.begin(), path.segments.end(),
                               [&](const AsSegment& segment) { return !removal.removes_all(segment); });
    if (action.which != RemovePrivate::Which::if_all || !another) removal.run(path);
  });
}

// Number by number: as many stand apart as before.
void apply(const ReplaceAsn& action, Route& route, size_t&) {
  for (AsSegment& segment : route.as_path.segments)
    for (Asn& asn : segment.asns)
      if (contains(action.which, asn)) asn = action.with;
  normalize(route.as_path);
}

void apply(const RemoveAsns& action, Route& route, size_t& apart) {
  for (AsSegment& segment : route.as_path.segments)
    std::erase_if(segment.asns, [&](Asn asn) { return contains(action.which, asn); });
  normalize(route.as_path);
  apart = 0;
}

void apply(const ReplacePath& action, Route& route, size_t& apart) {
  route.as_path = path_of(action.asns);
  apart = 0;
}

void take_touched(const AttributeSet& touches, const Route& from, Route& route) {
  if (touches.as_path) route.as_path = from.as_path;
  if (touches.origin) route.origin = from.origin;
  if (touches.next_hop) route.next_hop = from.next_hop;
  if (touches.communities) route.communities = from.communities;
  if (touches.rpki) route.rpki = from.rpki;
  for (size_t number = 0; number < touches.numbers.size(); ++number)
    if (touches.numbers[number]) route.numbers[number] = from.numbers[number];
}

std::vector<std::string> changes(const Route& before, const Route& after) {
  std::vector<std::string> texts;
  auto add = [&](std::string_view name, std::string_view from, std::string_view to) {
    if (from != to) texts.push_back(fmt::format("{} {} -> {}", name, from, to));
  };
  add("as-path", path_text(before.as_path), path_text(after.as_path));
  add("origin", to_string(before.origin), to_string(after.origin));
  add("next-hop", to_string(before.next_hop), to_string(after.next_hop));
  for (const Community& community : before.communities)
    if (!after.communities.contains(community)) texts.push_back("communities - " + to_string(community));
  for (const Community& community : after.communities)
    if (!before.communities.contains(community)) texts.push_back("communities + " + to_string(community));
  for (const NumberInfo& number : kNumbers)
    add(number.name, number_text(before[number.number]), number_text(after[number.number]));
  add("rpki", to_string(before.rpki), to_string(after.rpki));
  return texts;
}

}  // namespace bgproof
