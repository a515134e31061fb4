// The smallest network that can be proved: one router, one peer, one policy.
#pragma once

#include <string>

namespace bgproof {

inline std::string small_config(const std::string& host = "edge01", const std::string& from = "prefix-list OWN;") {
  return "system {\n    host-name " + host +
         ";\n}\n"
         "routing-options {\n    autonomous-system 64500;\n}\n"
         "protocols {\n    bgp {\n        group PEERS {\n            type external;\n            family inet { "
         "unicast; }\n"
         "            export TO-PEER;\n            neighbor 192.0.2.1 {\n                peer-as 64501;\n"
         "                authentication-key \"$9$SeCrEtKeY\";\n            }\n        }\n    }\n}\n"
         "policy-options {\n    prefix-list OWN {\n        198.51.100.0/24;\n    }\n"
         "    policy-statement TO-PEER {\n        term OWN {\n            from { " +
         from +
         " }\n            then accept;\n        }\n        term REST {\n            then reject;\n        }\n    "
         "}\n}\n";
}

inline std::string small_intent() {
  return "intent 1\nnetwork AS64500\nrole peer = as 64501\nset own = { 198.51.100.0/24 }\n"
         "export to role peer {\n  may [own] prefix in own exact\n}\n";
}

}  // namespace bgproof
