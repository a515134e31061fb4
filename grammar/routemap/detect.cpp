// What a text is, by its lines: a few that one dialect alone writes settle it, others speak for one or several.
#include <algorithm>
#include <array>
#include <span>

#include "grammar/routemap/modes.h"
#include "grammar/routemap/syntax.h"

namespace bgproof::routemap {

namespace {

constexpr size_t kLooked = 256 * 1024;
constexpr int kSettles = 100;

class Detector {
 public:
  void line(std::string_view line);
  std::optional<Detected> result() const;

 private:
  void speaks(Dialect dialect, int weight) { score_[static_cast<size_t>(dialect)] += weight; }
  void comment(std::string_view line);
  void command(std::string_view line, const Head& head);
  void bgp_command(const Head& head);
  void list_command(std::string_view line, const Head& head);

  std::array<int, 4> score_{};
  bool family_ = false;  // something that only these dialects write
  bool other_ = false;   // something that only others write
  int statements_ = 0;   // lines that end like a statement of a language with braces
  int commands_ = 0;     // lines of policy or BGP
};

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void Detector::comment(std::string_view line) {
  if (line.starts_with("!! IOS XR") || has(line, "ArubaOS") || has(line, "TiMOS")) other_ = true;
  constexpr std::string_view kRancid = "RANCID-CONTENT-TYPE:";
  if (size_t at = line.find(kRancid); at != std::string_view::npos) {
    std::string_view kind = line.substr(at + kRancid.size());
    kind.remove_prefix(std::min(kind.find_first_not_of(' '), kind.size()));
    kind = kind.substr(0, kind.find_first_of(" \r"));
    if (kind == "cisco" || kind == "ios" || kind == "cisco-ios")
      speaks(Dialect::ios, kSettles);
    else if (kind == "cisco-nx" || kind == "nxos")
      speaks(Dialect::nxos, kSettles);
    else if (kind == "arista" || kind == "eos")
      speaks(Dialect::eos, kSettles);
    else if (kind == "frr" || kind == "frrouting" || kind == "cumulus" || kind == "quagga" || kind == "zebra")
      speaks(Dialect::frr, kSettles);
    else
      other_ = true;
  }
  if (line.starts_with("! device:") && has(line, "EOS")) speaks(Dialect::eos, kSettles);
  if (line.starts_with("! boot system flash")) speaks(Dialect::eos, 10);
  if (line.starts_with("!Command: show")) speaks(Dialect::nxos, 10);
}

// Lines that BGP and route maps of one or two of the dialects have.
void Detector::bgp_command(const Head& head) {
  const auto& [first, second, third, fourth, fifth] = head.word;
  if (first == "neighbor-group" || first == "session-group" || first == "af-group") other_ = true;
  if (first == "neighbor") {
    if (head.count == 2) speaks(Dialect::nxos, 3);
    if (third == "peer" && fourth == "group") speaks(Dialect::eos, 5);
    if (third == "interface" && head.count <= 5) speaks(Dialect::frr, 3);
    if (third == "maximum-routes") speaks(Dialect::eos, 5);
    if (third == "remote-as" || third == "route-map" || third == "activate") {
      speaks(Dialect::ios, 1);
      speaks(Dialect::frr, 1);
      speaks(Dialect::eos, 1);
    }
  }
  if (first == "remote-as") speaks(Dialect::nxos, 3);
  if (first == "template" && second == "peer") speaks(Dialect::nxos, 5);
  if (first == "inherit" && (second == "peer" || second == "peer-policy" || second == "peer-session"))
    speaks(third.empty() ? Dialect::ios : Dialect::nxos, 1);
  if (first == "exit-address-family") {
    speaks(Dialect::ios, 3);
    speaks(Dialect::frr, 3);
  }
  if (first == "bgp") {
    if (second == "ebgp-requires-policy" || (second == "as-path" && third == "access-list") ||
        second == "community-list" || second == "large-community-list" || second == "extcommunity-list")
      speaks(Dialect::frr, 20);
    if ((second == "graceful-shutdown" && head.count == 2) || (second == "default" && third == "shutdown") ||
        second == "no-rib" || second == "session-dscp" || second == "suppress-fib-pending")
      speaks(Dialect::frr, 20);
    if (second == "missing-policy") speaks(Dialect::eos, 20);
    if (second == "safe-ebgp-policy") speaks(Dialect::ios, 20);
  }
  if (first == "network" && third == "mask") speaks(Dialect::ios, 5);
  if (first == "on-match" || first == "call") speaks(Dialect::frr, 20);
  if (first == "sub-route-map") speaks(Dialect::eos, 20);
  if (first == "match" && second == "invert-result") speaks(Dialect::eos, 20);
}

void Detector::list_command(std::string_view line, const Head& head) {
  const auto& [first, second, third, fourth, fifth] = head.word;
  if (second == "community-list" || second == "extcommunity-list" || second == "large-community-list") {
    if (third == "regexp") speaks(Dialect::eos, 20);
    if (third == "standard" || third == "expanded") {
      speaks(Dialect::ios, 1);
      speaks(Dialect::nxos, 1);
      speaks(Dialect::frr, 1);
      if (fifth == "seq") speaks(Dialect::nxos, 2);
    }
  }
  if (second == "prefix-list" && head.count == 3) speaks(Dialect::eos, 5);
  if (second == "as-path" && third == "access-list") {
    if (has(line, " seq ") || line.ends_with('"')) speaks(Dialect::nxos, 2);
    if (line.ends_with(" any")) speaks(Dialect::eos, 3);
  }
}

void Detector::command(std::string_view line, const Head& head) {
  const auto& [first, second, third, fourth, fifth] = head.word;
  if (first == "route-policy" || first == "end-policy" || first == "end-set" || first == "community-set" ||
      first == "prefix-set" || first == "as-path-set" || first == "protocol" || first == "filter" ||
      (first == "ASA" && second == "Version") || (first == "ip" && second == "ip-prefix") ||
      (first == "ipv4" && second == "address"))
    other_ = true;
  if (first == "router" && second == "bgp") {
    family_ = true;
    if (fourth == "vrf") speaks(Dialect::frr, 10);
  }
  if (first == "route-map" && (head.count == 2 || third == "permit" || third == "deny")) family_ = true;
  if ((first == "ip" || first == "ipv6") &&
      (second == "prefix-list" || second == "community-list" || second == "as-path" || second == "extcommunity-list"))
    family_ = true;
  if (first == "version" && head.count >= 2 && is_digit(second.front())) {
    // `version 15.4`; NX-OS names a release: `version 9.3(5)`.
    speaks(has(second, "(") ? Dialect::nxos : Dialect::ios, 40);
    family_ = true;
  }
  if (first == "frr" && (second == "version" || second == "defaults")) {
    speaks(Dialect::frr, kSettles);
    family_ = true;
  }
  if (first == "feature" || first == "vdc") speaks(Dialect::nxos, first == "vdc" || second == "bgp" ? 40 : 10);
  if (first == "boot" && second == "nxos") speaks(Dialect::nxos, 40);
  if (first == "vrf") {
    if (second == "context") speaks(Dialect::nxos, 10);
    if (second == "instance") speaks(Dialect::eos, 10);
    if (second == "definition") speaks(Dialect::ios, 2), speaks(Dialect::eos, 2);
  }
  if (first == "transceiver" && second == "qsfp") speaks(Dialect::eos, 20);
  if (first == "service") {
    if (second == "routing" && third == "protocols") speaks(Dialect::eos, 40);
    if (second == "timestamps") speaks(Dialect::ios, 20);
    if (second == "integrated-vtysh-config") speaks(Dialect::frr, kSettles);
  }
  if (first == "management" && second == "api") speaks(Dialect::eos, 20);
  if (first == "daemon" && second == "TerminAttr") speaks(Dialect::eos, 40);
  if (first == "boot-start-marker") speaks(Dialect::ios, 40);
  if (first == "Building" && second == "configuration...") speaks(Dialect::ios, 5), speaks(Dialect::frr, 5);
  if (first == "Current" && second == "configuration") speaks(Dialect::ios, 20);
  if (first == "log" && (second == "syslog" || second == "file")) speaks(Dialect::frr, 10);
  if (first == "ip") {
    if (second == "bgp-community") speaks(Dialect::ios, 20);
    if (second == "address" && !third.empty() && is_digit(third.front())) {
      if (has(third, "/"))
        speaks(Dialect::eos, 1), speaks(Dialect::nxos, 1), speaks(Dialect::frr, 1);
      else if (!fourth.empty() && is_digit(fourth.front()))
        speaks(Dialect::ios, 10);
    }
    if (second == "forwarding") speaks(Dialect::frr, 5);
    if (second == "classless" || second == "cef") speaks(Dialect::ios, 10);
  }
  if (first == "router-id" || (first == "ip" && second == "router-id")) speaks(Dialect::nxos, 1);
  bgp_command(head);
  list_command(line, head);
}

void Detector::line(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (line.empty()) return;
  if (line.front() == '!' || line.front() == '#') return comment(line);
  char last = line.back();
  if (last == '{' || last == ';' || last == '}') {
    ++statements_;
    return;
  }
  Head head = head_of(line);
  if (head.count == 0) return;
  commands_ += is_of_root(head) || head.word[0] == "neighbor" || head.word[0] == "match" || head.word[0] == "set";
  command(line, head);
}

std::optional<Detected> Detector::result() const {
  auto best = std::max_element(score_.begin(), score_.end());
  bool settled = *best >= kSettles;
  if (other_ && !settled) return std::nullopt;
  if (statements_ > commands_) return std::nullopt;
  if (!family_ && *best < 40) return std::nullopt;
  // Of equal ones the first stands: IOS is what the others imitate.
  auto second = 0;
  for (auto each = score_.begin(); each != score_.end(); ++each)
    if (each != best) second = std::max(second, *each);
  return Detected{static_cast<Dialect>(best - score_.begin()), settled || *best >= second + 10};
}

}  // namespace

std::optional<Detected> detect(std::string_view text) {
  text = text.substr(0, kLooked);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Detector detector;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    detector.line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return detector.result();
}

}  // namespace bgproof::routemap
