#include "encoder/encode_obligation.h"

#include "encoder/encode_condition.h"
#include "encoder/logic.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

z3::expr same_address(Terms& terms, const SymbolicAddress& symbolic, const Address& address) {
  return and_of(equal(symbolic.is_ipv6, terms.boolean(address.family == Family::ipv6)),
                equal(symbolic.bits, bit_vector(terms.context, address.bits, 128)));
}

z3::expr next_hop_is(Terms& terms, const SymbolicRoute& route, NextHop::Kind kind) {
  return equal(route.next_hop.kind, terms.bits(kind, 3));
}

z3::expr encode_next_hop(Terms& terms, const NextHopObligation& wanted, const SymbolicRoute& after) {
  std::vector<z3::expr> any;
  z3::expr is_address = next_hop_is(terms, after, NextHop::Kind::address);
  switch (wanted.which) {
    case NextHopObligation::Which::self:
      any.push_back(next_hop_is(terms, after, NextHop::Kind::self));
      for (const Address& own : wanted.own)
        any.push_back(and_of(is_address, same_address(terms, after.next_hop.address, own)));
      return or_of(terms.context, any);
    case NextHopObligation::Which::peer:
      any.push_back(next_hop_is(terms, after, NextHop::Kind::peer));
      if (wanted.neighbor)
        any.push_back(and_of(is_address, same_address(terms, after.next_hop.address, *wanted.neighbor)));
      return or_of(terms.context, any);
    case NextHopObligation::Which::unchanged: {
      const SymbolicNextHop &x = terms.before.next_hop, &y = after.next_hop;
      return and_of(terms.context, {equal(x.kind, y.kind), equal(x.address.is_ipv6, y.address.is_ipv6),
                                    equal(x.address.bits, y.address.bits)});
    }
  }
  return terms.no();
}

z3::expr same_number(Terms& terms, const SymbolicRoute& after, Number number) {
  return and_of(equal(terms.before[number].present, after[number].present),
                equal(terms.before[number].value, after[number].value));
}

z3::expr same_communities(Terms& terms, const SymbolicRoute& after, Contents& contents) {
  std::vector<z3::expr> all;
  for (AtomId atom = 0; atom < terms.vocabulary.atoms().size(); ++atom) {
    const z3::expr& before = terms.before.communities.carries[atom];
    all.push_back(equal(before, after.communities.carries[atom]));
    all.push_back(or_of(not_of(before), contents.equals(after, atom)));
  }
  return and_of(terms.context, all);
}

z3::expr encode_unchanged(Terms& terms, UnchangedObligation::What what, const SymbolicRoute& after,
                          Contents& contents) {
  switch (what) {
    case UnchangedObligation::What::path:
      return terms.paths.is_prepended(after.as_path, {0, 0});
    case UnchangedObligation::What::next_hop:
      return encode_next_hop(terms, {NextHopObligation::Which::unchanged, {}, {}}, after);
    case UnchangedObligation::What::med:
      return same_number(terms, after, Number::med);
    case UnchangedObligation::What::local_pref:
      return same_number(terms, after, Number::local_pref);
    case UnchangedObligation::What::communities:
      return same_communities(terms, after, contents);
    case UnchangedObligation::What::origin:
      return equal(terms.before.origin, after.origin);
    case UnchangedObligation::What::otc:
      return same_number(terms, after, Number::otc);
  }
  return terms.no();
}

AsPathRegex has_private_asn() {
  AsPathRegex letter, asn, set, anything, regex;
  asn.kind = AsPathRegex::Kind::asns;
  set.kind = AsPathRegex::Kind::set_letter;
  asn.ranges = set.ranges = private_asns();
  letter.kind = AsPathRegex::Kind::alternative;
  letter.of = {asn, set};
  AsPathRegex any_letter;
  any_letter.kind = AsPathRegex::Kind::any_letter;
  anything.kind = AsPathRegex::Kind::repeat;
  anything.of = {any_letter};
  regex.kind = AsPathRegex::Kind::sequence;
  regex.of = {anything, letter, anything};
  return regex;
}

}  // namespace

z3::expr encode_obligation(Terms& terms, const Obligation& obligation, const SymbolicRoute& after, Contents& contents) {
  const Vocabulary& vocabulary = terms.vocabulary;
  return visit_with(
      obligation.is, [&](const StripObligation& o) { return not_of(carries_any(terms, after.communities, o.set)); },
      [&](const KeepObligation& o) {
        std::vector<z3::expr> all;
        for (AtomId atom : vocabulary.atoms_of(o.set))
          all.push_back(or_of(not_of(terms.before.communities.carries[atom]),
                              and_of(after.communities.carries[atom], contents.includes(after, atom))));
        return and_of(terms.context, all);
      },
      [&](const AddObligation& o) {
        std::vector<z3::expr> all;
        for (const Community& community : o.communities)
          all.push_back(after.communities.carries[vocabulary.atoms().atom_of(community)]);
        return and_of(terms.context, all);
      },
      [&](const OnlyObligation& o) {
        std::vector<char> wanted(vocabulary.atoms().size());
        for (AtomId atom : vocabulary.atoms_of(o.set)) wanted[atom] = 1;
        std::vector<z3::expr> all;
        for (CommunityKind kind : o.kinds)
          for (AtomId atom : vocabulary.atoms().atoms_of(kind))
            if (!wanted[atom]) all.push_back(not_of(after.communities.carries[atom]));
        return and_of(terms.context, all);
      },
      [&](const NumberObligation& o) {
        return and_of(after[o.number].present, in_ranges(after[o.number].value, o.ranges));
      },
      [&](const PrependObligation& o) { return terms.paths.is_prepended(after.as_path, o.times); },
      [&](const NoPrivateAsObligation&) { return not_of(terms.paths.matches(after.as_path, has_private_asn())); },
      [&](const NextHopObligation& o) { return encode_next_hop(terms, o, after); },
      [&](const UnchangedObligation& o) {
        std::vector<z3::expr> all;
        for (UnchangedObligation::What what : o.what) all.push_back(encode_unchanged(terms, what, after, contents));
        return and_of(terms.context, all);
      });
}

}  // namespace bgproof
