#include "grammar/routemap/bgp_missing_policy.h"

#include <fmt/format.h>

#include "grammar/routemap/bgp_programs.h"

namespace bgproof::routemap {

namespace {

struct Said {
  std::optional<Knob> knob;
  bool of_process = false;            // for a session of a VRF
  std::optional<Knob> taken_back_by;  // a `no` line in front of it, whose effect is not known
};

// The last line of a level that speaks of the direction, without the word `bgp`.
std::optional<Knob> last_of(const Knobs& knobs, std::string_view direction) {
  for (auto each = knobs.rbegin(); each != knobs.rend(); ++each) {
    Knob bare = *each;
    if (bare.word(0) == "bgp") ++bare.first;
    if (bare.odd || bare.word(0) != "missing-policy") continue;
    std::string_view of = bare.after("direction");
    if (of == direction || (bare.negated() && of.empty())) return bare;
  }
  return std::nullopt;
}

Said said(const BgpScope& scope, const SessionSetup& setup, std::string_view direction) {
  Said result;
  auto look = [&](const Knobs& knobs, bool of_process) {
    if (result.knob) return;
    std::optional<Knob> found = last_of(knobs, direction);
    if (!found) return;
    if (!found->negated()) {
      result.knob = found;
      result.of_process = of_process;
    } else if (!found->defaulted() && !result.taken_back_by) {
      result.taken_back_by = found;
    }
  };
  auto look_at = [&](const BgpInstance& instance, bool of_process) {
    if (auto family = instance.families.find(setup.family_name()); family != instance.families.end())
      look(family->second, of_process);
    look(instance.knobs, of_process);
  };
  for (const Knobs* level : setup.levels.levels()) look(*level, false);
  look_at(*scope.instance, false);
  const BgpInstance* main = scope.bgp->default_instance();
  if (main != nullptr && main != scope.instance) look_at(*main, true);
  return result;
}

// Whether the direction has no policy; nullopt if it has one.
std::optional<Condition> lacks(Context& context, const Filters& filters, SourceRange at) {
  switch (filters.map) {
    case Filters::Map::defined:
      return std::nullopt;
    case Filters::Map::undefined:
      return context.reading("missing-policy-undefined", "missing", at);
    case Filters::Map::none:
      return filters.any() ? context.reading("missing-policy-lists", "missing", at) : always(at);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Clause> missing_policy(Context& context, const BgpScope& scope, const SessionSetup& setup, bool import,
                                   const Filters& in, const Filters& out) {
  if (scope.dialect != Dialect::eos) return {};
  std::vector<Clause> clauses;
  for (bool of_import : {import, !import}) {
    Said line = said(scope, setup, of_import ? "in" : "out");
    if (!line.knob) continue;
    SourceRange at = line.knob->range();
    std::string text = line.knob->text();
    std::string_view action = line.knob->after("action");
    bool closes = of_import == import ? action != "permit" : action == "deny-in-out";
    std::vector<Condition> all;
    if (!setup.session.external) all.push_back(context.reading("missing-policy-internal", "closed", at));
    if (line.of_process) all.push_back(context.reading("missing-policy-vrf", "inherited", at));
    if (line.taken_back_by)
      all.push_back(context.unmodelled(line.taken_back_by->range(), "no " + line.taken_back_by->text()));
    std::optional<Condition> missing = lacks(context, of_import ? in : out, at);
    bool widened = line.knob->has("include") && !missing;
    if (widened && (closes || of_import == import)) {
      // The map is there; whether something that it refers to is missing decides.
      Body body = {context.havoc(at, fmt::format("`{}`: what it includes", text), AttributeSet{}, true)};
      clauses.push_back(one("(missing-policy)", act(If{all_of(std::move(all), at), std::move(body), {}}, at)));
    }
    if (!missing || !closes) continue;
    all.push_back(std::move(*missing));
    clauses.push_back(
        one("(missing-policy)", act(If{all_of(std::move(all), at), {decide(Decision::reject, at)}, {}}, at)));
  }
  return clauses;
}

}  // namespace bgproof::routemap
