#include "grammar/routemap/bgp_config.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "grammar/routemap/bgp_forms.h"
#include "grammar/routemap/bgp_frr.h"
#include "grammar/routemap/modes.h"
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

constexpr std::string_view kNoGroupYet = "bgpd knows no such peer group yet";
constexpr std::string_view kShutForAll = "bgpd takes it for one process or for all of them, not for both";
constexpr Lost kNoNumber = {{},
                            "does not say which AS it is",
                            "does not say which AS it is, so that it is not known whether what stands below it counts",
                            "write the number of the AS"};
constexpr Lost kOtherNumber = {
    {},
    "names another AS than the process before it",
    "names another AS than the process before it, so that it is not known which of them runs",
    "leave one process"};
constexpr Lost kCapitals = {{},
                            "is not written out",
                            "is written in capitals, so that it is not known what the device does",
                            "write the command as the device itself shows it"};
constexpr Lost kNoFamily = {
    {},
    "names no address family that is known",
    "names no address family that is known, so that it is not known of which one the lines below are",
    "correct the name of the family"};
constexpr Lost kTakesAway = {{},
                             "takes away what stands before it",
                             "takes away what stands before it, which is not modelled",
                             "leave out what is taken away"};
constexpr Lost kLeavesFamily = {
    {},
    "leaves the address family in which it stands",
    "leaves the address family in which it stands, so that the lines behind it are not of it",
    "write it in front of the address families"};

