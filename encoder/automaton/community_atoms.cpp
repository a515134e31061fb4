#include "encoder/automaton/community_atoms.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <string>
#include <unordered_set>

#include "base/check.h"
#include "encoder/automaton/community_text.h"

namespace bgproof {
namespace {

constexpr std::array<CommunityKind, 3> kKinds = {CommunityKind::standard, CommunityKind::large,
                                                 CommunityKind::extended};
constexpr size_t kMaxAutomatonStates = 100000;

using SetIds = std::vector<CommunitySetId>;  // ascending

// The one community that the pattern contains, if it says so by its form.
std::optional<Community> literal_of(const CommunityPattern& pattern) {
  if (const auto* community = std::get_if<Community>(&pattern.is)) return *community;
  const auto* fields = std::get_if<CommunityFields>(&pattern.is);
  if (fields == nullptr) return std::nullopt;
  Community community{fields->kind, {}};
  const int count = fields->kind == CommunityKind::standard ? 2 : 3;
  for (int i = 0; i < count; ++i) {
    community.fields[i] = fields->fields[i].low;
    if (fields->fields[i].high != fields->fields[i].low) return std::nullopt;
    if (community.fields[i] > field_limit(fields->kind, i, community.fields[0])) return std::nullopt;
  }
  return community;
}

bool speaks_of(const CommunityPattern& pattern, CommunityKind kind) {
  if (const auto* fields = std::get_if<CommunityFields>(&pattern.is)) return fields->kind == kind;
  if (const auto* regex = std::get_if<CommunityRegex>(&pattern.is)) return regex->kinds.contains(kind);
  return false;
}

// Equal for equal patterns.
std::string key_of(const CommunityPattern& pattern) {
  if (const auto* regex = std::get_if<CommunityRegex>(&pattern.is)) {
    return (regex->searched ? "s" : "w") + std::to_string(static_cast<int>(regex->names)) + ":" +
           std::to_string(regex->expression.size()) + ":" + regex->expression;
  }
  std::string key = "f";
  if (const auto* fields = std::get_if<CommunityFields>(&pattern.is)) {
    for (const NumberRange& range : fields->fields) {
      key += std::to_string(range.low) + "-" + std::to_string(range.high) + ",";
    }
  }
  return key;
}

std::vector<const CommunityPattern*> not_literal(const std::vector<CommunityPattern>& patterns, CommunityKind kind) {
  std::vector<const CommunityPattern*> result;
  for (const CommunityPattern& pattern : patterns) {
    if (speaks_of(pattern, kind) && !literal_of(pattern)) result.push_back(&pattern);
  }
  return result;
}

SetIds unite(const SetIds& left, const SetIds& right) {
  SetIds result;
  std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(result));
  return result;
}

SetIds subtract(const SetIds& left, const SetIds& right) {
  SetIds result;
  std::set_difference(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(result));
  return result;
}

void insert(SetIds& sets, CommunitySetId set) { sets = unite(sets, {set}); }

uint64_t saturate(unsigned __int128 value) { return value > UINT64_MAX ? UINT64_MAX : static_cast<uint64_t>(value); }

// The languages of one kind: for each, the sets whose patterns it is, and those whose `except` it is.
struct Languages {
  std::vector<TextDfa> automata;
  std::vector<SetIds> included, excluded;

