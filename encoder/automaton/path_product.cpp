#include "encoder/automaton/path_product.h"

#include <algorithm>
#include <functional>
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
      : goals_(goals), chooser_(chooser), steps_(steps) {}

  ProductAnswer run() {
    if (!make_letters()) return {};
    const ProductAnswer plain = search(true);
    if (plain.kind != ProductAnswer::Kind::none) return plain;
    if (!has_all_letters_) return {};
    return search(false);
  }

 private:
  struct Node {
    uint32_t parent;
    uint32_t letter;
    uint32_t depth;
  };
  // Rank, depth turned round, number: less is better.
  using Entry = std::tuple<uint64_t, uint32_t, uint32_t>;

  bool spend(size_t count) {
    const bool enough = steps_ >= count;
    steps_ -= std::min(steps_, count);
    return enough;
  }

  bool make_letters() {
    std::vector<const PathAlphabet*> alphabets;
    size_t pieces = 0;
    for (const PathGoal& goal : goals_) {
      alphabets.push_back(&goal.automaton->alphabet());
      pieces += alphabets.back()->asns().pieces().size();
    }
    if (!spend(pieces * (goals_.size() + 1))) return false;
    std::vector<const AsnPartition*> partitions;
    std::optional<PathAlphabet> joined = PathAlphabet::join(alphabets);
    has_all_letters_ = joined.has_value();
    if (has_all_letters_) {
      alphabet_ = *std::move(joined);
    } else {
      // Too many kinds of sets together: plain letters alone, and no proof.
      alphabet_ = PathAlphabet::join_plain(alphabets);
    }
    const uint32_t count = has_all_letters_ ? alphabet_.size() : alphabet_.asns().size();
    if (!spend(size_t{count} * goals_.size())) return false;
    local_.resize(goals_.size());
    for (uint32_t letter = 0; letter < count; ++letter) {
      const PathLetter representative = alphabet_.representative(letter);
      for (size_t i = 0; i < goals_.size(); ++i) local_[i].push_back(alphabets[i]->index_of(representative));
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

  ProductAnswer search(bool plain) {
    const uint32_t letters = plain ? alphabet_.asns().size() : alphabet_.size();
    nodes_.clear();
    states_.assign(goals_.size(), PathDfa::start());
    const auto hasher = [this](uint32_t node) { return hash(node); };
    const auto equal = [this](uint32_t left, uint32_t right) { return same(left, right); };
    std::unordered_set<uint32_t, decltype(hasher), decltype(equal)> seen(64, hasher, equal);
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;

    // The node has been written behind the others; keeps it if it is new and alive.
    const auto offer = [&](Node node) {
      uint64_t rank = node.depth;
      const auto number = static_cast<uint32_t>(nodes_.size());
      bool is_goal = true;
      for (size_t i = 0; i < goals_.size(); ++i) {
        const uint32_t distance = goals_[i].automaton->distance(states(number)[i], goals_[i].in, plain);
        if (distance == PathDfa::kNever) return kNoNode;
        is_goal = is_goal && distance == 0;
        rank += distance;
      }
      nodes_.push_back(node);
      if (!seen.insert(number).second) {
        nodes_.pop_back();
        return kNoNode;
      }
      queue.emplace(rank, UINT32_MAX - node.depth, number);
      return is_goal ? number : kNoNode;
    };

    if (const uint32_t goal = offer({kNoNode, 0, 0}); goal != kNoNode) return found(goal);
    while (!queue.empty()) {
      const uint32_t at = std::get<2>(queue.top());
      queue.pop();
      if (!spend(size_t{letters} * (goals_.size() + 1))) return {};
      for (uint32_t letter = 0; letter < letters; ++letter) {
        const size_t room = nodes_.size() * goals_.size();
        states_.resize(room + goals_.size());
        for (size_t i = 0; i < goals_.size(); ++i) {
          states_[room + i] = goals_[i].automaton->next(states(at)[i], local_[i][letter]);
        }
        const uint32_t goal = offer({at, letter, nodes_[at].depth + 1});
        if (goal != kNoNode) return found(goal);
      }
    }
    return {ProductAnswer::Kind::none, {}};
  }

  ProductAnswer found(uint32_t node) const {
    std::vector<uint32_t> letters;
    for (; nodes_[node].parent != kNoNode; node = nodes_[node].parent) letters.push_back(nodes_[node].letter);
    std::reverse(letters.begin(), letters.end());
    ProductAnswer answer{ProductAnswer::Kind::found, {}};
    std::vector<Asn> used;
    for (uint32_t letter : letters) {
      answer.word.push_back(alphabet_.representative(letter));
      PathLetter& concrete = answer.word.back();
      concrete.asns.clear();
      if (alphabet_.is_set(letter)) {
        const uint32_t mask = alphabet_.mask_of(letter);
        for (uint32_t block = 0; block < alphabet_.blocks().size(); ++block) {
          if ((mask >> block & 1) == 0) continue;
          concrete.asns.push_back(chooser_.choose(alphabet_.blocks().ranges_of(block), used));
        }
        std::sort(concrete.asns.begin(), concrete.asns.end());
      } else {
        concrete.asns.push_back(chooser_.choose(alphabet_.asns().ranges_of(alphabet_.class_of(letter)), used));
      }
      used.insert(used.end(), concrete.asns.begin(), concrete.asns.end());
    }
    return answer;
  }

  const std::vector<PathGoal>& goals_;
  const AsnChooser& chooser_;
  size_t& steps_;
  PathAlphabet alphabet_;
  bool has_all_letters_ = false;
  std::vector<std::vector<uint32_t>> local_;  // by goal, by letter: the letter of its automaton
  std::vector<Node> nodes_;
  std::vector<uint32_t> states_;  // of all nodes, one behind the other
};

}  // namespace

ProductAnswer search_product(const std::vector<PathGoal>& goals, const AsnChooser& chooser, size_t& steps) {
  return ProductSearch(goals, chooser, steps).run();
}

}  // namespace bgproof
