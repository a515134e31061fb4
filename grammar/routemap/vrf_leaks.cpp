#include "grammar/routemap/vrf_leaks.h"

#include <algorithm>
#include <array>

namespace bgproof::routemap {

namespace {

// The name that a block defines, "" if it is none of a VRF.
std::string_view vrf_of(const Line& line) {
  if (line.begins({"vrf", "definition"}) || line.begins({"vrf", "context"}) || line.begins({"ip", "vrf"}))
    return line.word(2);
  return {};
}

bool is_harmless(std::string_view word) {
  constexpr std::array<std::string_view, 11> kWords = {
      "address-family", "bgp", "description", "exit-address-family", "export", "ip", "ipv6", "maximum", "mdt", "rd",
      "shutdown"};
  return std::ranges::find(kWords, word) != kWords.end();
}

// `route-target` without a word for the direction is of both.
bool takes(const Line& line) {
  if (line.negated) return false;
  if (line.word(0) == "route-target") {
    if (line.word(1) != "export") return true;
  } else if (!is_harmless(line.word(0))) {
    return true;
  }
  return std::ranges::any_of(line.children, takes);
}

// `export ipv4 unicast map M`, `export vrf default map M`; `export map M` alone is about VPN routes.
bool gives_to_default(const Line& line) {
  if (line.negated) return false;
  if (line.word(0) == "export") return line.word(1) != "map";
  if (line.word(0) == "route-target" || line.word(0) == "import") return false;
  return !is_harmless(line.word(0)) || std::ranges::any_of(line.children, gives_to_default);
}

}  // namespace

bool may_be_leaked_into(const Config& config, std::string_view vrf) {
  bool defined = false;
  for (const Line& block : config.lines) {
    std::string_view name = vrf_of(block);
    if (name.empty() || block.negated) continue;
    bool of_it = name == vrf;
    defined |= of_it;
    // Lines without an indentation stand beside the block.
    if (block.children.empty() && (of_it || vrf.empty())) return true;
    if (vrf.empty() ? std::ranges::any_of(block.children, gives_to_default)
                    : of_it && std::ranges::any_of(block.children, takes))
      return true;
  }
  return !defined && !vrf.empty();
}

}  // namespace bgproof::routemap
