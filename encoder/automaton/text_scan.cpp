#include "encoder/automaton/text_scan.h"

#include <algorithm>
#include <variant>

#include "base/check.h"

namespace bgproof {

TextScan::TextScan(const std::string& expression, bool searched) : searched_(searched) {
  const auto parsed = parse_text_regex(expression);
  const auto* regex = std::get_if<TextRegex>(&parsed);
  BGPROOF_CHECK(regex != nullptr, "not an expression: " + expression);
  const Node begin = add_node();
  if (searched_) {
    nodes_[begin].label.set();
    nodes_[begin].to = begin;
  }
  const Node first = add_node();
  nodes_[begin].jumps.push_back(first);
  accept_ = add(first, *regex);
  seen_.resize(nodes_.size());
  find({begin}, true);
}

TextScan::Node TextScan::add_node() {
  nodes_.emplace_back();
  return static_cast<Node>(nodes_.size() - 1);
}

TextScan::Node TextScan::add_label(Node from, const std::bitset<256>& label) {
  const Node here = add_node();
  const Node to = add_node();
  nodes_[from].jumps.push_back(here);
  nodes_[here].label = label;
  nodes_[here].to = to;
  return to;
}

// Returns the node behind the expression. Counted repetitions within each other multiply: stops at the limit.
TextScan::Node TextScan::add(Node from, const TextRegex& regex) {
  if (nodes_.size() > kMaxNodes) return from;
  switch (regex.kind) {
    case TextRegex::Kind::empty:
      return from;
    case TextRegex::Kind::characters:
      return add_label(from, regex.characters);
    case TextRegex::Kind::sequence:
      for (const TextRegex& part : regex.of) from = add(from, part);
      return from;
    case TextRegex::Kind::alternative: {
      const Node to = add_node();
      for (const TextRegex& part : regex.of) {
        const Node behind = add(from, part);
        nodes_[behind].jumps.push_back(to);
      }
      return to;
    }
    case TextRegex::Kind::repeat: {
      for (uint32_t i = 0; i < regex.low && nodes_.size() <= kMaxNodes; ++i) from = add(from, regex.of[0]);
      const Node to = add_node();
      if (regex.high == TextRegex::kUnbounded) {
        const Node loop = add_node();
        nodes_[from].jumps.push_back(loop);
        const Node behind = add(loop, regex.of[0]);
        nodes_[behind].jumps.push_back(loop);
        nodes_[loop].jumps.push_back(to);
        return to;
      }
      nodes_[from].jumps.push_back(to);
      for (uint32_t i = regex.low; i < regex.high && nodes_.size() <= kMaxNodes; ++i) {
        from = add(from, regex.of[0]);
        nodes_[from].jumps.push_back(to);
      }
      return to;
    }
    case TextRegex::Kind::begin:
    case TextRegex::Kind::end: {
      const Node to = add_node();
      (regex.kind == TextRegex::Kind::begin ? nodes_[from].begin_jumps : nodes_[from].end_jumps).push_back(to);
      return to;
    }
  }
  BGPROOF_CHECK(false, "a kind of expression that does not exist");
}

std::vector<TextScan::Node> TextScan::close(std::vector<Node> nodes, bool at_begin, bool at_end) {
  ++round_;
  std::vector<Node> closed;
  const auto visit = [&](const std::vector<Node>& found) {
    for (Node node : found) {
      if (seen_[node] == round_) continue;
      seen_[node] = round_;
      closed.push_back(node);
    }
  };
  visit(nodes);
  for (size_t i = 0; i < closed.size(); ++i) {
    const Place& place = nodes_[closed[i]];
    visit(place.jumps);
    if (at_begin) visit(place.begin_jumps);
    if (at_end) visit(place.end_jumps);
  }
  std::sort(closed.begin(), closed.end());
  return closed;
}

TextScan::State TextScan::find(std::vector<Node> nodes, bool at_begin) {
  std::vector<Node> set = close(std::move(nodes), at_begin, false);
  const auto has_accept = [&](const std::vector<Node>& of) {
    return std::binary_search(of.begin(), of.end(), accept_);
  };
  if (searched_ && has_accept(set)) set = {accept_};  // whatever follows
  const auto state = static_cast<State>(sets_.size());
  if (!at_begin) {
    const auto [it, is_new] = ids_.try_emplace(set, state);
    if (!is_new) return it->second;
  }
  accepts_.push_back(has_accept(close(set, at_begin, true)) ? 1 : 0);
  sets_.push_back(std::move(set));
  next_.emplace_back(256, kUnknown);
  return state;
}

TextScan::State TextScan::next(State state, char character) {
  const auto byte = static_cast<unsigned char>(character);
  if (next_[state][byte] != kUnknown) return next_[state][byte];
  State to = 0;
  if (!overflowed()) {
    std::vector<Node> reached;
    if (searched_ && sets_[state] == std::vector<Node>{accept_}) {
      reached = {accept_};
    } else {
      for (Node node : sets_[state])
        if (nodes_[node].label[byte]) reached.push_back(nodes_[node].to);
    }
    to = find(std::move(reached), false);
  }
  return next_[state][byte] = to;
}

TextScan::State TextScan::next(State state, std::string_view text) {
  for (char character : text) state = next(state, character);
  return state;
}

}  // namespace bgproof
