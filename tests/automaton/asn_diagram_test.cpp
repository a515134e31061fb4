// Partitions of the AS numbers by their digits against their definition.
#include "encoder/automaton/asn_diagram.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "encoder/automaton/asn_partition.h"

namespace bgproof {
namespace {

using Random = std::mt19937;

// To each number the state behind its digits.
AsnDiagram by_digits(uint32_t start, const AsnDiagramBuilder::Next& next) {
  AsnDiagramBuilder builder;
  const auto root = builder.read(start, next);
  return builder.take(root);
}

AsnDiagram last_digit_is(uint32_t digit) {
  return by_digits(0, [=](uint32_t, uint32_t d) { return d == digit ? 1u : 0u; });
}

// 1: the decimal text contains "44".
AsnDiagram has_44() {
  return by_digits(0, [](uint32_t state, uint32_t d) { return state == 2 ? 2u : d == 4 ? state + 1 : 0u; });
}

std::vector<Asn> samples(Random& random) {
  std::vector<Asn> result = {0,          1,          9,          10,         44,        64496,
                             4294967290, 4294967291, 4294967295, 4200000000, 999999999, 1000000000};
  for (int i = 0; i < 300; ++i) result.push_back(static_cast<Asn>(random() >> random() % 32));
  return result;
}

TEST(AsnDiagram, ReadsTheDigitsOfEveryNumber) {
  Random random(1);
  const AsnDiagram seven = by_digits(0, [](uint32_t state, uint32_t d) { return (state * 10 + d) % 7; });
  const AsnDiagram digits = by_digits(0, [](uint32_t state, uint32_t) { return state + 1; });
  const AsnDiagram sum = by_digits(0, [](uint32_t state, uint32_t d) { return state + d; });
  for (Asn asn : samples(random)) {
    EXPECT_EQ(seven(asn), asn % 7) << asn;
    EXPECT_EQ(digits(asn), std::to_string(asn).size()) << asn;
    uint32_t expected = 0;
    for (char c : std::to_string(asn)) expected += static_cast<uint32_t>(c - '0');
    EXPECT_EQ(sum(asn), expected) << asn;
  }
}

TEST(AsnDiagram, EqualFunctionsAreEqualValues) {
  // "1 or 2 is the last digit", by way of other states.
  const AsnDiagram one = by_digits(0, [](uint32_t, uint32_t d) { return d == 1 || d == 2 ? 1u : 0u; });
  AsnDiagramBuilder builder;
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  const auto both = builder.join(builder.add(last_digit_is(1)), builder.add(last_digit_is(2)), pairs);
  const auto merged = builder.map(both, [&](uint32_t pair) { return pairs[pair].first | pairs[pair].second; });
  EXPECT_EQ(builder.take(merged), one);
  EXPECT_EQ(by_digits(3, [](uint32_t state, uint32_t) { return state; }).nodes().size(), 0u) << "a constant";
  EXPECT_LT(one.nodes().size(), 25u);
}

TEST(AsnDiagram, CountsAndPieces) {
  const AsnDiagram one = last_digit_is(1);
  EXPECT_EQ(one.counts(2), (std::vector<uint64_t>{3865470566, 429496730}));
  EXPECT_EQ(one.pieces(UINT64_MAX), 2u * 429496730 + 1);
  EXPECT_EQ(one.pieces(1000), 1000u);
  const AsnDiagram nine = by_digits(0, [](uint32_t state, uint32_t d) { return state == 0 && d == 9 ? 1u : 2u; });
  // 0, 1-8, 9, 10-89, 90-99, ... : 0 joins the rest.
  std::vector<std::pair<Asn, uint32_t>> pieces;
  nine.for_each_piece([&](Asn low, uint32_t value) { pieces.emplace_back(low, value); });
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_EQ(pieces[1], (std::pair<Asn, uint32_t>(9, 1)));
  EXPECT_EQ(pieces[2], (std::pair<Asn, uint32_t>(10, 2)));
  AsnDiagramBuilder builder;
  EXPECT_EQ(builder.take(builder.add(pieces)), nine);
}

TEST(AsnDiagram, NextAndPreviousMembers) {
  Random random(2);
  for (const AsnDiagram& diagram : {last_digit_is(7), has_44()}) {
    AsnOrder order(diagram);
    for (uint32_t value : {0u, 1u, 2u}) {
      for (Asn from : samples(random)) {
        const std::optional<Asn> next = order.next(value, from), previous = order.previous(value, from);
        constexpr Asn kNear = 3000;
        for (Asn asn = from; asn - from < kNear && (!next || asn < *next); ++asn) {
          EXPECT_NE(diagram(asn), value) << asn;
          if (asn == UINT32_MAX) break;
        }
        for (Asn asn = from; from - asn < kNear && (!previous || asn > *previous); --asn) {
          EXPECT_NE(diagram(asn), value) << asn;
          if (asn == 0) break;
        }
        EXPECT_TRUE(!next || (*next >= from && diagram(*next) == value));
        EXPECT_TRUE(!previous || (*previous <= from && diagram(*previous) == value));
      }
    }
    EXPECT_EQ(order.next(5, 0), std::nullopt);
    EXPECT_EQ(order.previous(5, UINT32_MAX), std::nullopt);
  }
}

TEST(AsnPartition, PiecesAndDiagramsJoin) {
  Random random(3);
  const AsnPartition ends_in_1(last_digit_is(1)), forty_four(has_44());
  const AsnPartition one_class;
  const AsnPartition ranges({{{64496, 64511}}, {{100, 64500}, {4294967295, 4294967295}}});
  ASSERT_NE(ends_in_1.diagram(), nullptr);
  ASSERT_EQ(ranges.diagram(), nullptr);
  const std::vector<const AsnPartition*> all = {&ranges, &ends_in_1, &one_class, &forty_four};
  std::vector<std::vector<uint32_t>> tuples;
  const std::optional<AsnPartition> joined = AsnPartition::join(all, &tuples);
  ASSERT_TRUE(joined);
  ASSERT_EQ(tuples.size(), joined->size());
  AsnSuccessors successors(*joined);
  for (Asn asn : samples(random)) {
    const uint32_t c = joined->class_of(asn);
    for (size_t i = 0; i < all.size(); ++i) EXPECT_EQ(tuples[c][i], all[i]->class_of(asn)) << asn;
    EXPECT_LE(joined->lowest(c), asn);
    EXPECT_EQ(joined->class_of(joined->lowest(c)), c);
    EXPECT_EQ(successors.next(c, asn), asn);
  }
  uint64_t count = 0;
  for (uint64_t each : joined->counts()) count += each;
  EXPECT_EQ(count, uint64_t{1} << 32);
  for (uint32_t c = 1; c < joined->size(); ++c) EXPECT_LT(joined->lowest(c - 1), joined->lowest(c));
  // Put together again they are what they were.
  std::vector<uint32_t> to;
  for (const auto& tuple : tuples) to.push_back(tuple[0]);
  std::vector<uint32_t> same(ranges.size());
  for (uint32_t c = 0; c < same.size(); ++c) same[c] = c;
  EXPECT_EQ(joined->merged(to), ranges.merged(same)) << "few pieces are pieces again";
}

TEST(AsnPartition, SuccessorsOfPieces) {
  const AsnPartition partition({{{10, 19}, {30, 39}, {4294967295, 4294967295}}});
  AsnSuccessors successors(partition);
  EXPECT_EQ(successors.next(1, 0), 10u);
  EXPECT_EQ(successors.next(1, 12), 12u);
  EXPECT_EQ(successors.next(1, 20), 30u);
  EXPECT_EQ(successors.next(1, 40), UINT32_MAX);
  EXPECT_EQ(successors.next(0, UINT32_MAX), std::nullopt);
  EXPECT_EQ(successors.previous(1, 9), std::nullopt);
  EXPECT_EQ(successors.previous(1, 29), 19u);
  EXPECT_EQ(successors.previous(1, UINT32_MAX), UINT32_MAX);
  EXPECT_EQ(successors.previous(0, 35), 29u);
}

}  // namespace
}  // namespace bgproof
