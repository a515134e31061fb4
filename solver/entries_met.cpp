#include "solver/entries_met.h"

#include "policy/prefix_list.h"

namespace bgproof {

namespace {

void add_entry(const PrefixIn& in, const Prefix& prefix, std::vector<SourceRange>& into) {
  const PrefixEntry* met = deciding_entry(*in.list, prefix);
  if (met && in.slots.contains(met->slot) && met->range.known()) into.push_back(met->range);
}

void add_entries(const Condition& condition, const Route& route, std::vector<SourceRange>& into) {
  if (const auto* all = std::get_if<All>(&condition.is))
    for (const Condition& each : all->of) add_entries(each, route, into);
  if (const auto* any = std::get_if<Any>(&condition.is))
    for (const Condition& each : any->of) add_entries(each, route, into);
  if (const auto* in = std::get_if<PrefixIn>(&condition.is)) add_entry(*in, route.prefix, into);
}

}  // namespace

std::vector<SourceRange> entries_met(const Condition& condition, const Route& route) {
  std::vector<SourceRange> found;
  add_entries(condition, route, found);
  return found;
}

}  // namespace bgproof
