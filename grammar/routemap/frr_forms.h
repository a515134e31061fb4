// The lines of FRR's bgpd that say what a list, a route map or an entry is: their forms, and how bgpd finds the form of
// a line. Its keywords may be cut short as long as one form is better than all others: word by word from the left a
// whole keyword is better than a short one, that better than a number or an address, and those than a free word. Two
// forms that are equally good make the line ambiguous, and it is refused. Quotes mean nothing to it.
//
// The forms are those that a live bgpd 8.4.4 lists (docs/semantics/frr.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grammar/routemap/syntax.h"

namespace bgproof::routemap {

enum class FrrNode : uint8_t { root, route_map };

struct FrrForm {
  std::vector<std::string> words;  // of the line as bgpd shows it, without a leading `no`
  bool written_out = true;         // no keyword was cut short
};

// nullopt: the line has no form, or two.
std::optional<FrrForm> frr_form(FrrNode node, const Line& line);

// The name of a list that a first word of `bgp` or `ip` stands for, whole or cut short: "prefix-list".
bool may_name_list(std::string_view first, std::string_view second);

}  // namespace bgproof::routemap
