// BGP as it is configured, before anybody asks what it means: instances (the default one and VRFs), their neighbors,
// groups and templates, and what is said of each, outside of address families and by family. The dialects differ in how
// they write this, not in what there is:
//
//   IOS, FRR   `neighbor X ...` lines; those of a family that stand outside of one are of IPv4 unicast
//   EOS        the same; those outside of a family are of all
//   NX-OS      a block for each neighbor, with blocks for its families
//
// What is said of a peer, a Knob, is a line from its keyword on. A `no` line is a knob too, negated: it takes away what
// a group or an earlier line has given.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/routemap/syntax.h"
#include "grammar/routemap/values.h"
#include "policy/as_path.h"

namespace bgproof::routemap {

struct Knob {
  const Line* line = nullptr;  // lives as long as the Config
  size_t first = 0;            // the word that is the keyword
  bool odd = false;            // not of a form that is known (bgp_forms.h): it may say anything

  std::string_view word(size_t i) const { return line->word(first + i); }
  size_t size() const { return line->size() > first ? line->size() - first : 0; }
  bool negated() const { return line->negated; }
  bool defaulted() const { return line->defaulted; }
  SourceRange range() const { return line->range; }
  SourceRange range_of(size_t i) const { return line->range_of(first + i); }
  std::string text() const { return std::string(line->rest(first)); }
  bool has(std::string_view word) const;                // behind the keyword
  std::string_view after(std::string_view word) const;  // the word behind that one; "" if there is none
};
using Knobs = std::vector<Knob>;

using FamilyName = std::string;  // "ipv4 unicast", "ipv6 unicast", others as written
inline constexpr std::string_view kUnicast4 = "ipv4 unicast";
inline constexpr std::string_view kUnicast6 = "ipv6 unicast";

struct Peer {
  // `unknown`: a name that is no address and that nothing makes a group. It counts as a neighbor.
  enum class Kind : uint8_t { neighbor, range, interface, group, unknown } kind = Kind::neighbor;
  std::string name;  // an address, a range, an interface; of a group or template its name
  Knobs session;     // outside of families; all of what a policy template says
  std::map<FamilyName, Knobs, std::less<>> families;
  SourceRange range;     // where it is named first
  bool removed = false;  // while reading: `no neighbor X`
  // The lines `bgp default ipv4-unicast` and `ipv6-unicast` that counted when it was named first.
  std::optional<Knob> default4, default6;
  std::optional<Knob> default_shutdown;  // FRR: likewise `bgp default shutdown`
};

// A line that the device is known to refuse.
struct RefusedLine {
  SourceRange range;
  std::string_view why;
};

struct BgpInstance {
  std::string vrf;  // "" for the default one
  std::optional<Asn> asn;
  SourceRange range;
  Knobs knobs;                                        // outside of families
  std::map<FamilyName, Knobs, std::less<>> families;  // network, redistribute, aggregate-address, ...
  std::vector<Peer> peers;                            // in order of the text; groups and templates too
  Knobs defaults;                                     // EOS: `neighbor default ...`, below all groups
};

// Where templates and groups stand that several instances share.
struct BgpConfig {
  std::vector<RefusedLine> refused;
  std::optional<Lost> lost;            // the first line of which it is not known what it does to the others
  std::vector<BgpInstance> instances;  // in order of the text, those of one VRF together
  Knobs of_all;                        // FRR: `bgp ...` outside of the instances
  std::vector<Peer> templates;         // `template peer`, `template peer-session`, `template peer-policy`

  const BgpInstance* default_instance() const;
};

BgpConfig read_bgp(const Config& config);

// The last line that says `bgp WORDS ...` or, on NX-OS, `WORDS ...`, from the first of these words on.
std::optional<Knob> last_of(const Knobs& knobs, std::initializer_list<std::string_view> words);

// The group that a `peer-group G` or `peer group G` knob names; "" if it defines one or is another knob.
std::string_view group_of(const Knob& knob);

}  // namespace bgproof::routemap
