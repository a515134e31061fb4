// What bgpd knows of its neighbors while it reads: whether it takes a line depends on those before it, and a line that
// it refuses says nothing. Everything here was seen live (docs/semantics/frr.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "grammar/routemap/modes.h"
#include "grammar/routemap/syntax.h"
#include "policy/as_path.h"

namespace bgproof::routemap {

// A command of a process that bgpd has in none of its address families: there it is taken and leaves the family.
bool leaves_family(const Head& head);

// What becomes of one `neighbor` line.
struct Taken {
  enum class What : uint8_t { taken, refused, removes, lost } what = What::taken;
  std::string_view why = {};  // it is refused or lost
};

class FrrNeighbors {
 public:
  // The process of that VRF, before its lines.
  void start(const std::string& vrf, std::optional<Asn> own) { own_[vrf] = own; }
  Taken take(const Line& line, const std::string& vrf, bool in_family);
  bool is_group(const std::string& vrf, std::string_view name) const;

 private:
  enum class Kind : uint8_t { address, interface, group };
  enum class Sort : uint8_t { none, internal, external };  // none: nothing says its AS
  struct Known {
    Kind kind = Kind::address;
    std::string group;
    bool has_remote_as = false;
    Sort sort = Sort::none;  // of a group without an AS that of its first member
    bool has_members = false;
  };
  using Key = std::pair<std::string, std::string>;

  Taken undo(const Line& line, const Key& key, Known* known);
  Taken join(const Line& line, const Key& key, Known* known, bool is_address);

  Sort sort_of(const std::string& vrf, std::string_view remote_as) const;

  std::map<Key, Known> known_;  // by VRF and name
  std::map<std::string, std::optional<Asn>> own_;
};

}  // namespace bgproof::routemap
