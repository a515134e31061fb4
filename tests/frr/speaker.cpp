#include "tests/frr/speaker.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <utility>

namespace bgproof {
namespace {

sockaddr_in socket_address(const Address& address, uint16_t port) {
  sockaddr_in result{};
  result.sin_family = AF_INET;
  result.sin_addr.s_addr = htonl(static_cast<uint32_t>(address.bits >> 96));
  result.sin_port = htons(port);
  return result;
}

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(fmt::format("{}: {}", what, std::strerror(errno)));
}

}  // namespace

void wait_until(const std::function<bool()>& done, const std::string& what) {
  auto end = std::chrono::steady_clock::now() + kPatience;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("waited in vain for " + what);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

Speaker::Speaker(const Address& address, Asn asn, uint16_t port, bool restart) : address_(address) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) fail("socket");
  sockaddr_in from = socket_address(address, 0), to = socket_address(*parse_address("127.0.0.1"), port);
  bool connected = ::bind(socket_, reinterpret_cast<sockaddr*>(&from), sizeof from) == 0 &&
                   ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  if (!connected) {
    int error = errno;
    ::close(socket_);
    errno = error;
    fail("connect from " + to_string(address));
  }
  send(open_message(asn, address, restart));
  send({MessageType::keepalive, {}});
}

Speaker::~Speaker() {
  if (socket_ >= 0) ::close(socket_);
}

Speaker::Speaker(Speaker&& other) noexcept
    : address_(other.address_),
      socket_(std::exchange(other.socket_, -1)),
      sent_(other.sent_),
      received_(std::move(other.received_)),
      established_(other.established_),
      ended_ipv4_(other.ended_ipv4_),
      ended_ipv6_(other.ended_ipv6_),
      announced_(std::move(other.announced_)),
      other_attributes_(std::move(other.other_attributes_)) {}

void Speaker::await_established() {
  receive([&] { return established_; }, "a session");
}

void Speaker::announce(const Route& route) { send(update_of(route)); }

void Speaker::await_end_of_tables() {
  receive([&] { return ended_ipv4_ && ended_ipv6_; }, "the end of the tables");
}

void Speaker::send(const Message& message) {
  Bytes octets = encode(message);
  size_t at = 0;
  while (at < octets.size()) {
    pollfd writable{socket_, POLLOUT, 0};
    int ready = ::poll(&writable, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count()));
    if (ready == 0) throw std::runtime_error(to_string(address_) + ": the daemon does not read");
    ssize_t written = ::send(socket_, octets.data() + at, octets.size() - at, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (written < 0 && errno != EAGAIN && errno != EINTR) fail("send from " + to_string(address_));
    if (written > 0) at += static_cast<size_t>(written);
  }
  ++sent_;
}

void Speaker::receive(const std::function<bool()>& done, const std::string& what) {
  auto end = std::chrono::steady_clock::now() + kPatience;
  std::array<uint8_t, 65536> buffer;
  while (!done()) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    pollfd readable{socket_, POLLIN, 0};
    if (left <= 0 || ::poll(&readable, 1, static_cast<int>(left)) == 0)
      throw std::runtime_error(fmt::format("{} waited in vain for {}", to_string(address_), what));
    ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (count <= 0) throw std::runtime_error(fmt::format("{}: closed, waiting for {}", to_string(address_), what));
    received_.insert(received_.end(), buffer.data(), buffer.data() + count);
    Message message;
    while (take_message(received_, message)) take(message);
  }
}

void Speaker::take(const Message& message) {
  switch (message.type) {
    case MessageType::keepalive:
      established_ = true;
      break;
    case MessageType::notification:
      throw std::runtime_error(fmt::format("{}: the daemon ends the session, error {} {}", to_string(address_),
                                           message.body.at(0), message.body.at(1)));
    case MessageType::update: {
      Update update = decode_update(message.body);
      ended_ipv4_ |= update.ends_ipv4;
      ended_ipv6_ |= update.ends_ipv6;
      for (const Prefix& prefix : update.withdrawn) announced_.erase(prefix);
      for (const Route& route : update.announced) announced_[route.prefix] = route;
      other_attributes_.merge(update.other_attributes);
      break;
    }
    case MessageType::open:
    case MessageType::route_refresh:
      break;
  }
}

}  // namespace bgproof
