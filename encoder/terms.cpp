#include "encoder/terms.h"

#include <fmt/format.h>

#include "base/check.h"
#include "encoder/logic.h"
#include "policy/assumption.h"

namespace bgproof {

Terms::Terms(z3::context& c, const Task& t, const Program* other, Readings settled)
    : context(c),
      task(t),
      twin(other),
      vocabulary(t, other),
      paths(c),
      before(offered_route(c, vocabulary, {{paths.form_of(0), c.bool_val(true)}})),
      prefix_terms(diagrams, before.is_ipv6, before.address, before.length),
      settled_(std::move(settled)) {}

z3::expr Terms::prefix_in(PrefixDiagram::Node set) {
  if (auto found = prefix_of_.find(set); found != prefix_of_.end()) return found->second;
  z3::expr holds = no();
  if (set == diagrams.all()) {
    holds = yes();
  } else if (set == diagrams.family(Family::ipv4)) {
    holds = not_of(before.is_ipv6);
  } else if (set == diagrams.family(Family::ipv6)) {
    holds = before.is_ipv6;
  } else if (set != diagrams.none()) {
    holds = context.bool_const(fmt::format("prefix!{}", prefix_atoms.size()).c_str());
    prefix_atoms.push_back({holds, set});
  }
  prefix_of_.emplace(set, holds);
  return holds;
}

z3::expr Terms::prefix_in_each(const PrefixList& list, const std::set<uint32_t>& slots) {
  looks_at_bits = true;
  return prefix_terms.in(list, slots);
}

// How many parts the conjunction or disjunction has once flattened.
unsigned Terms::nested(const z3::expr& term) {
  Z3_decl_kind kind = term.decl().decl_kind();
  if (kind == Z3_OP_NOT) return nested(term.arg(0));
  bool choice = kind == Z3_OP_ITE && !term.is_bool();  // its value: a nest of further choices
  if (kind != Z3_OP_AND && kind != Z3_OP_OR && !choice) return 1;
  unsigned id = Z3_get_ast_id(context, term);
  if (auto found = nested_.find(id); found != nested_.end()) return found->second;
  unsigned parts = 0;
  for (unsigned i = choice ? 1 : 0; i < term.num_args(); ++i) parts += nested(term.arg(i));
  nested_.emplace(id, parts);
  kept_.push_back(term);
  return parts;
}

z3::expr Terms::named(const z3::expr& term, unsigned most_parts) {
  if (nested(term) <= most_parts) return term;
  if (term.decl().decl_kind() == Z3_OP_NOT) return not_of(named(term.arg(0), most_parts));
  unsigned id = Z3_get_ast_id(context, term);
  if (auto found = name_of_.find(id); found != name_of_.end()) return found->second;
  z3::expr name = context.constant(fmt::format("guard!{}", names.size()).c_str(), term.get_sort());
  definitions.push_back(name == term);
  if (most_parts > 1 && term.is_bool()) nests.push_back(definitions.back());
  names.emplace_back(name, term);
  name_of_.emplace(id, name);
  return name;
}

void Terms::assign(z3::expr& field, const z3::expr& live, const z3::expr& value) {
  put(field, choice_of(live, value, field));
  put(field, tight(field));
}

std::optional<PrefixDiagram::Node> Terms::set_of(const PrefixList& list, const std::set<uint32_t>& slots) {
  auto [at, fresh] = sets_.try_emplace({&list, slots});
  if (fresh) at->second = diagrams.of(list, slots);
  return at->second;
}

z3::expr Terms::address_in(const PrefixList& list, const SymbolicAddress& address) {
  std::set<uint32_t> slots;
  for (const PrefixEntry& entry : list.entries)
    if (entry.slot != PrefixEntry::kNoMatch) slots.insert(entry.slot);
  std::unique_ptr<PrefixTerms>& terms =
      address_terms_[{Z3_get_ast_id(context, address.is_ipv6), Z3_get_ast_id(context, address.bits)}];
  if (!terms) terms = std::make_unique<PrefixTerms>(diagrams, address.is_ipv6, address.bits, std::nullopt);
  std::optional<PrefixDiagram::Node> set = set_of(list, slots);
  return set ? terms->in(*set) : terms->in(list, slots);
}

std::optional<bool> Terms::settled(const AssumptionIs& is) const {
  auto found = settled_.find(is.name);
  if (found == settled_.end()) return std::nullopt;
  return found->second == is.value;
}

z3::expr Terms::reading(const std::string& name, const std::string& value) {
  auto [at, fresh] = readings.try_emplace(name);
  if (fresh) {
    const Assumption* assumption = find_assumption(name);
    BGPROOF_CHECK(assumption, "an assumption that is tested is in the table: " + name);
    std::vector<z3::expr> some;
    for (std::string_view reading : assumption->values) {
      z3::expr holds = context.bool_const(fmt::format("reading!{}={}", name, reading).c_str());
      for (const z3::expr& other : some) definitions.push_back(!(holds && other));
      some.push_back(holds);
      at->second.emplace(std::string(reading), holds);
    }
    definitions.push_back(or_of(context, some));
  }
  auto found = at->second.find(value);
  return found == at->second.end() ? no() : found->second;
}

}  // namespace bgproof
