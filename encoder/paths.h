// AS paths in terms: never a symbolic word, but Booleans for the questions that are asked of it.
//
// Along the program a path is one of finitely many *forms*: a source (the path as offered, or one that an unmodelled
// line put there) and the changes made to it since. A question about a form, "does it match this expression", is one
// Boolean about the source; the language behind it is the inverse image (automaton/path_dfa.h), so nothing is
// approximated. Which Booleans can be true together only the automata know: decoding looks for a word and answers with
// a core if there is none.
#pragma once

#include <z3++.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "encoder/automaton/path_languages.h"
#include "encoder/automaton/path_transform.h"

namespace bgproof {

using PathFormId = uint32_t;
using PathSource = uint32_t;  // 0: as offered

struct PathForm {
  PathSource source = 0;
  std::vector<PathTransform> transforms;  // in the order in which they work on all that is there, none of them `behind`
  size_t apart = 0;                       // so many of the numbers put in front last stand apart (PrependAsns)
};

// The forms that a path can have where the way is live; the guards exclude each other, and one holds.
using SymbolicPath = std::vector<std::pair<PathFormId, z3::expr>>;  // sorted by form

// `a` if the condition holds, else `b`.
SymbolicPath choice_of(const z3::expr& condition, const SymbolicPath& a, const SymbolicPath& b);

class PathTable {
 public:
  explicit PathTable(z3::context& context);  // with the offered path
  PathSource add_source();
  PathFormId form_of(PathSource source) { return intern({source, {}, 0}); }
  const PathForm& form(PathFormId id) const { return forms_[id]; }
  PathFormId then(PathFormId form, const PathTransform& transform);
  SymbolicPath then(const SymbolicPath& path,
                    const PathTransform& transform);  // throws EncodingLimit if there are too many forms

  // Questions. Each throws EncodingLimit if its automaton is too large.
  z3::expr matches(PathFormId form, const AsPathRegex& regex);
  z3::expr matches_text(PathFormId form, const std::string& expression);  // of characters, see AsPathText
  z3::expr has_length(PathFormId form, const NumberRange& length);
  z3::expr matches(const SymbolicPath& path, const AsPathRegex& regex);
  z3::expr matches_text(const SymbolicPath& path, const std::string& expression);
  z3::expr has_length(const SymbolicPath& path, const NumberRange& length);

  struct Atom {
    z3::expr holds;  // a constant
    PathSource source;
    PathLanguageId language;  // of the source's path
  };
  const std::vector<Atom>& atoms() const { return atoms_; }
  PathLanguages& languages() { return languages_; }
  // What is known of the atoms so far, whatever is asked: which of them imply which (PathLanguages::inclusions).
  std::vector<z3::expr> implications();

  // "The form is one ASN, so many times, in front of the offered path." Of a form of the offered path this is a
  // question like the others (automaton/path_comparison.cpp). Of another source it is a constant of its own: two words
  // are compared, which no automaton does. Decoding then takes a word for which it is false, which breaks whatever any
  // would break; that a line leaves the path alone is a choice of its own.
  z3::expr is_prepended(PathFormId form, const NumberRange& times);
  z3::expr is_prepended(const SymbolicPath& path, const NumberRange& times);
  // The two changed paths are not the same word. nullopt: nothing that is known compares them (path_difference.cpp).
  std::optional<z3::expr> differ(PathFormId one, PathFormId other);
  struct Relation {
    z3::expr holds;
    PathFormId form;
    NumberRange times;
  };
  const std::vector<Relation>& relations() const { return relations_; }

 private:
  PathFormId intern(PathForm form);
  z3::expr ask(PathFormId form, const std::string& question, const PathLanguages::Added& added);

  z3::context& context_;
  std::vector<PathForm> forms_;
  std::map<std::string, PathFormId> form_ids_;
  std::map<std::string, z3::expr> asked_;
  PathLanguages languages_;
  std::vector<Atom> atoms_;
  std::map<std::pair<PathSource, PathLanguageId>, size_t> atom_of_;
  std::vector<Relation> relations_;
  PathSource sources_ = 1;
};

bool same_change(const PathTransform& a, const PathTransform& b);

// The reference of the two questions above, on words.
bool is_prepended(const PathWord& before, const PathWord& after, const NumberRange& times);

}  // namespace bgproof
