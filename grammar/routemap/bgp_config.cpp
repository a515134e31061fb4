#include "grammar/routemap/bgp_config.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/address.h"

namespace bgproof::routemap {

namespace {

// What IOS and FRR say of a neighbor by family; anything else is about the session as a whole.
constexpr std::array<std::string_view, 39> kOfFamily = {"accept-own",
                                                        "activate",
                                                        "additional-paths",
                                                        "addpath-tx-all-paths",
                                                        "addpath-tx-best-selected",
                                                        "addpath-tx-bestpath-per-AS",
                                                        "advertise",
                                                        "advertise-map",
                                                        "advertisement-interval",
                                                        "aigp",
                                                        "allowas-in",
                                                        "as-override",
                                                        "attribute-unchanged",
                                                        "dampening",
                                                        "default-originate",
                                                        "disable-addpath-rx",
                                                        "distribute-list",
                                                        "dmzlink-bw",
                                                        "filter-list",
                                                        "internal-vpn-client",
                                                        "maximum-prefix",
                                                        "maximum-prefix-out",
                                                        "next-hop-self",
                                                        "next-hop-unchanged",
                                                        "nexthop-local",
                                                        "prefix-list",
                                                        "remove-private-AS",
                                                        "remove-private-as",
                                                        "route-map",
                                                        "route-reflector-client",
                                                        "route-server-client",
                                                        "send-community",
                                                        "send-label",
                                                        "slow-peer",
                                                        "soft-reconfiguration",
                                                        "soo",
                                                        "translate-update",
                                                        "unsuppress-map",
                                                        "weight"};
// What a process says of a family outside of one.
constexpr std::array<std::string_view, 14> kOfProcess = {
    "aggregate-address", "auto-summary",     "default-information",   "default-metric",
    "distance",          "distribute-list",  "maximum-paths",         "neighbor",
    "network",           "redistribute",     "redistribute-internal", "synchronization",
    "table-map",         "suppress-inactive"};

template <class Table>
bool is_in(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

bool is_of_family(const Knob& knob) {
  if (knob.word(0) == "capability") return knob.word(1) == "orf";
  if (knob.word(0) == "inherit") return knob.word(1) == "peer-policy";
  return is_in(kOfFamily, knob.word(0));
}

struct FamilyHead {
  FamilyName family;
  std::string vrf;
};

// `address-family ipv4 unicast vrf V`: its family without the word that says nothing, and its VRF.
FamilyHead head_of(const Line& line) {
  FamilyHead head;
  for (size_t i = 1; i < line.size(); ++i) {
    if (line.word(i) == "vrf") {
      head.vrf = line.word(i + 1);
      break;
    }
    if (!head.family.empty()) head.family += ' ';
    head.family += line.word(i);
  }
  if (head.family == "ipv4" || head.family == "ipv6") head.family += " unicast";
  return head;
}

class Reader {
 public:
  explicit Reader(const Config& config) : dialect_(config.dialect) {}

  void process(const Line& line) {
    std::string vrf;
    for (size_t i = 3; i + 1 < line.size(); ++i)
      if (line.word(i) == "vrf" || line.word(i) == "view") vrf = line.word(i + 1);
    BgpInstance& here = instance(vrf);
    if (!here.range.known()) here.range = line.range;
    here.asn = asn_of(line.word(2));
    level(line, vrf);
  }

  BgpConfig take() {
    // What the VRFs of one process do not say they have from it.
    for (BgpInstance& each : result_.instances)
      if (!each.asn && result_.default_instance() != nullptr) each.asn = result_.default_instance()->asn;
    for (BgpInstance& each : result_.instances) {
      std::erase_if(each.peers, [](const Peer& peer) { return peer.removed; });
      for (Peer& peer : each.peers) peer.kind = kind_of(peer);
    }
    return std::move(result_);
  }

 private:
  // References do not outlive the next call.
  BgpInstance& instance(const std::string& vrf) {
    for (BgpInstance& each : result_.instances)
      if (each.vrf == vrf) return each;
    result_.instances.push_back({vrf, std::nullopt, {}, {}, {}, {}});
    return result_.instances.back();
  }

  Peer& peer(const std::string& vrf, std::string_view name, SourceRange range) {
    std::vector<Peer>& peers = instance(vrf).peers;
    auto [known, fresh] = places_.try_emplace({vrf, std::string(name)}, peers.size());
    if (fresh) peers.push_back({Peer::Kind::neighbor, std::string(name), {}, {}, range});
    return peers[known->second];
  }

  // What stands in a process or in its `vrf` block.
  void level(const Line& holder, const std::string& vrf) {
    for (const Line& line : holder.children) {
      if (line.begins({"address-family"}) && !line.negated) {
        family(line, vrf);
      } else if (line.begins({"vrf"}) && line.size() > 1) {
        if (line.negated) continue;
        std::string name(line.word(1));
        if (!instance(name).range.known()) instance(name).range = line.range;
        level(line, name);
      } else if (line.begins({"template"}) && line.size() > 2) {
        if (!line.negated) templated(line);
      } else if (line.begins({"neighbor"}) && line.size() > 1) {
        neighbor(line, vrf, "");
      } else {
        process_knob(line, vrf);
      }
    }
  }

  void family(const Line& block, const std::string& outer) {
    FamilyHead head = head_of(block);
    std::string vrf = head.vrf.empty() ? outer : head.vrf;
    if (!instance(vrf).range.known()) instance(vrf).range = block.range;
    instance(vrf).families[head.family];
    for (const Line& line : block.children) {
      if (line.begins({"neighbor"}) && line.size() > 1)
        neighbor(line, vrf, head.family);
      else if (line.begins({"bgp", "listen", "range"}))
        listen(line, vrf);
      else
        instance(vrf).families[head.family].push_back({&line, 0});
    }
  }

  void process_knob(const Line& line, const std::string& vrf) {
    if (line.begins({"bgp", "listen", "range"})) return listen(line, vrf);
    if (line.begins({"local-as"}) && !line.negated && !vrf.empty() && dialect_ != Dialect::frr)
      if (auto asn = asn_of(line.word(1))) instance(vrf).asn = asn;
    bool by_family = is_in(kOfProcess, line.word(0)) && (dialect_ == Dialect::ios || dialect_ == Dialect::frr);
    if (by_family)
      instance(vrf).families[FamilyName(kUnicast4)].push_back({&line, 0});
    else
      instance(vrf).knobs.push_back({&line, 0});
  }

  // `bgp listen range P peer-group G [remote-as N]`: a neighbor of many addresses.
  void listen(const Line& line, const std::string& vrf) {
    size_t at = 3;
    while (at < line.size() && !parse_prefix(line.word(at))) ++at;
    if (at >= line.size()) {
      instance(vrf).knobs.push_back({&line, 0});
      return;
    }
    Peer& range = peer(vrf, line.word(at), line.range);
    for (size_t i = at + 1; i < line.size(); ++i)
      if (line.word(i) == "peer-group" || line.word(i) == "peer" || line.word(i) == "remote-as" ||
          line.word(i) == "peer-filter")
        range.session.push_back({&line, i});
  }

  void neighbor(const Line& line, const std::string& vrf, const FamilyName& family) {
    // EOS: `neighbor interface Ethernet1 peer-group G remote-as N`.
    bool unnumbered = dialect_ == Dialect::eos && line.word(1) == "interface" && line.size() > 2;
    size_t name = unnumbered ? 2 : 1;
    if (line.negated && line.size() == name + 1) return remove(vrf, line.word(name), family);
    Peer& here = peer(vrf, line.word(name), line.range);
    if (unnumbered) here.session.push_back({&line, 1});
    if (!family.empty()) here.families[family];
    if (line.size() > name + 1) knob(here, {&line, name + 1}, family);
    for (const Line& child : line.children) {
      if (child.begins({"address-family"}) && !child.negated) {
        FamilyHead head = head_of(child);
        here.families[head.family];
        for (const Line& below : child.children) here.families[head.family].push_back({&below, 0});
      } else {
        here.session.push_back({&child, 0});
      }
    }
  }

  void knob(Peer& peer, Knob knob, const FamilyName& family) {
    // The further words of `interface v6only remote-as external`, `peer-group G remote-as N` are knobs of their own.
    if (knob.word(0) == "interface" || dialect_ == Dialect::eos)
      for (size_t i = 1; i < knob.size(); ++i)
        if (knob.word(i) == "remote-as" || knob.word(i) == "peer-group")
          peer.session.push_back({knob.line, knob.first + i});
    bool of_family = dialect_ == Dialect::eos ? !family.empty() : is_of_family(knob);
    if (of_family)
      peer.families[family.empty() ? FamilyName(kUnicast4) : family].push_back(knob);
    else
      peer.session.push_back(knob);
  }

  void remove(const std::string& vrf, std::string_view name, const FamilyName& family) {
    auto known = places_.find({vrf, std::string(name)});
    if (known == places_.end()) return;
    Peer& gone = instance(vrf).peers[known->second];
    if (!family.empty()) {
      gone.families.erase(family);
      return;
    }
    gone.removed = true;
    places_.erase(known);
  }

  void templated(const Line& block) {
    Peer made;
    made.kind = Peer::Kind::group;
    made.name = block.word(2);
    made.range = block.range;
    for (const Line& child : block.children) {
      if (child.begins({"address-family"}) && !child.negated) {
        FamilyName name = head_of(child).family;
        made.families[name];
        for (const Line& below : child.children) made.families[name].push_back({&below, 0});
      } else {
        made.session.push_back({&child, 0});
      }
    }
    for (Peer& each : result_.templates)
      if (each.name == made.name) {
        each.session.insert(each.session.end(), made.session.begin(), made.session.end());
        for (auto& [family, knobs] : made.families)
          each.families[family].insert(each.families[family].end(), knobs.begin(), knobs.end());
        return;
      }
    result_.templates.push_back(std::move(made));
  }

  Peer::Kind kind_of(const Peer& peer) const {
    if (parse_address(peer.name)) return Peer::Kind::neighbor;
    if (parse_prefix(peer.name)) return Peer::Kind::range;
    for (const Knob& knob : peer.session)
      if (knob.word(0) == "interface") return Peer::Kind::interface;
    return dialect_ == Dialect::nxos ? Peer::Kind::interface : Peer::Kind::group;
  }

  Dialect dialect_;
  BgpConfig result_;
  std::map<std::pair<std::string, std::string>, size_t> places_;  // of peers, by VRF and name
};

}  // namespace

bool Knob::has(std::string_view word) const {
  for (size_t i = 1; i < size(); ++i)
    if (this->word(i) == word) return true;
  return false;
}

std::string_view Knob::after(std::string_view word) const {
  for (size_t i = 1; i + 1 < size(); ++i)
    if (this->word(i) == word) return this->word(i + 1);
  return {};
}

const BgpInstance* BgpConfig::default_instance() const {
  for (const BgpInstance& each : instances)
    if (each.vrf.empty()) return &each;
  return nullptr;
}

BgpConfig read_bgp(const Config& config) {
  Reader reader(config);
  for (const Line& line : config.lines)
    if (line.begins({"router", "bgp"}) && !line.negated) reader.process(line);
  return reader.take();
}

std::string_view group_of(const Knob& knob) {
  if (knob.word(0) == "peer-group") return knob.word(1);
  if (knob.word(0) == "peer" && knob.word(1) == "group") return knob.word(2);
  return {};
}

}  // namespace bgproof::routemap
