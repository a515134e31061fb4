// FRR's bgpd as a child process: without zebra and without privileges, listening on 127.0.0.1 alone, its files in a
// directory of its own. It ends with this object, however the test ends.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "policy/route.h"

namespace bgproof {

class Bgpd {
 public:
  // Why the daemon can't be run here; "" if it can.
  static std::string missing();

  // Starts it with this configuration and waits until it listens on a port that was free.
  explicit Bgpd(const std::string& config);
  ~Bgpd();
  Bgpd(const Bgpd&) = delete;
  Bgpd& operator=(const Bgpd&) = delete;

  uint16_t port() const { return port_; }
  // The answer to a command of vtysh.
  std::string ask(const std::string& command) const;
  // Lines of the configuration that it refused, as its log has them.
  std::vector<std::string> refused() const;
  std::string log() const;

  // Until it has taken that many messages from each neighbor (address as text).
  void await_messages(const std::map<std::string, uint32_t>& counts) const;
  // Until each prefix of its tables has its best path.
  void await_best_paths() const;
  // What each neighbor's routes are after the import policy: neighbor -> prefix -> route. A weight or tag of 0 is
  // absent.
  std::map<std::string, std::map<Prefix, Route>> table() const;

 private:
  bool start();
  void stop();

  std::filesystem::path directory_;
  pid_t child_ = -1;
  uint16_t port_ = 0;
};

}  // namespace bgproof
