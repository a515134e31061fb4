#include "tests/frr/wire.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace bgproof {
namespace {

constexpr size_t kHeader = 19;
constexpr uint32_t kTransitionAsn = 23456;  // RFC 6793: stands for an AS number that two octets do not hold

enum AttributeType : uint8_t {
  kOrigin = 1,
  kAsPath = 2,
  kNextHop = 3,
  kMed = 4,
  kLocalPref = 5,
  kCommunities = 8,
  kMpReach = 14,
  kMpUnreach = 15,
  kExtendedCommunities = 16,
  kLargeCommunities = 32,
};
constexpr uint8_t kOptional = 0x80, kTransitive = 0x40, kLong = 0x10;

constexpr std::array<std::pair<AsSegment::Kind, uint8_t>, 4> kSegmentTypes = {{
    {AsSegment::Kind::set, 1},
    {AsSegment::Kind::sequence, 2},
    {AsSegment::Kind::confed_sequence, 3},
    {AsSegment::Kind::confed_set, 4},
}};

void put(Bytes& out, uint64_t value, int octets) {
  for (int i = octets - 1; i >= 0; --i) out.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

void append(Bytes& out, const Bytes& more) {
  for (uint8_t octet : more) out.push_back(octet);
}

void put_bits(Bytes& out, Bits bits, int octets) {
  for (int i = 0; i < octets; ++i) out.push_back(static_cast<uint8_t>(bits >> (120 - 8 * i)));
}

void put_attribute(Bytes& out, uint8_t flags, uint8_t type, const Bytes& value) {
  bool is_long = value.size() > 255;
  out.push_back(is_long ? flags | kLong : flags);
  out.push_back(type);
  put(out, value.size(), is_long ? 2 : 1);
  append(out, value);
}

Bytes path_octets(const AsPath& path) {
  Bytes out;
  for (const AsSegment& segment : path.segments) {
    for (const auto& [kind, type] : kSegmentTypes)
      if (kind == segment.kind) out.push_back(type);
    out.push_back(static_cast<uint8_t>(segment.asns.size()));
    for (Asn asn : segment.asns) put(out, asn, 4);
  }
  return out;
}

bool has_wide_administrator(uint32_t extended_type) {
  uint32_t layout = (extended_type >> 8) & 0x3f;
  return layout == 1 || layout == 2;
}

void put_community(Bytes& out, const Community& community) {
  const auto& [first, second, third] = community.fields;
  switch (community.kind) {
    case CommunityKind::standard:
      put(out, first, 2);
      put(out, second, 2);
      break;
    case CommunityKind::large:
      put(out, first, 4);
      put(out, second, 4);
      put(out, third, 4);
      break;
    case CommunityKind::extended:
      put(out, first, 2);
      put(out, second, has_wide_administrator(first) ? 4 : 2);
      put(out, third, has_wide_administrator(first) ? 2 : 4);
      break;
  }
}

void put_communities(Bytes& out, const Communities& communities, CommunityKind kind, uint8_t type) {
  Bytes value;
  for (const Community& community : communities)
    if (community.kind == kind) put_community(value, community);
  if (!value.empty()) put_attribute(out, kOptional | kTransitive, type, value);
}

void put_prefix(Bytes& out, const Prefix& prefix) {
  out.push_back(prefix.length);
  put_bits(out, prefix.bits, (prefix.length + 7) / 8);
}

// Reads from the front of octets; what runs over the end throws.
class Reader {
 public:
  explicit Reader(const Bytes& octets) : octets_(octets) {}

  bool done() const { return at_ == octets_.size(); }

  uint32_t number(int octets) {
    uint32_t value = 0;
    for (uint8_t octet : bytes(static_cast<size_t>(octets))) value = value << 8 | octet;
    return value;
  }

  Bytes bytes(size_t count) {
    if (count > octets_.size() - at_) throw std::runtime_error("a BGP message ends too early");
    auto begin = octets_.begin() + static_cast<std::ptrdiff_t>(at_);
    at_ += count;
    return Bytes(begin, begin + static_cast<std::ptrdiff_t>(count));
  }

  Bits bits(size_t octets) {
    Bits value = 0;
    int shift = 120;
    for (uint8_t octet : bytes(octets)) {
      value |= Bits{octet} << shift;
      shift -= 8;
    }
    return value;
  }

  std::vector<Prefix> prefixes(Family family) {
    std::vector<Prefix> found;
    while (!done()) {
      int length = static_cast<int>(number(1));
      if (length > width(family)) throw std::runtime_error("a prefix is longer than an address");
      found.push_back(prefix_of({family, bits(static_cast<size_t>(length + 7) / 8)}, length));
    }
    return found;
  }

 private:
  const Bytes& octets_;
  size_t at_ = 0;
};

AsPath read_path(const Bytes& value) {
  AsPath path;
  Reader in(value);
  while (!in.done()) {
    uint32_t wanted = in.number(1);
    AsSegment segment;
    for (const auto& [kind, type] : kSegmentTypes)
      if (type == wanted) segment.kind = kind;
    for (uint32_t count = in.number(1); count > 0; --count) segment.asns.push_back(in.number(4));
    path.segments.push_back(std::move(segment));
  }
  normalize(path);
  return path;
}

void read_communities(const Bytes& value, CommunityKind kind, Communities& into) {
  Reader in(value);
  while (!in.done()) {
    Community community{kind, {}};
    auto& [first, second, third] = community.fields;
    switch (kind) {
      case CommunityKind::standard:
        first = in.number(2);
        second = in.number(2);
        break;
      case CommunityKind::large:
        first = in.number(4);
        second = in.number(4);
        third = in.number(4);
        break;
      case CommunityKind::extended:
        first = in.number(2);
        second = in.number(has_wide_administrator(first) ? 4 : 2);
        third = in.number(has_wide_administrator(first) ? 2 : 4);
        break;
    }
    into.insert(community);
  }
}

// MP_REACH_NLRI of IPv6 unicast: the prefixes, with the global next hop put into the route.
std::vector<Prefix> read_reach(const Bytes& value, Route& route) {
  Reader in(value);
  if (in.number(2) != 2 || in.number(1) != 1) throw std::runtime_error("not IPv6 unicast");
  size_t length = in.number(1);
  Bytes next_hop = in.bytes(length);
  if (length < 16) throw std::runtime_error("an IPv6 next hop is too short");
  route.next_hop = {NextHop::Kind::address, {Family::ipv6, Reader(next_hop).bits(16)}};
  in.bytes(1);
  return in.prefixes(Family::ipv6);
}

}  // namespace

Bytes encode(const Message& message) {
  Bytes out(16, 0xff);
  put(out, kHeader + message.body.size(), 2);
  out.push_back(static_cast<uint8_t>(message.type));
  append(out, message.body);
  return out;
}

bool take_message(Bytes& received, Message& message) {
  if (received.size() < kHeader) return false;
  size_t length = static_cast<size_t>(received[16]) << 8 | received[17];
  bool marked = std::all_of(received.begin(), received.begin() + 16, [](uint8_t octet) { return octet == 0xff; });
  if (!marked || length < kHeader) throw std::runtime_error("not a BGP message");
  if (received.size() < length) return false;
  auto end = received.begin() + static_cast<std::ptrdiff_t>(length);
  message.type = static_cast<MessageType>(received[18]);
  message.body.assign(received.begin() + kHeader, end);
  received.erase(received.begin(), end);
  return true;
}

Message open_message(Asn asn, const Address& router_id, bool restart) {
  Bytes capabilities = {1, 4, 0, 1, 0, 1, 1, 4, 0, 2, 0, 1, 65, 4};
  put(capabilities, asn, 4);
  if (restart) append(capabilities, {64, 10, 0, 0, 0, 1, 1, 0, 0, 2, 1, 0});
  Bytes body = {4};
  put(body, asn > 0xffff ? kTransitionAsn : asn, 2);
  put(body, 0, 2);  // no hold time: nothing is to be sent again and again
  put_bits(body, router_id.bits, 4);
  body.push_back(static_cast<uint8_t>(capabilities.size() + 2));
  body.push_back(2);
  body.push_back(static_cast<uint8_t>(capabilities.size()));
  append(body, capabilities);
  return {MessageType::open, std::move(body)};
}

Message update_of(const Route& route) {
  Bytes attributes;
  put_attribute(attributes, kTransitive, kOrigin, {static_cast<uint8_t>(route.origin)});
  put_attribute(attributes, kTransitive, kAsPath, path_octets(route.as_path));
  bool is_ipv4 = route.prefix.family == Family::ipv4;
  Bytes value;
  if (is_ipv4) {
    put_bits(value, route.next_hop.address.bits, 4);
    put_attribute(attributes, kTransitive, kNextHop, value);
  }
  auto put_number = [&](const std::optional<uint32_t>& number, uint8_t flags, uint8_t type) {
    if (!number) return;
    value.clear();
    put(value, *number, 4);
    put_attribute(attributes, flags, type, value);
  };
  put_number(route[Number::med], kOptional, kMed);
  put_number(route[Number::local_pref], kTransitive, kLocalPref);
  put_communities(attributes, route.communities, CommunityKind::standard, kCommunities);
  put_communities(attributes, route.communities, CommunityKind::extended, kExtendedCommunities);
  put_communities(attributes, route.communities, CommunityKind::large, kLargeCommunities);
  if (!is_ipv4) {
    value = {0, 2, 1, 16};
    put_bits(value, route.next_hop.address.bits, 16);
    value.push_back(0);
    put_prefix(value, route.prefix);
    put_attribute(attributes, kOptional, kMpReach, value);
  }
  Bytes body = {0, 0};
  put(body, attributes.size(), 2);
  append(body, attributes);
  if (is_ipv4) put_prefix(body, route.prefix);
  return {MessageType::update, std::move(body)};
}

Update decode_update(const Bytes& body) {
  Update update;
  update.ends_ipv4 = body == Bytes(4, 0);
  Reader in(body);
  Bytes withdrawn = in.bytes(in.number(2));
  update.withdrawn = Reader(withdrawn).prefixes(Family::ipv4);
  Bytes attributes = in.bytes(in.number(2));
  std::vector<Prefix> announced = in.prefixes(Family::ipv4);
  Route route;
  Reader attribute(attributes);
  while (!attribute.done()) {
    uint32_t flags = attribute.number(1);
    auto type = static_cast<uint8_t>(attribute.number(1));
    Bytes value = attribute.bytes(attribute.number((flags & kLong) != 0 ? 2 : 1));
    switch (type) {
      case kOrigin:
        route.origin = static_cast<Origin>(value.at(0));
        break;
      case kAsPath:
        route.as_path = read_path(value);
        break;
      case kNextHop:
        route.next_hop = {NextHop::Kind::address, {Family::ipv4, Reader(value).bits(4)}};
        break;
      case kMed:
        route[Number::med] = Reader(value).number(4);
        break;
      case kLocalPref:
        route[Number::local_pref] = Reader(value).number(4);
        break;
      case kCommunities:
        read_communities(value, CommunityKind::standard, route.communities);
        break;
      case kExtendedCommunities:
        read_communities(value, CommunityKind::extended, route.communities);
        break;
      case kLargeCommunities:
        read_communities(value, CommunityKind::large, route.communities);
        break;
      case kMpReach:
        announced = read_reach(value, route);
        break;
      case kMpUnreach: {
        Reader unreach(value);
        unreach.bytes(3);
        update.ends_ipv6 = unreach.done();
        for (const Prefix& prefix : unreach.prefixes(Family::ipv6)) update.withdrawn.push_back(prefix);
        break;
      }
      default:
        update.other_attributes.insert(type);
    }
  }
  for (const Prefix& prefix : announced) {
    route.prefix = prefix;
    update.announced.push_back(route);
  }
  return update;
}

}  // namespace bgproof
