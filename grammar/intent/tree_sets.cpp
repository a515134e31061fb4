#include <fmt/format.h>

#include "base/check.h"
#include "grammar/intent/tree_cursor.h"

namespace bgproof::intent {

void TreeCursor::check_commas(const std::vector<uint32_t>& kids, std::string_view expected) {
  for (size_t i = 1; i < kids.size(); ++i) {
    if (text(kids[i]) == "," && text(kids[i - 1]) == ",")
      diagnostics_.error("BP201", range(kids[i]), fmt::format("expected {}, found `,`", expected),
                         "one comma too many");
  }
}

Name name(TreeCursor& at, uint32_t node) { return {std::string(at.text(node)), at.range(node)}; }

Quoted quoted(TreeCursor& at, uint32_t node) { return {read_quoted(at.piece(node)), at.range(node)}; }

Variable variable(TreeCursor& at, uint32_t node) { return {std::string(at.text(node).substr(1)), at.range(node)}; }

std::vector<Guard> guards(TreeCursor& at, const std::vector<uint32_t>& kids) {
  std::vector<Guard> result;
  for (uint32_t kid : kids) {
    if (at.rule(kid) != Rule::guard) continue;
    auto parts = at.kids(kid);
    std::string_view word = at.text(parts[0]);
    Piece value = at.piece(parts[1]);
    Guard guard;
    guard.range = at.range(kid);
    if (word == "max-age") {
      guard.kind = Guard::Kind::max_age;
      guard.value = read_duration(value, at.diagnostics());
    } else if (word == "min") {
      guard.kind = Guard::Kind::min;
      guard.value = read_large_number(value, at.diagnostics());
    } else {
      guard.kind = Guard::Kind::max_shrink;
      value.text.remove_suffix(1);
      guard.value = read_large_number(value, at.diagnostics());
      if (guard.value > 100) at.diagnostics().error("BP209", value.range, "a set cannot shrink by more than 100%");
    }
    result.push_back(guard);
  }
  return result;
}

Modifier modifier(TreeCursor& at, uint32_t node) {
  auto kids = at.kids(node);
  Modifier result;
  result.range = at.range(node);
  std::string_view word = at.text(kids[0]);
  if (word == "exact") result.kind = Modifier::Kind::exact;
  if (word == "orlonger") result.kind = Modifier::Kind::orlonger;
  if (word == "longer") result.kind = Modifier::Kind::longer;
  if (word != "le" && word != "ge") return result;
  result.kind = Modifier::Kind::bounds;
  for (size_t i = 0; i + 1 < kids.size(); i += 2) {
    uint32_t bound = read_number(at.piece(kids[i + 1]), at.diagnostics());
    (at.text(kids[i]) == "ge" ? result.ge : result.le) = bound;
  }
  return result;
}

namespace {

SetRef prefixes(TreeCursor& at, uint32_t node) {
  SetRef result;
  result.range = at.range(node);
  result.braces = true;
  auto kids = at.kids(node);
  if (kids.size() == 1) {  // a folded list
    result.members = read_prefix_list(at.file_text(), result.range, at.diagnostics());
    return result;
  }
  at.check_commas(kids, "a prefix, a name or a variable");
  for (uint32_t kid : kids) {
    if (at.rule(kid) != Rule::pfx) continue;
    auto parts = at.kids(kid);
    SetMember member;
    member.range = at.range(kid);
    if (at.rule(parts[0]) == Rule::name) {
      member.is = name(at, parts[0]);
    } else if (at.text(parts[0])[0] == '$') {
      member.is = variable(at, parts[0]);
    } else {
      member.is = read_prefix(at.piece(parts[0]), at.diagnostics());
    }
    if (parts.size() > 1) member.modifier = modifier(at, parts[1]);
    result.members.push_back(std::move(member));
  }
  return result;
}

template <typename Ref, typename Member>
Ref single(TreeCursor& at, uint32_t node) {
  Ref result;
  result.range = at.range(node);
  Member member;
  member.range = result.range;
  if (at.text(node)[0] == '$') {
    member.is = variable(at, node);
  } else {
    member.is = name(at, node);
  }
  result.members.push_back(std::move(member));
  return result;
}

NumberRange asn_range(TreeCursor& at, const std::vector<uint32_t>& parts) {
  NumberRange range;
  range.low = range.high = read_asn(at.piece(parts[0]), at.diagnostics());
  if (parts.size() < 3) return range;
  range.high = read_asn(at.piece(parts[2]), at.diagnostics());
  if (range.low > range.high) {
    at.diagnostics().error("BP209", cover(at.range(parts[0]), at.range(parts[2])),
                           "this range is empty: its first number is the larger one");
    std::swap(range.low, range.high);
  }
  return range;
}

DataSource data(TreeCursor& at, uint32_t node) {
  auto kids = at.kids(node);
  DataSource result;
  result.range = at.range(node);
  std::string_view word = at.text(kids[0]);
  result.kind = word == "file"    ? DataSource::Kind::file
                : word == "bgpq4" ? DataSource::Kind::bgpq4
                : word == "vrps"  ? DataSource::Kind::vrps
                : word == "aspa"  ? DataSource::Kind::aspa
                                  : DataSource::Kind::builtin;
  result.path = quoted(at, kids[1]);
  for (size_t i = 2; i + 1 < kids.size(); ++i) {
    if (at.text(kids[i]) == "key") result.key = quoted(at, kids[i + 1]);
    if (at.rule(kids[i + 1]) == Rule::asnref) result.asn = asns(at, kids[i + 1]);
  }
  result.guards = guards(at, kids);
  return result;
}

SetOperator set_operator(std::string_view text) {
  return text == "+" ? SetOperator::plus : text == "-" ? SetOperator::minus : SetOperator::both;
}

// "set NAME = term { operator term }"
template <typename Ref, typename MakeRef>
std::vector<Term<Ref>> terms(TreeCursor& at, const std::vector<uint32_t>& item_kids, MakeRef make) {
  std::vector<Term<Ref>> result;
  SetOperator how = SetOperator::plus;
  for (size_t i = 3; i < item_kids.size(); ++i) {
    uint32_t kid = item_kids[i];
    if (at.rule(kid) == Rule::set_operator) {
      how = set_operator(at.text(kid));
      continue;
    }
    uint32_t inner = at.kids(kid)[0];
    Term<Ref> term;
    term.how = how;
    if (at.rule(inner) == Rule::sdata || at.rule(inner) == Rule::adata) {
      term.is = data(at, inner);
    } else {
      term.is = make(inner);
    }
    result.push_back(std::move(term));
  }
  return result;
}

}  // namespace

SetRef set_reference(TreeCursor& at, uint32_t node) {
  uint32_t inner = at.kids(node)[0];
  return at.rule(inner) == Rule::prefixes ? prefixes(at, inner) : single<SetRef, SetMember>(at, inner);
}

std::vector<Term<SetRef>> set_terms(TreeCursor& at, const std::vector<uint32_t>& item_kids) {
  return terms<SetRef>(at, item_kids, [&](uint32_t inner) {
    return at.rule(inner) == Rule::prefixes ? prefixes(at, inner) : single<SetRef, SetMember>(at, inner);
  });
}

AsnRef asns(TreeCursor& at, uint32_t node) {
  uint32_t inner = at.rule(node) == Rule::asnref ? at.kids(node)[0] : node;
  if (at.rule(inner) == Rule::number) {
    AsnRef result;
    result.range = at.range(inner);
    result.members.push_back({asn_range(at, {inner}), result.range});
    return result;
  }
  if (at.rule(inner) != Rule::asnlist) return single<AsnRef, AsnMember>(at, inner);
  AsnRef result;
  result.range = at.range(inner);
  result.braces = true;
  auto kids = at.kids(inner);
  at.check_commas(kids, "an AS number, a name or a variable");
  for (uint32_t kid : kids) {
    if (at.rule(kid) != Rule::asn) continue;
    auto parts = at.kids(kid);
    AsnMember member;
    member.range = at.range(kid);
    if (at.rule(parts[0]) == Rule::number) {
      member.is = asn_range(at, parts);
    } else if (at.rule(parts[0]) == Rule::name) {
      member.is = name(at, parts[0]);
    } else {
      member.is = variable(at, parts[0]);
    }
    result.members.push_back(std::move(member));
  }
  return result;
}

std::vector<Term<AsnRef>> asn_terms(TreeCursor& at, const std::vector<uint32_t>& item_kids) {
  return terms<AsnRef>(at, item_kids, [&](uint32_t inner) { return asns(at, inner); });
}

CommunityLiteral literal_community(TreeCursor& at, uint32_t node) {
  return read_community(at.piece(node), at.diagnostics());
}

CommunityRef communities(TreeCursor& at, uint32_t node) {
  uint32_t inner = at.rule(node) == Rule::commref ? at.kids(node)[0] : node;
  CommunityRef result;
  result.range = at.range(inner);
  auto add = [&](uint32_t leaf) {
    CommunityMember member;
    member.range = at.range(leaf);
    if (at.rule(leaf) == Rule::literal_comm) {
      member.is = literal_community(at, leaf);
    } else {
      member.is = name(at, leaf);
    }
    result.members.push_back(std::move(member));
  };
  if (at.rule(inner) != Rule::comms) {
    add(inner);
    return result;
  }
  result.braces = true;
  auto kids = at.kids(inner);
  at.check_commas(kids, "a community or a name");
  for (uint32_t kid : kids) {
    if (at.rule(kid) == Rule::comm) add(at.kids(kid)[0]);
  }
  return result;
}

}  // namespace bgproof::intent
