#include "grammar/junos/sections.h"

#include <algorithm>

namespace bgproof::junos {

Part below(Part part, std::string_view word) {
  // A pattern of a group, or a name that was stripped, may stand for anything that is read.
  if (word.empty() || word.front() == '<')
    return part == Part::named_roots ? Part::root : part == Part::instances ? Part::instance : Part::keep;
  if (word == "apply-groups" || word == "apply-groups-except") return Part::keep;
  switch (part) {
    case Part::root:
      if (word == "policy-options" || word == "routing-options" || word == "interfaces" || word == "version")
        return Part::keep;
      if (word == "protocols") return Part::protocols;
      if (word == "groups" || word == "logical-systems" || word == "tenants") return Part::named_roots;
      if (word == "routing-instances") return Part::instances;
      if (word == "system") return Part::system;
      return Part::skip;
    case Part::named_roots:
      return Part::root;
    case Part::instances:
      return Part::instance;
    case Part::instance:
      return word == "protocols" ? Part::protocols : Part::keep;
    case Part::protocols:
      return word == "bgp" ? Part::keep : Part::skip;
    case Part::system:
      return word == "host-name" ? Part::keep : Part::skip;
    case Part::keep:
      return Part::keep;
    case Part::skip:
      return Part::skip;
  }
  return Part::skip;
}

bool is_tag(std::string_view word) {
  return word == "inactive:" || word == "active:" || word == "protect:" || word == "unprotect:" || word == "replace:" ||
         word == "delete:";
}

bool is_command(std::string_view word) {
  static constexpr std::string_view kCommands[] = {"set",       "delete", "activate", "deactivate", "protect",
                                                   "unprotect", "insert", "rename",   "copy",       "annotate",
                                                   "replace",   "edit",   "top",      "up",         "exit"};
  return std::ranges::find(kCommands, word) != std::end(kCommands);
}

bool is_read(std::span<const std::string_view> path) {
  Part part = Part::root;
  for (std::string_view word : path) {
    bool any_name = part == Part::named_roots || part == Part::instances;
    if (part != Part::keep && !any_name && (word.empty() || word.front() == '<')) return false;
    part = below(part, word);
    if (part == Part::keep) return true;
    if (part == Part::skip) return false;
  }
  return false;
}

}  // namespace bgproof::junos
