#include "solver/prefix_cells.h"

#include <fmt/format.h>

#include "base/check.h"

namespace bgproof {

namespace {

using Node = PrefixDiagram::Node;

constexpr size_t kMostCells = 64;

}  // namespace

std::vector<PrefixCell> prefix_cells(PrefixDiagram& diagrams, const std::vector<Node>& sets) {
  std::vector<PrefixCell> cells = {{diagrams.family(Family::ipv4), false, {}},
                                   {diagrams.family(Family::ipv6), true, {}}};
  for (Node wanted : sets) {
    std::vector<PrefixCell> finer;
    for (const PrefixCell& cell : cells) {
      for (bool holds : {true, false}) {
        Node set = holds ? diagrams.both(cell.set, wanted) : diagrams.without(cell.set, wanted);
        if (diagrams.empty(set)) continue;
        PrefixCell& added = finer.emplace_back(PrefixCell{set, cell.is_ipv6, cell.holds});
        added.holds.push_back(holds);
      }
    }
    if (finer.size() > kMostCells) return {};
    cells = std::move(finer);
  }
  return cells;
}

std::optional<PrefixCells> PrefixCells::of(Encoding& encoding, z3::context& context, size_t large) {
  const std::vector<PrefixAtom>& atoms = encoding.prefix_atoms();
  if (!encoding.sees_prefix_through_atoms() || encoding.diagrams().size() < large) return std::nullopt;
  std::vector<Node> sets;
  for (const PrefixAtom& atom : atoms) sets.push_back(atom.set);
  std::vector<PrefixCell> cells = prefix_cells(encoding.diagrams(), sets);
  if (cells.empty()) return std::nullopt;
  z3::expr_vector some(context), rules(context);
  for (const PrefixCell& cell : cells) {
    std::optional<Prefix> representative = encoding.diagrams().believable(cell.set);
    BGPROOF_CHECK(representative.has_value(), "a set that is not empty has a prefix");
    z3::expr here = context.bool_const(fmt::format("cell!{}", some.size()).c_str());
    z3::expr_vector means(context);
    means.push_back(encoding.prefix_is(*representative));
    for (size_t i = 0; i < atoms.size(); ++i) means.push_back(cell.holds[i] ? atoms[i].holds : !atoms[i].holds);
    rules.push_back(z3::implies(here, z3::mk_and(means)));
    some.push_back(here);
  }
  rules.push_back(z3::mk_or(some));
  return PrefixCells(z3::mk_and(rules));
}

}  // namespace bgproof
