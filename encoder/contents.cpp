#include "encoder/contents.h"

#include <fmt/format.h>

#include "encoder/logic.h"

namespace bgproof {

z3::expr Contents::includes(const SymbolicRoute& after, AtomId atom) { return related(after, atom, false); }
z3::expr Contents::equals(const SymbolicRoute& after, AtomId atom) { return related(after, atom, true); }

z3::expr Contents::related(const SymbolicRoute& after, AtomId atom, bool equal_to) {
  const std::vector<z3::expr>& whose = after.communities.whose;
  if (whose.empty() || terms_.vocabulary.is_single(atom)) return terms_.yes();
  std::vector<z3::expr> ways = {equal(whose[atom], terms_.bits(0u, kWhoseBits))};
  for (const Line& line : lines_) {
    if (!line.action || line.action->whose == 0) continue;
    const Relation& its = relation(*line.action, atom);
    ways.push_back(
        and_of(equal(whose[atom], terms_.bits(line.action->whose, kWhoseBits)), equal_to ? its.equals : its.includes));
  }
  return or_of(terms_.context, ways);
}

const Contents::Relation& Contents::relation(const FreeAction& action, AtomId atom) {
  auto found = relations_.find({action.whose, atom});
  if (found != relations_.end()) return found->second;
  z3::context& context = terms_.context;
  Relation made{context.bool_const(fmt::format("includes!{}!{}", action.whose, atom).c_str()),
                context.bool_const(fmt::format("same!{}!{}", action.whose, atom).c_str())};
  const Relation& its = relations_.emplace(std::pair(action.whose, atom), made).first->second;
  const SymbolicCommunities& offered = terms_.before.communities;
  z3::expr both = offered.carries[atom] && action.fresh.communities.carries[atom];
  std::vector<z3::expr> rules = {z3::implies(its.equals, its.includes)};
  if (uint32_t limit = terms_.vocabulary.count_limit()) {
    const z3::expr &before = offered.count[atom], &after = action.fresh.communities.count[atom];
    rules.push_back(z3::implies(its.equals, before == after));
    // At the limit a number stands for itself and all above.
    z3::expr more = z3::ugt(after, before);
    uint64_t size = terms_.vocabulary.atoms().atom(atom).size;
    if (size > limit)
      put(more, more || (after == before && after == terms_.bits(limit, kCountBits)));
    else
      rules.push_back(its.includes || after != terms_.bits(size, kCountBits));
    rules.push_back(z3::implies(its.includes && !its.equals, more));
  }
  terms_.definitions.push_back(z3::implies(both, and_of(context, rules)));
  return its;
}

}  // namespace bgproof
