// A device as its configuration states it: policies, BGP sessions, and which program each session runs in each direction. Roles of
// neighbors are not here: they come from the intents' side (intents/neighbors.h).
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/source.h"
#include "policy/program.h"

namespace bgproof {

// A fact about which routes can be offered to a session's policy at all, taken from a line of the config ("this session is not a
// route reflector's client, so no iBGP route goes to it"). Reports name every fact used.
struct Fact {
  Condition condition;  // on the route before; holds for every route that can be offered
  std::string text;
  SourceRange range;
};

// What a session does in one direction.
struct Attachment {
  std::vector<std::string> policies;  // the chain as written, "( A && B )" as one entry; empty: the protocol default alone
  Program program;
  SourceRange range;  // of the statement that attaches; unknown if none does
  std::vector<Fact> facts;
};

struct Session {
  std::string instance;        // routing instance (VRF), "" for the default one
  std::string logical_system;  // "" for the main one
  std::string neighbor;        // the address as text, or the range of a dynamic neighbor ("192.0.2.0/24")
  std::optional<Address> address;
  std::string group;
  std::string description;
  std::optional<Asn> remote_as;
  std::optional<Asn> local_as;
  bool external = true;        // eBGP; confederation members count as internal
  bool reflects = false;       // the device reflects iBGP routes to this neighbor
  bool makes_default = false;  // it makes a default route for this neighbor by itself (Protocol::default_originate)
  std::set<Family> families;   // unicast families that are exchanged
  std::vector<std::string> other_families;  // as written, not checked: "inet-vpn unicast"
  // Lines that may keep a route out, let one in or change one, and are no part of the programs: loop checks, what is offered to
  // whom, damping. Who compares two states of the session cannot take them as equal if these differ.
  std::vector<UnmodelledLine> outside;
  Attachment import_from;
  Attachment export_to;
  SourceRange range;
};

// A policy of the device on its own: a chain of one without the session's rewriting, then the protocol's default, for
// `policy "GLOB"` blocks.
struct NamedPolicy {
  std::string name;
  Program program;
  std::set<Family> families;  // of the sessions that use it, both if none does
  SourceRange range;
};

// A list that policies may name: "prefix-list", "community-list".
struct ListDefinition {
  std::string kind;
  std::string name;
  SourceRange range;  // of its first line or head
};

struct Device {
  std::string name;  // host name, else the file's name; unique in a run
  std::string path;
  std::string dialect;  // "junos"
  std::optional<Asn> local_as;
  std::shared_ptr<const PolicyLibrary> library;
  std::vector<NamedPolicy> policies;  // in the order of the text
  std::vector<ListDefinition> lists;
  std::vector<Session> sessions;
  std::set<Address> addresses;        // its own, for next-hop self
  // Not empty: the device could not be read whole (truncated, binary); all its checks are not_checked for this reason.
  std::string not_checked;
  // For `bgproof parse`.
  uint32_t lines = 0;
  uint32_t policy_lines = 0;
};

}  // namespace bgproof
