#include "grammar/routemap/bgp_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grammar/routemap/bgp_forms.h"
#include "grammar/routemap/vrf_leaks.h"

namespace bgproof::routemap {

namespace {

// The families that a neighbor exchanges, unicast and others.
class Families {
 public:
  Families(const BgpScope& scope, const Peer& peer) : scope_(scope), peer_(peer) {}

  bool exchanges(Family family, const Levels& levels) const {
    if (scope_.dialect == Dialect::nxos) return levels.has_family();
    if (scope_.dialect == Dialect::frr) return exchanges_on_frr(family, levels);
    if (const Knob* said = levels.spoken("activate")) return !said->negated();
    bool ipv6 = family == Family::ipv6;
    // In a VRF of IOS the family in which a neighbor stands is its family.
    if (scope_.dialect == Dialect::ios && !scope_.instance->vrf.empty())
      return peer_.families.contains(ipv6 ? kUnicast6 : kUnicast4);
    // What counts is the default when the neighbor or its group was made; where a later line says otherwise, or it is
    // not known which of them counts, a session too many is checked.
    std::vector<std::optional<Knob>> defaults = {scope_.knob({"default", ipv6 ? "ipv6-unicast" : "ipv4-unicast"}),
                                                 default_of(peer_, family)};
    for (const Peer* parent : levels.parents()) defaults.push_back(default_of(*parent, family));
    auto address = neighbor_address(peer_.name, scope_.dialect);
    bool transport = scope_.dialect == Dialect::eos && !ipv6 && address && address->family == Family::ipv6;
    return std::ranges::any_of(defaults, [&](const std::optional<Knob>& knob) {
      if (transport) return knob && !knob->negated() && knob->has("transport");
      return knob ? !knob->negated() : !ipv6;
    });
  }

  // Families that are not checked, as written.
  std::vector<std::string> others() const {
    std::set<std::string> names;
    for (const auto& [name, knobs] : scope_.instance->families) names.insert(name);
    for (const auto& [name, knobs] : peer_.families) names.insert(name);
    std::vector<std::string> result;
    for (const std::string& name : names) {
      if (name == kUnicast4 || name == kUnicast6) continue;
      Levels levels(*scope_.bgp, *scope_.instance, peer_, name, scope_.dialect);
      const Knob* said = levels.find("activate");
      if (scope_.dialect == Dialect::nxos ? levels.has_family() : said != nullptr) result.push_back(name);
    }
    // Of FRR: `bgp default l2vpn-evpn`, wherever it stands.
    if (scope_.dialect == Dialect::frr)
      for (Knob knob : scope_.instance->knobs) {
        if (knob.word(0) == "bgp") ++knob.first;
        size_t dash = knob.word(1).find('-');
        bool is_default = knob.word(0) == "default" && !knob.negated() && dash != std::string_view::npos;
        if (!is_default) continue;
        std::string name = std::string(knob.word(1)).replace(dash, 1, " ");
        bool checked = name == kUnicast4 || name == kUnicast6 || !is_family(name);
        if (!checked && std::ranges::find(result, name) == result.end()) result.push_back(name);
      }
    return result;
  }

 private:
  static std::optional<Knob> default_of(const Peer& peer, Family family) {
    return family == Family::ipv6 ? peer.default6 : peer.default4;
  }

  // bgpd, line by line: a neighbor or group begins with what is the default when it is made; a neighbor that joins a
  // group takes what the group is; a line of the group that changes something changes it for all members.
  bool exchanges_on_frr(Family family, const Levels& levels) const {
    std::string_view name = family == Family::ipv6 ? kUnicast6 : kUnicast4;
    const Peer* group = levels.parents().empty() ? nullptr : levels.parents().front();
    auto begins_with = [&](const Peer& peer) {
      std::optional<Knob> knob = default_of(peer, family);
      return knob ? !knob->negated() : family == Family::ipv4;
    };
    enum class Of : uint8_t { neighbor, joining, of_group };
    std::map<uint32_t, std::pair<Of, bool>> lines;  // by place
    auto gather = [&](const Knobs& knobs, std::string_view word, Of of) {
      for (const Knob& each : knobs)
        if (each.word(0) == word && !each.odd) lines[each.line->range.begin] = {of, !each.negated()};
    };
    auto gather_family = [&](const Peer& peer, Of of) {
      if (auto found = peer.families.find(name); found != peer.families.end()) gather(found->second, "activate", of);
    };
    gather_family(peer_, Of::neighbor);
    if (group != nullptr) {
      gather(peer_.session, "peer-group", Of::joining);
      gather_family(*group, Of::of_group);
    }
    bool state = begins_with(peer_), theirs = group != nullptr && begins_with(*group), joined = false;
    for (const auto& [place, line] : lines) {
      const auto& [of, on] = line;
      if (of == Of::neighbor) state = on;
      if (of == Of::joining && !joined) {
        state = theirs;
        joined = true;
      }
      if (of == Of::of_group && on != theirs) {
        theirs = on;
        if (joined) state = on;
      }
    }
    return state;
  }

