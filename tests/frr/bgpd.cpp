#include "tests/frr/bgpd.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "tests/frr/speaker.h"
#include "tests/frr/table.h"

namespace bgproof {
namespace {

constexpr const char* kProgram = "/usr/lib/frr/bgpd";
constexpr int kStarts = 5;

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A file descriptor that closes itself.
class Socket {
 public:
  Socket(int family, int type) : fd_(::socket(family, type | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

sockaddr_in loopback(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

uint16_t free_port() {
  Socket socket(AF_INET, SOCK_STREAM);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  bool bound = ::bind(socket.fd(), reinterpret_cast<sockaddr*>(&address), size) == 0 &&
               ::getsockname(socket.fd(), reinterpret_cast<sockaddr*>(&address), &size) == 0;
  if (!bound) throw std::runtime_error("no free port on 127.0.0.1");
  return ntohs(address.sin_port);
}

bool listens(uint16_t port) {
  Socket socket(AF_INET, SOCK_STREAM);
  sockaddr_in address = loopback(port);
  return ::connect(socket.fd(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

// One command over the daemon's vty socket: the text ends with three zero octets and the status.
std::string ask_socket(const std::filesystem::path& path, const std::vector<std::string>& commands) {
  Socket socket(AF_UNIX, SOCK_STREAM);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  if (::connect(socket.fd(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return "";
  timeval patience{static_cast<time_t>(kPatience.count()), 0};
  ::setsockopt(socket.fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string answer;
  for (const std::string& command : commands) {
    if (::send(socket.fd(), command.c_str(), command.size() + 1, MSG_NOSIGNAL) < 0) return "";
    answer.clear();
    std::array<char, 65536> buffer;
    auto ended = [&] { return answer.size() >= 4 && answer.compare(answer.size() - 4, 3, std::string(3, '\0')) == 0; };
    while (!ended()) {
      ssize_t count = ::recv(socket.fd(), buffer.data(), buffer.size(), 0);
      if (count <= 0) throw std::runtime_error("bgpd does not answer: " + command);
      answer.append(buffer.data(), static_cast<size_t>(count));
    }
    answer.resize(answer.size() - 4);
  }
  return answer;
}

}  // namespace

std::string Bgpd::missing() {
  if (::access(kProgram, X_OK) != 0) return fmt::format("{} is not installed", kProgram);
  return "";
}

Bgpd::Bgpd(const std::string& config) {
  std::string shape = (std::filesystem::temp_directory_path() / "bgproof-frr-XXXXXX").string();
  if (!::mkdtemp(shape.data())) throw std::runtime_error("no directory for bgpd");
  directory_ = shape;
  // The log first: it says which lines are refused.
  std::ofstream(directory_ / "bgpd.conf") << fmt::format("log file {}\n", (directory_ / "log").string()) << config;
  for (int attempt = 0; attempt < kStarts; ++attempt)
    if (start()) return;
  std::string why = log() + slurp(directory_ / "output");
  stop();
  throw std::runtime_error("bgpd does not start: " + why);
}

Bgpd::~Bgpd() { stop(); }

bool Bgpd::start() {
  port_ = free_port();
  std::vector<std::string> arguments = {kProgram,
                                        "--config_file",
                                        (directory_ / "bgpd.conf").string(),
                                        "--no_kernel",
                                        "--no_zebra",
                                        "--skip_runas",
                                        "--bgp_port",
                                        std::to_string(port_),
                                        "--listenon",
                                        "127.0.0.1",
                                        "--vty_port",
                                        "0",
                                        "--pid_file",
                                        (directory_ / "pid").string(),
                                        "--vty_socket",
                                        directory_.string()};
  std::string output = (directory_ / "output").string();
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_t parent = ::getpid();
  child_ = ::fork();
  if (child_ < 0) throw std::runtime_error("fork fails");
  if (child_ == 0) {
    // Dies with the test, should that be killed.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    int in = ::open("/dev/null", O_RDONLY), out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    bool ready = ::getppid() == parent && ::dup2(in, 0) == 0 && ::dup2(out, 1) == 1 && ::dup2(out, 2) == 2;
    if (ready) ::execv(kProgram, argv.data());
    ::_exit(126);
  }
  bool running = true;
  wait_until(
      [&] {
        running = ::waitpid(child_, nullptr, WNOHANG) == 0;
        return !running || (listens(port_) && !ask("show version").empty());
      },
      "bgpd to listen");
  if (!running) child_ = -1;
  return running;
}

void Bgpd::stop() {
  if (child_ > 0) {
    ::kill(child_, SIGTERM);
    for (int i = 0; i < 100 && child_ > 0; ++i) {
      if (::waitpid(child_, nullptr, WNOHANG) == child_)
        child_ = -1;
      else
        ::usleep(20'000);
    }
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
      child_ = -1;
    }
  }
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

std::string Bgpd::ask(const std::string& command) const {
  return ask_socket(directory_ / "bgpd.vty", {"enable", command});
}

std::vector<std::string> Bgpd::refused() const {
  std::vector<std::string> lines;
  std::istringstream in(log());
  for (std::string line; std::getline(in, line);)
    if (line.find(" on config line ") != std::string::npos) lines.push_back(line);
  return lines;
}

std::string Bgpd::log() const { return slurp(directory_ / "log"); }

void Bgpd::await_messages(const std::map<std::string, uint32_t>& counts) const {
  auto taken = [&] {
    nlohmann::json neighbors =
        nlohmann::json::parse(ask("show bgp ipv4 unicast summary json")).value("peers", nlohmann::json());
    for (const auto& [neighbor, count] : counts)
      if (!neighbors.contains(neighbor) || neighbors[neighbor].value("msgRcvd", 0u) < count) return false;
    return true;
  };
  wait_until(taken, "bgpd to take all messages");
}

void Bgpd::await_best_paths() const {
  for (const char* family : {"ipv4", "ipv6"}) {
    std::string command = fmt::format("show bgp {} unicast json", family);
    wait_until([&] { return all_have_best_path(ask(command)); }, "best paths");
  }
}

std::map<std::string, std::map<Prefix, Route>> Bgpd::table() const {
  std::map<std::string, std::map<Prefix, Route>> routes;
  for (const char* family : {"ipv4", "ipv6"})
    read_table(ask(fmt::format("show bgp {} unicast json detail", family)), routes);
  return routes;
}

}  // namespace bgproof
