#include "encoder/encode.h"

#include "base/check.h"
#include "encoder/encode_condition.h"
#include "encoder/encode_obligation.h"
#include "encoder/logic.h"
#include "encoder/parts.h"
#include "encoder/well_formed.h"
#include "policy/assumption.h"

namespace bgproof {

namespace {

std::vector<EncodedProgram> encode_programs(Terms& terms, const Task& task, const Program* twin) {
  std::vector<EncodedProgram> programs;
  programs.push_back(encode_program(terms, task.program));
  if (twin) programs.push_back(encode_program(terms, *twin, &programs.front()));
  return programs;
}

// What the line puts into the attributes is what it found there.
z3::expr keeps_scalars(const FreeAction& action, const SymbolicRoute& before) {
  const FreshAttributes& after = action.fresh;
  std::vector<z3::expr> all;
  if (action.havoc->touches.origin) all.push_back(equal(after.origin, before.origin));
  if (action.havoc->touches.rpki) all.push_back(equal(after.rpki, before.rpki));
  if (action.havoc->touches.next_hop) {
    all.push_back(equal(after.next_hop.kind, before.next_hop.kind));
    all.push_back(equal(after.next_hop.address.is_ipv6, before.next_hop.address.is_ipv6));
    all.push_back(equal(after.next_hop.address.bits, before.next_hop.address.bits));
  }
  for (const NumberInfo& number : kNumbers) {
    if (!action.havoc->touches.numbers[static_cast<size_t>(number.number)]) continue;
    const SymbolicNumber &is = after.numbers[static_cast<size_t>(number.number)], &was = before[number.number];
    all.push_back(equal(is.present, was.present));
    all.push_back(equal(is.value, was.value));
  }
  return and_of(after.origin.ctx(), all);
}

// A question that a path has to hold segments of a confederation for.
bool wants_confederation(const PathDfa& language) {
  constexpr Asn kAny = 64496;
  AsPath plain = path_of(std::vector<Asn>{kAny}), confederated = plain;
  confederated.segments.front().kind = AsSegment::Kind::confed_sequence;
  return language.accepts(confederated) && !language.accepts(plain);
}

}  // namespace

Encoding::Parts::Parts(z3::context& context, const Task& task, const Program* twin, const Readings& settled)
    : terms(context, task, twin, settled),
      programs(encode_programs(terms, task, twin)),
      program(programs.front()),
      contents(terms, program.lines),
      legal_attributes(bgproof::legal_attributes(terms)),
      legal(and_of(legal_attributes, legal_prefix(terms))),
      offered(encode_condition(terms, task.offered, terms.before)) {
  for (const TaskRow& row : task.rows) {
    conditions.push_back(terms.shared(encode_condition(terms, row.condition, terms.before)));
    std::vector<z3::expr>& own = obligations.emplace_back();
    for (const Obligation& obligation : row.obligations)
      own.push_back(encode_obligation(terms, obligation, program.after, contents));
  }
  for (const EncodedProgram& it : programs) {
    std::vector<ChoicePoint>& points = choice_points.emplace_back();
    for (const Line& line : it.lines) {
      const Havoc* havoc = line.action ? line.action->havoc : nullptr;
      bool matters = !havoc || havoc->may_decide || terms.vocabulary.looks_at(havoc->touches);
      z3::expr acts = line.action ? not_of(line.action->keeps) : line.matches;
      points.push_back({line.key, line.range, line.met, acts, !line.action, matters});
    }
  }
  if (twin) difference = encode_difference(terms, programs[0].after, programs[1].after);
  for (const z3::expr& known : terms.paths.implications()) terms.definitions.push_back(known);
  // paths.h: of two words nobody knows how they compare, so the worse case is taken.
  for (const PathTable::Relation& relation : terms.paths.relations()) terms.definitions.push_back(!relation.holds);
}

Encoding::Encoding(z3::context& context, const Task& task, const Program* twin, const Readings& settled)
    : parts_(std::make_unique<Parts>(context, task, twin, settled)) {}
Encoding::~Encoding() = default;

z3::expr_vector Encoding::definitions() const {
  z3::expr_vector all(parts_->terms.context);
  for (const z3::expr& definition : parts_->terms.definitions) all.push_back(definition);
  return all;
}

z3::expr_vector Encoding::prefix_definitions() const {
  Terms& terms = parts_->terms;
  z3::expr_vector all(terms.context);
  for (const PrefixAtom& atom : terms.prefix_atoms) all.push_back(atom.holds == terms.prefix_terms.in(atom.set));
  return all;
}

bool Encoding::compares_unknown_paths() const { return !parts_->terms.paths.relations().empty(); }
bool Encoding::sees_prefix_through_atoms() const { return !parts_->terms.looks_at_bits; }

z3::expr Encoding::legal() const { return parts_->legal; }
z3::expr Encoding::legal_attributes() const { return parts_->legal_attributes; }
z3::expr Encoding::offered() const { return parts_->offered; }
z3::expr Encoding::is_ipv6() const { return parts_->terms.before.is_ipv6; }

z3::expr_vector Encoding::prefix_bits() const {
  z3::expr_vector bits(parts_->terms.context);
  bits.push_back(parts_->terms.before.address);
  bits.push_back(parts_->terms.before.length);
  return bits;
}

const std::vector<std::pair<z3::expr, z3::expr>>& Encoding::names() const { return parts_->terms.names; }

z3::expr_vector Encoding::nests() const {
  z3::expr_vector all(parts_->terms.context);
  for (const z3::expr& definition : parts_->terms.nests) all.push_back(definition);
  return all;
}

z3::expr Encoding::prefix_is(const Prefix& prefix) const {
  const SymbolicRoute& route = parts_->terms.before;
  z3::context& context = parts_->terms.context;
  z3::expr family = prefix.family == Family::ipv6 ? route.is_ipv6 : !route.is_ipv6;
  return family && route.address == bit_vector(context, prefix.bits, 128) &&
         route.length == context.bv_val(prefix.length, 8);
}

z3::expr Encoding::in(PrefixDiagram::Node set) const { return parts_->terms.prefix_terms.in(set); }
const SymbolicRoute& Encoding::before() const { return parts_->terms.before; }
const SymbolicRoute& Encoding::after(size_t program) const { return parts_->programs.at(program).after; }
z3::expr Encoding::accepted(size_t program) const { return parts_->programs.at(program).accepted; }
const std::vector<Leaf>& Encoding::leaves(size_t program) const { return parts_->programs.at(program).leaves; }
const std::vector<ChoicePoint>& Encoding::choice_points(size_t program) const {
  return parts_->choice_points.at(program);
}
const Difference& Encoding::difference() const {
  BGPROOF_CHECK(parts_->difference.has_value(), "only programs with a twin differ");
  return *parts_->difference;
}
const std::map<std::string, std::map<std::string, z3::expr>>& Encoding::readings() const {
  return parts_->terms.readings;
}
z3::expr Encoding::condition(size_t row) const { return parts_->conditions.at(row); }
z3::expr Encoding::obligation(size_t row, size_t obligation) const {
  return parts_->obligations.at(row).at(obligation);
}
const std::vector<PrefixAtom>& Encoding::prefix_atoms() const { return parts_->terms.prefix_atoms; }
PrefixDiagram& Encoding::diagrams() { return parts_->terms.diagrams; }

z3::expr_vector Encoding::preferences() const {
  Terms& terms = parts_->terms;
  const SymbolicRoute& route = terms.before;
  const Vocabulary& vocabulary = terms.vocabulary;
  z3::expr_vector wanted(terms.context);
  auto prefer = [&](const z3::expr& what) {
    if (!what.is_true()) wanted.push_back(what);
  };
  // The likelier reading of what is open: what breaks in it breaks more often than not in the others too.
  for (const auto& [name, values] : terms.readings)
    prefer(values.at(std::string(find_assumption(name)->values.front())));
  // What most routes are.
  prefer(route.protocol == terms.bits(Protocol::bgp, 4));
  prefer(route.route_type == terms.bits(RouteType::external, 2));
  prefer(z3::implies(route.protocol == terms.bits(Protocol::bgp, 4), route.has_neighbor));
  // A leak that a reader fears first: what a peer or a provider sent.
  const Names& roles = vocabulary.roles;
  for (const char* role : {"peer", "provider", "customer"})
    if (uint32_t number = roles.number(role); number != roles.another())
      prefer(route.learned_from == terms.bits(number, roles.bits()));
  for (const PathTable::Atom& atom : terms.paths.atoms())
    if (atom.source == 0 && wants_confederation(terms.paths.languages().automaton(atom.language))) prefer(!atom.holds);
  // An unmodelled line that does nothing, or as little as it can.
  for (const EncodedProgram& program : parts_->programs)
    for (const Line& line : program.lines) {
      if (!line.action) continue;
      prefer(line.action->keeps);
      prefer(line.action->keeps_path && line.action->keeps_communities);
      if (line.reached) prefer(keeps_scalars(*line.action, line.reached->route));
    }
  // No communities: at all, of a kind, each.
  std::vector<z3::expr> none;
  for (const z3::expr& carried : route.communities.carries) none.push_back(!carried);
  prefer(and_of(terms.context, none));
  for (CommunityKind kind : {CommunityKind::extended, CommunityKind::large, CommunityKind::standard}) {
    std::vector<z3::expr> of_kind;
    for (AtomId atom : vocabulary.atoms().atoms_of(kind)) of_kind.push_back(none[atom]);
    prefer(and_of(terms.context, of_kind));
  }
  constexpr size_t kFew = 48;
  if (none.size() <= kFew)
    for (const z3::expr& one : none) prefer(one);
  for (const NumberInfo& number : kNumbers) {
    if (!vocabulary.numbers[static_cast<size_t>(number.number)]) continue;
    const SymbolicNumber& its = route[number.number];
    prefer(number.usual ? its.present && its.value == terms.bits(*number.usual, 32) : !its.present);
  }
  if (vocabulary.origin) prefer(route.origin == terms.bits(Origin::igp, 2));
  if (vocabulary.rpki) prefer(route.rpki == terms.bits(Rpki::unknown, 2));
  if (vocabulary.next_hop) prefer(route.next_hop.kind == terms.bits(NextHop::Kind::address, 3));
  if (vocabulary.next_hop) {
    const SymbolicAddress& to = route.next_hop.address;
    auto is = [&](const char* text) { return to.bits == bit_vector(terms.context, parse_address(text)->bits, 128); };
    prefer(to.is_ipv6 == route.is_ipv6 && choice_of(route.is_ipv6, is("2001:db8::1"), is("192.0.2.1")));
  }
  if (!vocabulary.interfaces.empty())
    prefer(route.interface == terms.bits(vocabulary.interfaces.another(), vocabulary.interfaces.bits()));
  return wanted;
}

}  // namespace bgproof
