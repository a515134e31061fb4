#include "policy/as_path.h"

#include <gtest/gtest.h>

namespace bgproof {
namespace {

using Kind = AsSegment::Kind;

AsPath path(std::vector<AsSegment> segments) { return {std::move(segments)}; }

TEST(AsPath, LengthCountsSetsOnceAndConfederationsNot) {
  EXPECT_EQ(length(AsPath{}), 0u);
  EXPECT_EQ(length(path_of({1, 2, 2})), 3u);
  EXPECT_EQ(length(path({{Kind::sequence, {1, 2}}, {Kind::set, {3, 4, 5}}})), 3u);
  EXPECT_EQ(length(path({{Kind::confed_sequence, {1, 2}}, {Kind::confed_set, {3}}, {Kind::sequence, {4}}})), 1u);
}

TEST(AsPath, EndsAreNumbersUnlessASetStandsThere) {
  EXPECT_EQ(first_asn(AsPath{}), std::nullopt);
  EXPECT_EQ(origin_asn(AsPath{}), std::nullopt);
  EXPECT_EQ(first_asn(path_of({1, 2, 3})), 1u);
  EXPECT_EQ(origin_asn(path_of({1, 2, 3})), 3u);
  AsPath aggregated = path({{Kind::sequence, {1, 2}}, {Kind::set, {3}}});
  EXPECT_EQ(first_asn(aggregated), 1u);
  EXPECT_EQ(origin_asn(aggregated), std::nullopt);
  EXPECT_EQ(first_asn(path({{Kind::set, {3}}, {Kind::sequence, {1}}})), std::nullopt);
  EXPECT_EQ(first_asn(path({{Kind::confed_sequence, {7, 8}}, {Kind::sequence, {1}}})), 7u);
  EXPECT_EQ(origin_asn(path({{Kind::confed_set, {7, 8}}})), std::nullopt);
}

TEST(AsPath, PrependJoinsASequenceAndPrecedesOthers) {
  AsPath joined = path_of({3});
  prepend(joined, {1, 2});
  EXPECT_EQ(joined, path_of({1, 2, 3}));
  AsPath empty;
  prepend(empty, {1});
  EXPECT_EQ(empty, path_of({1}));
  AsPath set = path({{Kind::set, {3, 4}}});
  prepend(set, {1});
  EXPECT_EQ(set, path({{Kind::sequence, {1}}, {Kind::set, {3, 4}}}));
  AsPath confederation = path({{Kind::confed_sequence, {3}}});
  prepend(confederation, {1});
  EXPECT_EQ(confederation, path({{Kind::sequence, {1}}, {Kind::confed_sequence, {3}}}));
  AsPath same = path_of({3});
  prepend(same, {});
  EXPECT_EQ(same, path_of({3}));
  prepend(empty, {});
  EXPECT_EQ(empty, path_of({1}));
}

TEST(AsPath, NormalFormSortsSetsAndMergesSequences) {
  AsPath messy = path(
      {{Kind::sequence, {2}}, {Kind::sequence, {}}, {Kind::sequence, {1}}, {Kind::set, {5, 4, 5}}, {Kind::set, {4}}});
  EXPECT_FALSE(is_well_formed(messy));
  normalize(messy);
  EXPECT_EQ(messy, path({{Kind::sequence, {2, 1}}, {Kind::set, {4, 5}}, {Kind::set, {4}}}));
  EXPECT_TRUE(is_well_formed(messy));
  EXPECT_TRUE(is_well_formed(path({{Kind::confed_sequence, {1}}, {Kind::sequence, {1}}})));
  EXPECT_FALSE(is_well_formed(path({{Kind::confed_sequence, {1}}, {Kind::confed_sequence, {1}}})));
}

TEST(AsPath, PrivateNumbersAreThoseOfRfc6996) {
  for (Asn asn : {64512u, 65534u, 4200000000u, 4294967294u}) EXPECT_TRUE(is_private(asn)) << asn;
  for (Asn asn : {0u, 1u, 64511u, 65535u, 65536u, 4199999999u, 4294967295u}) EXPECT_FALSE(is_private(asn)) << asn;
}

TEST(AsPath, Prints) {
  EXPECT_EQ(to_string(AsPath{}), "");
  EXPECT_EQ(to_string(path({{Kind::confed_sequence, {64512, 64513}},
                            {Kind::confed_set, {1, 2}},
                            {Kind::sequence, {64500, 64501}},
                            {Kind::set, {64502, 64503}}})),
            "(64512 64513) [1 2] 64500 64501 {64502 64503}");
}

TEST(AsPath, TheTextFormIsWhatRoutersPrint) {
  EXPECT_EQ(text_form(AsPath{}), "");
  EXPECT_EQ(text_form(path_of({4294967295, 0, 64496})), "4294967295 0 64496");
  EXPECT_EQ(text_form(path({{Kind::confed_sequence, {64512, 64513}},
                            {Kind::confed_set, {1, 2}},
                            {Kind::sequence, {64500, 64501}},
                            {Kind::set, {64502, 64503}},
                            {Kind::set, {7}}})),
            "(64512 64513) [1,2] 64500 64501 {64502,64503} {7}");
}

}  // namespace
}  // namespace bgproof
