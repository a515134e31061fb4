#include "report/places.h"

#include <fmt/format.h>

#include "report/display.h"

namespace bgproof {

namespace {

constexpr size_t kLineWidth = 100;

struct Chain {
  std::string head, name;
  std::vector<std::string> sessions;
};

std::vector<Chain> chains_of(const std::vector<Place>& places) {
  std::vector<Chain> found;
  for (const Place& place : places) {
    if (place.policies.empty() && place.sessions.empty()) continue;
    std::string head = harmless(place.device);
    if (place.direction != Direction::none) head += fmt::format(" {}", to_string(place.direction));
    std::string name = place.policies.empty() ? "(no policy)" : fmt::format("{}", fmt::join(place.policies, ", "));
    if (found.empty() || found.back().head != head || found.back().name != name) found.push_back({head, name, {}});
    auto& sessions = found.back().sessions;
    sessions.insert(sessions.end(), place.sessions.begin(), place.sessions.end());
  }
  return found;
}

}  // namespace

std::vector<std::string> to_lines(const std::vector<Place>& places) {
  std::vector<std::string> lines;
  std::string head;
  for (const Chain& chain : chains_of(places)) {
    std::string line =
        (chain.head == head ? "  " : chain.head + "  ") + chain.name + (chain.sessions.empty() ? "" : ":");
    head = chain.head;
    for (size_t i = 0; i < chain.sessions.size(); ++i) {
      std::string piece = " " + chain.sessions[i] + (i + 1 < chain.sessions.size() ? "," : "");
      if (line.size() + piece.size() > kLineWidth) {
        lines.push_back(line);
        line = std::string(3, ' ');
      }
      line += piece;
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace bgproof
