// A BGP neighbor of the daemon under test: one TCP connection from an address of the loopback net. It opens the
// session, announces what it is told, and keeps the updates that it gets. All waits end: with what was waited for, or
// with an exception that says what was seen instead.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/frr/wire.h"

namespace bgproof {

// How long to wait for what always comes: long enough for a busy machine, and never part of a verdict.
inline constexpr std::chrono::seconds kPatience{90};

// Asks `done` again and again, with short sleeps. Throws std::runtime_error("... " + what) when patience ends.
void wait_until(const std::function<bool()>& done, const std::string& what);

class Speaker {
 public:
  // Connects from `address` to 127.0.0.1:`port` and sends OPEN and KEEPALIVE.
  Speaker(const Address& address, Asn asn, uint16_t port, bool restart = false);
  ~Speaker();
  Speaker(Speaker&& other) noexcept;
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;
  Speaker& operator=(Speaker&&) = delete;

  void await_established();
  void announce(const Route& route);
  // Until the end of both tables was marked; wants `restart`.
  void await_end_of_tables();

  const Address& address() const { return address_; }
  uint32_t sent_messages() const { return sent_; }
  // What the daemon announces now, in the order of prefixes.
  const std::map<Prefix, Route>& announced() const { return announced_; }
  const std::set<uint8_t>& other_attributes() const { return other_attributes_; }

 private:
  void send(const Message& message);
  void receive(const std::function<bool()>& done, const std::string& what);
  void take(const Message& message);

  Address address_;
  int socket_ = -1;
  uint32_t sent_ = 0;
  Bytes received_;
  bool established_ = false, ended_ipv4_ = false, ended_ipv6_ = false;
  std::map<Prefix, Route> announced_;
  std::set<uint8_t> other_attributes_;
};

}  // namespace bgproof
