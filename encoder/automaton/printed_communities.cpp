#include "encoder/automaton/printed_communities.h"

#include <algorithm>

#include "base/check.h"
#include "encoder/automaton/community_text.h"

namespace bgproof {
namespace {

constexpr CommunityPrinter::State kElsewhere = UINT32_MAX;  // no name begins like this

// The walk of universe, printer and scans: the first two words, then one for each scan.
using Product = std::vector<uint32_t>;

class Walker {
 public:
  Walker(CommunityKind kind, CommunityNames names, TextScan& scan)
      : universe_(community_universe(kind)), printer_(kind, names), scan_(scan) {}

  Product start(const std::vector<TextScan::State>& from) const {
    Product product = {TextDfa::start(), CommunityPrinter::start()};
    product.insert(product.end(), from.begin(), from.end());
    return product;
  }

  std::optional<Product> step(const Product& product, uint32_t symbol) {
    const TextDfa::State to = universe_.next(product[0], symbol);
    if (to == TextDfa::kNone) return std::nullopt;
    const char character = kTextAlphabet[symbol];
    const std::string_view printed = printer_.printed(product[1], character);
    Product next = {to, printer_.next(product[1], character)};
    for (size_t i = 2; i < product.size(); ++i) next.push_back(scan_.next(product[i], printed));
    return next;
  }

  // Where the scans are behind the whole community, if it ends here.
  std::optional<std::vector<TextScan::State>> ends(const Product& product, const std::vector<TextScan::State>& from) {
    if (!universe_.accepts_at(product[0])) return std::nullopt;
    const std::optional<std::string_view> name = printer_.name(product[1]);
    std::vector<TextScan::State> to(product.begin() + 2, product.end());
    if (!name) return to;
    for (size_t i = 0; i < from.size(); ++i) to[i] = scan_.next(from[i], *name);
    return to;
  }

 private:
  const TextDfa& universe_;
  CommunityPrinter printer_;
  TextScan& scan_;
};

}  // namespace

CommunityPrinter::CommunityPrinter(CommunityKind kind, CommunityNames names)
    : is_extended_(kind == CommunityKind::extended && names == CommunityNames::words) {
  if (kind != CommunityKind::standard || names != CommunityNames::words) return;
  State states = 1;
  for (const CommunityName& named : kCommunityNames) {
    State at = start();
    for (char character : to_string(named.community)) {
      const auto [it, is_new] = trie_.try_emplace({at, character}, states);
      if (is_new) ++states;
      at = it->second;
    }
    names_.emplace(at, named.name);
  }
}

// Of an extended community the character before; else the place among the texts that have names.
CommunityPrinter::State CommunityPrinter::next(State state, char character) const {
  if (is_extended_) return static_cast<unsigned char>(character);
  const auto it = trie_.find({state, character});
  return it == trie_.end() ? kElsewhere : it->second;
}

std::string_view CommunityPrinter::printed(State state, char character) const {
  const auto itself = [&] { return kTextAlphabet.substr(*text_symbol(character), 1); };
  if (!is_extended_) return itself();
  // "rt:", "soo:", and the mark of an AS; "ext:" stays.
  switch (character) {
    case 'r':
      return "R";
    case 't':
      return state == 'r' ? "T" : itself();
    case 's':
      return "S";
    case 'o':
      return state == 'o' ? "O" : itself();
    case 'L':
      return "";
    default:
      return itself();
  }
}

std::optional<std::string_view> CommunityPrinter::name(State state) const {
  const auto it = names_.find(state);
  if (it == names_.end()) return std::nullopt;
  return it->second;
}

PrintedCommunities::PrintedCommunities(CommunityKind kind, CommunityNames names, TextScan& scan,
                                       const std::vector<TextScan::State>& from) {
  Walker walker(kind, names, scan);
  std::map<Product, Node> ids;
  std::vector<const Product*> products;
  std::map<std::vector<TextScan::State>, uint32_t> class_ids;
  const auto find = [&](Product product) {
    const auto [it, is_new] = ids.try_emplace(std::move(product), static_cast<Node>(products.size()));
    if (is_new) products.push_back(&it->first);
    return it->second;
  };
  find(walker.start(from));
  for (size_t at = 0; at < products.size(); ++at) {
    overflowed_ = products.size() * from.size() > kMaxNodes || scan.overflowed();
    if (overflowed_) return;
    Step step;
    if (const auto to = walker.ends(*products[at], from)) {
      step.class_index = class_ids.try_emplace(*to, static_cast<uint32_t>(classes_.size())).first->second;
      if (step.class_index == classes_.size()) classes_.push_back({*to, 0});
    }
    for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol) {
      std::optional<Product> next = walker.step(*products[at], symbol);
      step.next[symbol] = next ? find(*std::move(next)) : kNone;
    }
    nodes_.push_back(step);
  }
  count();
}

