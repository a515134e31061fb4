#include "encoder/difference.h"

#include <optional>

#include "encoder/logic.h"
#include "encoder/terms.h"

namespace bgproof {

namespace {

z3::expr same_next_hop(const SymbolicNextHop& a, const SymbolicNextHop& b) {
  return and_of(equal(a.kind, b.kind),
                and_of(equal(a.address.is_ipv6, b.address.is_ipv6), equal(a.address.bits, b.address.bits)));
}

z3::expr other_communities(Terms& terms, const SymbolicCommunities& a, const SymbolicCommunities& b) {
  std::vector<z3::expr> any;
  for (AtomId atom = 0; atom < a.carries.size(); ++atom) {
    any.push_back(not_of(equal(a.carries[atom], b.carries[atom])));
    if (a.whose.empty() || terms.vocabulary.is_single(atom)) continue;
    any.push_back(and_of(a.carries[atom], not_of(equal(a.whose[atom], b.whose[atom]))));
  }
  return or_of(terms.context, any);
}

}  // namespace

Difference encode_difference(Terms& terms, const SymbolicRoute& a, const SymbolicRoute& b) {
  Difference result{{}, terms.no(), terms.no()};
  auto add = [&](std::string_view name, const z3::expr& differs) {
    if (differs.is_false()) return;
    result.attributes.emplace_back(name, terms.shared(differs));
    result.any = or_of(result.any, result.attributes.back().second);
  };
  std::vector<z3::expr> paths, undecided;
  for (const auto& [form, guard] : a.as_path)
    for (const auto& [other, other_guard] : b.as_path) {
      z3::expr here = and_of(guard, other_guard);
      if (std::optional<z3::expr> differ = terms.paths.differ(form, other)) {
        paths.push_back(and_of(here, *differ));
      } else {
        paths.push_back(here);
        undecided.push_back(here);
      }
    }
  add("as-path", or_of(terms.context, paths));
  add("origin", not_of(equal(a.origin, b.origin)));
  add("next-hop", not_of(same_next_hop(a.next_hop, b.next_hop)));
  add("communities", other_communities(terms, a.communities, b.communities));
  for (const NumberInfo& number : kNumbers) {
    const SymbolicNumber &of_a = a[number.number], &of_b = b[number.number];
    add(number.name, not_of(and_of(equal(of_a.present, of_b.present), equal(of_a.value, of_b.value))));
  }
  add("rpki", not_of(equal(a.rpki, b.rpki)));
  result.undecided = terms.shared(or_of(terms.context, undecided));
  return result;
}

}  // namespace bgproof
