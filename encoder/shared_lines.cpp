#include "encoder/shared_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "encoder/logic.h"

namespace bgproof {

namespace {

constexpr size_t kMostAlike = 8;

z3::expr same_address(const SymbolicAddress& a, const SymbolicAddress& b) {
  return and_of(equal(a.is_ipv6, b.is_ipv6), equal(a.bits, b.bits));
}

z3::expr same_forms(Terms& terms, const SymbolicPath& a, const SymbolicPath& b) {
  // One of the guards holds (paths.h).
  if (std::equal(a.begin(), a.end(), b.begin(), b.end(),
                 [](const auto& x, const auto& y) { return x.first == y.first && same(x.second, y.second); }))
    return terms.yes();
  std::vector<z3::expr> ways;
  for (const auto& [form, guard] : a)
    for (const auto& [other, other_guard] : b)
      if (form == other) ways.push_back(and_of(guard, other_guard));
  return or_of(terms.context, ways);
}

void blend(const z3::expr& shared, const z3::expr& from, z3::expr& to) { to = choice_of(shared, from, to); }

void blend(const z3::expr& shared, const std::vector<z3::expr>& from, std::vector<z3::expr>& to) {
  for (size_t i = 0; i < to.size(); ++i) blend(shared, from.at(i), to[i]);
}

}  // namespace

std::string text_of(const Program& program, ChoiceId choice, const Havoc* action) {
  const std::string& text = program.library->unmodelled.at(choice.value).text;
  if (!action) return "test " + text;
  const AttributeSet& may = action->touches;
  std::string touches = fmt::format("{:d}{:d}{:d}{:d}{:d}{:d}", action->may_decide, may.as_path, may.origin,
                                    may.next_hop, may.communities, may.rpki);
  for (bool number : may.numbers) touches += number ? '1' : '0';
  return fmt::format("action {} {}", touches, text);
}

z3::expr same_route(Terms& terms, const SymbolicRoute& a, const SymbolicRoute& b) {
  std::vector<z3::expr> all = {equal(a.origin, b.origin), equal(a.rpki, b.rpki),
                               equal(a.next_hop.kind, b.next_hop.kind),
                               same_address(a.next_hop.address, b.next_hop.address)};
  for (size_t i = 0; i < a.numbers.size(); ++i) {
    all.push_back(equal(a.numbers[i].present, b.numbers[i].present));
    all.push_back(equal(a.numbers[i].value, b.numbers[i].value));
  }
  for (AtomId atom = 0; atom < a.communities.carries.size(); ++atom) {
    const z3::expr& carried = a.communities.carries[atom];
    all.push_back(equal(carried, b.communities.carries[atom]));
    if (a.communities.whose.empty() || terms.vocabulary.is_single(atom)) continue;
    all.push_back(or_of(not_of(carried), equal(a.communities.whose[atom], b.communities.whose[atom])));
  }
  all.push_back(same_forms(terms, a.as_path, b.as_path));
  return and_of(terms.context, all);
}

std::vector<std::pair<const Line*, z3::expr>> lines_alike(Terms& terms, const EncodedProgram& first,
                                                          const Reached& reached) {
  std::vector<const Line*> alike;
  for (const Line& line : first.lines)
    if (line.reached->text == reached.text) alike.push_back(&line);
  std::stable_partition(alike.begin(), alike.end(), [&](const Line* l) { return l->reached->place == reached.place; });
  if (alike.size() > kMostAlike) alike.resize(kMostAlike);
  std::vector<std::pair<const Line*, z3::expr>> result;
  for (const Line* line : alike) {
    z3::expr alike_there = same_route(terms, line->reached->route, reached.route);
    // Where it is reached whenever the other is, nothing needs to say so: equal programs are equal terms.
    if (!same(line->reached->live, reached.live)) put(alike_there, and_of(line->reached->live, alike_there));
    result.emplace_back(line, terms.shared(alike_there));
  }
  return result;
}

void share(const z3::expr& shared, const FreeAction& from, FreeAction& to) {
  blend(shared, from.keeps, to.keeps);
  blend(shared, from.decides, to.decides);
  blend(shared, from.keeps_communities, to.keeps_communities);
  blend(shared, from.keeps_path, to.keeps_path);
  blend(shared, from.whose_term, to.whose_term);
  blend(shared, from.fresh.origin, to.fresh.origin);
  blend(shared, from.fresh.rpki, to.fresh.rpki);
  blend(shared, from.fresh.next_hop.kind, to.fresh.next_hop.kind);
  blend(shared, from.fresh.next_hop.address.is_ipv6, to.fresh.next_hop.address.is_ipv6);
  blend(shared, from.fresh.next_hop.address.bits, to.fresh.next_hop.address.bits);
  for (size_t i = 0; i < to.fresh.numbers.size(); ++i) {
    blend(shared, from.fresh.numbers[i].present, to.fresh.numbers[i].present);
    blend(shared, from.fresh.numbers[i].value, to.fresh.numbers[i].value);
  }
  blend(shared, from.fresh.communities.carries, to.fresh.communities.carries);
  blend(shared, from.fresh.communities.count, to.fresh.communities.count);
}

}  // namespace bgproof
