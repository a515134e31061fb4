#include "encoder/automaton/path_product.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <queue>
#include <tuple>
#include <unordered_set>

#include "base/check.h"

namespace bgproof {
namespace {

constexpr uint32_t kNoNode = UINT32_MAX;

class ProductSearch {
 public:
  ProductSearch(const std::vector<PathGoal>& goals, const AsnChooser& chooser, size_t& steps)
      : goals_(goals), chooser_(chooser), steps_(steps), sets_(goals) {}

  ProductAnswer run() {
    if (!make_letters()) return {};
    const ProductAnswer plain = search(true);
    return plain.kind == ProductAnswer::Kind::none ? search(false) : plain;
  }

 private:
  struct Letter {
    AsSegment::Kind kind;
    uint32_t asn_class;  // of asns_
    SetMove set;         // if it is one
  };
  struct Node {
    uint32_t parent;
    uint32_t letter;  // index into letters_
    uint32_t depth;
  };
  // Rank, depth turned round, number: less is better.
  using Entry = std::tuple<uint64_t, uint32_t, uint32_t>;

  bool spend(size_t count) {
    const bool enough = steps_ >= count;
    steps_ -= std::min(steps_, count);
    return enough;
  }

  const PathDfa& automaton(size_t goal) const { return *goals_[goal].automaton; }
  const PathAlphabet& alphabet(size_t goal) const { return goals_[goal].automaton->alphabet(); }

  bool make_letters() {
    std::vector<const AsnPartition*> asns;
    size_t cost = 0;
    for (size_t i = 0; i < goals_.size(); ++i) {
      asns.push_back(&alphabet(i).asns);
      cost += asns.back()->cost() + alphabet(i).members.cost();
      tells_confed_ = tells_confed_ || alphabet(i).tells_confed;
    }
    if (!spend(cost * (goals_.size() + 1))) return false;
    std::optional<AsnPartition> joined = AsnPartition::join(asns, &asn_tuples_);
    if (!joined) return false;
    asns_ = *std::move(joined);
    for (const AsSegment::Kind kind : {AsSegment::Kind::sequence, AsSegment::Kind::confed_sequence}) {
      for (uint32_t i = 0; i < asns_.size(); ++i) letters_.push_back({kind, i, {}});
    }
    return true;
  }

  const uint32_t* states(uint32_t node) const { return &states_[size_t{node} * goals_.size()]; }

  size_t hash(uint32_t node) const {
    uint64_t value = 0x9e3779b97f4a7c15;
    for (size_t i = 0; i < goals_.size(); ++i) value = (value ^ states(node)[i]) * 0x100000001b3 + (value >> 31);
    return value;
  }

  bool same(uint32_t left, uint32_t right) const {
    return std::equal(states(left), states(left) + goals_.size(), states(right));
  }

  // One of several goals that are each a reason; one that is blamed already if there is such.
  using Blame = std::optional<size_t>;
  void consider(Blame& blame, size_t goal) const {
    if (!blame || (blamed_[*blame] == 0 && blamed_[goal] != 0)) blame = goal;
  }

  uint32_t distance(size_t goal, PathDfa::State state, bool plain) const {
    return automaton(goal).distance(state, goals_[goal].in, plain);
  }

