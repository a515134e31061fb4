// Concrete routes as values of an encoding's constants: the abstraction of the law.
#include <algorithm>

#include "base/check.h"
#include "encoder/logic.h"
#include "encoder/parts.h"

namespace bgproof {

namespace {

// What of a route is given. In `looked_at` attributes that no condition and no obligation reads are left out.
enum class Extent { all, looked_at };

class Abstraction {
 public:
  explicit Abstraction(Terms& terms) : terms_(terms), vocabulary_(terms.vocabulary) {}

  Assignment values;

  void set(const z3::expr& constant, Bits value) { values.emplace_back(constant, value); }

  void route(const Route& route, Extent extent) {
    const SymbolicRoute& to = terms_.before;
    bool all = extent == Extent::all;
    set(to.is_ipv6, route.prefix.family == Family::ipv6);
    set(to.address, route.prefix.bits);
    set(to.length, route.prefix.length);
    set(to.protocol, static_cast<Bits>(route.protocol));
    set(to.route_type, static_cast<Bits>(route.route_type));
    set(to.learned_from, vocabulary_.roles.number(route.learned_from));
    if (all || vocabulary_.neighbor) {
      set(to.has_neighbor, route.neighbor.has_value());
      address(to.neighbor, route.neighbor.value_or(Address{}));
    }
    if (all || !vocabulary_.interfaces.empty()) set(to.interface, vocabulary_.interfaces.number(route.interface));
    if (all || !vocabulary_.ribs.empty()) set(to.rib, vocabulary_.ribs.number(route.rib));
    attributes(route, {to.origin, to.next_hop, to.communities, to.numbers, to.rpki}, extent);
    path(0, word_of(route.as_path));
  }

  void attributes(const Route& route, const FreshAttributes& to, Extent extent) {
    bool all = extent == Extent::all;
    if (all || vocabulary_.origin) set(to.origin, static_cast<Bits>(route.origin));
    if (all || vocabulary_.rpki) set(to.rpki, static_cast<Bits>(route.rpki));
    if (all || vocabulary_.next_hop) {
      set(to.next_hop.kind, static_cast<Bits>(route.next_hop.kind));
      address(to.next_hop.address, route.next_hop.address);
    }
    for (size_t number = 0; number < kNumberCount; ++number) {
      if (!all && !vocabulary_.numbers[number]) continue;
      set(to.numbers[number].present, route.numbers[number].has_value());
      set(to.numbers[number].value, route.numbers[number].value_or(0));
    }
    std::vector<uint32_t> counts(to.communities.carries.size());
    if (counts.empty()) return;
    for (const Community& community : route.communities) ++counts[vocabulary_.atoms().atom_of(community)];
    for (AtomId atom = 0; atom < counts.size(); ++atom) {
      set(to.communities.carries[atom], counts[atom] > 0);
      if (to.communities.count.empty() || vocabulary_.is_single(atom)) continue;
      set(to.communities.count[atom], std::clamp(counts[atom], 1u, vocabulary_.count_limit()));
    }
  }

  void path(PathSource source, const PathWord& word) {
    PathTable& paths = terms_.paths;
    for (const PathTable::Atom& atom : paths.atoms())
      if (atom.source == source) set(atom.holds, paths.languages().automaton(atom.language).accepts(word));
  }

 private:
  void address(const SymbolicAddress& to, const Address& address) {
    set(to.is_ipv6, address.family == Family::ipv6);
    set(to.bits, address.bits);
  }

  Terms& terms_;
  const Vocabulary& vocabulary_;
};

Communities members_in(const Vocabulary& vocabulary, const Route& route, AtomId atom) {
  Communities members;
  for (const Community& community : route.communities)
    if (vocabulary.atoms().atom_of(community) == atom) members.insert(community);
  return members;
}

}  // namespace

z3::expr Encoding::equals(const Route& route) const {
  Terms& terms = parts_->terms;
  Abstraction abstraction(terms);
  abstraction.route(route, Extent::looked_at);
  std::vector<z3::expr> all;
  for (const auto& [constant, value] : abstraction.values) {
    if (constant.is_bool())
      all.push_back(value != 0 ? constant : !constant);
    else
      all.push_back(constant == bit_vector(terms.context, value, constant.get_sort().bv_size()));
  }
  return and_of(terms.context, all);
}

Assignment Encoding::abstract(const Route& route, const Choices& choices) const {
  Terms& terms = parts_->terms;
  Abstraction abstraction(terms);
  abstraction.route(route, Extent::all);
  std::vector<PathWord> words = {word_of(route.as_path)};  // by source
  std::vector<const Route*> given = {&route};              // by number of the line whose communities they are
  for (const Line& line : parts_->program.lines) {
    auto found = choices.lines.find(line.key);
    const Choice choice = found == choices.lines.end() ? Choice{} : found->second;
    if (!line.action) {
      abstraction.set(line.matches, choice.matches);
      continue;
    }
    const FreeAction& action = *line.action;
    bool keeps = found == choices.lines.end();
    bool decides = action.havoc->may_decide && choice.decides;
    abstraction.set(action.keeps, keeps);
    abstraction.set(action.decides, decides ? 1 + static_cast<Bits>(*choice.decides) : 0);
    abstraction.attributes(choice.attributes, action.fresh, Extent::all);
    abstraction.set(action.keeps_communities, 0);
    abstraction.set(action.keeps_path, 0);
    for (const z3::expr& prepends : action.prepends) abstraction.set(prepends, 0);
    if (action.whose != 0) given.push_back(keeps ? &route : &found->second.attributes);
    if (action.source == 0) continue;
    words.push_back(word_of(choice.attributes.as_path));
    abstraction.path(action.source, words.back());
  }
  for (const auto& [key, relation] : parts_->contents.relations()) {
    Communities before = members_in(terms.vocabulary, route, key.second);
    Communities after = members_in(terms.vocabulary, *given.at(key.first), key.second);
    abstraction.set(relation.includes, std::includes(after.begin(), after.end(), before.begin(), before.end()));
    abstraction.set(relation.equals, before == after);
  }
  for (const PathTable::Relation& relation : terms.paths.relations()) {
    const PathForm& form = terms.paths.form(relation.form);
    abstraction.set(relation.holds,
                    is_prepended(words[0], apply(form.transforms, words.at(form.source)), relation.times));
  }
  for (const auto& [name, values] : terms.readings) {
    auto found = choices.readings.find(name);
    std::string reading =
        found == choices.readings.end() ? std::string(find_assumption(name)->values.front()) : found->second;
    for (const auto& [value, holds] : values) abstraction.set(holds, value == reading);
  }
  return std::move(abstraction.values);
}

}  // namespace bgproof
