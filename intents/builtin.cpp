#include <map>

#include "base/check.h"
#include "intents/data.h"

namespace bgproof {
namespace {

// Prefixes that no route of the global table has: the special-purpose address registries that RFC 6890 set up, blocks
// that are not global there, and multicast. `prefix in bogons orlonger` is the usual reading; the default route is in
// none of them.
constexpr const char* kBogons[] = {
    "0.0.0.0/8",        // "this network", RFC 791
    "10.0.0.0/8",       // private use, RFC 1918
    "100.64.0.0/10",    // shared address space, RFC 6598
    "127.0.0.0/8",      // loopback, RFC 1122
    "169.254.0.0/16",   // link local, RFC 3927
    "172.16.0.0/12",    // private use, RFC 1918
    "192.0.0.0/24",     // IETF protocol assignments, RFC 6890
    "192.0.2.0/24",     // documentation, RFC 5737
    "192.168.0.0/16",   // private use, RFC 1918
    "198.18.0.0/15",    // benchmarking, RFC 2544
    "198.51.100.0/24",  // documentation, RFC 5737
    "203.0.113.0/24",   // documentation, RFC 5737
    "224.0.0.0/4",      // multicast, RFC 5771
    "240.0.0.0/4",      // reserved, RFC 1112, with the limited broadcast address, RFC 919
    "::/8",             // unspecified, loopback, mapped and compatible addresses, RFC 4291
    "100::/64",         // discard only, RFC 6666
    "2001:2::/48",      // benchmarking, RFC 5180
    "2001:10::/28",     // ORCHID, RFC 4843, returned
    "2001:db8::/32",    // documentation, RFC 3849
    "3fff::/20",        // documentation, RFC 9637
    "3ffe::/16",        // former 6bone, RFC 3701
    "5f00::/16",        // segment routing SIDs, RFC 9602
    "fc00::/7",         // unique local, RFC 4193
    "fe80::/10",        // link local, RFC 4291
    "fec0::/10",        // former site local, RFC 3879
    "ff00::/8",         // multicast, RFC 4291
};

// AS numbers that no path of the global table has, by the registry of special-purpose AS numbers (RFC 7249).
constexpr NumberRange kBogonAsns[] = {
    {0, 0},                    // RFC 7607
    {23456, 23456},            // AS_TRANS, RFC 6793
    {64496, 64511},            // documentation, RFC 5398
    {64512, 65534},            // private use, RFC 6996
    {65535, 65535},            // last of 16 bits, RFC 7300
    {65536, 65551},            // documentation, RFC 5398
    {65552, 131071},           // reserved by IANA
    {4200000000, 4294967294},  // private use, RFC 6996
    {4294967295, 4294967295},  // last of 32 bits, RFC 7300
};

std::vector<Prefix> make_bogons() {
  std::vector<Prefix> list;
  for (const char* text : kBogons) {
    auto prefix = parse_prefix(text);
    BGPROOF_CHECK(prefix, "a built-in prefix is one");
    list.push_back(*prefix);
  }
  return list;
}

}  // namespace

const std::vector<Prefix>* builtin_prefixes(const std::string& name) {
  static const std::vector<Prefix> kList = make_bogons();
  return name == "bogons" ? &kList : nullptr;
}

const std::vector<NumberRange>* builtin_asns(const std::string& name) {
  static const std::vector<NumberRange> kList(std::begin(kBogonAsns), std::end(kBogonAsns));
  return name == "bogons" ? &kList : nullptr;
}

}  // namespace bgproof
