// The constants that random policies and random routes of the FRR tests share.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "policy/as_path.h"

namespace bgproof::frr {

inline constexpr std::array<std::string_view, 9> kPrefixes = {"0.0.0.0/0",    "10.0.0.0/8",      "10.1.0.0/16",
                                                              "10.1.2.0/24",  "10.1.2.128/25",   "172.16.0.0/12",
                                                              "10.64.0.0/10", "198.51.100.0/24", "203.0.113.7/32"};
inline constexpr std::array<std::string_view, 7> kPrefixes6 = {
    "::/0",      "2001:db8::/32",      "2001:db8:1::/48", "2001:db8:1:2::/64", "2001:db8:8000::/33",
    "2400::/12", "2001:db8:1:2::7/128"};
inline constexpr std::array<std::string_view, 3> kNextHops = {"192.0.2.1", "192.0.2.77", "198.18.0.9"};
inline constexpr std::array<std::string_view, 3> kNextHops6 = {"2001:db8:ffff::1", "2001:db8:ffff::2", "2001:db9::7"};
// Not the own one: a path that has it is a loop, which the daemon refuses.
inline constexpr std::array<Asn, 9> kAsns = {7, 65, 650, 6500, 65001, 65002, 64512, 4200000001, 23456};
inline constexpr std::array<std::string_view, 10> kStandard = {
    "100:1", "100:2", "100:12", "65000:1", "65000:100", "65535:65281", "65535:666", "65535:0", "0:5", "1:100"};
inline constexpr std::array<std::string_view, 6> kLarge = {"1:2:3",     "1:2:33",         "65000:1:1",
                                                           "65000:1:2", "4200000001:0:9", "100:1:2"};
inline constexpr std::array<std::string_view, 6> kExtended = {"rt:65000:1",      "soo:65000:1",      "rt:192.0.2.1:5",
                                                              "rt:4200000001:7", "soo:4200000001:7", "rt:100:70000"};
inline constexpr std::array<uint32_t, 7> kNumbers = {0, 1, 5, 100, 200, 4294967290, 4294967295};

}  // namespace bgproof::frr
