#include "encoder/prefix_diagram.h"

#include <algorithm>

#include "base/check.h"
#include "encoder/prefix_parts.h"

namespace bgproof {

namespace {

using Node = PrefixDiagram::Node;
using Kind = PrefixDiagram::View::Kind;

uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15;
  return hash ^ hash >> 29;
}

uint64_t hash_of(const PrefixDiagram::Node match, const PrefixDiagram::Node mismatch, Bits value, uint32_t small) {
  uint64_t hash = mix(uint64_t{match} << 32 | mismatch, small);
  return mix(mix(hash, static_cast<uint64_t>(value >> 64)), static_cast<uint64_t>(value));
}

int leading_zeros(Bits bits) {
  auto high = static_cast<uint64_t>(bits >> 64);
  return high ? std::countl_zero(high) : 64 + std::countl_zero(static_cast<uint64_t>(bits));
}

constexpr size_t kMemory = size_t{1} << 22;  // results of operations that are kept

}  // namespace

PrefixDiagram::Parts::Parts() : slots_(1024) {
  nodes.push_back({});  // node 0 is no node, so that 0 can mean a free slot
  leaves.push_back({});
  empty_leaf = leaf({});
  Node ipv4 = leaf(LengthSet::between(0, width(Family::ipv4)));
  Node ipv6 = leaf(LengthSet::between(0, width(Family::ipv6)));
  none = root(empty_leaf, empty_leaf);
  all = root(ipv4, ipv6);
  families = {root(ipv4, empty_leaf), root(empty_leaf, ipv6)};
}

Node PrefixDiagram::Parts::intern(const Inner& inner) {
  uint32_t small = uint32_t{inner.from} | uint32_t{inner.to} << 8 | uint32_t{inner.here} << 16 |
                   static_cast<uint32_t>(inner.kind) << 17;
  size_t mask = slots_.size() - 1;
  size_t at = hash_of(inner.match, inner.mismatch, inner.value, small) & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask)
    if (nodes[slots_[at]] == inner) return slots_[at];
  BGPROOF_CHECK(nodes.size() < (size_t{1} << 30), "a prefix diagram has fewer than 2^30 nodes");
  auto node = static_cast<Node>(nodes.size());
  nodes.push_back(inner);
  slots_[at] = node;
  if (nodes.size() * 2 > slots_.size()) grow();
  return node;
}

void PrefixDiagram::Parts::grow() {
  std::vector<uint32_t> larger(slots_.size() * 2);
  size_t mask = larger.size() - 1;
  for (Node node = 1; node < nodes.size(); ++node) {
    const Inner& inner = nodes[node];
    if (inner.kind == Kind::leaf) continue;
    uint32_t small = uint32_t{inner.from} | uint32_t{inner.to} << 8 | uint32_t{inner.here} << 16 |
                     static_cast<uint32_t>(inner.kind) << 17;
    size_t at = hash_of(inner.match, inner.mismatch, inner.value, small) & mask;
    while (larger[at] != 0) at = (at + 1) & mask;
    larger[at] = node;
  }
  slots_ = std::move(larger);
}

Node PrefixDiagram::Parts::leaf(const LengthSet& lengths) {
  auto [at, fresh] = leaf_of_.try_emplace(lengths, static_cast<Node>(nodes.size()));
  if (!fresh) return at->second;
  Inner inner;
  inner.match = static_cast<Node>(leaves.size());
  leaves.push_back(lengths);
  nodes.push_back(inner);
  return at->second;
}

Node PrefixDiagram::Parts::root(Node ipv4, Node ipv6) {
  Inner inner;
  inner.kind = Kind::root;
  inner.match = ipv4;
  inner.mismatch = ipv6;
  return intern(inner);
}

Node PrefixDiagram::Parts::run(int from, int to, Bits value, bool here, Node match, Node mismatch) {
  Inner inner;
  inner.kind = Kind::run;
  inner.from = static_cast<uint8_t>(from);
  inner.to = static_cast<uint8_t>(to);
  inner.value = value;
  inner.here = here;
  inner.match = match;
  inner.mismatch = mismatch;
  return intern(inner);
}

Node PrefixDiagram::Parts::place(int depth, bool here, Node left, Node right) {
  bool left_is_leaf = is_leaf(left), right_is_leaf = is_leaf(right);
  if (left == right && left_is_leaf && here == false) return left;
  if (left == right && left_is_leaf) return leaf(lengths(left) | LengthSet::only(depth));
  // Which half is beside the path: a leaf rather than a run, the smaller of two leaves. Of two runs, the left one.
  bool follow_right;
  if (left_is_leaf != right_is_leaf)
    follow_right = left_is_leaf;
  else
    follow_right = !left_is_leaf || lengths(left) < lengths(right);
  Node match = follow_right ? right : left;
  Node mismatch = follow_right ? left : right;
  Bits value = follow_right ? bit_at(depth) : 0;
  if (!is_leaf(match) && is_leaf(mismatch)) {
    const Inner next = nodes[match];
    if (is_leaf(next.mismatch)) {
      const LengthSet beside = lengths(mismatch);
      if (beside.contains(depth + 1) == next.here && (beside & LengthSet::from(depth + 2)) == lengths(next.mismatch))
        return run(depth, next.to, value | next.value, here, next.match, mismatch);
    }
  }
  return run(depth, depth + 1, value, here, match, mismatch);
}

