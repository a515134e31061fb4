// Who says what of a neighbor: its own lines, then those of its groups and templates, from the most specific level on.
// A knob is taken from the most specific level that speaks of it; within a level the last line counts. A `no` line
// takes the knob away, inherited or not, but on FRR, where what the group gives is there again; a `default` line takes
// away what stands before it in its level.
//
//   IOS     neighbor; `inherit peer-policy` (the highest number wins) and `inherit peer-session`; peer group
//   NX-OS   neighbor; `inherit peer-policy` (the lowest number wins), `inherit peer-session`, `inherit peer`
//   EOS     neighbor in the family, neighbor, peer group in the family, peer group
//   FRR     neighbor, peer group
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/routemap/bgp_config.h"

namespace bgproof::routemap {

class Levels {
 public:
  // The levels of one neighbor for one family ("" asks for what is outside of families alone).
  Levels() = default;
  Levels(const BgpConfig& bgp, const BgpInstance& instance, const Peer& peer, std::string_view family, Dialect dialect);

  // The line that counts, nullptr if none speaks of the keyword or a `no` line does. Lines without a known form count
  // nowhere.
  const Knob* find(std::string_view keyword) const;
  // The same of the lines whose last word is `direction`: `route-map IN in`.
  const Knob* find(std::string_view keyword, std::string_view direction) const;
  // The line that counts, `no` lines too.
  const Knob* spoken(std::string_view keyword) const;
  // All lines from the most specific level on.
  const std::vector<const Knobs*>& levels() const { return levels_; }
  // The groups and templates that give something, nearest first.
  const std::vector<const Peer*>& parents() const { return parents_; }
  // Lines that name a group or template that nothing defines.
  const std::vector<const Knob*>& dangling() const { return dangling_; }
  // IOS: `no` lines of which nobody says whether they take away what the level below them gives.
  std::vector<const Knob*> doubtful() const;
  // True if the neighbor or a template of it has a block of that family.
  bool has_family() const { return has_family_; }

 private:
  struct Gather;
  const Knob* last_of(const Knobs& level, std::string_view keyword, std::string_view direction) const;
  // Whether the search goes on below a level whose last line is this one.
  bool goes_on(const Knob& knob) const;

  Dialect dialect_ = Dialect::ios;
  std::vector<const Knobs*> levels_;
  std::vector<const Peer*> parents_;
  std::vector<const Knob*> dangling_;
  bool has_family_ = false;
};

}  // namespace bgproof::routemap
