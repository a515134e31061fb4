// The baseline: the same questions in the encoding that comes to mind first, each solved by the same Z3. Prefix sets
// are disjunctions of entries, AS-path patterns are split into the classes that they make together, a chain of
// `continue` is one disjunct for each way through it. For comparison only; the product shares no line with it.
//
//   bench_naive prefixes N     N entries under the N/2 networks that hold them
//   bench_naive patterns K     K patterns .* X .* in clauses, K rows that say the same
//   bench_naive continue N     N entries that each continue with the next
//   bench_naive rows N         N clauses of a prefix and a community, N rows that say the same
//
// Prints "proved" or what went wrong. Status 0 only for proved.
#include <z3++.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "bench/generate/networks.h"

namespace {

using bgproof::bench::Networks;

int prove(z3::context& context, const z3::expr& broken) {
  z3::solver solver(context, "QF_FD");
  solver.add(broken);
  z3::check_result result = solver.check();
  std::cout << (result == z3::unsat ? "proved" : "not proved") << '\n';
  return result == z3::unsat ? 0 : 1;
}

// Family, address and length under a prefix, its length from `low` on.
z3::expr under(z3::context& context, uint64_t bits, unsigned length, unsigned low, bool is_ipv6) {
  z3::expr family = context.bool_const("ipv6");
  z3::expr address = context.bv_const("address", 64);
  z3::expr at = context.bv_const("length", 8);
  z3::expr top = z3::lshr(address, context.bv_val(64 - length, 64));
  return (is_ipv6 ? family : !family) && top == context.bv_val(bits >> (64 - length), 64) &&
         z3::uge(at, context.bv_val(low, 8)) && z3::ule(at, context.bv_val(is_ipv6 ? 128 : 32, 8));
}

int prefixes(size_t count) {
  z3::context context;
  Networks networks(20261124);
  z3::expr_vector halves(context), wholes(context);
  for (size_t i = 0; i < count / 2; ++i) {
    bool six = i % 2 == 1;
    uint64_t bits = six ? networks.next_ipv6() : uint64_t{networks.next_ipv4()} << 32;
    unsigned length = six ? 48 : 24;
    wholes.push_back(under(context, bits, length, length + 1, six));
    halves.push_back(under(context, bits, length + 1, length + 1, six));
    halves.push_back(under(context, bits | uint64_t{1} << (63 - length), length + 1, length + 1, six));
  }
  return prove(context, z3::mk_or(halves) && !z3::mk_or(wholes));
}

int rows(size_t count) {
  z3::context context;
  Networks networks(20261125);
  z3::expr_vector clauses(context), allowed(context);
  for (size_t i = 0; i < count; ++i) {
    bool six = i % 2 == 1;
    uint64_t bits = six ? networks.next_ipv6() : uint64_t{networks.next_ipv4()} << 32;
    z3::expr carries = context.bool_const(("community" + std::to_string(i)).c_str());
    clauses.push_back(under(context, bits, six ? 48 : 24, six ? 48 : 24, six) && carries);
    allowed.push_back(carries && under(context, bits, six ? 48 : 24, six ? 48 : 24, six));
  }
  return prove(context, z3::mk_or(clauses) && !z3::mk_or(allowed));
}

// The product of the automata of all patterns: a state is the set of numbers seen. Its classes are the 2^K sets.
int patterns(size_t count) {
  std::map<std::vector<bool>, unsigned> classes;
  std::vector<std::vector<bool>> queue = {std::vector<bool>(count)};
  classes.emplace(queue.front(), 0);
  for (size_t at = 0; at < queue.size(); ++at)
    for (size_t letter = 0; letter < count; ++letter) {
      std::vector<bool> next = queue[at];
      next[letter] = true;
      if (classes.emplace(next, classes.size()).second) queue.push_back(next);
    }
  z3::context context;
  z3::expr which = context.bv_const("class", 32);
  z3::expr_vector clauses(context), allowed(context);
  for (size_t pattern = 0; pattern < count; ++pattern) {
    z3::expr_vector of(context);
    for (const auto& [seen, number] : classes)
      if (seen[pattern]) of.push_back(which == context.bv_val(number, 32));
    clauses.push_back(z3::mk_or(of));
    allowed.push_back(z3::mk_or(of));
  }
  z3::expr legal = z3::ult(which, context.bv_val(static_cast<unsigned>(classes.size()), 32));
  return prove(context, legal && z3::mk_or(clauses) && !z3::mk_or(allowed));
}

// Every way through the chain: which entries matched, and so which marks are there at the end.
int ways(size_t count) {
  z3::context context;
  z3::expr_vector matches(context), marks(context), disjuncts(context);
  for (size_t i = 0; i < count; ++i) {
    matches.push_back(context.bool_const(("match" + std::to_string(i)).c_str()));
    marks.push_back(context.bool_const(("mark" + std::to_string(i)).c_str()));
  }
  for (uint64_t way = 0; way < uint64_t{1} << count; ++way) {
    z3::expr_vector all(context);
    for (size_t i = 0; i < count; ++i) {
      bool matched = (way >> i & 1) != 0;
      int at = static_cast<int>(i);
      all.push_back(matched ? matches[at] : !matches[at]);
      all.push_back(marks[at] == context.bool_val(matched));
    }
    disjuncts.push_back(z3::mk_and(all));
  }
  z3::expr_vector wrong(context);
  for (size_t i = 0; i < count; ++i) wrong.push_back(marks[static_cast<int>(i)] && !matches[static_cast<int>(i)]);
  return prove(context, z3::mk_or(disjuncts) && z3::mk_or(wrong));
}

}  // namespace

int main(int argc, char** argv) {
  const std::map<std::string, int (*)(size_t)> cases = {
      {"prefixes", prefixes}, {"patterns", patterns}, {"continue", ways}, {"rows", rows}};
  auto wanted = argc == 3 ? cases.find(argv[1]) : cases.end();
  if (wanted == cases.end()) {
    std::cerr << "usage: bench_naive prefixes|patterns|continue|rows COUNT\n";
    return 2;
  }
  return wanted->second(std::strtoul(argv[2], nullptr, 10));
}
