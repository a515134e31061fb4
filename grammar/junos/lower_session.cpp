#include <fmt/format.h>

#include <algorithm>

#include "grammar/junos/chain.h"
#include "grammar/junos/session.h"
#include "grammar/junos/tree.h"
#include "network/held_back.h"
#include "network/neighbors.h"
#include "policy/visit.h"

namespace bgproof::junos {

namespace {

// The unicast families of a session, and the others as written. A family statement replaces those of the levels above.
void read_families(const Levels& levels, Session& session, std::optional<Family> of_neighbor) {
  std::vector<Line> lines = levels.lines("family");
  for (const Line& line : lines) {
    bool v4 = line.word(1) == "inet", v6 = line.word(1) == "inet6";
    bool unicast = line.word(2) == "unicast" || line.word(2) == "any" || line.size() == 2;
    // What could not be read may be the family that counts.
    bool lost =
        std::any_of(line.words.begin(), line.words.end(), [](const Word* word) { return word->text == kUnreadable; });
    if (std::string_view("inet").starts_with(line.word(1)) && !v4) lost = true;
    if (lost && !v6) session.families.insert(Family::ipv4);
    if (lost && !v4) session.families.insert(Family::ipv6);
    if ((v4 || v6) && unicast) session.families.insert(v4 ? Family::ipv4 : Family::ipv6);
    std::string other;
    if ((v4 || v6) && line.word(2) == "any") other = line.word(1) + " multicast";
    if (!(v4 || v6) || !unicast) other = line.word(1) + (line.size() > 2 ? " " + line.word(2) : "");
    auto& others = session.other_families;
    if (!other.empty() && std::find(others.begin(), others.end(), other) == others.end()) others.push_back(other);
  }
  if (!lines.empty()) return;
  if (of_neighbor)
    session.families.insert(*of_neighbor);
  else
    session.families = {Family::ipv4, Family::ipv6};
}

std::optional<Asn> first_asn_of(const std::vector<Line>& lines, SourceRange& at) {
  for (const Line& line : lines)
    for (size_t i = 1; i < line.size(); ++i)
      if (auto asn = asn_of(line.word(i))) {
        at = line.range;
        return asn;
      }
  return std::nullopt;
}

// The session of the neighbor, or of the range of dynamic neighbors, that `text` names.
SessionSetup make_session(Context& context, const Instance& instance,
                          std::vector<std::shared_ptr<const SessionLevel>> levels, const Statement* group,
                          const std::string& text, SourceRange range, bool dynamic) {
  SessionSetup setup;
  setup.levels = Levels(std::move(levels));
  Session& session = setup.session;
  session.instance = instance.name;
  session.neighbor = text;
  session.group = group == nullptr ? "" : group->name();
  session.range = range;
  std::optional<Family> family;
  if (!dynamic) session.address = parse_address(text);
  if (session.address) family = session.address->family;
  if (auto prefix = parse_prefix(text, nullptr, true)) family = prefix->family;
  if (!dynamic && !session.address)
    context.diagnostics().warning("BP116", range, fmt::format("neighbor `{}` is not an address", text));
  for (const Line& line : setup.levels.lines("description")) session.description = line.text(1);

  SourceRange at;
  session.local_as = instance.local_as;
  setup.around = instance.tables.unknown;
  setup.kind_at = range;
  std::vector<Line> local_as = setup.levels.lines("local-as");
  auto own = first_asn_of(local_as, at);
  if (own) session.local_as = own;
  bool both = std::any_of(local_as.begin(), local_as.end(),
                          [](const Line& line) { return line.text().find(" alias") != std::string::npos; });
  session.remote_as = first_asn_of(setup.levels.lines("peer-as"), setup.peer_as_at);
  std::string type;
  for (const Line& line : setup.levels.lines("type")) {
    type = line.word(1);
    setup.kind_at = line.range;
  }
  bool own_peer =
      session.remote_as && (session.remote_as == session.local_as || (both && session.remote_as == instance.local_as));
  if (type == "internal" || (type.empty() && own_peer)) {
    session.external = false;
    if (!session.remote_as) session.remote_as = session.local_as;
  } else if (session.remote_as && instance.members.count(*session.remote_as) != 0) {
    session.external = false;
    setup.confederated = true;
  } else {
    // Towards the outside a confederation has one number.
    if (!own && instance.confederation) session.local_as = instance.confederation;
    if (type.empty() && !session.remote_as)
      context.diagnostics().warning("BP116", range, fmt::format("neighbor {} has neither a type nor a peer-as", text),
                                    "it is taken as external");
  }
  if (session.remote_as && (type.empty() || setup.confederated)) setup.kind_at = setup.peer_as_at;
  setup.client = !session.external && !setup.confederated && setup.levels.has("cluster");
  read_families(setup.levels, session, family);
  if (hides(setup, "family")) session.families = {Family::ipv4, Family::ipv6};
  return setup;
}

using LevelList = std::vector<std::shared_ptr<const SessionLevel>>;

// Ranges of `allow`, at the group itself and in dynamic-neighbor blocks. A block without a range has neighbors that are
// found in another way (`peer-auto-discovery`), and is a session of its own name.
void add_dynamic(Context& context, const Instance& instance, const Statement& holder, const Statement* group,
                 const LevelList& of_holder, std::vector<SessionSetup>& out) {
  auto add = [&](const Statement& of, const LevelList& levels) {
    size_t before = out.size();
    for (const Statement* allow : of.all("allow"))
      for (const Line& line : lines_of(*allow))
        for (const Word* word : line.words)
          out.push_back(make_session(context, instance, levels, group, word->text, word->range, true));
    return out.size() > before;
  };
  if (!Levels(of_holder).has("disable")) add(holder, of_holder);
  for (const Statement* dynamic : holder.all("dynamic-neighbor")) {
    LevelList levels = of_holder;
    levels.insert(levels.begin(), level_of(*dynamic));
    if (Levels(levels).has("disable") || add(*dynamic, levels)) continue;
    out.push_back(make_session(context, instance, levels, group, dynamic->name(), dynamic->head(), true));
  }
}

Fact fact(Condition::Is is, std::string text, SourceRange range) {
  return {condition(std::move(is), range), std::move(text), range};
}

// The unicast tables of the instance; inet.0 holds IPv4 and inet6.0 IPv6 routes.
Fact table_fact(const std::string& instance) {
  std::string front = instance.empty() ? "" : instance + ".";
  auto table = [&](Family family, const std::string& name) {
    return all_of({condition(FamilyIs{family}, {}), condition(RibIn{{front + name}}, {})});
  };
  Condition both = any_of({table(Family::ipv4, "inet.0"), table(Family::ipv6, "inet6.0")});
  return {std::move(both), fmt::format("routes of the session stand in {}inet.0 or {}inet6.0", front, front), {}};
}

// What another AS sends is ignored. Whether a policy sees none or the default of 100 is not known, so both are offered,
// also where the session gives a value, which is set in front of the policies.
Fact no_local_preference(const SessionSetup& setup) {
  SourceRange range = setup.kind_at;
  auto within = [&](uint32_t low, uint32_t high) {
    return condition(NumberIn{Number::local_pref, {{low, high}}}, range);
  };
  Condition none = any_of({not_(within(0, UINT32_MAX), range), within(100, 100)}, range);
  return {std::move(none), "no local preference is taken from another AS (RFC 4271, 5.1.5)", range};
}

bool is_kind_known(const SessionSetup& setup) {
  return !hides(setup, "type") && !hides(setup, "peer-as") && !hides(setup, "local-as");
}

std::vector<Fact> import_facts(const Instance& instance, const SessionSetup& setup) {
  const Session& session = setup.session;
  std::vector<Fact> facts;
  facts.push_back(fact(ProtocolIn{{Protocol::bgp}}, "routes from a neighbor are BGP routes", session.range));
  if (!setup.confederated && is_kind_known(setup))
    facts.push_back(fact(RouteTypeIs{session.external ? RouteType::external : RouteType::internal},
                         session.external ? "the session is external" : "the session is internal", setup.kind_at));
  if (session.address || parse_prefix(session.neighbor, nullptr, true))
    facts.push_back(
        fact(NeighborIn{neighbors_of({&session})},
             session.address ? "the routes come from this neighbor" : "the routes come from a neighbor of this range",
             session.range));
  // A rib-group offers them to the policies once for each of its tables.
  bool several = std::ranges::any_of(setup.levels.lines("family"), [](const Line& line) {
    return std::ranges::any_of(line.words, [](const Word* word) { return word->text == "rib-group"; });
  });
  if (!several && !hides(setup, "family")) facts.push_back(table_fact(instance.name));
  if (ignores_preference(setup)) facts.push_back(no_local_preference(setup));
  if (setup.levels.has("enforce-first-as") && session.remote_as && session.external) {
    AsPathRegex peer, any, rest, path;
    peer.kind = AsPathRegex::Kind::asns;
    peer.ranges = {{*session.remote_as, *session.remote_as}};
    any.kind = AsPathRegex::Kind::any_letter;
    rest.kind = AsPathRegex::Kind::repeat;
    rest.of = {any};
    path.kind = AsPathRegex::Kind::sequence;
    path.of = {peer, rest};
    facts.push_back(fact(AsPathMatches{path}, "enforce-first-as: the path begins with the neighbor's AS",
                         setup.levels.all("enforce-first-as").front()->range));
  }
  return facts;
}

// Of iBGP routes, which a session that is none of a client can be offered; nullopt: no rule keeps any back.
std::optional<Fact> reflected_alone(const Instance& instance, const SessionSetup& setup,
                                    const std::shared_ptr<const PrefixList>& clients) {
  // Between members of a confederation iBGP routes do pass, and what the members' own routes count as is not known.
  if (setup.session.external || setup.confederated || setup.client || !instance.members.empty()) return std::nullopt;
  if (hides(setup, "type") || hides(setup, "cluster")) return std::nullopt;
  Condition not_internal = not_(condition(RouteTypeIs{RouteType::internal}, setup.kind_at), setup.kind_at);
  if (!clients)
    return Fact{std::move(not_internal), "no iBGP route goes to an iBGP neighbor: this instance reflects none",
                setup.kind_at};
  return Fact{any_of({std::move(not_internal), condition(NeighborIn{clients}, setup.kind_at)}, setup.kind_at),
              "of iBGP routes only those of route reflector clients go to a neighbor that is none", setup.kind_at};
}

std::vector<Fact> export_facts(const Instance& instance, const SessionSetup& setup,
                               const std::shared_ptr<const PrefixList>& clients) {
  std::vector<Fact> facts;
  facts.push_back(table_fact(instance.name));
  if (instance.tables.takes_bgp) return facts;
  if (std::optional<Fact> reflected = reflected_alone(instance, setup, clients)) facts.push_back(std::move(*reflected));
  return facts;
}

// What the policies say that choose what is leaked, as one number: two states of the device leak the same only if it
// is.
uint64_t leaks_of(Context& context, const Instance& instance) {
  std::string said;
  std::set<uint32_t> met;
  std::vector<uint32_t> next;
  for (const std::string& name : instance.tables.taken_by) {
    said += name + "\n";
    if (!context.definitions(Kind::policy, name).empty()) next.push_back(context.policy(name, instance.bgp->head()));
  }
  while (!next.empty()) {
    uint32_t index = next.back();
    next.pop_back();
    if (!met.insert(index).second) continue;
    // No reference: what is lowered on the way adds to the library.
    const Policy policy = context.library().policies[index];
    said += policy.name + "\n";
    for (const Clause& clause : policy.clauses) said += to_string(clause, context.library()) + "\n";
    walk(policy.clauses, [&](const Act& each) {
      if (const auto* call = std::get_if<Call>(&each.is)) next.push_back(call->policy);
    });
  }
  uint64_t hash = 14695981039346656037u;
  for (unsigned char c : said) hash = (hash ^ c) * 1099511628211u;
  return hash;
}

// An iBGP route that no rule of reflection lets pass may have come from another instance or a VPN.
std::vector<Clause> leaked(Context& context, const Instance& instance, const SessionSetup& setup,
                           const std::shared_ptr<const PrefixList>& clients) {
  std::optional<Fact> reflected = reflected_alone(instance, setup, clients);
  if (!reflected || !instance.tables.takes_bgp) return {};
  SourceRange at = setup.kind_at;
  Condition other = context.given_by_network({}, "whether this iBGP announcement was leaked");
  Condition stays = all_of({not_(std::move(reflected->condition), at), not_(std::move(other), at)}, at);
  return {{"(iBGP)", {act(If{std::move(stays), {decide(Decision::reject, at)}, {}}, at)}, at, {}}};
}

// `defaults ebgp no-policy { receive reject; }`: what an external session without a policy does.
std::optional<Act> no_policy_default(const SessionSetup& setup, bool import) {
  if (!setup.session.external) return std::nullopt;
  for (const Line& line : setup.levels.lines("defaults"))
    for (size_t i = 1; i + 1 < line.size(); ++i)
      if (line.word(i) == (import ? "receive" : "advertise") && line.word(i + 1).rfind("reject", 0) == 0)
        return decide(Decision::reject, line.range);
  return std::nullopt;
}

// A policy may give a route what keeps it back; whether the device looks behind the policies nobody says.
void hold_back_what_is_added(Context& context, const SessionSetup& setup, Program& program) {
  if (setup.levels.has("route-server-client")) return;
  std::vector<std::pair<Community, FlagId>> flagged;
  for (const Community& each :
       added_by(program, context.library(), held_back(setup.session.external, setup.confederated)))
    flagged.emplace_back(each, context.new_flag());
  if (flagged.empty()) return;
  SourceRange at = setup.kind_at;
  HeldBack held = hold_back(flagged, condition(AssumptionIs{"junos.no-export", "after-policy"}, at), at);
  program.entry.insert(program.entry.begin(), Clause{"(no-export)", std::move(held.remember), at, {}});
  program.rewrite.insert(program.rewrite.begin(), Clause{"(no-export)", std::move(held.reject), at, {}});
}

Attachment attachment(Context& context, const SessionSetup& setup, bool import) {
  Attachment result;
  const char* keyword = import ? "import" : "export";
  std::vector<const Word*> words;
  for (const Line& line : setup.levels.lines(keyword)) {
    words.insert(words.end(), line.words.begin() + 1, line.words.end());
    result.range = result.range.known() ? cover(result.range, line.range) : line.range;
  }
  if (!import && context.tracks_prepends && adds_own_as(setup))
    result.program.entry.push_back(
        {"(own AS)", {act(SetFlag{kOwnAsAdded, always()}, setup.kind_at)}, setup.kind_at, {}});
  std::vector<Clause> front = unknown_knobs(context, setup, import);
  if (import)
    for (Clause& each : import_defaults(context, setup)) front.push_back(std::move(each));
  result.program.entry.insert(result.program.entry.end(), front.begin(), front.end());
  for (const ChainElement& element : lower_chain(context, words)) {
    result.policies.push_back(element.text);
    Act run = act(Call{Call::As::chain, element.policy, 0, nullptr}, element.range);
    result.program.entry.push_back({element.text, {std::move(run)}, element.range, {}});
  }
  Clause last = default_clause(import);
  if (result.policies.empty())
    if (auto rejects = no_policy_default(setup, import)) last.body = {*rejects};
  result.program.entry.push_back(std::move(last));
  result.program.rewrite = import ? import_rewriting(context, setup) : export_rewriting(context, setup);
  if (!import) hold_back_what_is_added(context, setup, result.program);
  return result;
}

}  // namespace

bool ignores_preference(const SessionSetup& setup) {
  return setup.session.external && !setup.confederated && is_kind_known(setup);
}

std::shared_ptr<const SessionLevel> level_of(const Statement& statement) {
  auto level = std::make_shared<SessionLevel>();
  for (const Statement& child : statement.children) {
    if (child.inactive || child.keyword() == "neighbor" || child.keyword() == "group") continue;
    level->by_keyword[child.keyword()].push_back(&child);
    level->knobs.push_back(&child);
  }
  return level;
}

const std::vector<const Statement*>& Levels::all(std::string_view keyword) const {
  static const std::vector<const Statement*> kNone;
  for (const auto& level : levels_)
    if (auto found = level->by_keyword.find(keyword); found != level->by_keyword.end()) return found->second;
  return kNone;
}

std::vector<Line> Levels::lines(std::string_view keyword) const {
  std::vector<Line> result;
  for (const Statement* statement : all(keyword)) {
    std::vector<Line> own = lines_of(*statement, 0);
    result.insert(result.end(), own.begin(), own.end());
  }
  return result;
}

Clause default_clause(bool import) {
  Condition otherwise = import ? always() : condition(ProtocolIn{{Protocol::bgp}}, {});
  return {"(default)", {act(DecideByDefault{std::move(otherwise)}, {})}, {}, {}};
}

std::vector<SessionSetup> find_sessions(Context& context, const Instance& instance) {
  std::vector<SessionSetup> sessions;
  LevelList of_bgp = {level_of(*instance.bgp)};
  auto add_neighbor = [&](const Statement& neighbor, LevelList levels, const Statement* group) {
    levels.insert(levels.begin(), level_of(neighbor));
    if (neighbor.words.size() < 2 || Levels(levels).has("disable")) return;
    sessions.push_back(
        make_session(context, instance, std::move(levels), group, neighbor.name(), neighbor.head(), false));
  };
  for (const Statement& child : instance.bgp->children) {
    if (child.inactive || child.words.size() < 2) continue;
    if (child.keyword() == "neighbor") add_neighbor(child, of_bgp, nullptr);
    if (child.keyword() != "group") continue;
    LevelList of_group = {level_of(child), of_bgp[0]};
    for (const Statement* neighbor : child.all("neighbor")) add_neighbor(*neighbor, of_group, &child);
    add_dynamic(context, instance, child, &child, of_group, sessions);
  }
  add_dynamic(context, instance, *instance.bgp, nullptr, of_bgp, sessions);
  return sessions;
}

void attach(Context& context, const Instance& instance, SessionSetup& setup,
            const std::shared_ptr<const PrefixList>& clients) {
  setup.session.outside = outside_of(context, instance, setup);
  if (instance.tables.takes_bgp)
    setup.session.outside.push_back({{}, fmt::format("what is leaked here ({:x})", leaks_of(context, instance))});
  setup.session.reflects = !setup.session.external && !setup.confederated && (setup.client || clients != nullptr);
  setup.session.import_from = attachment(context, setup, true);
  setup.session.import_from.facts = import_facts(instance, setup);
  setup.session.export_to = attachment(context, setup, false);
  std::vector<Clause>& entry = setup.session.export_to.program.entry;
  std::vector<Clause> front = leaked(context, instance, setup, clients);
  entry.insert(entry.begin(), front.begin(), front.end());
  setup.session.export_to.facts = export_facts(instance, setup, clients);
}

}  // namespace bgproof::junos