  const BgpScope& scope_;
  const Peer& peer_;
};

// On FRR the AS that a group has is that of its members, whatever they say.
const Knob* remote_as_of(const BgpScope& scope, const Levels& levels) {
  if (scope.dialect == Dialect::frr)
    for (const Peer* parent : levels.parents())
      for (auto each = parent->session.rbegin(); each != parent->session.rend(); ++each)
        if (each->word(0) == "remote-as" && !each->negated()) return &*each;
  return levels.find("remote-as");
}

// True if two AS numbers are those of members of one confederation.
bool is_member(const BgpScope& scope, Asn asn) { return scope.confederation && scope.members.count(asn) != 0; }

void read_kind(Context& context, const BgpScope& scope, const Peer& peer, SessionSetup& setup) {
  Session& session = setup.session;
  session.local_as = scope.instance->asn;
  bool own_as = false;
  if (const Knob* local = setup.levels.find("local-as"))
    if (auto asn = asn_of(local->word(1))) {
      session.local_as = asn;
      own_as = true;
    }
  setup.kind_at = peer.range;
  const Knob* remote = remote_as_of(scope, setup.levels);
  std::string_view who = remote == nullptr ? std::string_view() : remote->word(1);
  if (remote != nullptr) {
    setup.kind_at = remote->range();
    session.remote_as = asn_of(who);
    // One of several.
    if (remote->has("alternate-as")) session.remote_as.reset();
  }
  if (who == "internal") session.remote_as = session.local_as;
  if (who == "internal" || (session.remote_as && session.remote_as == session.local_as)) {
    session.external = false;
    return;
  }
  if (session.remote_as && is_member(scope, *session.remote_as)) {
    session.external = false;
    setup.confederated = true;
    return;
  }
  if (!own_as && scope.confederation) session.local_as = scope.confederation;
  if (who.empty())
    context.diagnostics().warning("BP116", peer.range, fmt::format("neighbor {} has no remote-as", peer.name),
                                  "it is taken as external");
  else if (!session.remote_as && who != "external" && !remote->has("alternate-as"))
    context.diagnostics().warning("BP116", remote->range(),
                                  fmt::format("`{}` does not say whether the session is external", remote->text()),
                                  "it is taken as external");
}

// bgpd makes neighbors shut down while `bgp default shutdown` is said, and those of a range when they come; a `no` line
// of their own opens them.
bool is_made_shut(const BgpScope& scope, const Peer& peer) {
  if (scope.dialect != Dialect::frr) return false;
  if (peer.kind == Peer::Kind::range) return scope.said({"default", "shutdown"}).has_value();
  bool speaks = std::ranges::any_of(peer.session, [](const Knob& knob) { return knob.word(0) == "shutdown"; });
  return !speaks && peer.default_shutdown && !peer.default_shutdown->negated();
}

bool is_shut(const BgpScope& scope, const Peer& peer) {
  if (is_made_shut(scope, peer)) return true;
  Levels levels(*scope.bgp, *scope.instance, peer, "", scope.dialect);
  const Knob* said = levels.find("shutdown");
  return said != nullptr && takes_down(*said, scope.dialect);
}

SessionSetup make_setup(Context& context, const BgpScope& scope, const Peer& peer, Levels levels) {
  SessionSetup setup;
  setup.levels = std::move(levels);
  Session& session = setup.session;
  session.instance = scope.instance->vrf;
  session.neighbor = peer.name;
  session.address = neighbor_address(peer.name, scope.dialect);
  session.group = setup.levels.parents().empty() ? "" : setup.levels.parents().front()->name;
  session.range = peer.range;
  if (const Knob* description = setup.levels.find("description"))
    session.description = description->line->rest(description->first + 1);
  if (peer.kind == Peer::Kind::unknown)
    context.diagnostics().warning("BP122", peer.range,
                                  fmt::format("`{}` is neither an address nor a peer group that is defined", peer.name),
                                  "it is taken as a neighbor");
  read_kind(context, scope, peer, setup);
  setup.client = !session.external && !setup.confederated && setup.levels.find("route-reflector-client") != nullptr;
  return setup;
}

}  // namespace

std::optional<Knob> BgpScope::knob(std::initializer_list<std::string_view> words, std::string_view family) const {
  if (auto found = instance->families.find(family); found != instance->families.end())
    if (auto knob = last_of(found->second, words)) return knob;
  if (auto knob = last_of(instance->knobs, words)) return knob;
  // What a VRF of the same process does not say it has from the process, but where the VRF is a process (FRR).
  const BgpInstance* main = bgp->default_instance();
  if (main == nullptr || main == instance || dialect == Dialect::frr) return std::nullopt;
  return last_of(main->knobs, words);
}

std::optional<Knob> BgpScope::said(std::initializer_list<std::string_view> words, std::string_view family) const {
  std::optional<Knob> found = knob(words, family);
  return found && found->negated() ? std::nullopt : found;
}

BgpScope scope_of(const Config& config, const BgpConfig& bgp, const BgpInstance& instance) {
  BgpScope scope;
  scope.bgp = &bgp;
  scope.instance = &instance;
  scope.dialect = config.dialect;
  if (config.dialect == Dialect::ios || config.dialect == Dialect::nxos)
    scope.leaked_into = may_be_leaked_into(config, instance.vrf);
  for (const Line& line : config.lines)
    if (!line.negated && line.begins({"frr", "defaults", "datacenter"})) scope.datacenter = line.range;
  if (std::optional<SaidVersion> said = frr_version(config)) {
    scope.frr_version = said->version;
    scope.frr_version_at = said->at;
  }
  if (auto identifier = scope.said({"confederation", "identifier"})) scope.confederation = asn_of(identifier->word(2));
  auto read = [&](const Knobs& knobs) {
    for (Knob knob : knobs) {
      if (knob.word(0) == "bgp") ++knob.first;
      if (knob.odd || knob.word(0) != "confederation" || knob.word(1) != "peers") continue;
      for (size_t i = 2; i < knob.size(); ++i)
        if (auto asn = asn_of(knob.word(i))) {
          if (knob.negated())
            scope.members.erase(*asn);
          else
            scope.members.insert(*asn);
        }
    }
  };
  read(instance.knobs);
  if (const BgpInstance* main = bgp.default_instance();
      main != nullptr && main != &instance && scope.dialect != Dialect::frr)
    read(main->knobs);
  return scope;
}

std::vector<SessionSetup> find_sessions(Context& context, const BgpScope& scope) {
  std::vector<SessionSetup> setups;
  if (auto said = scope.said({"shutdown"}); said && takes_down(*said, scope.dialect)) return setups;
  for (const Peer& peer : scope.instance->peers) {
    if (peer.kind == Peer::Kind::group || is_shut(scope, peer)) continue;
    Families families(scope, peer);
    std::vector<std::string> others = families.others();
    size_t before = setups.size();
    for (Family family : {Family::ipv4, Family::ipv6}) {
      std::string_view name = family == Family::ipv4 ? kUnicast4 : kUnicast6;
      Levels levels(*scope.bgp, *scope.instance, peer, name, scope.dialect);
      if (!families.exchanges(family, levels)) continue;
      SessionSetup setup = make_setup(context, scope, peer, std::move(levels));
      setup.family = family;
      setup.session.families = {family};
      setups.push_back(std::move(setup));
    }
    // A session without a unicast family is there all the same: it is not checked.
    if (setups.size() == before)
      setups.push_back(make_setup(context, scope, peer, Levels(*scope.bgp, *scope.instance, peer, "", scope.dialect)));
    setups[before].session.other_families = std::move(others);
  }
  return setups;
}

}  // namespace bgproof::routemap
