#include "encoder/encode_condition.h"

#include <bit>

#include "base/check.h"
#include "encoder/encode_list.h"
#include "encoder/logic.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

using Node = PrefixDiagram::Node;

class ConditionEncoder {
 public:
  ConditionEncoder(Terms& terms, const SymbolicRoute& route, const SymbolicPath& path, const ConditionScope& scope)
      : terms_(terms), route_(route), path_(path), scope_(scope) {}

  EncodedCondition run(const Condition& condition) {
    Part part = encode(condition);
    return {value_of(part), std::move(part.met)};
  }

 private:
  // Either a set of prefixes, or a term. `fixed`: the value is the same whatever the unmodelled lines do.
  struct Part {
    std::optional<Node> set;
    z3::expr value;
    z3::expr fixed;
    std::vector<std::pair<const Condition*, z3::expr>> met;
  };

  Part of(const z3::expr& value) { return {std::nullopt, value, terms_.yes(), {}}; }
  Part of_set(Node set) { return {set, terms_.no(), terms_.yes(), {}}; }
  z3::expr value_of(const Part& part) { return part.set ? terms_.prefix_in(*part.set) : part.value; }

  Part encode(const Condition& condition) {
    PrefixDiagram& diagrams = terms_.diagrams;
    return visit_with(
        condition.is, [&](const Constant& is) { return of_set(is.value ? diagrams.all() : diagrams.none()); },
        [&](const All& all) { return connect(all.of, false); }, [&](const Any& any) { return connect(any.of, true); },
        [&](const Not& negated) {
          Part part = encode(*negated.of);
          if (part.set) return of_set(diagrams.complement(*part.set));
          put(part.value, not_of(part.value));
          return part;
        },
        [&](const PrefixIn& in) {
          if (std::optional<Node> set = terms_.set_of(*in.list, in.slots)) return of_set(*set);
          return of(terms_.prefix_in_each(*in.list, in.slots));
        },
        [&](const FamilyIs& is) { return of_set(diagrams.family(is.family)); },
        [&](const ProtocolIn& in) {
          std::vector<z3::expr> any;
          for (Protocol protocol : in.protocols) any.push_back(route_.protocol == terms_.bits(protocol, 4));
          return of(or_of(terms_.context, any));
        },
        [&](const RouteTypeIs& is) { return of(route_.route_type == terms_.bits(is.type, 2)); },
        [&](const LearnedFromIn& in) { return of(named(route_.learned_from, terms_.vocabulary.roles, in.roles)); },
        [&](const CarriesCommunity& carries) { return of(carries_any(terms_, route_.communities, carries.set)); },
        [&](const CommunityCount& count) { return of(counted(count)); },
        [&](const CommunityText& is) { return of(encode_list(terms_, route_.communities, is)); },
        [&](const NumberIn& in) {
          return of(and_of(route_[in.number].present, in_ranges(route_[in.number].value, in.ranges)));
        },
        [&](const OriginIs& is) { return of(equal(route_.origin, terms_.bits(is.origin, 2))); },
        [&](const NextHopIn& in) {
          z3::expr is_address = equal(route_.next_hop.kind, terms_.bits(NextHop::Kind::address, 3));
          return of(and_of(is_address, terms_.address_in(*in.list, route_.next_hop.address)));
        },
        [&](const NeighborIn& in) {
          return of(and_of(route_.has_neighbor, terms_.address_in(*in.list, route_.neighbor)));
        },
        [&](const InterfaceIn& in) { return of(named(route_.interface, terms_.vocabulary.interfaces, in.names)); },
        [&](const RibIn& in) { return of(named(route_.rib, terms_.vocabulary.ribs, in.names)); },
        [&](const RpkiIs& is) { return of(equal(route_.rpki, terms_.bits(is.state, 2))); },
        [&](const AsPathMatches& is) { return of(terms_.paths.matches(path_, is.regex)); },
        [&](const AsPathText& is) { return of(terms_.paths.matches_text(path_, is.expression)); },
        [&](const AsPathLength& is) { return of(terms_.paths.has_length(path_, is.range)); },
        [&](const FlagIsSet& is) {
          BGPROOF_CHECK(scope_.flag, "flags occur in programs alone");
          return of(scope_.flag(is.flag));
        },
        [&](const AssumptionIs& is) { return of(terms_.reading(is.name, is.value)); },
        [&](const Unmodelled&) {
          BGPROOF_CHECK(scope_.matches, "unmodelled lines occur in programs alone");
          return Part{std::nullopt, scope_.matches(condition), terms_.no(), {{&condition, terms_.yes()}}};
        });
  }

