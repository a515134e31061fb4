#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "intents/lower.h"
#include "intents/path_regex.h"
#include "intents/words.h"

namespace bgproof {

using namespace intent;

namespace {

std::set<Protocol> protocols_of(std::string_view source) {
  if (source == "static") return {Protocol::static_};
  if (source == "direct")
    return {Protocol::direct, Protocol::local};  // the network of an interface and its own address
  if (source == "aggregate") return {Protocol::aggregate};
  if (source == "bgp") return {Protocol::bgp};
  std::set<Protocol> igps;
  for (int i = 0; i < kProtocols; ++i) {
    if (is_igp(static_cast<Protocol>(i))) igps.insert(static_cast<Protocol>(i));
  }
  return igps;
}

}  // namespace

struct LowerCondition {
  Lowering& lowering;
  const SourceRange& range;

  Condition lengths(const LenCond& c) const {
    auto list = std::make_shared<PrefixList>();
    for (const LenSpec& spec : c.specs) {
      for (Family family : {Family::ipv4, Family::ipv6}) {
        if ((spec.family && *spec.family != family) || !spec.number.holds) continue;
        auto most = static_cast<uint32_t>(width(family));
        if (spec.number.holds->low > most) continue;
        PrefixPattern pattern{{family, 0, 0},
                              static_cast<uint8_t>(spec.number.holds->low),
                              static_cast<uint8_t>(std::min(spec.number.holds->high, most)),
                              std::nullopt};
        list->entries.push_back({pattern, 0, spec.number.range});
      }
    }
    return {PrefixIn{std::move(list), {0}}, range};
  }

  // Some ASN of the path is one of these.
  Condition contains(const std::vector<NumberRange>& asns) const {
    if (asns.empty()) return never(range);
    return {AsPathMatches{path_contains(asns)}, range};
  }

  Condition operator()(const AnyRoute&) const { return always(range); }
  Condition operator()(const NamedCond& c) const {
    const Symbol& symbol = lowering.intents_.symbols.find(c.name.text)->second;
    if (!lowering.grow(1, range)) return never(range);
    const Cond* named = nullptr;
    if (const auto* item = std::get_if<const ClassItem*>(&symbol.is)) named = &(*item)->condition;
    if (const auto* item = std::get_if<const FactItem*>(&symbol.is)) named = &(*item)->condition;
    BGPROOF_CHECK(named, "a checked name is a class or a fact");
    return lowering.condition(*named);
  }
  Condition operator()(const PrefixCond& c) const { return lowering.prefix_in(c.set, c.modifier, range); }
  Condition operator()(const LenCond& c) const { return lengths(c); }
  Condition operator()(const TaggedCond& c) const {
    CommunitySet set;
    set.patterns.push_back({lowering.tag(c.tag), c.tag.range});
    return {CarriesCommunity{std::move(set)}, range};
  }
  Condition operator()(const LearnedFromCond& c) const {
    std::set<std::string> roles;
    for (const Name& role : c.roles) roles.insert(role.text);
    return {LearnedFromIn{std::move(roles)}, range};
  }
  Condition operator()(const OriginatedCond&) const { return {LearnedFromIn{{"originated"}}, range}; }
  Condition operator()(const SourceCond& c) const { return {ProtocolIn{protocols_of(c.source.text)}, range}; }
  Condition operator()(const EndAsCond& c) const {
    std::vector<NumberRange> asns = lowering.asns(c.asns);
    if (asns.empty()) return never(range);
    return {AsPathMatches{c.origin ? path_ends_with(asns) : path_starts_with(asns)}, range};
  }
  Condition operator()(const PathAsnsCond& c) const {
    std::vector<NumberRange> asns = lowering.asns(c.asns);
    if (!c.within) return contains(asns);
    return not_(contains(complement(asns)), range);
  }
  Condition operator()(const PathMatchesCond& c) const {
    AsnsOfName asns = [&](const std::string& name) {
      AsnRef ref;
      if (name[0] == '$') {
        ref.members.push_back({Variable{name.substr(1), c.range}, c.range});
      } else {
        ref.members.push_back({Name{name, c.range}, c.range});
      }
      return lowering.asns(ref);
    };
    PathRegexReading reading = read_path_regex(c.regex, asns);
    BGPROOF_CHECK(reading.error.empty(), "the path expression was checked");
    return {AsPathMatches{std::move(reading.regex)}, range};
  }
  Condition operator()(const PathLenCond& c) const {
    if (!c.number.holds) return never(range);
    return {AsPathLength{*c.number.holds}, range};
  }
  Condition operator()(const CommunityCond& c) const {
    Condition has{CarriesCommunity{lowering.communities(c.communities)}, range};
    return c.has ? has : not_(std::move(has), range);
  }
  Condition operator()(const RpkiCond& c) const {
    Rpki state = c.state.text == "valid" ? Rpki::valid : c.state.text == "invalid" ? Rpki::invalid : Rpki::unknown;
    return {RpkiIs{state}, range};
  }
  Condition operator()(const AspaCond&) const { BGPROOF_CHECK(false, "`aspa` was refused before"); }
  Condition operator()(const NextHopCond& c) const { return lowering.next_hop_in(c.set, range); }
  Condition operator()(const NumberCond& c) const {
    if (!c.test.holds) return never(range);
    return {NumberIn{c.number, {*c.test.holds}}, range};
  }
  Condition operator()(const RouteTypeCond& c) const {
    return {RouteTypeIs{c.type.text == "internal" ? RouteType::internal : RouteType::external}, range};
  }
  Condition operator()(const OriginCond& c) const {
    return {OriginIs{c.origin.text == "igp"   ? Origin::igp
                     : c.origin.text == "egp" ? Origin::egp
                                              : Origin::incomplete},
            range};
  }
  Condition operator()(const AndCond& c) const { return all_of(each(c.of), range); }
  Condition operator()(const OrCond& c) const { return any_of(each(c.of), range); }
  Condition operator()(const NotCond& c) const { return not_(lowering.condition(*c.of), range); }

