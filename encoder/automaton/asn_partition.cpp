#include "encoder/automaton/asn_partition.h"

#include <algorithm>
#include <deque>
#include <map>
#include <tuple>
#include <unordered_map>

namespace bgproof {

bool contains(const AsnRanges& normalized_ranges, Asn asn) {
  const auto behind = std::upper_bound(normalized_ranges.begin(), normalized_ranges.end(), asn,
                                       [](Asn value, const NumberRange& range) { return value < range.low; });
  return behind != normalized_ranges.begin() && std::prev(behind)->high >= asn;
}

AsnRanges private_asns() { return {{64512, 65534}, {4200000000, 4294967294}}; }

AsnPartition::AsnPartition(const std::vector<AsnRanges>& sets) {
  // At each event one set begins or ends to contain the numbers from there on.
  std::vector<std::tuple<Asn, uint32_t, bool>> events;
  for (uint32_t set = 0; set < sets.size(); ++set) {
    for (const NumberRange& range : normalized(sets[set])) {
      events.emplace_back(range.low, set, true);
      if (range.high != UINT32_MAX) events.emplace_back(range.high + 1, set, false);
    }
  }
  std::sort(events.begin(), events.end());
  pieces_.clear();
  lowest_.clear();
  std::map<std::vector<uint32_t>, uint32_t> ids;
  std::vector<uint32_t> active;  // ascending
  size_t at = 0;
  for (Asn low = 0;;) {
    for (; at < events.size() && std::get<0>(events[at]) == low; ++at) {
      const auto [asn, set, begins] = events[at];
      const auto place = std::lower_bound(active.begin(), active.end(), set);
      if (begins) {
        active.insert(place, set);
      } else {
        active.erase(place);
      }
    }
    const auto [it, is_new] = ids.try_emplace(active, static_cast<uint32_t>(lowest_.size()));
    if (is_new) lowest_.push_back(low);
    if (pieces_.empty() || pieces_.back().class_index != it->second) pieces_.push_back({low, it->second});
    if (at == events.size()) break;
    low = std::get<0>(events[at]);
  }
}

AsnPartition::AsnPartition(AsnDiagram diagram, std::vector<uint32_t>* values) {
  lowest_.clear();
  std::unordered_map<uint32_t, uint32_t> numbers;
  for (const auto& [value, asn] : diagram.lowest()) {
    numbers.emplace(value, size());
    lowest_.push_back(asn);
    if (values != nullptr) values->push_back(value);
  }
  AsnDiagramBuilder builder;
  const auto renumbered = builder.map(builder.add(diagram), [&](uint32_t value) { return numbers.at(value); });
  diagram_ = std::make_shared<const AsnDiagram>(builder.take(renumbered));
  settle();
}

uint32_t AsnPartition::class_of(Asn asn) const {
  if (diagram_) return (*diagram_)(asn);
  const auto behind = std::upper_bound(pieces_.begin(), pieces_.end(), asn,
                                       [](Asn value, const Piece& piece) { return value < piece.low; });
  return std::prev(behind)->class_index;
}

size_t AsnPartition::cost() const { return diagram_ ? diagram_->nodes().size() * 10 : pieces_.size(); }

std::vector<uint64_t> AsnPartition::counts() const {
  if (diagram_) return diagram_->counts(size());
  std::vector<uint64_t> result(size(), 0);
  for (size_t i = 0; i < pieces_.size(); ++i) {
    const uint64_t end = i + 1 < pieces_.size() ? pieces_[i + 1].low : uint64_t{1} << 32;
    result[pieces_[i].class_index] += end - pieces_[i].low;
  }
  return result;
}

AsnDiagram AsnPartition::as_diagram() const {
  if (diagram_) return *diagram_;
  std::vector<std::pair<Asn, uint32_t>> pieces;
  for (const Piece& piece : pieces_) pieces.emplace_back(piece.low, piece.class_index);
  AsnDiagramBuilder builder;
  const auto root = builder.add(pieces);
  return builder.take(root);
}

void AsnPartition::settle() {
  constexpr uint64_t kFewPieces = 4096;
  constexpr uint64_t kMostPieces = uint64_t{1} << 20;
  constexpr uint64_t kSmaller = 32;  // so much smaller a diagram has to be
  if (!diagram_ && pieces_.size() <= kFewPieces) return;
  if (!diagram_) diagram_ = std::make_shared<const AsnDiagram>(as_diagram());
  const uint64_t count = diagram_->pieces(kMostPieces + 1);
  pieces_.clear();
  if (count > kMostPieces || (count > kFewPieces && diagram_->nodes().size() * kSmaller < count)) return;
  diagram_->for_each_piece([&](Asn low, uint32_t value) { pieces_.push_back({low, value}); });
  diagram_.reset();
}

AsnRanges AsnPartition::ranges_of(uint32_t class_index) const {
  AsnRanges ranges;
  for (size_t i = 0; i < pieces_.size(); ++i) {
    if (pieces_[i].class_index != class_index) continue;
    ranges.push_back({pieces_[i].low, i + 1 < pieces_.size() ? pieces_[i + 1].low - 1 : UINT32_MAX});
  }
  return ranges;
}

AsnPartition AsnPartition::join_pieces(const std::vector<const AsnPartition*>& of,
                                       std::vector<std::vector<uint32_t>>* tuples) {
  struct Event {
    Asn low;
    uint32_t which, class_index;
    auto operator<=>(const Event&) const = default;
  };
  std::vector<Event> events;
  for (uint32_t which = 0; which < of.size(); ++which) {
    for (const Piece& piece : of[which]->pieces_) events.push_back({piece.low, which, piece.class_index});
  }
  std::sort(events.begin(), events.end());
  AsnPartition result;
  result.pieces_.clear();
  result.lowest_.clear();
  std::map<std::vector<uint32_t>, uint32_t> ids;
  std::vector<uint32_t> tuple(of.size(), 0);
  for (size_t at = 0; at < events.size() || result.pieces_.empty();) {
    const Asn low = events.empty() ? 0 : events[at].low;
    for (; at < events.size() && events[at].low == low; ++at) tuple[events[at].which] = events[at].class_index;
    const auto [it, is_new] = ids.try_emplace(tuple, static_cast<uint32_t>(result.lowest_.size()));
    if (is_new) {
      result.lowest_.push_back(low);
      if (tuples != nullptr) tuples->push_back(tuple);
    }
    if (result.pieces_.empty() || result.pieces_.back().class_index != it->second) {
      result.pieces_.push_back({low, it->second});
    }
  }
  return result;
}

std::optional<AsnPartition> AsnPartition::join(const std::vector<const AsnPartition*>& of,
                                               std::vector<std::vector<uint32_t>>* tuples) {
  // All pieces at once, then the diagrams two by two, so that no step knows more than the result.
  struct Part {
    std::vector<size_t> which;  // of `of`
    AsnDiagramBuilder::Edge root;
    std::vector<std::vector<uint32_t>> tuples;  // by value, in the order of `which`
  };
  std::vector<const AsnPartition*> plain;
  Part pieces;
  std::deque<Part> parts;
  AsnDiagramBuilder builder(AsnDiagramBuilder::kMaxNodes);
  for (size_t i = 0; i < of.size(); ++i) {
    if (!of[i]->diagram_) {
      plain.push_back(of[i]);
      pieces.which.push_back(i);
      continue;
    }
    Part part{{i}, builder.add(*of[i]->diagram_), {}};
    for (uint32_t c = 0; c < of[i]->size(); ++c) part.tuples.push_back({c});
    parts.push_back(std::move(part));
  }
  if (parts.empty()) return join_pieces(of, tuples);
  if (!plain.empty()) {
    pieces.root = builder.add(join_pieces(plain, &pieces.tuples).as_diagram());
    parts.push_back(std::move(pieces));
  }
  while (parts.size() > 1) {
    Part left = std::move(parts.front());
    parts.pop_front();
    const Part right = std::move(parts.front());
    parts.pop_front();
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    Part both{left.which, builder.join(left.root, right.root, pairs), {}};
    if (builder.overflowed()) return std::nullopt;
    both.which.insert(both.which.end(), right.which.begin(), right.which.end());
    for (const auto& [a, b] : pairs) {
      std::vector<uint32_t> tuple = left.tuples[a];
      tuple.insert(tuple.end(), right.tuples[b].begin(), right.tuples[b].end());
      both.tuples.push_back(std::move(tuple));
    }
    parts.push_back(std::move(both));
  }
  const Part& all = parts.front();
  std::vector<uint32_t> values;
  AsnPartition result(builder.take(all.root), &values);
  for (size_t c = 0; tuples != nullptr && c < values.size(); ++c) {
    std::vector<uint32_t> tuple(of.size());
    for (size_t i = 0; i < of.size(); ++i) tuple[all.which[i]] = all.tuples[values[c]][i];
    tuples->push_back(std::move(tuple));
  }
  return result;
}

AsnPartition AsnPartition::merged(std::vector<uint32_t>& to) const {
  AsnPartition result;
  result.pieces_.clear();
  result.lowest_.clear();
  std::map<uint32_t, uint32_t> numbers;
  for (uint32_t i = 0; i < size(); ++i) {
    const auto [it, is_new] = numbers.try_emplace(to[i], static_cast<uint32_t>(result.lowest_.size()));
    if (is_new) result.lowest_.push_back(lowest_[i]);
    to[i] = it->second;
  }
  if (diagram_) {
    AsnDiagramBuilder builder;
    const auto root = builder.map(builder.add(*diagram_), [&](uint32_t value) { return to[value]; });
    result.diagram_ = std::make_shared<const AsnDiagram>(builder.take(root));
  }
  for (const Piece& piece : pieces_) {
    const uint32_t class_index = to[piece.class_index];
    if (result.pieces_.empty() || result.pieces_.back().class_index != class_index) {
      result.pieces_.push_back({piece.low, class_index});
    }
  }
  result.settle();
  return result;
}

bool AsnPartition::operator==(const AsnPartition& other) const {
  if (pieces_ != other.pieces_ || lowest_ != other.lowest_ || !diagram_ != !other.diagram_) return false;
  return !diagram_ || diagram_ == other.diagram_ || *diagram_ == *other.diagram_;
}

AsnSuccessors::AsnSuccessors(const AsnPartition& partition) : partition_(partition) {
  if (partition.diagram() != nullptr) {
    order_.emplace(*partition.diagram());
    return;
  }
  pieces_.resize(partition.size());
  for (uint32_t i = 0; i < partition.pieces().size(); ++i) pieces_[partition.pieces()[i].class_index].push_back(i);
}

std::optional<Asn> AsnSuccessors::next(uint32_t class_index, Asn from) {
  if (order_) return order_->next(class_index, from);
  const std::vector<AsnPartition::Piece>& pieces = partition_.pieces();
  // The first piece of the class that does not end before.
  const std::vector<uint32_t>& own = pieces_[class_index];
  const auto at = std::partition_point(own.begin(), own.end(),
                                       [&](uint32_t i) { return i + 1 < pieces.size() && pieces[i + 1].low <= from; });
  if (at == own.end()) return std::nullopt;
  return std::max(from, pieces[*at].low);
}

std::optional<Asn> AsnSuccessors::previous(uint32_t class_index, Asn to) {
  if (order_) return order_->previous(class_index, to);
  const std::vector<AsnPartition::Piece>& pieces = partition_.pieces();
  const std::vector<uint32_t>& own = pieces_[class_index];
  const auto behind = std::partition_point(own.begin(), own.end(), [&](uint32_t i) { return pieces[i].low <= to; });
  if (behind == own.begin()) return std::nullopt;
  const uint32_t last = *std::prev(behind);
  return last + 1 < pieces.size() ? std::min(to, pieces[last + 1].low - 1) : to;
}

}  // namespace bgproof