  // The connective whose value is `decisive` as soon as one member has it: false for a conjunction, true for a
  // disjunction.
  Part connect(const std::vector<Condition>& members, bool decisive) {
    PrefixDiagram& diagrams = terms_.diagrams;
    for (const Condition& member : members) {
      const auto* is = std::get_if<AssumptionIs>(&member.is);
      if (is == nullptr || terms_.settled(*is) != decisive) continue;
      terms_.reading(is->name, is->value);
      return of_set(decisive ? diagrams.all() : diagrams.none());
    }
    std::optional<Node> set;
    std::vector<Part> parts;
    for (const Condition& member : members) {
      Part part = encode(member);
      if (!part.set)
        parts.push_back(std::move(part));
      else if (!set)
        set = part.set;
      else
        set = decisive ? diagrams.either(*set, *part.set) : diagrams.both(*set, *part.set);
    }
    if (parts.empty()) return of_set(set ? *set : decisive ? diagrams.none() : diagrams.all());
    std::vector<z3::expr> values;
    if (set) parts.insert(parts.begin(), of(terms_.prefix_in(*set)));
    bool all_fixed = true;
    for (const Part& part : parts) {
      values.push_back(part.value);
      all_fixed = all_fixed && part.met.empty();
    }
    Part result = of(decisive ? or_of(terms_.context, values) : and_of(terms_.context, values));
    if (all_fixed) return result;
    std::vector<z3::expr> deciding, fixed;
    for (const Part& part : parts) {
      deciding.push_back(and_of(part.fixed, decisive ? part.value : not_of(part.value)));
      fixed.push_back(part.fixed);
    }
    z3::expr decided = or_of(terms_.context, deciding);
    put(result.fixed, or_of(decided, and_of(terms_.context, fixed)));
    for (Part& part : parts)
      for (auto& [line, when] : part.met) result.met.emplace_back(line, and_of(when, not_of(decided)));
    return result;
  }

  z3::expr named(const z3::expr& number, const Names& names, const std::set<std::string>& wanted) {
    std::vector<z3::expr> any;
    for (const std::string& name : wanted) any.push_back(number == terms_.bits(names.number(name), names.bits()));
    return or_of(terms_.context, any);
  }

  z3::expr counted(const CommunityCount& count) {
    const Vocabulary& vocabulary = terms_.vocabulary;
    std::vector<AtomId> atoms;
    for (CommunityKind kind : count.kinds) {
      const std::vector<AtomId>& of_kind = vocabulary.atoms().atoms_of(kind);
      atoms.insert(atoms.end(), of_kind.begin(), of_kind.end());
    }
    // Wide enough for the sum and for the limit itself.
    auto width = static_cast<unsigned>(std::bit_width(uint64_t{vocabulary.count_limit()} * (atoms.size() + 1)));
    z3::expr sum = terms_.bits(0u, width);
    for (AtomId atom : atoms) {
      z3::expr number = count_of(route_.communities, atom);
      put(sum, sum + (width > kCountBits ? z3::zext(number, width - kCountBits) : number.extract(width - 1, 0)));
    }
    z3::expr enough = count.count.low == 0 ? terms_.yes() : z3::uge(sum, terms_.bits(count.count.low, width));
    z3::expr not_more =
        count.count.high == UINT32_MAX ? terms_.yes() : z3::ule(sum, terms_.bits(count.count.high, width));
    return and_of(enough, not_more);
  }

  Terms& terms_;
  const SymbolicRoute& route_;
  const SymbolicPath& path_;
  const ConditionScope& scope_;
};

}  // namespace

EncodedCondition encode_condition(Terms& terms, const Condition& condition, const SymbolicRoute& route,
                                  const SymbolicPath& path, const ConditionScope& scope) {
  return ConditionEncoder(terms, route, path, scope).run(condition);
}

z3::expr encode_condition(Terms& terms, const Condition& condition, const SymbolicRoute& route) {
  return encode_condition(terms, condition, route, route.as_path, {}).value;
}

z3::expr in_ranges(const z3::expr& value, const std::vector<NumberRange>& ranges) {
  z3::context& context = value.ctx();
  std::vector<z3::expr> any;
  for (const NumberRange& range : ranges) {
    z3::expr low = context.bv_val(range.low, 32), high = context.bv_val(range.high, 32);
    if (range.low == range.high) {
      any.push_back(equal(value, low));
      continue;
    }
    any.push_back(and_of(range.low == 0 ? context.bool_val(true) : z3::uge(value, low),
                         range.high == UINT32_MAX ? context.bool_val(true) : z3::ule(value, high)));
  }
  return or_of(context, any);
}

z3::expr carries_any(Terms& terms, const SymbolicCommunities& communities, const CommunitySet& set) {
  std::vector<z3::expr> any;
  for (AtomId atom : terms.vocabulary.atoms_of(set)) any.push_back(communities.carries[atom]);
  return or_of(terms.context, any);
}

}  // namespace bgproof