std::string lower(std::string_view word) {
  std::string text(word);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

bool opens_more(std::string_view word) {
  return word == "neighbor" || word == "address-family" || word == "vrf" || word == "template";
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
    std::optional<Asn> asn = asn_of(line.word(2));
    if (!asn) lose(kNoNumber, line);
    BgpInstance& here = instance(vrf);
    if (!here.range.known()) here.range = line.range;
    if (here.asn && asn && here.asn != asn) lose(kOtherNumber, line);
    here.asn = asn;
    frr_.start(vrf, asn);
    level(line, vrf);
  }

  // A `bgp` line of FRR in front of the processes or behind them: it counts for all.
  void of_all(const Line& line) {
    if (line.word(1) == "graceful-shutdown") {
      bool of_one = std::ranges::any_of(result_.instances, [](const BgpInstance& each) {
        auto last = last_of(each.knobs, {"graceful-shutdown"});
        return last && !last->negated();
      });
      if (of_one && !line.negated) return refuse(line, kShutForAll);
      all_shut_ = !line.negated;
    }
    result_.of_all.push_back({&line, 0});
  }

  // `no router bgp`.
  void undo(const Line& line) {
    if (!result_.instances.empty()) lose(kTakesAway, line);
  }

  BgpConfig take() {
    // What the VRFs of one process do not say they have from it.
    for (BgpInstance& each : result_.instances)
      if (!each.asn && result_.default_instance() != nullptr) each.asn = result_.default_instance()->asn;
    for (BgpInstance& each : result_.instances) {
      std::erase_if(each.peers, [](const Peer& peer) { return peer.removed; });
      for (const Peer& peer : each.peers)
        for (const Knob& knob : peer.session)
          if (std::string_view group = group_of(knob); !group.empty()) joined_.emplace(group);
    }
    for (BgpInstance& each : result_.instances)
      for (Peer& peer : each.peers) peer.kind = kind_of(peer);
    return std::move(result_);
  }

 private:
  // References do not outlive the next call.
  BgpInstance& instance(const std::string& vrf) {
    for (BgpInstance& each : result_.instances)
      if (each.vrf == vrf) return each;
    result_.instances.push_back({vrf, std::nullopt, {}, {}, {}, {}, {}});
    return result_.instances.back();
  }

  Peer& peer(const std::string& vrf, std::string_view name, SourceRange range) {
    std::vector<Peer>& peers = instance(vrf).peers;
    auto [known, fresh] = places_.try_emplace(place(vrf, name), peers.size());
    if (fresh) {
      Peer made;
      made.name = name;
      made.range = range;
      made.default4 = default_of(vrf, "ipv4-unicast");
      made.default6 = default_of(vrf, "ipv6-unicast");
      made.default_shutdown = default_of(vrf, "shutdown");
      peers.push_back(std::move(made));
    }
    return peers[known->second];
  }

  // An address in another spelling is the same neighbor.
  std::pair<std::string, std::string> place(const std::string& vrf, std::string_view name) const {
    auto address = neighbor_address(name, dialect_);
    size_t zone = name.find('%');
    if (!address) return {vrf, std::string(name)};
    return {vrf, to_string(*address) + (zone == std::string_view::npos ? "" : std::string(name.substr(zone)))};
  }

  // The last line `bgp default WORD` so far, of the VRF or of the process that it belongs to.
  std::optional<Knob> default_of(const std::string& vrf, std::string_view word) {
    std::optional<Knob> found = last_of(instance(vrf).knobs, {"default", word});
    const BgpInstance* main = result_.default_instance();
    return found || main == nullptr || dialect_ == Dialect::frr ? found : last_of(main->knobs, {"default", word});
  }

  Knob make(const Line& line, size_t first) const {
    Knob knob{&line, first};
    // A limit beside `shutdown`, not a form of it.
    if (dialect_ == Dialect::frr && knob.word(0) == "shutdown" && knob.word(1) == "rtt") ++knob.first;
    knob.odd = !well_formed(knob, dialect_);
    return knob;
  }

  Knob make_of_process(const Line& line) const {
    Knob knob{&line, 0};
    Knob bare{&line, size_t{line.word(0) == "bgp"}};
    knob.odd = !well_formed_of_process(bare, dialect_);
    return knob;
  }

  void lose(const Lost& how, const Line& line) {
    if (result_.lost) return;
    result_.lost = how;
    result_.lost->at = line.range;
  }

  void refuse(const Line& line, std::string_view why) { result_.refused.push_back({line.range, why}); }

  // What stands in a process or in its `vrf` block.
  void level(const Line& holder, const std::string& vrf) {
    for (const Line& line : holder.children) {
      if (line.begins({"address-family"}) && !line.negated) {
        family(line, vrf);
      } else if (line.begins({"vrf"}) && line.size() > 1) {
        std::string name(line.word(1));
        if (line.negated) {
          if (instance(name).range.known()) lose(kTakesAway, line);
          continue;
        }
        if (!instance(name).range.known()) instance(name).range = line.range;
        level(line, name);
      } else if (line.begins({"template"}) && line.size() > 2) {
        bool known =
            std::ranges::any_of(result_.templates, [&](const Peer& each) { return each.name == line.word(2); });
        if (line.negated && known) lose(kTakesAway, line);
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
    if (!is_family(head.family) || (head.vrf.empty() && block.word(block.size() - 1) == "vrf")) lose(kNoFamily, block);
    std::string vrf = head.vrf.empty() ? outer : head.vrf;
    if (!instance(vrf).range.known()) instance(vrf).range = block.range;
    instance(vrf).families[head.family];
    for (const Line& line : block.children) {
      bool leaves = dialect_ == Dialect::frr && leaves_family(words_of(line));
      if (leaves && &line != &block.children.back()) lose(kLeavesFamily, line);
      if (line.begins({"neighbor"}) && line.size() > 1 && !(dialect_ == Dialect::eos && line.word(1) == "default"))
        neighbor(line, vrf, head.family);
      else if (line.begins({"bgp", "listen", "range"}))
        listen(line, vrf);
      else if (leaves)
        process_knob(line, vrf);
      else
        instance(vrf).families[head.family].push_back(make_of_process(line));
    }
  }

  void process_knob(const Line& line, const std::string& vrf) {
    // `Neighbor` would make a session of its own.
    if (dialect_ != Dialect::frr && line.word(0) != lower(line.word(0)) && opens_more(lower(line.word(0))))
      lose(kCapitals, line);
    if (line.begins({"bgp", "listen", "range"})) return listen(line, vrf);
    if (all_shut_ && line.begins({"bgp", "graceful-shutdown"})) return refuse(line, kShutForAll);
    if (line.begins({"local-as"}) && !line.negated && !vrf.empty() && dialect_ != Dialect::frr)
      if (auto asn = asn_of(line.word(1))) instance(vrf).asn = asn;
    bool by_family = is_in(kOfProcess, line.word(0)) && (dialect_ == Dialect::ios || dialect_ == Dialect::frr);
    if (by_family)
      instance(vrf).families[FamilyName(kUnicast4)].push_back(make_of_process(line));
    else
      instance(vrf).knobs.push_back(make_of_process(line));
  }

  // `bgp listen range P peer-group G [remote-as N]`: a neighbor of many addresses.
  void listen(const Line& line, const std::string& vrf) {
    size_t at = 3;
    while (at < line.size() && !parse_prefix(line.word(at))) ++at;
    if (at >= line.size()) {
      instance(vrf).knobs.push_back(make_of_process(line));
      return;
    }
    std::string_view prefix = line.word(at);
    for (size_t i = at + 1; i < line.size(); ++i)
      if (line.word(i) == "peer-group" && dialect_ == Dialect::frr && !frr_.is_group(vrf, line.word(i + 1)))
        return refuse(line, kNoGroupYet);
    Peer& range = peer(vrf, prefix, line.range);
    for (size_t i = at + 1; i < line.size(); ++i)
      if (line.word(i) == "peer-group" || line.word(i) == "peer" || line.word(i) == "remote-as" ||
          line.word(i) == "peer-filter")
        range.session.push_back(make(line, i));
  }

  void neighbor(const Line& line, const std::string& vrf, const FamilyName& family) {
    if (dialect_ == Dialect::eos && line.word(1) == "default") return instance(vrf).defaults.push_back(make(line, 2));
    // EOS: `neighbor interface Ethernet1 peer-group G remote-as N`.
    bool unnumbered = dialect_ == Dialect::eos && line.word(1) == "interface" && line.size() > 2;
    size_t name = unnumbered ? 2 : 1;
    if (dialect_ == Dialect::frr) {
      Taken taken = frr_.take(line, vrf, !family.empty());
      if (taken.what == Taken::What::refused) return refuse(line, taken.why);
      if (taken.what == Taken::What::removes) return remove(vrf, line.word(1), "");
      if (taken.what == Taken::What::lost) return lose(kTakesAway, line);
      if (Knob knob = make(line, 2); knob.odd && is_strict(knob)) return refuse(line, "bgpd has no such command");
    }
    if (line.negated && line.size() == name + 1) return remove(vrf, line.word(name), family);
    if (line.negated && dialect_ == Dialect::ios && removes_on_ios(line, vrf)) return remove(vrf, line.word(name), "");
    Peer& here = peer(vrf, line.word(name), line.range);
    if (unnumbered) here.session.push_back({&line, 1});
    if (!family.empty()) here.families[family];
    if (line.size() > name + 1) knob(here, make(line, name + 1), vrf, family);
    for (const Line& child : line.children) {
      if (child.begins({"address-family"}) && !child.negated) {
        FamilyHead head = head_of(child);
        here.families[head.family];
        for (const Line& below : child.children) here.families[head.family].push_back(make(below, 0));
      } else {
        here.session.push_back(make(child, 0));
      }
    }
  }

  // Its pages: without its AS, and outside of the group that it was in, a neighbor is no more.
  bool removes_on_ios(const Line& line, const std::string& vrf) {
    if (line.word(2) != "remote-as" && line.word(2) != "peer-group") return false;
    bool of_group = line.size() == 3 && line.word(2) == "peer-group";
    if (!neighbor_address(line.word(1), dialect_) || of_group) {
      if (places_.contains(place(vrf, line.word(1)))) lose(kTakesAway, line);
      return false;
    }
    return true;
  }

  void knob(Peer& peer, const Knob& knob, const std::string& vrf, const FamilyName& family) {
    // The further words of `interface v6only remote-as external`, `peer-group G remote-as N` are knobs of their own.
    bool has_more = knob.word(0) == "interface" || dialect_ == Dialect::eos;
    for (size_t i = 1; has_more && i < knob.size(); ++i) {
      if (knob.word(i) != "remote-as" && knob.word(i) != "peer-group") continue;
      if (dialect_ == Dialect::frr && knob.word(i) == "peer-group" && !frr_.is_group(vrf, knob.word(i + 1)))
        refuse(*knob.line, kNoGroupYet);
      else
        peer.session.push_back(make(*knob.line, knob.first + i));
    }
    bool of_family = dialect_ == Dialect::eos ? !family.empty() : is_of_family(knob);
    if (of_family)
      peer.families[family.empty() ? FamilyName(kUnicast4) : family].push_back(knob);
    else
      peer.session.push_back(knob);
  }

  void remove(const std::string& vrf, std::string_view name, const FamilyName& family) {
    auto known = places_.find(place(vrf, name));
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
        for (const Line& below : child.children) made.families[name].push_back(make(below, 0));
      } else {
        made.session.push_back(make(child, 0));
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
    if (neighbor_address(peer.name, dialect_)) return Peer::Kind::neighbor;
    if (parse_prefix(peer.name)) return Peer::Kind::range;
    for (const Knob& knob : peer.session)
      if (knob.word(0) == "interface") return Peer::Kind::interface;
    if (dialect_ == Dialect::nxos) return Peer::Kind::interface;
    // bgpd takes nothing of what is neither.
    if (dialect_ == Dialect::frr || joined_.contains(peer.name)) return Peer::Kind::group;
    bool defined = std::ranges::any_of(peer.session, [](const Knob& knob) {
      return knob.size() == 1 ? knob.word(0) == "peer-group"
                              : knob.size() == 2 && knob.word(0) == "peer" && knob.word(1) == "group";
    });
    return defined ? Peer::Kind::group : Peer::Kind::unknown;
  }

  Dialect dialect_;
  BgpConfig result_;
  FrrNeighbors frr_;
  bool all_shut_ = false;                      // FRR: `bgp graceful-shutdown` outside of the processes
  std::set<std::string, std::less<>> joined_;  // names that a neighbor calls its group
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
    if (line.begins({"router", "bgp"}))
      line.negated ? reader.undo(line) : reader.process(line);
    else if (config.dialect == Dialect::frr && line.begins({"bgp"}) && !is_list_line(words_of(line)))
      reader.of_all(line);
  return reader.take();
}

std::optional<Knob> last_of(const Knobs& knobs, std::initializer_list<std::string_view> words) {
  for (auto each = knobs.rbegin(); each != knobs.rend(); ++each) {
    Knob bare = *each;
    if (bare.word(0) == "bgp") ++bare.first;
    size_t i = 0;
    auto says = [&](std::string_view word) { return bare.word(i++) == word; };
    if (!bare.odd && std::ranges::all_of(words, says)) return bare;
  }
  return std::nullopt;
}

std::string_view group_of(const Knob& knob) {
  if (knob.word(0) == "peer-group") return knob.word(1);
  if (knob.word(0) == "peer" && knob.word(1) == "group") return knob.word(2);
  return {};
}

}  // namespace bgproof::routemap