// No text is endless, but an edge may lead to a lower number.
void PrintedCommunities::count() {
  std::vector<uint32_t> incoming(nodes_.size(), 0);
  for (const Step& step : nodes_)
    for (Node to : step.next)
      if (to != kNone) ++incoming[to];
  std::vector<unsigned __int128> texts(nodes_.size(), 0);
  texts[0] = 1;
  std::vector<Node> ready = {0};
  for (size_t i = 0; i < ready.size(); ++i) {
    const Step& step = nodes_[ready[i]];
    if (step.class_index != kNone) classes_[step.class_index].size += texts[ready[i]];
    for (Node to : step.next) {
      if (to == kNone) continue;
      texts[to] += texts[ready[i]];
      if (--incoming[to] == 0) ready.push_back(to);
    }
  }
}

TextDfa PrintedCommunities::automaton(const std::vector<char>& wanted) const {
  TextNfa nfa;
  for (size_t i = 0; i < nodes_.size(); ++i) nfa.add_state();
  const TextNfa::State accept = nfa.add_state();
  nfa.set_start(0);
  nfa.set_accept(accept);
  for (Node node = 0; node < nodes_.size(); ++node) {
    for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol)
      if (next(node, symbol) != kNone) nfa.add_edge(node, text_label(kTextAlphabet[symbol]), next(node, symbol));
    if (class_at(node) != kNone && wanted[class_at(node)] != 0) nfa.add_jump(node, accept);
  }
  std::optional<TextDfa> dfa = determinize(nfa, nullptr, SIZE_MAX);
  BGPROOF_CHECK(dfa.has_value(), "a deterministic automaton stays within its size");
  return *std::move(dfa);
}

std::vector<Community> PrintedCommunities::members(const std::vector<char>& wanted) const {
  const TextDfa dfa = automaton(wanted);  // every state of it leads to a member
  std::vector<Community> members;
  std::string text;
  const auto walk = [&](auto&& self, TextDfa::State state) -> void {
    if (dfa.accepts_at(state)) {
      const std::optional<Community> community = parse_community(text);
      BGPROOF_CHECK(community.has_value(), "not a community: " + text);
      members.push_back(*community);
    }
    for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol) {
      if (dfa.next(state, symbol) == TextDfa::kNone) continue;
      text.push_back(kTextAlphabet[symbol]);
      self(self, dfa.next(state, symbol));
      text.pop_back();
    }
  };
  if (!dfa.empty()) walk(walk, TextDfa::start());
  std::sort(members.begin(), members.end());
  return members;
}

std::set<TextScan::State> reached(CommunityKind kind, CommunityNames names, TextScan& scan, TextScan::State from) {
  Walker walker(kind, names, scan);
  std::set<TextScan::State> result;
  std::set<Product> seen = {walker.start({from})};
  std::vector<Product> queue(seen.begin(), seen.end());
  while (!queue.empty() && !scan.overflowed() && seen.size() <= PrintedCommunities::kMaxNodes) {
    const Product product = std::move(queue.back());
    queue.pop_back();
    if (const auto to = walker.ends(product, {from})) result.insert(to->front());
    for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol) {
      std::optional<Product> next = walker.step(product, symbol);
      if (next && seen.insert(*next).second) queue.push_back(*std::move(next));
    }
  }
  return result;
}

}  // namespace bgproof
