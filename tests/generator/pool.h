// The constants that programs and routes of one test share. Without them a random route would hardly ever match a
// random condition.
//
// A pool is made at random for random programs, or collected from a real program (a golden's, say), so that random
// routes are biased to what its config mentions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/program.h"
#include "tests/generator/random.h"

namespace bgproof {

struct Pool {
  std::vector<Prefix> prefixes;
  std::vector<Address> addresses;  // of next hops and neighbors
  std::vector<Asn> asns;
  std::vector<AsPath> paths;
  std::vector<Community> communities;
  std::vector<uint32_t> numbers;
  std::vector<std::string> roles;  // "originated" not included
  std::vector<std::string> interfaces;
  std::vector<std::string> ribs;
};

// Few and related: prefixes within prefixes of both families, communities of all kinds that share fields, private and
// public ASNs.
Pool random_pool(Random& random);

// Adds what the program, or the condition, mentions: constants, the ends of ranges, and words of regular expressions.
// Duplicates are left out.
void collect(const Program& program, Random& random, Pool& pool);
void collect(const Condition& condition, Random& random, Pool& pool);

// So that a route can be made of it: what is still empty gets a few values.
void complete(Pool& pool);

}  // namespace bgproof