Node PrefixDiagram::Parts::chain(int depth, int to, Bits value, Node child, const LengthSet& beside) {
  if (depth == to) return child;
  value &= bits_between(depth, to);
  if (is_leaf(child)) {
    if (lengths(child) == (beside & LengthSet::from(to))) return leaf(beside & LengthSet::from(depth));
    // The last step finds out which half is beside the path; the others follow a run.
    Node other = leaf(beside & LengthSet::from(to));
    bool bit = (value & bit_at(to - 1)) != 0;
    child = place(to - 1, beside.contains(to - 1), bit ? other : child, bit ? child : other);
    --to;
    if (depth == to) return child;
    value &= bits_between(depth, to);
  }
  const Inner next = nodes[child];
  bool here = beside.contains(depth);
  Node mismatch = leaf(beside & LengthSet::from(depth + 1));
  if (is_leaf(next.mismatch) && next.here == beside.contains(to) &&
      lengths(next.mismatch) == (beside & LengthSet::from(to + 1)))
    return run(depth, next.to, value | next.value, here, next.match, mismatch);
  return run(depth, to, value, here, child, mismatch);
}

Node PrefixDiagram::Parts::below(Node node, int depth) {
  if (is_leaf(node)) return leaf(lengths(node) & LengthSet::from(depth));
  const Inner inner = nodes[node];
  if (depth == inner.from) return node;
  if (depth == inner.to) return inner.match;
  const LengthSet beside = lengths(inner.mismatch);
  return run(depth, inner.to, inner.value & bits_between(depth, inner.to), beside.contains(depth), inner.match,
             leaf(beside & LengthSet::from(depth + 1)));
}

Node PrefixDiagram::Parts::half(Node node, int depth, bool bit) {
  if (is_leaf(node)) return leaf(lengths(node) & LengthSet::from(depth + 1));
  if (((nodes[node].value & bit_at(depth)) != 0) != bit) return nodes[node].mismatch;
  return below(node, depth + 1);
}

Node PrefixDiagram::Parts::combine(Operation operation, Node a, Node b, Family family) {
  if (done_.size() > kMemory) done_.clear();
  return apply(operation, a, b, family);
}

Node PrefixDiagram::Parts::apply(Operation operation, Node a, Node b, Family family) {
  if (is_leaf(a) && is_leaf(b)) {
    const LengthSet x = lengths(a), y = lengths(b);
    switch (operation) {
      case Operation::both:
        return leaf(x & y);
      case Operation::either:
        return leaf(x | y);
      case Operation::without:
        return leaf(x - y);
    }
  }
  int depth = is_leaf(a) ? nodes[b].from : nodes[a].from;
  const LengthSet every = LengthSet::between(depth, width(family));
  bool a_is_none = a == empty_leaf, b_is_none = b == empty_leaf;
  bool a_is_all = is_leaf(a) && lengths(a) == every, b_is_all = is_leaf(b) && lengths(b) == every;
  switch (operation) {
    case Operation::both:
      if (a_is_none || b_is_none) return empty_leaf;
      if (a_is_all || a == b) return b;
      if (b_is_all) return a;
      break;
    case Operation::either:
      if (a_is_all || b_is_none || a == b) return a;
      if (b_is_all || a_is_none) return b;
      break;
    case Operation::without:
      if (b_is_all || a_is_none || a == b) return empty_leaf;
      if (b_is_none) return a;
      break;
  }
  if (operation != Operation::without && a > b) std::swap(a, b);
  uint64_t key =
      uint64_t{a} << 34 | uint64_t{b} << 4 | uint64_t{family == Family::ipv6} << 2 | static_cast<uint64_t>(operation);
  if (auto found = done_.find(key); found != done_.end()) return found->second;

  // What is known of one side without looking at the bits after `depth`: where its path leads and what is beside.
  struct Side {
    bool here;
    bool branches;     // beside is no leaf
    LengthSet beside;  // lengths above depth
    int to;
    Bits value;
  };
  auto side = [&](Node node) {
    if (is_leaf(node))
      return Side{lengths(node).contains(depth), false, lengths(node) & LengthSet::from(depth + 1), 128, 0};
    const Inner& inner = nodes[node];
    bool branches = !is_leaf(inner.mismatch);
    return Side{inner.here, branches, branches ? LengthSet{} : lengths(inner.mismatch), inner.to, inner.value};
  };
  auto decide = [&](bool x, bool y) {
    switch (operation) {
      case Operation::both:
        return x && y;
      case Operation::either:
        return x || y;
      case Operation::without:
        return x && !y;
    }
    return false;
  };
  Side left = side(a), right = side(b);
  bool here = decide(left.here, right.here);
  // They go the same way up to `to`.
  int to = std::min(left.to, right.to);
  Bits value = is_leaf(a) ? right.value : left.value;
  if (!is_leaf(a) && !is_leaf(b))
    to = std::min(to, leading_zeros((left.value ^ right.value) & bits_between(depth, to)));
  Node result;
  if (left.branches || right.branches || to <= depth + 1) {
    Node zero = apply(operation, half(a, depth, false), half(b, depth, false), family);
    Node one = apply(operation, half(a, depth, true), half(b, depth, true), family);
    result = place(depth, here, zero, one);
  } else {
    LengthSet beside;
    switch (operation) {
      case Operation::both:
        beside = left.beside & right.beside;
        break;
      case Operation::either:
        beside = left.beside | right.beside;
        break;
      case Operation::without:
        beside = left.beside - right.beside;
        break;
    }
    Node rest = chain(depth + 1, to, value, apply(operation, below(a, to), below(b, to), family), beside);
    Node other = leaf(beside);
    bool bit = (value & bit_at(depth)) != 0;
    result = place(depth, here, bit ? other : rest, bit ? rest : other);
  }
  done_.emplace(key, result);
  return result;
}

