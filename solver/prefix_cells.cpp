#include "solver/prefix_cells.h"

#include <fmt/format.h>

#include "base/check.h"

namespace bgproof {

namespace {

using Node = PrefixDiagram::Node;

constexpr size_t kMostCells = 64;

struct Part {
  Node set;
  bool is_ipv6;
  std::vector<bool> holds;  // by atom
};

// The parts that exist; empty if there are too many.
std::vector<Part> split(PrefixDiagram& diagrams, const std::vector<PrefixAtom>& atoms) {
  std::vector<Part> parts = {{diagrams.family(Family::ipv4), false, {}}, {diagrams.family(Family::ipv6), true, {}}};
  for (const PrefixAtom& atom : atoms) {
    std::vector<Part> finer;
    for (const Part& part : parts) {
      for (bool holds : {true, false}) {
        Node set = holds ? diagrams.both(part.set, atom.set) : diagrams.without(part.set, atom.set);
        if (diagrams.empty(set)) continue;
        Part& added = finer.emplace_back(Part{set, part.is_ipv6, part.holds});
        added.holds.push_back(holds);
      }
    }
    if (finer.size() > kMostCells) return {};
    parts = std::move(finer);
  }
  return parts;
}

}  // namespace

std::optional<PrefixCells> PrefixCells::of(Encoding& encoding, z3::context& context, size_t large) {
  const std::vector<PrefixAtom>& atoms = encoding.prefix_atoms();
  if (!encoding.sees_prefix_through_atoms() || encoding.diagrams().size() < large) return std::nullopt;
  std::vector<Part> parts = split(encoding.diagrams(), atoms);
  if (parts.empty()) return std::nullopt;
  z3::expr_vector some(context), rules(context);
  for (const Part& part : parts) {
    std::optional<Prefix> representative = encoding.diagrams().believable(part.set);
    BGPROOF_CHECK(representative.has_value(), "a set that is not empty has a prefix");
    z3::expr here = context.bool_const(fmt::format("cell!{}", some.size()).c_str());
    z3::expr_vector means(context);
    means.push_back(encoding.prefix_is(*representative));
    for (size_t i = 0; i < atoms.size(); ++i) means.push_back(part.holds[i] ? atoms[i].holds : !atoms[i].holds);
    rules.push_back(z3::implies(here, z3::mk_and(means)));
    some.push_back(here);
  }
  rules.push_back(z3::mk_or(some));
  return PrefixCells(z3::mk_and(rules));
}

}  // namespace bgproof
