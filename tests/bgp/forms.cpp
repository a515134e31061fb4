// Lines of a form that is not known: told, and free where what they say would count.
#include "tests/bgp/lowered.h"

namespace bgproof::routemap::testing {
namespace {

TEST(BgpForms, LinesOfAFormThatIsNotKnown) {
  auto free = [](Dialect dialect, const std::string& line) {
    Lowered l(dialect, "router bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n " + line + "\n");
    return is_free(l.session("192.0.2.1").export_to);
  };
  for (const char* line : {"neighbor 192.0.2.1 route-map out",
                           "neighbor 192.0.2.1 route-map M out now",
                           "neighbor 192.0.2.1 prefix-list P",
                           "neighbor 192.0.2.1 weight heavy",
                           "neighbor 192.0.2.1 unsuppress-map",
                           "neighbor 192.0.2.1 local-as mine",
                           "neighbor 192.0.2.1 default-originate twice",
                           "neighbor 192.0.2.1 inherit something",
                           "neighbor 192.0.2.1 enforce-first-as always",
                           "bgp safe-ebgp-policy always",
                           "bgp maxas-limit few",
                           "bgp confederation peers mine",
                           "bgp confederation sometimes",
                           "bgp reject-as-sets now",
                           "bgp missing-policy direction out action close",
                           "bgp default local-preference high",
                           "bgp listen range 192.0.2.0/33 peer-group G",
                           "bgp route-reflector sometimes",
                           "neighbor",
                           "bgp default ipv4-unicats",
                           "bgp missing-policy direction out",
                           "bgp missing-policy include nothing direction out action deny",
                           "bgp ebgp-requires-policy",
                           "bgp reject-as-sets"})
    for (Dialect dialect : {Dialect::ios, Dialect::eos}) EXPECT_TRUE(free(dialect, line)) << line;
  for (const char* line :
       {"neighbor 192.0.2.1 default-originate route-map M", "neighbor 192.0.2.1 local-as 64502 no-prepend replace-as",
        "bgp maxas-limit 50", "bgp confederation peers 64511 64512", "bgp default local-preference 200",
        "bgp missing-policy direction out action deny", "bgp listen limit 100",
        "bgp missing-policy address-family all include prefix-list sub-route-map direction out action deny",
        "neighbor 192.0.2.1 missing-policy address-family all direction out action deny-in-out"})
    EXPECT_FALSE(free(Dialect::eos, line)) << line;
  EXPECT_TRUE(free(Dialect::ios, "bgp missing-policy direction out action deny"));
  EXPECT_TRUE(free(Dialect::eos, "bgp safe-ebgp-policy"));
}

// Lines that originate routes are free where that is done, so that the filters behind still count.
TEST(BgpForms, OriginationsOfAFormThatIsNotKnown) {
  auto told = [](const std::string& line) {
    Lowered l(Dialect::ios, "router bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n " + line + "\n");
    EXPECT_FALSE(is_free(l.session("192.0.2.1").export_to)) << line;
    return l.count("BP117") > 0;
  };
  for (const char* line : {"network",
                           "network 10.0.0.0 mask",
                           "network 10.0.0.0 mask 255.0.255.0",
                           "network 10.0.0.0 route-map",
                           "network 10.0.0.0 mask 255.0.0.0 now",
                           "network 10.0.0.0/33",
                           "network 2001:db8::/32",
                           "network 10.0.0.0 route-map A route-map B",
                           "no network",
                           "no network 10.0.0.0 now",
                           "redistribute",
                           "redistribute nothing",
                           "redistribute static route-map",
                           "redistribute static metric much",
                           "redistribute ospf 1 match",
                           "redistribute ospf 1 match inside",
                           "redistribute static subnet",
                           "redistribute ospf 1 2",
                           "redistribute static vrf",
                           "no redistribute static now",
                           "aggregate-address",
                           "aggregate-address 10.0.0.0",
                           "aggregate-address 10.0.0.0 255.0.0.0 summary",
                           "aggregate-address 10.0.0.0 255.0.0.0 suppress-map",
                           "aggregate-address 10.0.0.0 255.0.0.0 suppress-map A suppress-map B",
                           "aggregate-address 2001:db8::/32",
                           "default-information",
                           "default-information orig",
                           "default-metric",
                           "default-metric much"})
    EXPECT_TRUE(told(line)) << line;
  for (const char* line :
       {"network 10.0.0.0", "network 10.0.0.0 mask 255.0.0.0 route-map A backdoor", "network 10.0.0.0/8 route-map A",
        "no network 10.0.0.0", "redistribute connected", "redistribute static route-map A metric 5",
        "redistribute ospf 1 vrf RED match internal external 1 external 2 nssa-external 2 metric 7",
        "redistribute isis CORE level-1-2", "redistribute eigrp 100 route-map A", "no redistribute ospf 1",
        "aggregate-address 10.0.0.0 255.0.0.0 as-set summary-only attribute-map A",
        "aggregate-address 10.0.0.0 255.0.0.0 suppress-map A advertise-map B", "default-information originate",
        "default-metric 5", "no default-metric"})
    EXPECT_FALSE(told(line)) << line;
}

}  // namespace
}  // namespace bgproof::routemap::testing