PrefixDiagram::PrefixDiagram() : parts_(std::make_unique<Parts>()) {}
PrefixDiagram::~PrefixDiagram() = default;

Node PrefixDiagram::none() const { return parts_->none; }
Node PrefixDiagram::all() const { return parts_->all; }
Node PrefixDiagram::family(Family family) const { return parts_->families[static_cast<size_t>(family)]; }
size_t PrefixDiagram::size() const { return parts_->nodes.size(); }

Node PrefixDiagram::exactly(const Prefix& prefix) {
  Node path = parts_->chain(0, prefix.length, prefix.bits, parts_->leaf(LengthSet::only(prefix.length)), {});
  return prefix.family == Family::ipv4 ? parts_->root(path, parts_->empty_leaf)
                                       : parts_->root(parts_->empty_leaf, path);
}

Node PrefixDiagram::both(Node a, Node b) {
  auto x = parts_->nodes[a], y = parts_->nodes[b];
  Node ipv4 = parts_->combine(Parts::Operation::both, x.match, y.match, Family::ipv4);
  return parts_->root(ipv4, parts_->combine(Parts::Operation::both, x.mismatch, y.mismatch, Family::ipv6));
}

Node PrefixDiagram::either(Node a, Node b) {
  auto x = parts_->nodes[a], y = parts_->nodes[b];
  Node ipv4 = parts_->combine(Parts::Operation::either, x.match, y.match, Family::ipv4);
  return parts_->root(ipv4, parts_->combine(Parts::Operation::either, x.mismatch, y.mismatch, Family::ipv6));
}

Node PrefixDiagram::without(Node a, Node b) {
  auto x = parts_->nodes[a], y = parts_->nodes[b];
  Node ipv4 = parts_->combine(Parts::Operation::without, x.match, y.match, Family::ipv4);
  return parts_->root(ipv4, parts_->combine(Parts::Operation::without, x.mismatch, y.mismatch, Family::ipv6));
}

bool PrefixDiagram::contains(Node set, const Prefix& prefix) const {
  const Parts::Inner& root = parts_->nodes[set];
  Node node = prefix.family == Family::ipv4 ? root.match : root.mismatch;
  while (!parts_->is_leaf(node)) {
    const Parts::Inner& inner = parts_->nodes[node];
    if (prefix.length == inner.from) return inner.here;
    int compared = std::min<int>(prefix.length, inner.to);
    bool agrees = ((prefix.bits ^ inner.value) & bits_between(inner.from, compared)) == 0;
    if (agrees && prefix.length < inner.to) return parts_->lengths(inner.mismatch).contains(prefix.length);
    node = agrees ? inner.match : inner.mismatch;
  }
  return parts_->lengths(node).contains(prefix.length);
}

PrefixDiagram::View PrefixDiagram::view(Node node) const {
  const Parts::Inner& inner = parts_->nodes[node];
  View view;
  view.kind = inner.kind;
  if (inner.kind == Kind::leaf) {
    view.lengths = parts_->lengths(node);
    return view;
  }
  view.match = inner.match;
  view.mismatch = inner.mismatch;
  view.from = inner.from;
  view.to = inner.to;
  view.value = inner.value;
  view.here = inner.here;
  return view;
}

}  // namespace bgproof