  uint32_t add(TextDfa automaton) {
    for (uint32_t i = 0; i < automata.size(); ++i) {
      if (automata[i] == automaton) return i;
    }
    automata.push_back(std::move(automaton));
    included.emplace_back();
    excluded.emplace_back();
    return static_cast<uint32_t>(automata.size() - 1);
  }
};

std::variant<Languages, AutomatonLimit> languages_of(const std::vector<CommunitySet>& sets, CommunityKind kind) {
  Languages languages;
  std::map<std::string, uint32_t> known;
  for (CommunitySetId set = 0; set < sets.size(); ++set) {
    for (const bool is_except : {false, true}) {
      const auto patterns = not_literal(is_except ? sets[set].except : sets[set].patterns, kind);
      if (patterns.empty()) continue;
      std::string key;
      for (const CommunityPattern* pattern : patterns) key += key_of(*pattern) + "|";
      auto it = known.find(key);
      if (it == known.end()) {
        std::optional<TextDfa> automaton = community_automaton(patterns, kind, kMaxAutomatonStates);
        if (!automaton) {
          return AutomatonLimit{"more than " + std::to_string(kMaxAutomatonStates) +
                                " states for one set of communities"};
        }
        it = known.emplace(std::move(key), languages.add(*std::move(automaton))).first;
      }
      (is_except ? languages.excluded : languages.included)[it->second].push_back(set);
    }
  }
  return languages;
}

// Communities made of the administrators and numbers that the sets speak of most, and of numbers that people like.
std::vector<Community> familiar(const std::vector<CommunitySet>& sets, CommunityKind kind) {
  constexpr size_t kMost = 48;
  std::map<std::array<uint32_t, 2>, uint32_t> administrators;  // extended: type and administrator
  std::map<uint32_t, uint32_t> numbers;
  const bool is_extended = kind == CommunityKind::extended;
  const auto note = [&](const std::array<uint32_t, 3>& fields) {
    const uint32_t administrator = is_extended ? fields[1] : fields[0];
    if (administrator != 0 && administrator != 0xffff) {
      ++administrators[{is_extended ? fields[0] : 0, administrator}];
    }
    ++numbers[is_extended ? fields[2] : fields[1]];
    if (kind == CommunityKind::large) ++numbers[fields[2]];
  };
  for (const CommunitySet& set : sets) {
    for (const CommunityPattern& pattern : set.patterns) {
      if (const auto* community = std::get_if<Community>(&pattern.is)) {
        if (community->kind == kind) note(community->fields);
      } else if (const auto* fields = std::get_if<CommunityFields>(&pattern.is)) {
        if (fields->kind == kind) note({fields->fields[0].low, fields->fields[1].low, fields->fields[2].low});
      }
    }
  }
  const auto most = [](const auto& counts) {
    std::vector<std::pair<uint32_t, typename std::decay_t<decltype(counts)>::key_type>> order;
    for (const auto& [value, count] : counts) order.push_back({UINT32_MAX - count, value});
    std::sort(order.begin(), order.end());
    if (order.size() > kMost) order.resize(kMost);
    return order;
  };
  auto first = most(administrators);
  first.push_back({0, {is_extended ? 0x0002u : 0, 64496}});
  std::vector<uint32_t> last = {1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 666, 1000, 2000, 10000};
  for (const auto& [count, number] : most(numbers)) last.push_back(number);

  std::vector<Community> result;
  for (const auto& [count, administrator] : first) {
    for (uint32_t number : last) {
      Community community{kind, {}};
      switch (kind) {
        case CommunityKind::standard:
          community.fields = {administrator[1], number, 0};
          break;
        case CommunityKind::large:
          community.fields = {administrator[1], 1, number};
          break;
        case CommunityKind::extended:
          community.fields = {administrator[0], administrator[1], number};
          break;
      }
      bool is_valid = true;
      for (int i = 0; i < 3; ++i) {
        const bool is_used = i < 2 || kind != CommunityKind::standard;
        is_valid = is_valid && (!is_used || community.fields[i] <= field_limit(kind, i, community.fields[0]));
      }
      if (is_valid) result.push_back(community);
    }
  }
  return result;
}

}  // namespace

size_t CommunityAtoms::CommunityHash::operator()(const Community& community) const {
  uint64_t hash = static_cast<uint64_t>(community.kind) + 1;
  for (uint32_t field : community.fields) hash = (hash ^ field) * 0x9e3779b97f4a7c15 + (hash >> 31);
  return hash;
}

std::vector<TextClassifier::Class> CommunityAtoms::Classes::all() const {
  if (split_) return split_->classes();
  return {{{}, community_count(kind_)}};
}

uint32_t CommunityAtoms::Classes::of(const Community& community) const {
  if (!split_) return 0;
  const std::optional<uint32_t> index = split_->class_of(to_string(community));
  BGPROOF_CHECK(index.has_value(), "not a community: " + to_string(community));
  return *index;
}

const TextClassifier& CommunityAtoms::Classes::classifier() const {
  static std::array<std::once_flag, 3> made;
  static std::array<TextClassifier, 3> unsplit;
  if (split_) return *split_;
  const auto index = static_cast<size_t>(kind_);
  std::call_once(made[index], [&] {
    auto built = TextClassifier::build(community_universe(kind_), {}, {});
    BGPROOF_CHECK(std::holds_alternative<TextClassifier>(built), "nothing splits it");
    unsplit[index] = std::get<TextClassifier>(std::move(built));
  });
  return unsplit[index];
}

