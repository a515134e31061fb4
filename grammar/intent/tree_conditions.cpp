#include <fmt/format.h>

#include <memory>

#include "base/check.h"
#include "grammar/intent/tree_cursor.h"

namespace bgproof::intent {
namespace {

NumberTest number_test(TreeCursor& at, uint32_t node) {
  auto kids = at.kids(node);
  NumberTest test;
  test.range = at.range(node);
  if (at.rule(kids[0]) == Rule::comparison) {
    uint32_t value = read_number(at.piece(kids[1]), at.diagnostics());
    test.holds = numbers_where(at.text(kids[0]), value);
    if (!test.holds) at.diagnostics().error("BP209", test.range, "no number satisfies this");
    return test;
  }
  NumberRange range{read_number(at.piece(kids[0]), at.diagnostics()), read_number(at.piece(kids[2]), at.diagnostics())};
  if (range.low <= range.high) {
    test.holds = range;
  } else {
    at.diagnostics().error("BP209", test.range, "this range is empty: its first number is the larger one");
  }
  return test;
}

Cond::Is len(TreeCursor& at, const std::vector<uint32_t>& kids) {
  LenCond result;
  for (size_t i = 1; i < kids.size(); ++i) {
    auto parts = at.kids(kids[i]);
    LenSpec spec;
    if (parts.size() == 2) spec.family = at.text(parts[0]) == "v4" ? Family::ipv4 : Family::ipv6;
    spec.number = number_test(at, parts.back());
    result.specs.push_back(spec);
  }
  return result;
}

std::vector<Name> names(TreeCursor& at, const std::vector<uint32_t>& kids) {
  std::vector<Name> result;
  for (uint32_t kid : kids) {
    if (at.rule(kid) == Rule::name) result.push_back(name(at, kid));
  }
  return result;
}

Cond::Is predicate(TreeCursor& at, uint32_t node) {
  auto kids = at.kids(node);
  std::string_view word = at.text(kids[0]);
  if (kids.size() == 1) {
    if (word == "any") return AnyRoute{};
    if (word == "originated") return OriginatedCond{};
    return NamedCond{name(at, kids[0])};
  }
  if (word == "prefix") {
    PrefixCond result{set_reference(at, kids[2]), std::nullopt};
    if (kids.size() > 3) result.modifier = modifier(at, kids[3]);
    return result;
  }
  if (word == "len") return len(at, kids);
  if (word == "tagged") return TaggedCond{name(at, kids[1])};
  if (word == "learned-from") return LearnedFromCond{names(at, kids)};
  if (word == "source") return SourceCond{name(at, kids[1])};
  if (word == "origin-as" || word == "first-as") return EndAsCond{word == "origin-as", asns(at, kids[2])};
  if (word == "path") {
    if (at.text(kids[1]) != "matches") return PathAsnsCond{at.text(kids[1]) == "within", asns(at, kids[2])};
    SourceRange range = at.range(kids[2]);
    std::string_view text = at.text(kids[2]);
    return PathMatchesCond{std::string(text.substr(1, text.size() - 2)), {range.file, range.begin + 1, range.end - 1}};
  }
  if (word == "path-len") return PathLenCond{number_test(at, kids[1])};
  if (word == "has" || word == "lacks") return CommunityCond{word == "has", communities(at, kids[1])};
  if (word == "rpki") return RpkiCond{name(at, kids[1])};
  if (word == "aspa") return AspaCond{name(at, kids[1])};
  if (word == "next-hop") return NextHopCond{set_reference(at, kids[2])};
  if (word == "local-pref") return NumberCond{Number::local_pref, number_test(at, kids[1])};
  if (word == "med") return NumberCond{Number::med, number_test(at, kids[1])};
  if (word == "route-type") return RouteTypeCond{name(at, kids[1])};
  BGPROOF_CHECK(word == "origin", "a predicate of the grammar");
  return OriginCond{name(at, kids[1])};
}

Cond unit(TreeCursor& at, uint32_t node) {
  auto kids = at.kids(node);
  uint32_t inner = kids.back();
  bool parentheses = at.rule(inner) == Rule::token;
  if (parentheses) inner = kids[kids.size() - 2];
  Cond result = parentheses ? condition(at, inner) : Cond{predicate(at, inner), at.range(inner)};
  if (parentheses) result.range = cover(at.range(kids[kids.size() - 3]), at.range(kids.back()));
  // An even number of `not` is none; printing them all again would serve nobody.
  size_t negations = kids.size() - (parentheses ? 3 : 1);
  if (negations % 2 == 0) return result;
  return {NotCond{std::make_shared<const Cond>(std::move(result))}, at.range(node)};
}

}  // namespace

Cond condition(TreeCursor& at, uint32_t node) {
  bool is_or = at.rule(node) == Rule::cond;
  std::vector<Cond> of;
  for (uint32_t kid : at.kids(node)) {
    if (at.rule(kid) == Rule::conj) of.push_back(condition(at, kid));
    if (at.rule(kid) == Rule::unit) of.push_back(unit(at, kid));
  }
  if (of.size() == 1) return std::move(of[0]);
  if (is_or) return {OrCond{std::move(of)}, at.range(node)};
  return {AndCond{std::move(of)}, at.range(node)};
}

std::vector<Act> acts(TreeCursor& at, uint32_t node) {
  std::vector<Act> result;
  auto all = at.kids(node);
  at.check_commas(all, "an obligation");
  for (uint32_t kid : all) {
    if (at.rule(kid) != Rule::act) continue;
    auto kids = at.kids(kid);
    std::string_view word = at.text(kids[0]);
    Act act;
    act.range = at.range(kid);
    using How = CommunityAct::How;
    using What = NumberAct::What;
    if (word == "strip" || word == "keep" || word == "add" || word == "only") {
      How how = word == "strip" ? How::strip : word == "keep" ? How::keep : word == "add" ? How::add : How::only;
      act.is = CommunityAct{how, communities(at, kids[1])};
    } else if (word == "tag" || word == "untag") {
      act.is = TagAct{word == "tag", name(at, kids[1])};
    } else if (word == "local-pref" || word == "med" || word == "prepend") {
      What what = word == "med" ? What::med : word == "prepend" ? What::prepend : What::local_pref;
      act.is = NumberAct{what, number_test(at, kids[1])};
    } else if (word == "next-hop") {
      act.is = NextHopAct{name(at, kids[1])};
    } else if (word == "otc") {
      act.is = OtcAct{name(at, kids[1])};
    } else if (word == "no-private-as") {
      act.is = NoPrivateAsAct{};
    } else {
      UnchangedAct unchanged;
      for (uint32_t part : kids) {
        if (at.rule(part) != Rule::attr) continue;
        std::string_view text = at.text(part);
        unchanged.attributes.push_back(text == "path"          ? Attr::path
                                       : text == "next-hop"    ? Attr::next_hop
                                       : text == "med"         ? Attr::med
                                       : text == "local-pref"  ? Attr::local_pref
                                       : text == "communities" ? Attr::communities
                                                               : Attr::origin);
      }
      act.is = std::move(unchanged);
    }
    result.push_back(std::move(act));
  }
  return result;
}

}  // namespace bgproof::intent