  ProductAnswer search(bool plain) {
    nodes_.clear();
    blamed_.assign(goals_.size(), 0);
    states_.assign(goals_.size(), PathDfa::start());
    const auto hasher = [this](uint32_t node) { return hash(node); };
    const auto equal = [this](uint32_t left, uint32_t right) { return same(left, right); };
    std::unordered_set<uint32_t, decltype(hasher), decltype(equal)> seen(64, hasher, equal);
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;

    // The states have been written behind those of the other nodes; keeps the node if it is new and alive.
    const auto offer = [&](Node node) {
      uint64_t rank = node.depth;
      const auto number = static_cast<uint32_t>(nodes_.size());
      Blame dead, waiting;
      for (size_t i = 0; i < goals_.size(); ++i) {
        const uint32_t to_go = distance(i, states(number)[i], plain);
        if (to_go == PathDfa::kNever) consider(dead, i);
        if (to_go != 0) consider(waiting, i);
        rank += to_go;
      }
      if (dead) {
        blamed_[*dead] = 1;
        return kNoNode;
      }
      nodes_.push_back(node);
      if (!seen.insert(number).second) {
        nodes_.pop_back();
        return kNoNode;
      }
      if (!waiting) return number;
      blamed_[*waiting] = 1;
      queue.emplace(rank, UINT32_MAX - node.depth, number);
      return kNoNode;
    };
    // Takes a letter from a node; `next_of(i)` is where goal i comes to.
    const auto move = [&](uint32_t from, uint32_t letter, const auto& next_of) {
      const size_t room = nodes_.size() * goals_.size();
      states_.resize(room + goals_.size());
      for (size_t i = 0; i < goals_.size(); ++i) states_[room + i] = next_of(i);
      return offer({from, letter, nodes_[from].depth + 1});
    };

    if (const uint32_t goal = offer({kNoNode, 0, 0}); goal != kNoNode) return found(goal);
    while (!queue.empty()) {
      const uint32_t at = std::get<2>(queue.top());
      queue.pop();
      const uint32_t count = asns_.size() * (plain || !tells_confed_ ? 1 : 2);
      if (!spend(size_t{count} * (goals_.size() + 1))) return {};
      for (uint32_t letter = 0; letter < count; ++letter) {
        const bool is_confed = letter >= asns_.size();
        const std::vector<uint32_t>& tuple = asn_tuples_[letter % asns_.size()];
        const uint32_t goal =
            move(at, letter, [&](size_t i) { return automaton(i).next(states(at)[i], tuple[i], is_confed); });
        if (goal != kNoNode) return found(goal);
      }
      if (plain) continue;
      for (const bool is_confed : {false, true}) {
        if (is_confed && !tells_confed_) continue;
        std::vector<SetMove> moves;
        const std::vector<PathDfa::State> from(states(at), states(at) + goals_.size());
        if (!sets_.moves(from, is_confed, blamed_, steps_, moves)) return {};
        for (SetMove& each : moves) {
          letters_.push_back({is_confed ? AsSegment::Kind::confed_set : AsSegment::Kind::set, 0, std::move(each)});
          const auto letter = static_cast<uint32_t>(letters_.size() - 1);
          const uint32_t goal = move(at, letter, [&](size_t i) { return letters_[letter].set.to[i]; });
          if (goal != kNoNode) return found(goal);
        }
      }
    }
    ProductAnswer none{ProductAnswer::Kind::none, {}, {}};
    for (size_t i = 0; i < goals_.size(); ++i) {
      if (blamed_[i] != 0) none.blamed.push_back(i);
    }
    return none;
  }

  ProductAnswer found(uint32_t node) {
    std::vector<uint32_t> letters;
    for (; nodes_[node].parent != kNoNode; node = nodes_[node].parent) letters.push_back(nodes_[node].letter);
    std::reverse(letters.begin(), letters.end());
    ProductAnswer answer{ProductAnswer::Kind::found, {}, {}};
    std::vector<Asn> used;
    AsnSuccessors successors(asns_);
    for (uint32_t index : letters) {
      const Letter& letter = letters_[index];
      PathLetter concrete{letter.kind, {}};
      concrete.asns = concrete.is_set() ? PathSets::members_of(letter.set, chooser_, used)
                                        : std::vector{chooser_.choose(asns_, successors, letter.asn_class, used)};
      used.insert(used.end(), concrete.asns.begin(), concrete.asns.end());
      answer.word.push_back(std::move(concrete));
    }
    return answer;
  }

  const std::vector<PathGoal>& goals_;
  const AsnChooser& chooser_;
  size_t& steps_;
  bool tells_confed_ = false;
  AsnPartition asns_;                              // what the automata tell apart together
  std::vector<std::vector<uint32_t>> asn_tuples_;  // by class: that of each automaton
  PathSets sets_;
  std::vector<Letter> letters_;  // ASNs of sequences, of confederations, sets as met
  std::vector<char> blamed_;     // by goal
  std::vector<Node> nodes_;
  std::vector<uint32_t> states_;  // of all nodes, one behind the other
};

}  // namespace

ProductAnswer search_product(const std::vector<PathGoal>& goals, const AsnChooser& chooser, size_t& steps) {
  return ProductSearch(goals, chooser, steps).run();
}

}  // namespace bgproof
