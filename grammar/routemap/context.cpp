#include "grammar/routemap/context.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "grammar/routemap/policy.h"
#include "grammar/routemap/values.h"
#include "policy/assumption.h"

namespace bgproof::routemap {

namespace {

constexpr size_t kDeepestCall = 10;  // FRR's limit for `call`

struct Defined {
  Kind kind;
  size_t name;  // which word
};

// What a line of the outermost level defines.
std::optional<Defined> defined_by(const Line& line) {
  std::string_view first = line.word(0), second = line.word(1), third = line.word(2);
  bool ip = first == "ip", ipv6 = first == "ipv6", bgp = first == "bgp";
  bool typed = third == "standard" || third == "expanded" || third == "extended" || third == "regexp";
  size_t name = typed ? 3 : 2;
  if (first == "route-map") return third == "optimization" ? std::nullopt : std::optional(Defined{Kind::route_map, 1});
  if (first == "access-list") return Defined{Kind::access_list, 1};
  if ((ip || ipv6) && second == "prefix-list") {
    if (third == "sequence-number" && line.size() == 3) return std::nullopt;
    return Defined{ip ? Kind::prefix_list : Kind::prefix_list6, 2};
  }
  if ((ip || ipv6) && second == "access-list") return Defined{ip ? Kind::access_list : Kind::access_list6, name};
  if ((ip || bgp) && second == "community-list") return Defined{Kind::community_list, name};
  if ((ip || bgp) && second == "large-community-list") return Defined{Kind::large_community_list, name};
  if ((ip || bgp) && second == "extcommunity-list") return Defined{Kind::extcommunity_list, name};
  if ((ip || bgp) && second == "as-path" && third == "access-list") return Defined{Kind::as_path_list, 3};
  return std::nullopt;
}

bool names(const Line& line, std::string_view word) {
  bool named = std::ranges::find(line.words, word, &Word::text) != line.words.end();
  return named || std::ranges::any_of(line.children, [&](const Line& child) { return names(child, word); });
}

// IOS, EOS and FRR below or in `router bgp`, NX-OS outside: `bgp asnotation dot`, `bgp asn notation asdot`,
// `as-notation dot+`, `as-format asdot`.
bool says_asdot(const Line& line) {
  if (line.negated) return false;
  constexpr std::array<std::string_view, 4> kNotations = {"asnotation", "notation", "as-notation", "as-format"};
  for (size_t i = 0; i + 1 < line.size(); ++i) {
    bool names = std::ranges::find(kNotations, line.word(i)) != kNotations.end();
    if (names && (line.word(i + 1).starts_with("dot") || line.word(i + 1).starts_with("asdot"))) return true;
  }
  return line.begins({"router", "bgp"}) && std::ranges::any_of(line.children, says_asdot);
}

bool is_bgp_list(Kind kind) {
  return kind == Kind::community_list || kind == Kind::large_community_list || kind == Kind::as_path_list;
}

}  // namespace

std::string_view to_string(Kind kind) {
  constexpr std::array<std::string_view, 9> kNames = {
      "route-map",      "prefix-list",          "ipv6 prefix-list",  "access-list",        "ipv6 access-list",
      "community-list", "large-community-list", "extcommunity-list", "as-path access-list"};
  return kNames[static_cast<size_t>(kind)];
}

Act act(Act::Is is, SourceRange range) { return {std::move(is), range}; }
Act decide(Decision decision, SourceRange range) { return {Disposition{decision, 0}, range}; }
Condition condition(Condition::Is is, SourceRange range) { return {std::move(is), range}; }

Context::Context(const Config& config, PolicyLibrary& library, Diagnostics& diagnostics)
    : config_(config), library_(library), diagnostics_(diagnostics) {
  lost_ = config.lost;
  if (std::optional<SaidVersion> said = dialect() == Dialect::frr ? routemap::frr_version(config) : std::nullopt)
    frr_version_ = said->version;
  refuses_ip_lists_ = frr_version_ && frr_version_->first >= 8;
  for (const Line& line : config.lines) {
    if (line.begins({"router", "bgp"})) {
      std::optional<Asn> own = asn_of(line.word(2));
      if (!local_as_) local_as_ = own;
      has_one_as_ &= own == local_as_ && !names(line, "local-as");
      hollows_paths_ |=
          dialect() == Dialect::frr && (names(line, "remove-private-AS") || names(line, "remove-private-as"));
    }
    if (line.begins({"ip", "bgp-community", "new-format"})) new_community_format_ = !line.negated;
    if (line.begins({"rpki"})) has_rpki_block_ = !line.negated;
    if (line.word(0) == "route-map" && line.word(2) == "optimization" && line.negated &&
        line.standing == Standing::taken)
      not_optimized_.emplace(line.word(1));
    writes_asdot_ |= says_asdot(line);
    define(line);
  }
  std::set<std::string_view> seen;
  for (const Line& line : config.lines) {
    if (line.word(0) != "route-map" || line.word(2) == "optimization") continue;
    if (defined(Kind::route_map, line.word(1)) && seen.insert(line.word(1)).second)
      policy_names_.emplace_back(line.word(1));
  }
}

void Context::define(const Line& line) {
  if (line.standing == Standing::refused)
    refused(line.range, fmt::format("bgpd refuses `{}{}`", line.negated ? "no " : "", line.rest(0)));
  if (line.standing != Standing::taken) return;
  std::optional<Defined> found = defined_by(line);
  if (!found || line.size() <= found->name) return;
  if (refuses_ip_lists_ && line.word(0) == "ip" && is_bgp_list(found->kind)) {
    if (!line.negated) refused(line.range, fmt::format("bgpd takes `bgp {}` alone from version 8 on", line.word(1)));
    return;
  }
  Definitions& all = definitions_[static_cast<size_t>(found->kind)];
  auto known = all.find(line.word(found->name));
  // `no` with the name alone: what was said before is gone.
  if (line.negated && line.size() == found->name + 1) {
    if (known != all.end()) all.erase(known);
    return;
  }
  if (known == all.end()) known = all.emplace(std::string(line.word(found->name)), std::vector<const Line*>{}).first;
  known->second.push_back(&line);
}

const std::vector<const Line*>& Context::definitions(Kind kind, std::string_view name) const {
  static const std::vector<const Line*> kNone;
  const Definitions& all = definitions_[static_cast<size_t>(kind)];
  auto found = all.find(name);
  return found == all.end() ? kNone : found->second;
}

std::vector<ListDefinition> Context::lists() const {
  std::vector<ListDefinition> lists;
  for (size_t kind = 0; kind < definitions_.size(); ++kind)
    for (const auto& [name, lines] : definitions_[kind])
      if (static_cast<Kind>(kind) != Kind::route_map && defined(static_cast<Kind>(kind), name))
        lists.push_back({std::string(to_string(static_cast<Kind>(kind))), name, lines.front()->range});
  return lists;
}

bool Context::defined(Kind kind, std::string_view name) const {
  const auto& lines = definitions(kind, name);
  return std::any_of(lines.begin(), lines.end(), [](const Line* line) { return !line->negated; });
}

ChoiceId Context::choice(SourceRange range, const std::string& text, bool environment) {
  auto [known, fresh] = choices_.try_emplace({range, text}, static_cast<uint32_t>(library_.unmodelled.size()));
  if (fresh) library_.unmodelled.push_back({range, text, environment});
  return {known->second};
}

Condition Context::unmodelled(SourceRange range, const std::string& text) {
  diagnostics_.note("BP117", range, text + " is not modelled");
  return {Unmodelled{choice(range, text, false)}, range};
}

Act Context::havoc(SourceRange range, const std::string& text, AttributeSet touches, bool may_decide) {
  diagnostics_.note("BP117", range, text + " is not modelled");
  return {Havoc{choice(range, text, false), touches, may_decide}, range};
}

std::vector<Act> Context::open_line(SourceRange range, const std::string& text, AttributeSet touches, bool may_decide) {
  std::vector<Act> body;
  auto perhaps = [&](const char* what, FlagId flag, Condition value) {
    Condition holds{Unmodelled{choice(range, fmt::format("{} of {}", what, text), false)}, range};
    body.push_back({If{std::move(holds), {{SetFlag{flag, std::move(value)}, range}}, {}}, range});
  };
  if (touches.next_hop) perhaps("next hop", kNextHopSet, always(range));
  if (touches.numbers[static_cast<size_t>(Number::med)]) perhaps("metric", kMetricHidden, never(range));
  body.push_back(havoc(range, text, touches, may_decide));
  return body;
}

Condition Context::given_by_network(SourceRange range, const std::string& text) {
  return {Unmodelled{choice(range, text, true)}, range};
}

Act Context::changed_by_network(SourceRange range, const std::string& text, AttributeSet touches) {
  return {Havoc{choice(range, text, true), touches, false}, range};
}

Act Context::number_of_network(SourceRange range, const std::string& text, Number number) {
  return changed_by_network(range, text, AttributeSet::only(number));
}

Condition Context::reading(std::string_view name, std::string_view value, SourceRange range) const {
  std::string full = fmt::format("{}.{}", to_string(dialect()), name);
  const Assumption* assumption = find_assumption(full);
  BGPROOF_CHECK(assumption, "assumptions are in the table: " + full);
  bool possible = std::ranges::find(assumption->values, value) != assumption->values.end();
  BGPROOF_CHECK(possible, "readings are in the table: " + full);
  return {AssumptionIs{std::move(full), std::string(value)}, range};
}

void Context::refused(SourceRange range, const std::string& why) {
  diagnostics_.warning("BP116", range, why, "has no effect");
}

uint32_t Context::add(Policy policy) {
  library_.policies.push_back(std::move(policy));
  return static_cast<uint32_t>(library_.policies.size() - 1);
}

uint32_t Context::free_policy(const std::string& name, SourceRange range, const std::string& why) {
  return add({name, {{"(unknown)", {havoc(range, why)}, range, {}}}, range});
}

bool Context::has_policy(std::string_view route_map) const {
  if (!defined(Kind::route_map, route_map)) return false;
  std::set<uint32_t> left;
  for (const Line* head : definitions(Kind::route_map, route_map)) {
    std::optional<uint32_t> number;
    for (size_t i = 2; i < head->size() && !number; ++i) number = number_of(head->word(i));
    if (!head->negated)
      left.insert(number.value_or(0));
    else if (number)
      left.erase(*number);
  }
  return !left.empty();
}

uint32_t Context::policy(std::string_view name, SourceRange use) {
  auto known = policies_.find(name);
  if (known != policies_.end()) return known->second;
  std::string owned(name);
  if (!has_policy(name)) {
    bool accepts = dialect() == Dialect::eos;
    diagnostics_.warning("BP118", use, fmt::format("route-map {} is not defined", name),
                         accepts ? "accepts every route unchanged" : "rejects every route");
    Act decision = decide(accepts ? Decision::accept : Decision::reject, use);
    uint32_t index = add({owned, {{"(undefined)", {std::move(decision)}, use, {}}}, use});
    return policies_[owned] = index;
  }
  if (under_way_.contains(name) || under_way_.size() > kDeepestCall) {
    std::string why =
        fmt::format("route-map {} {}", name, under_way_.contains(name) ? "calls itself" : "is called too deep");
    diagnostics_.warning("BP115", use, why, "this call is a free choice");
    return free_policy(owned, use, why);
  }
  under_way_.insert(owned);
  Policy lowered = lower_policy(*this, owned);
  under_way_.erase(owned);
  Unrolled::Size size = unrolled_.of(library_, lowered);
  if (size.calls > kMostCalls || size.depth > kDeepestCall) {
    std::string why = fmt::format("route-map {} {}", name,
                                  size.depth > kDeepestCall ? "calls others too deep" : "runs too many others");
    diagnostics_.warning("BP115", use, why, "it is a free choice");
    return policies_[owned] = free_policy(owned, use, why);
  }
  uint32_t index = add(std::move(lowered));
  return policies_[owned] = index;
}

}  // namespace bgproof::routemap
