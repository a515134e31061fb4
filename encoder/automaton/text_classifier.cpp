#include "encoder/automaton/text_classifier.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace bgproof {
namespace {

// No zero in front where another digit does; numbers that people use.
constexpr std::string_view kSampleOrder = "123456789a0:.Lbcdefxrtso";

// The state of the universe, then (language, state) of each language that can still accept, by language.
using Product = std::vector<uint32_t>;

struct ProductHash {
  size_t operator()(const Product& product) const {
    uint64_t hash = 0x9e3779b97f4a7c15;
    for (uint32_t word : product) hash = (hash ^ word) * 0x100000001b3 + (hash >> 29);
    return hash;
  }
};

}  // namespace

std::variant<TextClassifier, AutomatonLimit> TextClassifier::build(const TextDfa& universe,
                                                                   const std::vector<TextDfa>& languages,
                                                                   const Limits& limits) {
  TextClassifier result;
  if (universe.empty()) return result;
  std::unordered_map<Product, uint32_t, ProductHash> ids;
  std::vector<const Product*> products;
  std::map<std::vector<uint32_t>, uint32_t> class_ids;
  const auto find = [&](Product product) {
    const auto [it, is_new] = ids.try_emplace(std::move(product), static_cast<uint32_t>(products.size()));
    if (is_new) products.push_back(&it->first);
    return it->second;
  };

  Product start = {TextDfa::start()};
  for (uint32_t language = 0; language < languages.size(); ++language) {
    if (!languages[language].empty()) start.insert(start.end(), {language, TextDfa::start()});
  }
  find(std::move(start));
  size_t steps = 0;
  for (size_t at = 0; at < products.size(); ++at) {
    if (products.size() > limits.states) {
      return AutomatonLimit{"more than " + std::to_string(limits.states) + " states in the split of communities"};
    }
    const Product& product = *products[at];
    Node node;
    node.class_index = kNone;
    if (universe.accepts_at(product[0])) {
      std::vector<uint32_t> accepting;
      for (size_t i = 1; i < product.size(); i += 2) {
        if (languages[product[i]].accepts_at(product[i + 1])) accepting.push_back(product[i]);
      }
      node.class_index = class_ids.try_emplace(accepting, static_cast<uint32_t>(class_ids.size())).first->second;
      if (node.class_index == result.classes_.size()) result.classes_.push_back({std::move(accepting), 0});
      if (result.classes_.size() > limits.classes) {
        return AutomatonLimit{"more than " + std::to_string(limits.classes) + " classes of communities"};
      }
    }
    for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol) {
      const TextDfa::State to = universe.next(product[0], symbol);
      node.next[symbol] = kNone;
      if (to == TextDfa::kNone) continue;
      Product next = {to};
      for (size_t i = 1; i < product.size(); i += 2) {
        const TextDfa::State state = languages[product[i]].next(product[i + 1], symbol);
        if (state != TextDfa::kNone) next.insert(next.end(), {product[i], state});
      }
      steps += product.size() / 2 + 1;
      node.next[symbol] = find(std::move(next));
    }
    if (steps > limits.steps) {
      return AutomatonLimit{"more than " + std::to_string(limits.steps) + " steps in the split of communities"};
    }
    result.nodes_.push_back(node);
  }
  result.count();
  return result;
}

// The walk that built the nodes is breadth first over a graph whose paths are finite, but an edge may lead to a lower
// number, so the order in which to add up is found first.
void TextClassifier::count() {
  std::vector<uint32_t> incoming(nodes_.size(), 0);
  for (const Node& node : nodes_) {
    for (uint32_t to : node.next) {
      if (to != kNone) ++incoming[to];
    }
  }
  std::vector<unsigned __int128> texts(nodes_.size(), 0);
  texts[0] = 1;
  std::vector<uint32_t> ready = {0};
  for (size_t i = 0; i < ready.size(); ++i) {
    const Node& node = nodes_[ready[i]];
    const unsigned __int128 here = texts[ready[i]];
    if (node.class_index != kNone) classes_[node.class_index].size += here;
    for (uint32_t to : node.next) {
      if (to == kNone) continue;
      texts[to] += here;
      if (--incoming[to] == 0) ready.push_back(to);
    }
  }
}

std::optional<uint32_t> TextClassifier::class_of(std::string_view text) const {
  if (nodes_.empty()) return std::nullopt;
  uint32_t at = 0;
  for (char character : text) {
    const std::optional<uint32_t> symbol = text_symbol(character);
    if (!symbol) return std::nullopt;
    at = nodes_[at].next[*symbol];
    if (at == kNone) return std::nullopt;
  }
  if (nodes_[at].class_index == kNone) return std::nullopt;
  return nodes_[at].class_index;
}

std::vector<std::string> TextClassifier::samples() const {
  std::vector<std::string> samples(classes_.size());
  if (nodes_.empty()) return samples;
  std::vector<char> seen(nodes_.size(), 0);
  std::vector<char> has_sample(classes_.size(), 0);
  std::vector<std::pair<uint32_t, std::string>> queue = {{0, ""}};
  seen[0] = 1;
  for (size_t i = 0; i < queue.size(); ++i) {
    const auto [at, text] = queue[i];
    const uint32_t class_index = nodes_[at].class_index;
    if (class_index != kNone && has_sample[class_index] == 0) {
      has_sample[class_index] = 1;
      samples[class_index] = text;
    }
    for (char character : kSampleOrder) {
      const uint32_t to = nodes_[at].next[*text_symbol(character)];
      if (to == kNone || seen[to] != 0) continue;
      seen[to] = 1;
      queue.emplace_back(to, text + character);
    }
  }
  return samples;
}

void TextClassifier::enumerate(const std::vector<uint32_t>& classes,
                               const std::function<bool(const std::string&)>& take) const {
  if (nodes_.empty()) return;
  // reachable[k]: a text of the classes ends after exactly k more characters.
  std::vector<std::vector<char>> reachable(1, std::vector<char>(nodes_.size(), 0));
  for (size_t i = 0; i < nodes_.size(); ++i) {
    reachable[0][i] = std::binary_search(classes.begin(), classes.end(), nodes_[i].class_index) ? 1 : 0;
  }
  const auto extend = [&] {
    std::vector<char> more(nodes_.size(), 0);
    bool any = false;
    for (size_t i = 0; i < nodes_.size(); ++i) {
      for (uint32_t to : nodes_[i].next) {
        if (to != kNone && reachable.back()[to] != 0) more[i] = 1, any = true;
      }
    }
    reachable.push_back(std::move(more));
    return any;
  };
  std::string text;
  bool go_on = true;
  const auto walk = [&](auto&& self, uint32_t at, size_t rest) -> void {
    if (rest == 0) {
      go_on = take(text);
      return;
    }
    for (char character : kSampleOrder) {
      const uint32_t to = nodes_[at].next[*text_symbol(character)];
      if (to == kNone || reachable[rest - 1][to] == 0) continue;
      text.push_back(character);
      self(self, to, rest - 1);
      text.pop_back();
      if (!go_on) return;
    }
  };
  for (size_t length = 0;; ++length) {
    if (reachable[length][0] != 0) walk(walk, 0, length);
    if (!go_on || !extend()) return;
  }
}

}  // namespace bgproof