AtomId CommunityAtoms::atom_of(const Community& community) const {
  if (const auto it = literals_.find(community); it != literals_.end()) return it->second;
  const auto kind = static_cast<size_t>(community.kind);
  const AtomId id = atom_of_class_[kind][classes_[kind].of(community)];
  BGPROOF_CHECK(id != kNone, "a class that only literals are in has another member");
  return id;
}

std::vector<Community> CommunityAtoms::members(AtomId id, size_t count) const {
  std::vector<Community> result;
  std::unordered_set<Community, CommunityHash> seen;
  const auto take = [&](const Community& community) {
    if (result.size() < count && seen.insert(community).second) result.push_back(community);
    return result.size() < count;
  };
  if (!take(atoms_[id].representative)) return result;
  for (const Community& community : spelled_out_[id]) {
    if (!take(community)) return result;
  }
  const auto kind = static_cast<size_t>(atoms_[id].kind);
  std::vector<uint32_t> classes;
  for (uint32_t i = 0; i < atom_of_class_[kind].size(); ++i) {
    if (atom_of_class_[kind][i] == id) classes.push_back(i);
  }
  if (classes.empty()) return result;
  classes_[kind].classifier().enumerate(classes, [&](const std::string& text) {
    const std::optional<Community> community = parse_community(text);
    BGPROOF_CHECK(community.has_value(), "not a community: " + text);
    return literals_.contains(*community) || take(*community);
  });
  return result;
}

CommunitySetId CommunityAtomsBuilder::add(const CommunitySet& set) {
  for (const auto* patterns : {&set.patterns, &set.except}) {
    for (const CommunityPattern& pattern : *patterns) {
      if (const std::optional<Community> literal = literal_of(pattern)) literals_.try_emplace(*literal, false);
    }
  }
  sets_.push_back(set);
  return static_cast<CommunitySetId>(sets_.size() - 1);
}

CommunitySetId CommunityAtomsBuilder::add(CommunityKind kind, TextDfa texts) {
  const CommunitySetId id = add(CommunitySet{});
  texts_.push_back({id, kind, std::move(texts)});
  return id;
}

void CommunityAtomsBuilder::mention(const Community& community) { literals_[community] = true; }

// Splits one kind into atoms.
struct CommunityAtomsBuilder::Split {
  const CommunityAtomsBuilder& builder;
  CommunityKind kind;
  CommunityAtoms& result;
  CommunityAtoms::Classes& classes;
  std::map<Community, std::pair<SetIds, SetIds>> literal_sets;  // in the patterns of, in the excepts of
  std::map<SetIds, AtomId> atoms;                               // of what is not mentioned
  std::vector<unsigned __int128> sizes;                         // by atom, beginning with `first_atom`
  AtomId first_atom = 0;

  AtomId new_atom(bool is_mentioned, const SetIds& sets) {
    const auto id = static_cast<AtomId>(result.atoms_.size());
    result.atoms_.push_back({kind, is_mentioned, 0, {}});
    result.spelled_out_.emplace_back();
    result.by_kind_[static_cast<size_t>(kind)].push_back(id);
    for (CommunitySetId set : sets) result.members_[set].push_back(id);
    sizes.push_back(0);
    return id;
  }

  AtomId atom_for(const SetIds& sets) {
    if (const auto it = atoms.find(sets); it != atoms.end()) return it->second;
    const AtomId id = new_atom(false, sets);
    atoms.emplace(sets, id);
    return id;
  }

  void note_literals() {
    for (CommunitySetId set = 0; set < builder.sets_.size(); ++set) {
      const auto note = [&](const std::vector<CommunityPattern>& patterns, bool is_except) {
        for (const CommunityPattern& pattern : patterns) {
          const std::optional<Community> literal = literal_of(pattern);
          if (!literal || literal->kind != kind) continue;
          SetIds& sets = is_except ? literal_sets[*literal].second : literal_sets[*literal].first;
          if (sets.empty() || sets.back() != set) sets.push_back(set);
        }
      };
      note(builder.sets_[set].patterns, false);
      note(builder.sets_[set].except, true);
    }
  }