  std::vector<Condition> each(const std::vector<Cond>& of) const {
    std::vector<Condition> result;
    for (const Cond& cond : of) result.push_back(lowering.condition(cond));
    return result;
  }
};

Condition Lowering::condition(const Cond& cond) {
  if (!grow(2, cond.range)) return never(cond.range);
  return std::visit(LowerCondition{*this, cond.range}, cond.is);
}

struct LowerAct {
  Lowering& lowering;
  const SourceRange& range;

  void lint_kinds(const std::set<CommunityKind>& kinds) const {
    std::string left;
    for (CommunityKind kind : {CommunityKind::standard, CommunityKind::large, CommunityKind::extended}) {
      if (!kinds.contains(kind)) left += (left.empty() ? "" : " and ") + std::string(to_string(kind));
    }
    if (left.empty()) return;
    lowering.diagnostics_.note("BP221", range, fmt::format("this says nothing of {} communities", left),
                               "its members are of other kinds");
  }

  Obligation::Is operator()(const CommunityAct& a) const {
    CommunitySet set = lowering.communities(a.communities);
    switch (a.how) {
      case CommunityAct::How::strip:
        return StripObligation{std::move(set)};
      case CommunityAct::How::keep:
        return KeepObligation{std::move(set)};
      case CommunityAct::How::only: {
        OnlyObligation only;
        for (const CommunityPattern& pattern : set.patterns) {
          if (const auto* one = std::get_if<Community>(&pattern.is)) only.kinds.insert(one->kind);
          if (const auto* many = std::get_if<CommunityFields>(&pattern.is)) only.kinds.insert(many->kind);
        }
        only.set = std::move(set);
        lint_kinds(only.kinds);
        return only;
      }
      case CommunityAct::How::add:
        break;
    }
    AddObligation add;
    for (const CommunityPattern& pattern : set.patterns) {
      const auto* one = std::get_if<Community>(&pattern.is);
      if (one) {
        add.communities.insert(*one);
      } else {
        lowering.diagnostics_.error(
            "BP213", range, fmt::format("`add` needs single communities; `{}` stands for many", to_string(pattern)));
      }
    }
    return add;
  }
  Obligation::Is operator()(const TagAct& a) const {
    Community community = lowering.tag(a.tag);
    if (a.set) return AddObligation{{community}};
    CommunitySet set;
    set.patterns.push_back({community, a.tag.range});
    return StripObligation{std::move(set)};
  }
  Obligation::Is operator()(const NumberAct& a) const {
    std::vector<NumberRange> ranges;
    if (a.test.holds) ranges.push_back(*a.test.holds);
    switch (a.what) {
      case NumberAct::What::local_pref:
        return NumberObligation{Number::local_pref, ranges};
      case NumberAct::What::med:
        return NumberObligation{Number::med, ranges};
      case NumberAct::What::prepend:
        break;
    }
    return PrependObligation{a.test.holds.value_or(NumberRange{0, 0})};  // an empty test was refused by the reader
  }
  Obligation::Is operator()(const NextHopAct& a) const {
    using Which = NextHopObligation::Which;
    NextHopObligation next_hop{a.which.text == "self"   ? Which::self
                               : a.which.text == "peer" ? Which::peer
                                                        : Which::unchanged,
                               {},
                               {}};
    if (next_hop.which == Which::self && lowering.scope_.device) next_hop.own = lowering.scope_.device->addresses;
    if (next_hop.which == Which::peer && lowering.scope_.neighbor) {
      next_hop.neighbor = lowering.scope_.neighbor->session->address;
      ++lowering.variables_;  // it differs from neighbor to neighbor
    }
    return next_hop;
  }
  Obligation::Is operator()(const OtcAct& a) const {
    if (a.which.text == "unchanged") return UnchangedObligation{{UnchangedObligation::What::otc}};
    return NumberObligation{Number::otc, {NumberRange{}}};
  }
  Obligation::Is operator()(const NoPrivateAsAct&) const { return NoPrivateAsObligation{}; }
  Obligation::Is operator()(const UnchangedAct& a) const {
    using What = UnchangedObligation::What;
    UnchangedObligation unchanged;
    for (Attr attribute : a.attributes) {
      switch (attribute) {
        case Attr::path:
          unchanged.what.insert(What::path);
          break;
        case Attr::next_hop:
          unchanged.what.insert(What::next_hop);
          break;
        case Attr::med:
          unchanged.what.insert(What::med);
          break;
        case Attr::local_pref:
          unchanged.what.insert(What::local_pref);
          break;
        case Attr::communities:
          unchanged.what.insert(What::communities);
          break;
        case Attr::origin:
          unchanged.what.insert(What::origin);
          break;
      }
    }
    return unchanged;
  }
};

Obligation Lowering::obligation(const Act& act) {
  return {std::visit(LowerAct{*this, act.range}, act.is), act.range, to_words(act, &scope_)};
}

// --- Communities ---

namespace {

// The types of an extended community by how its administrator is written (RFC 4360, RFC 5668).
struct ExtendedTypes {
  uint32_t two_octet, address, four_octet;
};
constexpr ExtendedTypes kRouteTarget{0x0002, 0x0102, 0x0202};
constexpr ExtendedTypes kSiteOfOrigin{0x0003, 0x0103, 0x0203};

CommunityPattern pattern_of(CommunityKind kind, std::array<NumberRange, 3> fields, const SourceRange& range) {
  bool literal =
      std::all_of(fields.begin(), fields.end(), [](const NumberRange& field) { return field.low == field.high; });
  if (literal) return {Community{kind, {fields[0].low, fields[1].low, fields[2].low}}, range};
  return {CommunityFields{kind, fields}, range};
}

NumberRange clipped(const NumberRange& range, uint32_t limit) {
  return {std::min(range.low, limit), std::min(range.high, limit)};
}

void add_extended(const ExtendedTypes& types, const NumberRange& administrator, bool any, const NumberRange& number,
                  const SourceRange& range, CommunitySet& out) {
  auto add = [&](uint32_t type, const NumberRange& admin) {
    uint32_t most = field_limit(CommunityKind::extended, 2, type);
    if (number.low > most) return;
    out.patterns.push_back(
        pattern_of(CommunityKind::extended, {NumberRange{type, type}, admin, clipped(number, most)}, range));
  };
  // An AS number that fits in two octets is written in the two-octet type; larger ones in the four-octet type; `*` is
  // everything.
  if (any) {
    for (uint32_t type : {types.two_octet, types.address, types.four_octet})
      add(type, {0, field_limit(CommunityKind::extended, 1, type)});
    return;
  }
  if (administrator.low <= 0xffff) add(types.two_octet, clipped(administrator, 0xffff));
  if (administrator.high > 0xffff)
    add(types.four_octet, {std::max<uint32_t>(administrator.low, 0x10000), administrator.high});
}

}  // namespace

void Lowering::add_literal(const CommunityLiteral& literal, CommunitySet& out) {
  using Kind = CommunityLiteral::Kind;
  std::vector<NumberRange> fields;
  bool plain_standard = literal.kind == Kind::plain && literal.parts.size() == 2;
  uint32_t limit = plain_standard ? 0xffff : UINT32_MAX;
  for (const CommunityPart& part : literal.parts) {
    if (const auto* range = std::get_if<NumberRange>(&part.is)) {
      fields.push_back(part.wildcard ? NumberRange{0, limit} : clipped(*range, limit));
      continue;
    }
    AsnRef number;
    number.members.push_back({std::get<Variable>(part.is), part.range});
    std::vector<NumberRange> values = asns(number);
    if (values.size() != 1 || values[0].low != values[0].high) {
      if (!values.empty()) diagnostics_.error("BP213", part.range, "this part of a community needs one number");
      return;
    }
    if (values[0].low > limit) {
      diagnostics_
          .error("BP213", part.range, fmt::format("{} does not fit in a part of a standard community", values[0].low),
                 "at most 65535")
          .notes.emplace_back("help", "a four-octet AS number stands in a large community: 4200000000:1:2");
      return;
    }
    fields.push_back(values[0]);
  }
  switch (literal.kind) {
    case Kind::plain:
      if (plain_standard) {
        out.patterns.push_back(
            pattern_of(CommunityKind::standard, {fields[0], fields[1], NumberRange{0, 0}}, literal.range));
      } else {
        out.patterns.push_back(pattern_of(CommunityKind::large, {fields[0], fields[1], fields[2]}, literal.range));
      }
      return;
    case Kind::route_target:
    case Kind::site_of_origin:
      if (fields.size() != 2) return;  // reported by the reader
      add_extended(literal.kind == Kind::route_target ? kRouteTarget : kSiteOfOrigin, fields[0],
                   literal.parts[0].wildcard, fields[1], literal.range, out);
      return;
    case Kind::extended:
      if (fields.size() != 3) return;
      out.patterns.push_back(
          pattern_of(CommunityKind::extended, {clipped(fields[0], 0xffff), fields[1], fields[2]}, literal.range));
      return;
  }
}

void Lowering::add_communities(const CommunityRef& ref, CommunitySet& out) {
  for (const CommunityMember& member : ref.members) {
    if (!grow(1, member.range)) return;
    if (const auto* literal = std::get_if<CommunityLiteral>(&member.is)) {
      add_literal(*literal, out);
      continue;
    }
    auto found = intents_.symbols.find(std::get<Name>(member.is).text);
    if (found == intents_.symbols.end()) continue;
    if (const auto* comms = std::get_if<const CommsDeclaration*>(&found->second.is))
      add_communities((*comms)->value, out);
  }
}

CommunitySet Lowering::communities(const CommunityRef& ref) {
  CommunitySet set;
  add_communities(ref, set);
  return set;
}

Community Lowering::tag(const Name& name) {
  const auto* item = std::get_if<const TagItem*>(&intents_.symbols.find(name.text)->second.is);
  BGPROOF_CHECK(item, "a checked name is a tag");
  CommunitySet set;
  add_literal((*item)->community, set);
  if (set.patterns.empty()) return {};  // reported: a variable has no value
  const auto* one = std::get_if<Community>(&set.patterns[0].is);
  BGPROOF_CHECK(one, "a tag is a literal");
  return *one;
}

}  // namespace bgproof
