#include "encoder/automaton/asn_partition.h"

#include <algorithm>
#include <map>
#include <tuple>

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

uint32_t AsnPartition::class_of(Asn asn) const {
  const auto behind = std::upper_bound(pieces_.begin(), pieces_.end(), asn,
                                       [](Asn value, const Piece& piece) { return value < piece.low; });
  return std::prev(behind)->class_index;
}

AsnRanges AsnPartition::ranges_of(uint32_t class_index) const {
  AsnRanges ranges;
  for (size_t i = 0; i < pieces_.size(); ++i) {
    if (pieces_[i].class_index != class_index) continue;
    ranges.push_back({pieces_[i].low, i + 1 < pieces_.size() ? pieces_[i + 1].low - 1 : UINT32_MAX});
  }
  return ranges;
}

AsnPartition AsnPartition::join(const std::vector<const AsnPartition*>& of,
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
  for (const Piece& piece : pieces_) {
    const uint32_t class_index = to[piece.class_index];
    if (result.pieces_.empty() || result.pieces_.back().class_index != class_index) {
      result.pieces_.push_back({piece.low, class_index});
    }
  }
  return result;
}

}  // namespace bgproof