  std::optional<AutomatonLimit> run(const TextClassifier::Limits& limits) {
    first_atom = static_cast<AtomId>(result.atoms_.size());
    std::variant<Languages, AutomatonLimit> made = languages_of(builder.sets_, kind);
    if (const auto* limit = std::get_if<AutomatonLimit>(&made)) return *limit;
    auto& languages = std::get<Languages>(made);
    for (const Texts& texts : builder.texts_)
      if (texts.kind == kind) insert(languages.included[languages.add(texts.automaton)], texts.set);
    classes = CommunityAtoms::Classes(kind);
    if (!languages.automata.empty()) {
      auto split = TextClassifier::build(community_universe(kind), languages.automata, limits);
      if (const auto* limit = std::get_if<AutomatonLimit>(&split)) return *limit;
      classes = CommunityAtoms::Classes(kind, std::get<TextClassifier>(std::move(split)));
    }

    const std::vector<TextClassifier::Class> all = classes.all();
    std::vector<SetIds> included(all.size()), excluded(all.size());
    std::vector<unsigned __int128> rest;  // of each class without its literals
    for (size_t i = 0; i < all.size(); ++i) {
      for (uint32_t language : all[i].languages) {
        included[i] = unite(included[i], languages.included[language]);
        excluded[i] = unite(excluded[i], languages.excluded[language]);
      }
      rest.push_back(all[i].size);
    }

    note_literals();
    for (const auto& [literal, is_mentioned] : builder.literals_) {
      if (literal.kind != kind) continue;
      const uint32_t class_index = classes.of(literal);
      --rest[class_index];
      const auto& [in, out] = literal_sets[literal];
      const SetIds sets = subtract(unite(included[class_index], in), unite(excluded[class_index], out));
      const AtomId id = is_mentioned ? new_atom(true, sets) : atom_for(sets);
      ++sizes[id - first_atom];
      result.spelled_out_[id].push_back(literal);
      result.literals_.emplace(literal, id);
    }

    std::vector<AtomId>& atom_of_class = result.atom_of_class_[static_cast<size_t>(kind)];
    for (size_t i = 0; i < rest.size(); ++i) {
      atom_of_class.push_back(CommunityAtoms::kNone);
      if (rest[i] == 0) continue;
      const AtomId id = atom_for(subtract(included[i], excluded[i]));
      atom_of_class[i] = id;
      sizes[id - first_atom] += rest[i];
    }
    for (AtomId id = first_atom; id < result.atoms_.size(); ++id)
      result.atoms_[id].size = saturate(sizes[id - first_atom]);
    choose_representatives();
    return std::nullopt;
  }

  void choose_representatives() {
    const std::vector<AtomId>& atom_of_class = result.atom_of_class_[static_cast<size_t>(kind)];
    std::vector<char> has(sizes.size(), 0);
    const auto take = [&](AtomId id, const Community& community) {
      if (id == CommunityAtoms::kNone || has[id - first_atom] != 0) return;
      has[id - first_atom] = 1;
      result.atoms_[id].representative = community;
    };
    const auto take_text = [&](const std::string& text, uint32_t class_index) {
      const std::optional<Community> community = parse_community(text);
      BGPROOF_CHECK(community.has_value(), "not a community: " + text);
      if (result.literals_.contains(*community)) return true;
      take(atom_of_class[class_index], *community);
      return false;
    };
    for (AtomId id = first_atom; id < result.atoms_.size(); ++id) {
      if (!result.spelled_out_[id].empty()) take(id, result.spelled_out_[id].front());
    }
    for (const Community& community : familiar(builder.sets_, kind)) {
      if (result.literals_.contains(community)) continue;
      take(atom_of_class[classes.of(community)], community);
    }
    if (std::find(has.begin(), has.end(), 0) == has.end()) return;
    const TextClassifier& classifier = classes.classifier();
    const std::vector<std::string> samples = classifier.samples();
    for (uint32_t i = 0; i < samples.size(); ++i) {
      if (atom_of_class[i] != CommunityAtoms::kNone) take_text(samples[i], i);
    }
    for (uint32_t i = 0; i < samples.size(); ++i) {
      const AtomId id = atom_of_class[i];
      if (id == CommunityAtoms::kNone || has[id - first_atom] != 0) continue;
      // The shortest one is a literal: look for the next.
      classifier.enumerate({i}, [&](const std::string& text) { return take_text(text, i); });
    }
  }
};

std::variant<CommunityAtoms, AutomatonLimit> CommunityAtomsBuilder::build(const TextClassifier::Limits& limits) const {
  CommunityAtoms result;
  result.members_.resize(sets_.size());
  for (CommunityKind kind : kKinds) {
    Split split{*this, kind, result, result.classes_[static_cast<size_t>(kind)], {}, {}, {}, 0};
    if (std::optional<AutomatonLimit> limit = split.run(limits)) return *std::move(limit);
  }
  return result;
}

}  // namespace bgproof
