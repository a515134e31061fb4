#include "intents/obligation.h"

#include <algorithm>

#include "policy/as_path.h"

namespace bgproof {
namespace {

bool within(const std::vector<NumberRange>& ranges, uint32_t value) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const NumberRange& range) { return range.contains(value); });
}

// Whether `after` is one ASN, some number of times within `times`, in front of `before`.
bool is_prepended(const AsPath& before, const AsPath& after, const NumberRange& times) {
  if (times.contains(0) && before == after) return true;
  if (after.segments.empty() || after.segments[0].kind != AsSegment::Kind::sequence) return false;
  Asn asn = after.segments[0].asns[0];
  size_t most = after.segments[0].asns.size();
  for (size_t count = 1; count <= most; ++count) {
    if (after.segments[0].asns[count - 1] != asn) return false;
    if (count < times.low) continue;
    if (count > times.high) return false;
    AsPath made = before;
    prepend(made, std::vector<Asn>(count, asn));
    if (made == after) return true;
  }
  return false;
}

bool has_private(const AsPath& path) {
  for (const AsSegment& segment : path.segments) {
    if (std::any_of(segment.asns.begin(), segment.asns.end(), is_private)) return true;
  }
  return false;
}

bool holds_next_hop(const NextHopObligation& wanted, const Route& before, const Route& after) {
  const NextHop& hop = after.next_hop;
  switch (wanted.which) {
    case NextHopObligation::Which::self:
      return hop.kind == NextHop::Kind::self ||
             (hop.kind == NextHop::Kind::address && wanted.own.contains(hop.address));
    case NextHopObligation::Which::peer:
      return hop.kind == NextHop::Kind::peer ||
             (hop.kind == NextHop::Kind::address && wanted.neighbor && hop.address == *wanted.neighbor);
    case NextHopObligation::Which::unchanged:
      return hop == before.next_hop;
  }
  return false;
}

bool is_unchanged(UnchangedObligation::What what, const Route& before, const Route& after) {
  switch (what) {
    case UnchangedObligation::What::path:
      return before.as_path == after.as_path;
    case UnchangedObligation::What::next_hop:
      return before.next_hop == after.next_hop;
    case UnchangedObligation::What::med:
      return before[Number::med] == after[Number::med];
    case UnchangedObligation::What::local_pref:
      return before[Number::local_pref] == after[Number::local_pref];
    case UnchangedObligation::What::communities:
      return before.communities == after.communities;
    case UnchangedObligation::What::origin:
      return before.origin == after.origin;
    case UnchangedObligation::What::otc:
      return before[Number::otc] == after[Number::otc];
  }
  return false;
}

struct Holds {
  const Route& before;
  const Route& after;

  bool operator()(const StripObligation& o) const {
    return std::none_of(after.communities.begin(), after.communities.end(),
                        [&](const Community& c) { return contains(o.set, c); });
  }
  bool operator()(const KeepObligation& o) const {
    return std::all_of(before.communities.begin(), before.communities.end(),
                       [&](const Community& c) { return !contains(o.set, c) || after.communities.contains(c); });
  }
  bool operator()(const AddObligation& o) const {
    return std::all_of(o.communities.begin(), o.communities.end(),
                       [&](const Community& c) { return after.communities.contains(c); });
  }
  bool operator()(const OnlyObligation& o) const {
    return std::all_of(after.communities.begin(), after.communities.end(),
                       [&](const Community& c) { return !o.kinds.contains(c.kind) || contains(o.set, c); });
  }
  bool operator()(const NumberObligation& o) const { return after[o.number] && within(o.ranges, *after[o.number]); }
  bool operator()(const PrependObligation& o) const { return is_prepended(before.as_path, after.as_path, o.times); }
  bool operator()(const NoPrivateAsObligation&) const { return !has_private(after.as_path); }
  bool operator()(const NextHopObligation& o) const { return holds_next_hop(o, before, after); }
  bool operator()(const UnchangedObligation& o) const {
    return std::all_of(o.what.begin(), o.what.end(), [&](auto what) { return is_unchanged(what, before, after); });
  }
};

}  // namespace

bool holds(const Obligation& obligation, const Route& before, const Route& after) {
  return std::visit(Holds{before, after}, obligation.is);
}

}  // namespace bgproof
