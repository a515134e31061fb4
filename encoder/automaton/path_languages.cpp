#include "encoder/automaton/path_languages.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "encoder/automaton/path_sweep.h"

namespace bgproof {
namespace {

constexpr size_t kPairSteps = 200'000;
constexpr size_t kSweepSteps = 20'000'000;
constexpr size_t kFirstRounds = 12;      // before all constraints are looked at together
constexpr size_t kFirstSteps = 300'000;  // for each search of the first rounds
constexpr size_t kMostBlamed = 16;
constexpr size_t kShrinkSteps = 2'000'000;
constexpr size_t kLargestShrunk = 48;  // a larger core stays as the proof left it
constexpr size_t kMostForbiddingCost = 5'000'000;

uint64_t code(PathConstraint constraint) { return uint64_t{constraint.language} * 2 + (constraint.in ? 1 : 0); }

}  // namespace

PathLanguages::Added PathLanguages::add(const AsPathRegex& regex, const std::vector<PathTransform>& transforms) {
  return add(PathDfa::compile(regex, transforms));
}

PathLanguages::Added PathLanguages::add_text(const std::string& expression,
                                             const std::vector<PathTransform>& transforms) {
  return add(PathDfa::compile_text(expression, transforms));
}

PathLanguages::Added PathLanguages::add_length(const NumberRange& length,
                                               const std::vector<PathTransform>& transforms) {
  return add(PathDfa::with_length(length, transforms));
}

PathLanguages::Added PathLanguages::add(PathDfa::Made made) {
  if (const auto* limit = std::get_if<AutomatonLimit>(&made)) return *limit;
  return add(std::get<PathDfa>(std::move(made)));
}

PathLanguages::Added PathLanguages::add_prepended(const NumberRange& times,
                                                  const std::vector<PathTransform>& transforms) {
  return add(PathDfa::prepended(times, transforms));
}

PathLanguages::Added PathLanguages::add(PathDfa automaton) {
  std::vector<PathLanguageId>& alike = by_hash_[automaton.hash()];
  for (PathLanguageId id : alike) {
    if (automata_[id] == automaton) return id;
  }
  alike.push_back(size());
  const AsnRanges more = singled_out(automaton.alphabet().asns);
  mentioned_.insert(mentioned_.end(), more.begin(), more.end());
  mentioned_ = normalized(std::move(mentioned_));
  automata_.push_back(std::move(automaton));
  return size() - 1;
}

bool PathLanguages::conflict(PathConstraint left, PathConstraint right) {
  if (code(right) < code(left)) std::swap(left, right);
  if (left.language == right.language) return left.in != right.in;
  const auto [it, is_new] = conflicts_.try_emplace(code(left) << 32 | code(right), false);
  if (is_new) {
    size_t steps = kPairSteps;
    const AsnChooser any({}, {});
    it->second =
        search_product({{&automata_[left.language], left.in}, {&automata_[right.language], right.in}}, any, steps)
            .kind == ProductAnswer::Kind::none;
  }
  return it->second;
}

// One question.
class PathLanguages::Search {
 public:
  Search(PathLanguages& languages, const std::vector<PathConstraint>& constraints, const PathSearchOptions& options)
      : languages_(languages),
        constraints_(constraints),
        chooser_(options.familiar, languages.mentioned_),
        steps_(options.steps) {
    for (const PathConstraint& constraint : constraints) {
      goals_.push_back({&languages_.automata_[constraint.language], constraint.in});
    }
  }

  PathAnswer run() {
    for (size_t i = 0; i < goals_.size(); ++i) {
      if (goals_[i].automaton->distance(PathDfa::start(), goals_[i].in, false) == PathDfa::kNever) {
        return PathConflict{{i}};
      }
    }
    if (const auto answer = refine(kFirstRounds, kFirstSteps)) return *answer;
    const size_t allowed = std::min(steps_, kSweepSteps);
    size_t rest = allowed;
    const SweepAnswer guess = guess_by_sweep(goals_, chooser_, rest);
    steps_ -= allowed - rest;
    if (guess.word) return found(*guess.word);
    if (const std::optional<PathWord> word = guess_by_letters(goals_, steps_)) return found(*word);
    // What stood in the way is where a conflict is likely.
    active_ = forbidding();
    for (size_t k = 0; k < std::min(kMostBlamed, guess.unsatisfied.size()); ++k) {
      const size_t blame = guess.unsatisfied[k];
      if (const auto core = add(blame)) return *core;
      for (size_t i = 0; i < goals_.size(); ++i) {
        if (i != blame && languages_.conflict(constraints_[blame], constraints_[i])) return pair(blame, i);
      }
    }
    if (const auto answer = refine(goals_.size() + 1, steps_)) return *answer;
    return AutomatonLimit{"the steps allowed for one combination of AS-path conditions"};
  }

