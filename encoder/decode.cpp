// Makes concrete routes and choices of a model.
#include <algorithm>
#include <optional>

#include "base/check.h"
#include "encoder/encoding_limit.h"
#include "encoder/logic.h"
#include "encoder/parts.h"

namespace bgproof {

namespace {

// RFC 5398.
const std::vector<Asn> kFamiliar = {64496, 64497, 64498, 64499, 64500, 64501, 64502, 64503};

AsPathRegex ends_with(const PathLetter& letter) {
  AsPathRegex any, anything, last, regex;
  any.kind = AsPathRegex::Kind::any_letter;
  anything.kind = AsPathRegex::Kind::repeat;
  anything.of = {any};
  last.kind = letter.is_set() ? AsPathRegex::Kind::set_letter : AsPathRegex::Kind::asns;
  for (Asn asn : letter.asns) last.ranges.push_back({asn, asn});
  regex.kind = AsPathRegex::Kind::sequence;
  regex.of = {anything, last};
  return regex;
}

Address documentation_address(Family family) {
  return *parse_address(family == Family::ipv6 ? "2001:db8::1" : "192.0.2.1");
}

class Decoder {
 public:
  Decoder(Encoding::Parts& parts, const z3::model& model)
      : parts_(parts), terms_(parts.terms), vocabulary_(parts.terms.vocabulary), model_(model) {}

  // The words of all paths that are met; false: `core` says what contradicts itself.
  bool find_words(z3::expr_vector& core) {
    words_.assign(1, {});
    if (!find_word(0, core)) return false;
    for (const EncodedProgram& program : parts_.programs)
      for (const Line& line : program.lines) {
        if (!line.action || line.action->source == 0) continue;
        words_.resize(std::max<size_t>(words_.size(), line.action->source + 1));
        if (is_true(line.met) && !find_other_word(line.action->source, core)) return false;
      }
    return true;
  }

  Route route() {
    const SymbolicRoute& from = terms_.before;
    Route route;
    Family family = is_true(from.is_ipv6) ? Family::ipv6 : Family::ipv4;
    route.prefix = {family, bits(from.address), static_cast<uint8_t>(number(from.length))};
    route.protocol = static_cast<Protocol>(number(from.protocol));
    route.route_type = static_cast<RouteType>(number(from.route_type));
    bool bgp = route.protocol == Protocol::bgp;
    uint64_t role = number(from.learned_from);
    route.learned_from =
        role < vocabulary_.roles.another() ? vocabulary_.roles.names()[role] : unused("unassigned", vocabulary_.roles);
    if (!vocabulary_.neighbor) {
      if (bgp) route.neighbor = documentation_address(family);
    } else if (is_true(from.has_neighbor)) {
      route.neighbor = address(from.neighbor);
    }
    route.interface = name(from.interface, vocabulary_.interfaces, "ge-0/0/0.0");
    route.rib = name(from.rib, vocabulary_.ribs, family == Family::ipv6 ? "inet6.0" : "inet.0");
    route.as_path = path_of(words_[0]);
    route.origin = vocabulary_.origin ? static_cast<Origin>(number(from.origin)) : Origin::igp;
    route.rpki = vocabulary_.rpki ? static_cast<Rpki>(number(from.rpki)) : Rpki::unknown;
    if (vocabulary_.next_hop)
      route.next_hop = next_hop(from.next_hop);
    else if (bgp)
      route.next_hop = {NextHop::Kind::address, documentation_address(family)};
    for (const NumberInfo& it : kNumbers) {
      bool looked_at = vocabulary_.numbers[static_cast<size_t>(it.number)];
      if (looked_at && is_true(from[it.number].present))
        route[it.number] = static_cast<uint32_t>(number(from[it.number].value));
      if (!looked_at && bgp) route[it.number] = it.usual;
    }
    for (AtomId atom = 0; atom < vocabulary_.atoms().size(); ++atom)
      if (is_true(from.communities.carries[atom])) add(content(atom, nullptr), route.communities);
    return route;
  }

