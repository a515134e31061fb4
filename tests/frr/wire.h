// BGP messages as octets (RFC 4271, 4760, 6793, 1997, 8092, 4360): enough of a speaker to announce any route of the
// model to a daemon and to read what it announces. AS numbers are always four octets wide.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "policy/route.h"

namespace bgproof {

using Bytes = std::vector<uint8_t>;

enum class MessageType : uint8_t { open = 1, update = 2, notification = 3, keepalive = 4, route_refresh = 5 };

struct Message {
  MessageType type = MessageType::keepalive;
  Bytes body;
};

Bytes encode(const Message& message);

// Takes the first whole message off the front; false if there is none yet. Throws std::runtime_error on what is not
// BGP.
bool take_message(Bytes& received, Message& message);

// IPv4 and IPv6 unicast, four-octet AS numbers; with `restart` also graceful restart, so that the peer marks the end of
// its table.
Message open_message(Asn asn, const Address& router_id, bool restart);

// Prefix, path, origin, next hop (an address), communities, MED and local-pref of the route; what is absent is left
// out.
Message update_of(const Route& route);

// What an UPDATE says.
struct Update {
  std::vector<Route> announced;
  std::vector<Prefix> withdrawn;
  std::set<uint8_t> other_attributes;  // types that a Route has no place for
  bool ends_ipv4 = false;              // the marker behind the last route of a table
  bool ends_ipv6 = false;
};
Update decode_update(const Bytes& body);

}  // namespace bgproof
