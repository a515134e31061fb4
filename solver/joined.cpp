#include "solver/joined.h"

#include <algorithm>

namespace bgproof {

namespace {

Effect joined(Effect a, Effect b) {
  if (a == b || b == Effect::equal) return a;
  if (a == Effect::equal) return b;
  for (Effect all : {Effect::incomparable, Effect::unknown})
    if (a == all || b == all) return all;
  if (a == Effect::changed) return b;
  return b == Effect::changed ? a : Effect::incomparable;
}

}  // namespace

void join(DiffResult& result, DiffResult more) {
  result.effect = joined(result.effect, more.effect);
  result.attributes_changed |= more.attributes_changed;
  result.undecided |= more.undecided;
  for (DiffFinding& finding : more.findings) {
    auto is_told = [&](const DiffFinding& told) { return told.id == finding.id; };
    if (std::ranges::none_of(result.findings, is_told)) result.findings.push_back(std::move(finding));
  }
  for (std::string& assumption : more.assumptions)
    if (std::ranges::find(result.assumptions, assumption) == result.assumptions.end())
      result.assumptions.push_back(std::move(assumption));
  if (result.reason != more.reason && !more.reason.empty())
    result.reason += (result.reason.empty() ? "" : "; ") + more.reason;
}

}  // namespace bgproof