  Choices choices(const EncodedProgram& program) {
    Choices choices;
    for (const Line& line : program.lines) {
      if (!is_true(line.met)) continue;
      Choice choice;
      if (!line.action) {
        choice.matches = is_true(line.matches);
      } else if (is_true(line.action->keeps)) {
        continue;
      } else {
        free_action(*line.action, choice);
      }
      choices.lines.emplace(line.key, std::move(choice));
    }
    for (const auto& [name, values] : terms_.readings)
      for (const auto& [value, holds] : values)
        if (is_true(holds)) choices.readings.emplace(name, value);
    return choices;
  }

 private:
  bool is_true(const z3::expr& term) { return model_.eval(term, true).is_true(); }
  uint64_t number(const z3::expr& term) { return model_.eval(term, true).get_numeral_uint64(); }
  Bits bits(const z3::expr& term) {
    return Bits{number(term.extract(127, 64).simplify())} << 64 | number(term.extract(63, 0).simplify());
  }
  Address address(const SymbolicAddress& from) {
    return {is_true(from.is_ipv6) ? Family::ipv6 : Family::ipv4, bits(from.bits)};
  }
  NextHop next_hop(const SymbolicNextHop& from) {
    NextHop result;
    result.kind = static_cast<NextHop::Kind>(number(from.kind));
    if (result.kind == NextHop::Kind::address) result.address = address(from.address);
    return result;
  }

  static std::string unused(std::string name, const Names& names) {
    while (names.number(name) != names.another()) name = "other." + name;
    return name;
  }
  // Of names that the task does not know at all, readers would only wonder.
  std::string name(const z3::expr& term, const Names& names, const char* plausible) {
    if (names.empty()) return "";
    uint64_t value = number(term);
    return value < names.another() ? names.names()[value] : unused(plausible, names);
  }

  static void add(const std::vector<Community>& from, Communities& to) { to.insert(from.begin(), from.end()); }

  // The communities of the atom that the offered route has, or those that a line put there.
  std::vector<Community> content(AtomId atom, const FreeAction* action) {
    const CommunityAtoms& atoms = vocabulary_.atoms();
    auto counted = [&](const SymbolicCommunities& communities) -> size_t {
      if (communities.count.empty() || vocabulary_.is_single(atom)) return 1;
      return std::clamp<uint64_t>(number(communities.count[atom]), 1, vocabulary_.count_limit());
    };
    const SymbolicCommunities& offered = terms_.before.communities;
    size_t before = counted(offered);
    if (!action) return atoms.members(atom, before);
    size_t count = counted(action->fresh.communities);
    auto relation = parts_.contents.relations().find({action->whose, atom});
    if (relation == parts_.contents.relations().end() || !is_true(offered.carries[atom]))
      return atoms.members(atom, count);
    if (is_true(relation->second.equals)) return atoms.members(atom, before);
    if (is_true(relation->second.includes)) return atoms.members(atom, std::max(count, before + 1));
    std::vector<Community> members = atoms.members(atom, count + 1);
    members.erase(members.begin());
    return members;
  }

  void free_action(const FreeAction& action, Choice& choice) {
    uint64_t decides = number(action.decides);
    if (decides != 0) choice.decides = static_cast<Decision>(decides - 1);
    const AttributeSet& touches = action.havoc->touches;
    Route& to = choice.attributes;
    if (touches.origin) to.origin = static_cast<Origin>(number(action.fresh.origin));
    if (touches.rpki) to.rpki = static_cast<Rpki>(number(action.fresh.rpki));
    if (touches.next_hop) to.next_hop = next_hop(action.fresh.next_hop);
    for (size_t i = 0; i < touches.numbers.size(); ++i)
      if (touches.numbers[i] && is_true(action.fresh.numbers[i].present))
        to.numbers[i] = static_cast<uint32_t>(number(action.fresh.numbers[i].value));
    if (touches.communities) free_communities(action, to.communities);
    if (touches.as_path) to.as_path = path_of(word_at(action.path_after));
  }

  void free_communities(const FreeAction& action, Communities& to) {
    bool keeps = is_true(action.keeps_communities);
    for (AtomId atom = 0; atom < vocabulary_.atoms().size(); ++atom) {
      if (!is_true(keeps ? action.communities_before.carries[atom] : action.fresh.communities.carries[atom])) continue;
      add(content(atom, keeps ? line_with(number(action.communities_before.whose[atom])) : &action), to);
    }
  }

