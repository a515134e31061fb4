#include "encoder/automaton/asn_diagram.h"

#include <algorithm>
#include <map>

namespace bgproof {
namespace {

using Edge = AsnDiagram::Edge;
using Node = AsnDiagram::Node;

constexpr std::array<uint64_t, kAsnDigits> kWeights = {1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000,
                                                       10'000,        1'000,       100,        10,        1};

uint32_t digit(Asn asn, uint32_t place) { return static_cast<uint32_t>(asn / kWeights[place] % 10); }

// Digits that may stand at `place`: up to here on the way to the largest number (`tight`), else 9.
uint32_t last_digit(uint32_t place, bool tight) { return tight ? digit(UINT32_MAX, place) : 9; }

// How many numbers there are from `place` on.
uint64_t width(uint32_t place, bool tight) {
  const uint64_t all = place == 0 ? uint64_t{1} << 32 : kWeights[place - 1];
  return tight && place > 0 ? UINT32_MAX % kWeights[place - 1] + 1 : all;
}

}  // namespace

uint32_t AsnDiagram::operator()(Asn asn) const {
  Edge edge = root_;
  for (uint32_t place = 0; !is_value(edge); ++place) edge = nodes_[edge][digit(asn, place)];
  return value_of(edge);
}

uint64_t AsnDiagram::pieces(uint64_t limit) const {
  struct Part {
    Edge first, last;
    uint64_t changes;
  };
  std::vector<std::optional<Part>> known(nodes_.size());
  const auto count = [&](auto&& self, Edge edge) -> Part {
    if (is_value(edge)) return {edge, edge, 0};
    if (known[edge]) return *known[edge];
    Part part{};
    for (uint32_t d = 0; d < 10 && nodes_[edge][d] != kAbsent; ++d) {
      const Part below = self(self, nodes_[edge][d]);
      part = d == 0 ? below
                    : Part{part.first, below.last,
                           std::min(limit, part.changes + below.changes + (part.last == below.first ? 0 : 1))};
    }
    known[edge] = part;
    return part;
  };
  return std::min(limit, count(count, root_).changes + 1);
}

void AsnDiagram::for_each_piece(const std::function<void(Asn, uint32_t)>& visit) const {
  Edge last = kAbsent;
  const auto go = [&](auto&& self, Edge edge, uint32_t place, uint64_t base) -> void {
    if (is_value(edge)) {
      if (edge != last) visit(static_cast<Asn>(base), value_of(edge));
      last = edge;
      return;
    }
    for (uint32_t d = 0; d < 10 && nodes_[edge][d] != kAbsent; ++d)
      self(self, nodes_[edge][d], place + 1, base + d * kWeights[place]);
  };
  go(go, root_, 0, 0);
}

std::vector<uint64_t> AsnDiagram::counts(uint32_t values) const {
  std::vector<uint64_t> result(values, 0);
  // By node and whether it is on the way to the largest number: how many beginnings lead there.
  std::map<std::pair<Edge, bool>, uint64_t> here = {{{root_, true}, 1}};
  for (uint32_t place = 0; !here.empty(); ++place) {
    std::map<std::pair<Edge, bool>, uint64_t> below;
    for (const auto& [key, ways] : here) {
      const auto [edge, tight] = key;
      if (is_value(edge)) {
        result[value_of(edge)] += ways * width(place, tight);
        continue;
      }
      const uint32_t last = last_digit(place, tight);
      for (uint32_t d = 0; d <= last; ++d) below[{nodes_[edge][d], tight && d == last}] += ways;
    }
    here = std::move(below);
  }
  return result;
}

std::vector<std::pair<uint32_t, Asn>> AsnDiagram::lowest() const {
  std::vector<std::pair<uint32_t, Asn>> result;
  std::vector<char> visited(nodes_.size(), 0);
  std::unordered_map<uint32_t, Asn> known;
  const auto go = [&](auto&& self, Edge edge, uint32_t place, uint64_t base) -> void {
    if (is_value(edge)) {
      if (known.try_emplace(value_of(edge), static_cast<Asn>(base)).second)
        result.emplace_back(value_of(edge), static_cast<Asn>(base));
      return;
    }
    if (visited[edge] != 0) return;
    visited[edge] = 1;
    for (uint32_t d = 0; d < 10 && nodes_[edge][d] != kAbsent; ++d)
      self(self, nodes_[edge][d], place + 1, base + d * kWeights[place]);
  };
  go(go, root_, 0, 0);
  return result;
}

size_t AsnDiagramBuilder::Hash::operator()(const Node& node) const {
  uint64_t value = 0x9e3779b97f4a7c15;
  for (Edge edge : node) value = (value ^ edge) * 0x100000001b3 + (value >> 29);
  return value;
}

Edge AsnDiagramBuilder::node(const Node& edges) {
  const bool one_value = AsnDiagram::is_value(edges[0]) && std::all_of(edges.begin(), edges.end(), [&](Edge edge) {
                           return edge == edges[0] || edge == AsnDiagram::kAbsent;
                         });
  if (one_value || overflowed()) return one_value ? edges[0] : value(0);
  const auto [at, is_new] = ids_.try_emplace(edges, static_cast<Edge>(nodes_.size()));
  if (is_new) nodes_.push_back(edges);
  return at->second;
}

Edge AsnDiagramBuilder::read(uint32_t start, const Next& next) {
  // Numbers that have begun and are not on the way to the largest, by place and state.
  std::array<std::unordered_map<uint32_t, Edge>, kAsnDigits> known;
  const auto go = [&](auto&& self, uint32_t place, bool begun, bool tight, uint32_t state) -> Edge {
    if (place == kAsnDigits) return value(state);
    if (begun && !tight) {
      if (const auto at = known[place].find(state); at != known[place].end()) return at->second;
    }
    Node edges;
    const uint32_t last = last_digit(place, tight);
    for (uint32_t d = 0; d < 10; ++d) {
      if (d > last) {
        edges[d] = AsnDiagram::kAbsent;
        continue;
      }
      const bool is_read = begun || d > 0 || place + 1 == kAsnDigits;
      edges[d] = self(self, place + 1, is_read, tight && d == last, is_read ? next(state, d) : state);
    }
    const Edge made = node(edges);
    if (begun && !tight) known[place].emplace(state, made);
    return made;
  };
  return go(go, 0, false, true, start);
}

Edge AsnDiagramBuilder::add(const AsnDiagram& diagram) {
  std::vector<Edge> known(diagram.nodes_.size(), AsnDiagram::kAbsent);
  const auto go = [&](auto&& self, Edge edge) -> Edge {
    if (edge == AsnDiagram::kAbsent || AsnDiagram::is_value(edge)) return edge;
    if (known[edge] != AsnDiagram::kAbsent) return known[edge];
    Node edges;
    for (uint32_t d = 0; d < 10; ++d) edges[d] = self(self, diagram.nodes_[edge][d]);
    return known[edge] = node(edges);
  };
  return go(go, diagram.root_);
}

Edge AsnDiagramBuilder::add(const std::vector<std::pair<Asn, uint32_t>>& pieces) {
  // The pieces from `at` on begin behind `base` or are the last that does not.
  const auto go = [&](auto&& self, uint32_t place, bool tight, uint64_t base, size_t at) -> Edge {
    const uint64_t end = base + width(place, tight);
    while (at + 1 < pieces.size() && pieces[at + 1].first <= base) ++at;
    if (at + 1 == pieces.size() || pieces[at + 1].first >= end) return value(pieces[at].second);
    Node edges;
    const uint32_t last = last_digit(place, tight);
    for (uint32_t d = 0; d < 10; ++d) {
      const uint64_t low = base + d * kWeights[place];
      if (d <= last) {
        at = static_cast<size_t>(std::upper_bound(pieces.begin() + static_cast<std::ptrdiff_t>(at), pieces.end(), low,
                                                  [](uint64_t asn, const auto& piece) { return asn < piece.first; }) -
                                 pieces.begin()) -
             1;
      }
      edges[d] = d > last ? AsnDiagram::kAbsent : self(self, place + 1, tight && d == last, low, at);
    }
    return node(edges);
  };
  return go(go, 0, true, 0, 0);
}

Edge AsnDiagramBuilder::map(Edge edge, const std::function<uint32_t(uint32_t)>& to) {
  std::unordered_map<Edge, Edge> known;
  const auto go = [&](auto&& self, Edge from) -> Edge {
    if (from == AsnDiagram::kAbsent) return from;
    if (AsnDiagram::is_value(from)) return value(to(AsnDiagram::value_of(from)));
    if (const auto at = known.find(from); at != known.end()) return at->second;
    const Node old = nodes_[from];
    Node edges;
    for (uint32_t d = 0; d < 10; ++d) edges[d] = self(self, old[d]);
    return known[from] = node(edges);
  };
  return go(go, edge);
}

Edge AsnDiagramBuilder::join(Edge left, Edge right, std::vector<std::pair<uint32_t, uint32_t>>& pairs) {
  std::unordered_map<uint64_t, Edge> known;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> numbers;
  for (uint32_t i = 0; i < pairs.size(); ++i) numbers.emplace(pairs[i], i);
  const auto go = [&](auto&& self, Edge a, Edge b) -> Edge {
    if (a == AsnDiagram::kAbsent || b == AsnDiagram::kAbsent) return AsnDiagram::kAbsent;
    const bool a_ends = AsnDiagram::is_value(a), b_ends = AsnDiagram::is_value(b);
    if (a_ends && b_ends) {
      const std::pair pair(AsnDiagram::value_of(a), AsnDiagram::value_of(b));
      const auto [at, is_new] = numbers.try_emplace(pair, static_cast<uint32_t>(pairs.size()));
      if (is_new) pairs.push_back(pair);
      return value(at->second);
    }
    const uint64_t key = uint64_t{a} << 32 | b;
    if (const auto at = known.find(key); at != known.end()) return at->second;
    Node edges;
    for (uint32_t d = 0; d < 10; ++d) edges[d] = self(self, a_ends ? a : nodes_[a][d], b_ends ? b : nodes_[b][d]);
    return known[key] = node(edges);
  };
  return go(go, left, right);
}

AsnDiagram AsnDiagramBuilder::take(Edge root) const {
  AsnDiagram result;
  std::unordered_map<Edge, Edge> numbers;
  std::vector<Edge> order;
  const auto number = [&](auto&& self, Edge edge) -> void {
    if (edge == AsnDiagram::kAbsent || AsnDiagram::is_value(edge)) return;
    if (!numbers.try_emplace(edge, static_cast<Edge>(order.size())).second) return;
    order.push_back(edge);
    for (Edge below : nodes_[edge]) self(self, below);
  };
  number(number, root);
  const auto renumbered = [&](Edge edge) {
    return edge == AsnDiagram::kAbsent || AsnDiagram::is_value(edge) ? edge : numbers.at(edge);
  };
  for (Edge edge : order) {
    Node node = nodes_[edge];
    for (Edge& below : node) below = renumbered(below);
    result.nodes_.push_back(node);
  }
  result.root_ = renumbered(root);
  return result;
}

const std::vector<char>& AsnOrder::having(uint32_t value) {
  const auto [at, is_new] = having_.try_emplace(value);
  if (!is_new) return at->second;
  constexpr char kUnknown = 2;
  std::vector<char>& has = at->second;
  has.assign(diagram_.nodes().size(), kUnknown);
  const auto go = [&](auto&& self, Edge edge) -> char {
    if (edge == AsnDiagram::kAbsent) return 0;
    if (AsnDiagram::is_value(edge)) return AsnDiagram::value_of(edge) == value ? 1 : 0;
    if (has[edge] != kUnknown) return has[edge];
    char any = 0;
    for (Edge below : diagram_.nodes()[edge]) any = static_cast<char>(any | self(self, below));
    return has[edge] = any;
  };
  go(go, diagram_.root());
  return has;
}

std::optional<Asn> AsnOrder::next(uint32_t value, Asn from) {
  const std::vector<char>& has = having(value);
  // `bound`: the digits so far are those of `from`.
  const auto go = [&](auto&& self, Edge edge, uint32_t place, bool bound, uint64_t base) -> std::optional<Asn> {
    if (edge == AsnDiagram::kAbsent) return std::nullopt;
    if (AsnDiagram::is_value(edge)) {
      if (AsnDiagram::value_of(edge) != value) return std::nullopt;
      return bound ? from : static_cast<Asn>(base);
    }
    if (has[edge] == 0) return std::nullopt;
    const uint32_t first = bound ? digit(from, place) : 0;
    for (uint32_t d = first; d < 10; ++d) {
      const auto found =
          self(self, diagram_.nodes()[edge][d], place + 1, bound && d == first, base + d * kWeights[place]);
      if (found) return found;
    }
    return std::nullopt;
  };
  return go(go, diagram_.root(), 0, true, 0);
}

std::optional<Asn> AsnOrder::previous(uint32_t value, Asn to) {
  const std::vector<char>& has = having(value);
  const auto go = [&](auto&& self, Edge edge, uint32_t place, bool bound, uint64_t base) -> std::optional<Asn> {
    if (edge == AsnDiagram::kAbsent) return std::nullopt;
    if (AsnDiagram::is_value(edge)) {
      if (AsnDiagram::value_of(edge) != value) return std::nullopt;
      if (bound) return to;
      const uint64_t last = base + (place == 0 ? uint64_t{1} << 32 : kWeights[place - 1]) - 1;
      return static_cast<Asn>(std::min<uint64_t>(last, UINT32_MAX));
    }
    if (has[edge] == 0) return std::nullopt;
    const uint32_t first = bound ? digit(to, place) : 9;
    for (uint32_t d = first + 1; d-- > 0;) {
      const auto found =
          self(self, diagram_.nodes()[edge][d], place + 1, bound && d == first, base + d * kWeights[place]);
      if (found) return found;
    }
    return std::nullopt;
  };
  return go(go, diagram_.root(), 0, true, 0);
}

}  // namespace bgproof