 private:
  static PathConflict pair(size_t left, size_t right) { return {{std::min(left, right), std::max(left, right)}}; }

  bool fulfils(size_t i, const PathWord& word) const { return goals_[i].automaton->accepts(word) == goals_[i].in; }

  bool fulfils_all(const PathWord& word) const {
    for (size_t i = 0; i < goals_.size(); ++i) {
      if (!fulfils(i, word)) return false;
    }
    return true;
  }

  // Takes out letters that are not needed, and members of sets.
  AsPath found(PathWord word) const {
    constexpr size_t kLongest = 32;
    if (word.size() <= kLongest) {
      for (size_t i = word.size(); i-- > 0;) {
        PathWord shorter = word;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
        if (fulfils_all(shorter)) word = std::move(shorter);
      }
      for (size_t i = 0; i < word.size(); ++i) {
        for (size_t k = word[i].asns.size(); k-- > 0 && word[i].asns.size() > 1;) {
          PathWord fewer = word;
          fewer[i].asns.erase(fewer[i].asns.begin() + static_cast<std::ptrdiff_t>(k));
          if (fulfils_all(fewer)) word = std::move(fewer);
        }
      }
    }
    BGPROOF_CHECK(fulfils_all(word), "a path that does not fit what it was made for");
    return path_of(word);
  }

  std::vector<PathGoal> goals_of(const std::vector<size_t>& which) const {
    std::vector<PathGoal> goals;
    for (size_t i : which) goals.push_back(goals_[i]);
    return goals;
  }

  // Adds a constraint to those that are looked at; a conflict with one of them is found at once.
  std::optional<PathConflict> add(size_t which) {
    if (std::find(active_.begin(), active_.end(), which) != active_.end()) return std::nullopt;
    for (size_t other : active_) {
      if (languages_.conflict(constraints_[other], constraints_[which])) return pair(other, which);
    }
    active_.push_back(which);
    return std::nullopt;
  }

  std::optional<PathAnswer> refine(size_t rounds, size_t steps_each) {
    for (; rounds > 0; --rounds) {
      const size_t allowed = std::min(steps_, steps_each);
      size_t rest = allowed;
      const ProductAnswer answer = search_product(goals_of(active_), chooser_, rest);
      steps_ -= allowed - rest;
      switch (answer.kind) {
        case ProductAnswer::Kind::gave_up:
          return std::nullopt;
        case ProductAnswer::Kind::none:
          return shrink(answer.blamed);
        case ProductAnswer::Kind::found:
          break;
      }
      std::optional<size_t> broken;
      for (size_t i = 0; i < goals_.size() && !broken; ++i) {
        if (!fulfils(i, answer.word)) broken = i;
      }
      if (!broken) return found(answer.word);
      if (const auto core = add(*broken)) return *core;
    }
    return std::nullopt;
  }

  // Constraints that only forbid letters: they cost the product no states, so all of them can be looked at together.
  std::vector<size_t> forbidding() const {
    std::vector<size_t> result;
    size_t cost = 0;
    for (size_t i = 0; i < goals_.size(); ++i) {
      const PathDfa& automaton = *goals_[i].automaton;
      uint32_t alive = 0;
      for (PathDfa::State state = 0; state < automaton.size(); ++state) {
        alive += automaton.distance(state, goals_[i].in, false) != PathDfa::kNever ? 1 : 0;
      }
      if (alive != 1) continue;
      result.push_back(i);
      cost += automaton.alphabet().asns.cost() + automaton.alphabet().members.cost();
    }
    if (cost * result.size() > kMostForbiddingCost) result.clear();
    return result;
  }

  // The active constraints contradict each other, by what is blamed: leaves out what is not needed for that.
  PathConflict shrink(const std::vector<size_t>& blamed) const {
    std::vector<size_t> core;
    for (size_t i : blamed) core.push_back(active_[i]);
    for (size_t i = 0; i < core.size() && core.size() <= kLargestShrunk;) {
      std::vector<size_t> fewer = core;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      size_t steps = kShrinkSteps;
      if (search_product(goals_of(fewer), chooser_, steps).kind == ProductAnswer::Kind::none) {
        core = std::move(fewer);
      } else {
        ++i;
      }
    }
    std::sort(core.begin(), core.end());
    return {core};
  }

  PathLanguages& languages_;
  const std::vector<PathConstraint>& constraints_;
  const AsnChooser chooser_;
  size_t steps_;
  std::vector<PathGoal> goals_;
  std::vector<size_t> active_;
};

PathAnswer PathLanguages::find_path(const std::vector<PathConstraint>& constraints, const PathSearchOptions& options) {
  return Search(*this, constraints, options).run();
}

}  // namespace bgproof