  const FreeAction* line_with(uint64_t whose) {
    for (const EncodedProgram& program : parts_.programs)
      for (const Line& line : program.lines)
        if (whose != 0 && line.action && line.action->whose == whose) return line.action.get();
    return nullptr;
  }

  PathWord word_at(const SymbolicPath& path) {
    for (const auto& [form, guard] : path)
      if (is_true(guard)) return apply(terms_.paths.form(form).transforms, words_[terms_.paths.form(form).source]);
    fail_check("word_at", __FILE__, __LINE__, "where a way is live one of the forms of its path is there");
  }

  bool find_word(PathSource source, z3::expr_vector& core) {
    std::vector<PathConstraint> constraints;
    std::vector<z3::expr> literals;
    for (const PathTable::Atom& atom : terms_.paths.atoms()) {
      if (atom.source != source) continue;
      // What the model leaves open is false to everyone who evaluates terms in it, so it is false here.
      bool in = is_true(atom.holds);
      constraints.push_back({atom.language, in});
      literals.push_back(in ? atom.holds : !atom.holds);
    }
    PathAnswer answer = terms_.paths.languages().find_path(constraints, search_options());
    if (take(answer, source)) return true;
    for (size_t index : std::get<PathConflict>(answer).core) core.push_back(literals[index]);
    return false;
  }

  bool take(const PathAnswer& answer, PathSource source) {
    if (const auto* limit = std::get_if<AutomatonLimit>(&answer)) throw EncodingLimit(limit->what);
    const auto* path = std::get_if<AsPath>(&answer);
    if (path) words_[source] = word_of(*path);
    return path != nullptr;
  }

  static PathSearchOptions search_options() {
    PathSearchOptions options;
    options.familiar = kFamiliar;
    return options;
  }

  // A word that stands in none of the relations to the offered one (paths.h).
  bool find_other_word(PathSource source, z3::expr_vector& core) {
    if (!find_word(source, core)) return false;
    if (!is_related(source)) return true;
    // Languages of their own: what is looked for here must not change what later searches find.
    PathLanguages languages;
    std::vector<PathConstraint> constraints;
    auto demand = [&](const PathLanguages::Added& added, bool in) {
      if (const auto* limit = std::get_if<AutomatonLimit>(&added)) throw EncodingLimit(limit->what);
      constraints.push_back({std::get<PathLanguageId>(added), in});
    };
    for (const PathTable::Atom& atom : terms_.paths.atoms())
      if (atom.source == source)
        demand(languages.add(terms_.paths.languages().automaton(atom.language)), is_true(atom.holds));
    size_t common = constraints.size();
    if (!words_[0].empty()) {
      demand(languages.add(ends_with(words_[0].back())), false);
      if (take(languages.find_path(constraints, search_options()), source) && !is_related(source)) return true;
      constraints.resize(common);
    }
    demand(languages.add_length({length(path_of(words_[0])) + 20, UINT32_MAX}), true);
    if (take(languages.find_path(constraints, search_options()), source) && !is_related(source)) return true;
    throw EncodingLimit("an AS path that an unmodelled line puts in place of another and that must differ from it");
  }

  bool is_related(PathSource source) {
    const std::vector<PathTable::Relation>& relations = terms_.paths.relations();
    return std::any_of(relations.begin(), relations.end(), [&](const PathTable::Relation& relation) {
      const PathForm& form = terms_.paths.form(relation.form);
      return form.source == source && is_prepended(words_[0], apply(form.transforms, words_[source]), relation.times);
    });
  }

  Encoding::Parts& parts_;
  Terms& terms_;
  const Vocabulary& vocabulary_;
  const z3::model& model_;
  std::vector<PathWord> words_;  // by source
};

}  // namespace

std::optional<Route> Encoding::decode(const z3::model& model, z3::expr_vector& core) const {
  Decoder decoder(*parts_, model);
  if (!decoder.find_words(core)) return std::nullopt;
  return decoder.route();
}

Choices Encoding::decode_choices(const z3::model& model, size_t program) const {
  Decoder decoder(*parts_, model);
  z3::expr_vector core(parts_->terms.context);
  const EncodedProgram& of = parts_->programs.at(program);
  if (!of.lines.empty())
    BGPROOF_CHECK(decoder.find_words(core), "choices are decoded of a model that has a route");
  return decoder.choices(of);
}

}  // namespace bgproof
