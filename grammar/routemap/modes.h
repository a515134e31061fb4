// Which commands belong to which block of the route-map dialects, as far as policy and BGP are concerned: the one table
// from which the scanner tells where a block begins and ends.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "grammar/routemap/syntax.h"

namespace bgproof::routemap {

enum class Mode : uint8_t {
  root,
  skipped,    // a block of no interest
  interface,  // kept for its addresses and VRF
  route_map,
  list,             // access lists, and lists that EOS writes as blocks
  vrf_definition,   // `vrf definition`, `vrf context`, `vrf instance`, `ip vrf`
  bgp,              // `router bgp`
  bgp_vrf,          // `vrf NAME` within it
  family,           // `address-family` within one of these
  neighbor,         // NX-OS: `neighbor X` as a block
  peer_template,    // `template peer`, `peer-policy`, `peer-session`
  neighbor_family,  // NX-OS: `address-family` within one of these
  nested,           // any other block within one of these, known by its indentation or by its head
};

// The first words of a line, without `no` and `default`; empty beyond its end.
struct Head {
  std::array<std::string_view, 5> word;
  size_t count = 0;  // at most 5
  bool negated = false;
};
Head head_of(std::string_view line);
Head words_of(const Line& line);

// A command that the outermost level alone has, whatever it is indented below.
bool is_of_root(const Head& head);

// True if a block of that mode knows the command. The root knows those that open a block of interest or are kept.
bool knows(Mode mode, Dialect dialect, const Head& head);

// True for a command that every device of the dialects has at the outermost level and that no block of interest has: it
// leaves the block it stands behind. False says nothing.
bool is_elsewhere(const Head& head);

// FRR: a line of a list of BGP that is cut short; where it stands in a process, nothing else begins like it.
bool shortens_list(const Head& head);

// FRR: a command of the outermost level below which no lines stand, as far as is known.
bool opens_nothing(const Head& head);

// The mode of the block that the line opens within a block of `mode`, nullopt if it opens none.
std::optional<Mode> opens(Mode mode, Dialect dialect, const Head& head);

// True if the line abbreviates a command that matters, at the outermost level or of a block of that mode: nobody knows
// then what is left out. A command in capitals counts; FRR, which refuses both, is not asked.
bool is_abbreviated(Mode mode, Dialect dialect, const Head& head);

// One of long runs of lines of the same form: lists.
bool is_list_line(const Head& head);

}  // namespace bgproof::routemap
