// Random experiments: policies, neighbors and routes of one seed, run in the daemon and in the model.
//
// BGPROOF_FRR_SEED and BGPROOF_FRR_ROUNDS ask for other and more of them (tests/frr/long does); BGPROOF_FRR_KEEP names
// a directory in which the configurations are left.
#pragma once

#include <gtest/gtest.h>

#include "tests/frr/bgpd.h"
#include "tests/frr/compare.h"
#include "tests/frr/lab.h"

namespace bgproof::frr {

// Skips what needs the daemon where there is none.
class Frr : public testing::Test {
 protected:
  void SetUp() override {
    if (std::string why = Bgpd::missing(); !why.empty()) GTEST_SKIP() << why;
  }
};

struct Seeds {
  uint64_t first;
  uint64_t count;
};
Seeds wanted_seeds(uint64_t usual_count);

// Routes of `count` different prefixes from each neighbor.
std::vector<Sent> random_sent(Random& random, const std::vector<Neighbor>& neighbors, size_t count);

void compare_import(uint64_t seed, Tally& tally);
void compare_export(uint64_t seed, Tally& tally);

// Prints what was compared; fails on differences, and if too little was compared to mean anything.
void report(const Tally& tally, uint64_t rounds);

}  // namespace bgproof::frr
