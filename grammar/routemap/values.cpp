#include "grammar/routemap/values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace bgproof::routemap {

namespace {

struct NamedCommunity {
  std::string_view name;
  uint16_t high, low;
};
// In lower case. IOS writes local-AS, EOS GSHUT; FRR knows them all.
constexpr std::array<NamedCommunity, 20> kNames = {{{"internet", 0, 0},
                                                    {"graceful-shutdown", 0xffff, 0},
                                                    {"gshut", 0xffff, 0},
                                                    {"accept-own", 0xffff, 1},
                                                    {"route-filter-translated-v4", 0xffff, 2},
                                                    {"route-filter-v4", 0xffff, 3},
                                                    {"route-filter-translated-v6", 0xffff, 4},
                                                    {"route-filter-v6", 0xffff, 5},
                                                    {"llgr-stale", 0xffff, 6},
                                                    {"no-llgr", 0xffff, 7},
                                                    {"accept-own-nexthop", 0xffff, 8},
                                                    {"blackhole", 0xffff, 0x029a},
                                                    {"no-export", 0xffff, 0xff01},
                                                    {"no_export", 0xffff, 0xff01},
                                                    {"no-advertise", 0xffff, 0xff02},
                                                    {"no_advertise", 0xffff, 0xff02},
                                                    {"local-as", 0xffff, 0xff03},
                                                    {"local_as", 0xffff, 0xff03},
                                                    {"no-export-subconfed", 0xffff, 0xff03},
                                                    {"no-peer", 0xffff, 0xff04}}};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

}  // namespace

std::optional<Address> address_of(std::string_view text, Family family) {
  std::optional<Address> address = parse_address(text);
  return address && address->family == family ? address : std::nullopt;
}

std::optional<Community> standard_community(std::string_view text, Dialect dialect) {
  size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    std::string name = lower_case(text);
    for (const NamedCommunity& named : kNames)
      if (named.name == name) return Community{CommunityKind::standard, {named.high, named.low, 0}};
    std::optional<uint32_t> number = number_of(text);
    if (!number || dialect == Dialect::frr) return std::nullopt;
    return Community{CommunityKind::standard, {*number >> 16, *number & 0xffff, 0}};
  }
  auto high = number_of(text.substr(0, colon));
  auto low = number_of(text.substr(colon + 1));
  if (!high || !low || *high > 0xffff || *low > 0xffff) return std::nullopt;
  return Community{CommunityKind::standard, {*high, *low, 0}};
}

std::optional<Community> large_community(std::string_view text) {
  size_t first = text.find(':');
  size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  auto a = number_of(text.substr(0, first));
  auto b = number_of(text.substr(first + 1, second - first - 1));
  auto c = number_of(text.substr(second + 1));
  if (!a || !b || !c) return std::nullopt;
  return Community{CommunityKind::large, {*a, *b, *c}};
}

std::optional<Community> extended_community(std::string_view kind, std::string_view text) {
  uint32_t subtype = kind == "rt" ? 2 : kind == "soo" ? 3 : 0;
  size_t colon = text.find(':');
  if (subtype == 0 || colon == std::string_view::npos) return std::nullopt;
  std::string_view global = text.substr(0, colon);
  std::optional<uint32_t> local = number_of(text.substr(colon + 1));
  if (!local) return std::nullopt;
  auto made = [&](uint32_t type, uint32_t administrator) -> std::optional<Community> {
    Community community{CommunityKind::extended, {type << 8 | subtype, administrator, *local}};
    return is_well_formed(community) ? std::optional(community) : std::nullopt;
  };
  if (std::count(global.begin(), global.end(), '.') == 3) {
    std::optional<Address> address = address_of(global, Family::ipv4);
    return address ? made(1, static_cast<uint32_t>(address->bits >> 96)) : std::nullopt;
  }
  std::optional<Asn> asn = asn_of(global);
  if (!asn) return std::nullopt;
  return made(*asn > 0xffff ? 2 : 0, *asn);
}

std::optional<Protocol> protocol_of(std::string_view word) {
  struct Named {
    std::string_view word;
    Protocol protocol;
  };
  static constexpr std::array<Named, 14> kProtocolNames = {{{"bgp", Protocol::bgp},
                                                            {"connected", Protocol::direct},
                                                            {"direct", Protocol::direct},
                                                            {"local", Protocol::local},
                                                            {"static", Protocol::static_},
                                                            {"ospf", Protocol::ospf},
                                                            {"ospf3", Protocol::ospf3},
                                                            {"ospf6", Protocol::ospf3},
                                                            {"ospfv3", Protocol::ospf3},
                                                            {"isis", Protocol::isis},
                                                            {"is-is", Protocol::isis},
                                                            {"rip", Protocol::rip},
                                                            {"ripng", Protocol::ripng},
                                                            {"aggregate", Protocol::aggregate}}};
  for (const Named& named : kProtocolNames)
    if (named.word == word) return named.protocol;
  return std::nullopt;
}

}  // namespace bgproof::routemap
