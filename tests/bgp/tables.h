// The BGP tables that devices of a lab have shown: `show ip bgp` of IOS and NX-OS as text, of EOS and FRR as JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/route.h"

namespace bgproof::routemap::testing {

struct Row {
  Prefix prefix;
  bool best = false;
  bool suppressed = false;
  bool internal = false;  // learned by iBGP
  bool local = false;     // originated here
  std::optional<Address> next_hop;
  std::optional<uint32_t> metric, local_pref;
  AsPath path;
  Origin origin = Origin::igp;
  std::optional<std::string> communities;  // nullopt: the table does not show them
};

// The default VRF's IPv4 unicast table; what does not parse is left out.
std::vector<Row> read_text_table(const std::string& text);
std::vector<Row> read_eos_table(const std::string& json);
// `detail`: the text of `show ip bgp P` for some prefixes, for their communities.
std::vector<Row> read_frr_table(const std::string& json, const std::string& detail);

}  // namespace bgproof::routemap::testing
