// A set of prefix lengths, 0 to 128: what the leaves of a prefix diagram hold.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>

namespace bgproof {

class LengthSet {
 public:
  static LengthSet from(int low) { return between(low, 128); }
  static LengthSet below(int high) { return between(0, high - 1); }
  static LengthSet only(int length) { return between(length, length); }
  static LengthSet between(int low, int high) {  // empty if low > high
    LengthSet set;
    for (int word = 0; word < 3; ++word) {
      int begin = low > 64 * word ? low - 64 * word : 0;
      int end = high + 1 - 64 * word;  // exclusive
      if (end > 64) end = 64;
      if (begin < end)
        set.words_[word] = (end - begin == 64 ? ~uint64_t{0} : ((uint64_t{1} << (end - begin)) - 1)) << begin;
    }
    return set;
  }

  bool contains(int length) const { return words_[length >> 6] >> (length & 63) & 1; }
  bool empty() const { return (words_[0] | words_[1] | words_[2]) == 0; }
  int first() const {  // of a set that is not empty
    for (int word = 0; word < 2; ++word)
      if (words_[word]) return 64 * word + std::countr_zero(words_[word]);
    return 128 + std::countr_zero(words_[2]);
  }
  // The first length above `length` that is not in the set.
  int end_of_run(int length) const {
    do ++length;
    while (length <= 128 && contains(length));
    return length;
  }

  LengthSet operator|(const LengthSet& other) const {
    LengthSet set = *this;
    for (int word = 0; word < 3; ++word) set.words_[word] |= other.words_[word];
    return set;
  }
  LengthSet operator&(const LengthSet& other) const {
    LengthSet set = *this;
    for (int word = 0; word < 3; ++word) set.words_[word] &= other.words_[word];
    return set;
  }
  LengthSet operator-(const LengthSet& other) const {
    LengthSet set = *this;
    for (int word = 0; word < 3; ++word) set.words_[word] &= ~other.words_[word];
    return set;
  }
  uint64_t hash() const {
    return (words_[0] * 0x9e3779b97f4a7c15 ^ words_[1]) * 0xbf58476d1ce4e5b9 ^ words_[2] * 0x94d049bb133111eb;
  }
  auto operator<=>(const LengthSet&) const = default;

 private:
  std::array<uint64_t, 3> words_{};
};

}  // namespace bgproof
