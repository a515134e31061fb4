#include "encoder/encode_action.h"

#include "encoder/encode_condition.h"
#include "encoder/logic.h"

namespace bgproof {

namespace {

void add(Terms& terms, const Communities& communities, const z3::expr& live, SymbolicCommunities& to) {
  for (const Community& community : communities)
    terms.assign(to.carries[terms.vocabulary.atoms().atom_of(community)], live, terms.yes());
}

void drop(Terms& terms, const std::vector<AtomId>& atoms, const z3::expr& live, SymbolicCommunities& from) {
  for (AtomId atom : atoms) terms.assign(from.carries[atom], live, terms.no());
}

}  // namespace

void encode_action(Terms& terms, const SetNumber& action, const z3::expr& live, SymbolicRoute& route) {
  SymbolicNumber& number = route[action.number];
  z3::expr value = terms.bits(action.value, 32);
  z3::expr before = choice_of(number.present, number.value, terms.bits(action.base, 32));
  switch (action.how) {
    case SetNumber::How::assign:
      break;
    case SetNumber::How::add: {
      z3::expr sum = before + value;
      put(value, choice_of(z3::ult(sum, value), terms.bits(UINT32_MAX, 32), sum));
      break;
    }
    case SetNumber::How::subtract:
      put(value, choice_of(z3::ult(before, value), terms.bits(0u, 32), before - value));
      break;
    case SetNumber::How::unset:
      terms.assign(number.value, live, terms.bits(0u, 32));
      terms.assign(number.present, live, terms.no());
      return;
  }
  terms.assign(number.value, live, value);
  terms.assign(number.present, live, terms.yes());
}

void encode_action(Terms& terms, const SetOrigin& action, const z3::expr& live, SymbolicRoute& route) {
  terms.assign(route.origin, live, terms.bits(action.origin, 2));
}

void encode_action(Terms& terms, const SetNextHop& action, const z3::expr& live, SymbolicRoute& route) {
  terms.assign(route.next_hop.kind, live, terms.bits(action.next_hop.kind, 3));
  terms.assign(route.next_hop.address.is_ipv6, live, terms.boolean(action.next_hop.address.family == Family::ipv6));
  terms.assign(route.next_hop.address.bits, live, bit_vector(terms.context, action.next_hop.address.bits, 128));
}

void encode_action(Terms& terms, const SetRpki& action, const z3::expr& live, SymbolicRoute& route) {
  terms.assign(route.rpki, live, terms.bits(action.state, 2));
}

void encode_action(Terms& terms, const AddCommunities& action, const z3::expr& live, SymbolicRoute& route) {
  add(terms, action.communities, live, route.communities);
}

void encode_action(Terms& terms, const DeleteCommunities& action, const z3::expr& live, SymbolicRoute& route) {
  drop(terms, terms.vocabulary.atoms_of(action.set), live, route.communities);
}

void encode_action(Terms& terms, const KeepCommunities& action, const z3::expr& live, SymbolicRoute& route) {
  std::vector<char> kept(terms.vocabulary.atoms().size());
  for (AtomId atom : terms.vocabulary.atoms_of(action.set)) kept[atom] = 1;
  std::vector<AtomId> others;
  for (AtomId atom = 0; atom < kept.size(); ++atom)
    if (!kept[atom]) others.push_back(atom);
  drop(terms, others, live, route.communities);
}

void encode_action(Terms& terms, const ReplaceCommunities& action, const z3::expr& live, SymbolicRoute& route) {
  for (CommunityKind kind : action.kinds) drop(terms, terms.vocabulary.atoms().atoms_of(kind), live, route.communities);
  add(terms, action.communities, live, route.communities);
}

void encode_touched(Terms& terms, const AttributeSet& touches, const FreshAttributes& from, const z3::expr& whose,
                    const z3::expr& live, SymbolicRoute& route) {
  if (touches.origin) terms.assign(route.origin, live, from.origin);
  if (touches.rpki) terms.assign(route.rpki, live, from.rpki);
  if (touches.next_hop) {
    terms.assign(route.next_hop.kind, live, from.next_hop.kind);
    terms.assign(route.next_hop.address.is_ipv6, live, from.next_hop.address.is_ipv6);
    terms.assign(route.next_hop.address.bits, live, from.next_hop.address.bits);
  }
  for (size_t number = 0; number < touches.numbers.size(); ++number) {
    if (!touches.numbers[number]) continue;
    terms.assign(route.numbers[number].present, live, from.numbers[number].present);
    terms.assign(route.numbers[number].value, live, from.numbers[number].value);
  }
  if (!touches.communities) return;
  for (AtomId atom = 0; atom < route.communities.carries.size(); ++atom) {
    terms.assign(route.communities.carries[atom], live, from.communities.carries[atom]);
    if (!route.communities.count.empty())
      terms.assign(route.communities.count[atom], live, from.communities.count[atom]);
    if (!route.communities.whose.empty())
      terms.assign(route.communities.whose[atom], live, whose);
  }
}

}  // namespace bgproof
