#include "grammar/routemap/bgp_frr.h"

#include <algorithm>
#include <iterator>

#include "grammar/routemap/values.h"
#include "policy/address.h"

namespace bgproof::routemap {

namespace {

using What = Taken::What;

constexpr std::string_view kProcessAlone[] = {
    "auto-summary", "bmp",          "coalesce-time", "read-quanta", "segment-routing", "synchronization",
    "timers",       "update-delay", "vnc",           "vrf-policy",  "write-quanta"};

constexpr std::string_view kNeighborOfProcess[] = {"advertisement-interval",
                                                   "bfd",
                                                   "description",
                                                   "disable-connected-check",
                                                   "disable-link-bw-encoding-ieee",
                                                   "dont-capability-negotiate",
                                                   "ebgp-multihop",
                                                   "enforce-first-as",
                                                   "enforce-multihop",
                                                   "extended-optional-parameters",
                                                   "graceful-restart",
                                                   "graceful-restart-disable",
                                                   "graceful-restart-helper",
                                                   "graceful-shutdown",
                                                   "interface",
                                                   "local-as",
                                                   "local-role",
                                                   "override-capability",
                                                   "passive",
                                                   "password",
                                                   "port",
                                                   "remote-as",
                                                   "sender-as-path-loop-detection",
                                                   "shutdown",
                                                   "solo",
                                                   "strict-capability-match",
                                                   "tcp-mss",
                                                   "timers",
                                                   "ttl-security",
                                                   "update-source"};

constexpr std::string_view kNotYet = "bgpd knows no such neighbor or peer group yet";
constexpr std::string_view kNoGroup = "bgpd knows no such peer group yet";
constexpr std::string_view kForm = "bgpd has no such command";
constexpr std::string_view kTakesMembers = "takes sessions away together with their group, which is not modelled";

// An address in another spelling is the same one.
std::string canonical(std::string_view name) {
  auto address = parse_address(name);
  return address ? to_string(*address) : std::string(name);
}

bool is_remote_as(std::string_view word) {
  return word == "internal" || word == "external" || word == "auto" || asn_of(word).has_value();
}

}  // namespace

bool leaves_family(const Head& head) {
  const auto& [first, second, third, fourth, fifth] = head.word;
  if (first == "bgp") return second != "dampening";
  if (first != "neighbor") return std::ranges::find(kProcessAlone, first) != std::end(kProcessAlone);
  bool alone = std::ranges::find(kNeighborOfProcess, third) != std::end(kNeighborOfProcess);
  return alone || (third == "capability" && fourth != "orf");
}

bool FrrNeighbors::is_group(const std::string& vrf, std::string_view name) const {
  auto found = known_.find({vrf, std::string(name)});
  return found != known_.end() && found->second.kind == Kind::group;
}

FrrNeighbors::Sort FrrNeighbors::sort_of(const std::string& vrf, std::string_view remote_as) const {
  if (remote_as == "internal") return Sort::internal;
  if (remote_as == "external") return Sort::external;
  auto asn = asn_of(remote_as);
  auto own = own_.find(vrf);
  if (!asn || own == own_.end()) return Sort::none;
  return asn == own->second ? Sort::internal : Sort::external;
}

Taken FrrNeighbors::undo(const Line& line, const Key& key, Known* known) {
  std::string_view what = line.word(2);
  bool group = known != nullptr && known->kind == Kind::group;
  if (line.size() == 2) {
    if (group) return {What::lost, kTakesMembers};
    known_.erase(key);
    return {What::removes};
  }
  if (known == nullptr) return {What::refused, kNotYet};
  if (what == "remote-as") {
    if (line.size() == 3) return {What::refused, kForm};
    if (group) return {What::lost, kTakesMembers};
    known_.erase(key);
    return {What::removes};
  }
  if (what == "interface") return {What::lost, kTakesMembers};
  if (what != "peer-group") return {};
  if (group || known->kind == Kind::interface || line.word(3) != known->group) return {What::lost, kTakesMembers};
  auto from = known_.find({key.first, known->group});
  if (from != known_.end() && from->second.has_remote_as) {
    known_.erase(key);
    return {What::removes};
  }
  known->group.clear();
  return {};
}

Taken FrrNeighbors::join(const Line& line, const Key& key, Known* known, bool is_address) {
  if (line.size() != 4) return {What::refused, kForm};
  std::string group(line.word(3));
  if (!is_group(key.first, group)) return {What::refused, kNoGroup};
  if (known == nullptr && !is_address) return {What::refused, kNotYet};
  Known& into = known_[{key.first, group}];
  Known& member = known_[key];
  if (member.kind == Kind::group) return {What::refused, kForm};
  if (!member.group.empty() && member.group != group)
    return {What::refused, "it is in another peer group, and bgpd does not change that"};
  if (!into.has_remote_as && known != nullptr) {
    if (into.has_members && member.sort != into.sort)
      return {What::refused, "the members of a peer group are all internal or all external"};
    into.sort = member.sort;
  }
  into.has_members = true;
  member.group = group;
  return {};
}

Taken FrrNeighbors::take(const Line& line, const std::string& vrf, bool in_family) {
  if (line.defaulted) return {What::refused, kForm};
  bool is_address = parse_address(line.word(1)).has_value();
  Key key{vrf, canonical(line.word(1))};
  auto found = known_.find(key);
  Known* known = found == known_.end() ? nullptr : &found->second;
  if (line.negated) return undo(line, key, known);
  std::string_view what = line.word(2);
  if (what == "interface" && !is_address) {
    if (known != nullptr && known->kind == Kind::group) return {What::refused, kForm};
    Known& made = known_[key];
    made.kind = Kind::interface;
    for (size_t i = 3; i + 1 < line.size(); ++i)
      if (line.word(i) == "peer-group" && is_group(vrf, line.word(i + 1))) made.group = line.word(i + 1);
    return {};
  }
  if (what == "peer-group" && line.size() == 3) {
    if (is_address || in_family || (known != nullptr && known->kind != Kind::group)) return {What::refused, kForm};
    known_[key].kind = Kind::group;
    return {};
  }
  if (what == "peer-group") return join(line, key, known, is_address);
  if (what == "remote-as") {
    if (line.size() != 4 || !is_remote_as(line.word(3))) return {What::refused, kForm};
    if (known == nullptr && !is_address) return {What::refused, kNotYet};
    known_[key].has_remote_as = true;
    known_[key].sort = sort_of(vrf, line.word(3));
    return {};
  }
  if (known == nullptr) return {What::refused, kNotYet};
  return {};
}

}  // namespace bgproof::routemap
