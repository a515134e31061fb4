#include "encoder/automaton/path_nfa.h"

#include <algorithm>

#include "base/check.h"

namespace bgproof {

using Kind = AsPathRegex::Kind;

PathNfa::PathNfa(const AsPathRegex& regex) {
  add_state();
  accept_ = add(0, regex);
  if (overflowed()) return;
  for (Node& node : states_) {
    for (const auto& [label, to] : node.edges) {
      const bool loops = &states_[to] == &node && labels_[label].any_asn && labels_[label].any_set;
      if (!loops) continue;
      std::vector<State> closed = {to};
      close(closed);
      node.is_universal = std::binary_search(closed.begin(), closed.end(), accept_);
    }
  }
}

PathNfa::State PathNfa::add_state() {
  if (overflowed()) return 0;
  states_.emplace_back();
  return static_cast<State>(states_.size() - 1);
}

uint32_t PathNfa::add_label(Label label) {
  labels_.push_back(std::move(label));
  return static_cast<uint32_t>(labels_.size() - 1);
}

bool PathNfa::is_letter(const AsPathRegex& regex) {
  return regex.kind == Kind::asns || regex.kind == Kind::any_letter || regex.kind == Kind::set_letter;
}

PathNfa::Label PathNfa::label_of(const std::vector<const AsPathRegex*>& letters) {
  Label label;
  for (const AsPathRegex* letter : letters) {
    if (letter->kind == Kind::any_letter) label.any_asn = label.any_set = true;
    if (letter->kind == Kind::asns) {
      label.asns = true;
      label.asn_ranges.insert(label.asn_ranges.end(), letter->ranges.begin(), letter->ranges.end());
    }
    if (letter->kind == Kind::set_letter && letter->ranges.empty()) label.any_set = true;
    if (letter->kind == Kind::set_letter) {
      label.sets = true;
      label.set_ranges.insert(label.set_ranges.end(), letter->ranges.begin(), letter->ranges.end());
    }
  }
  label.asns = label.asns || label.any_asn;
  label.sets = label.sets || label.any_set;
  label.asn_ranges = label.any_asn ? AsnRanges{} : normalized(std::move(label.asn_ranges));
  label.set_ranges = label.any_set ? AsnRanges{} : normalized(std::move(label.set_ranges));
  return label;
}

PathNfa::State PathNfa::add(State from, const AsPathRegex& regex) {
  if (overflowed()) return from;
  switch (regex.kind) {
    case Kind::nothing:
      return add_state();
    case Kind::empty:
      return from;
    case Kind::asns:
    case Kind::any_letter:
    case Kind::set_letter: {
      const State to = add_state();
      states_[from].edges.emplace_back(add_label(label_of({&regex})), to);
      return to;
    }
    case Kind::sequence:
      for (const AsPathRegex& part : regex.of) from = add(from, part);
      return from;
    case Kind::alternative:
      return add_alternative(from, regex);
    case Kind::repeat:
      return add_repeat(from, regex);
  }
  BGPROOF_CHECK(false, "a kind of AS-path expression that does not exist");
}

PathNfa::State PathNfa::add_alternative(State from, const AsPathRegex& regex) {
  const State to = add_state();
  std::vector<const AsPathRegex*> letters;
  for (const AsPathRegex& part : regex.of) {
    if (is_letter(part)) {
      letters.push_back(&part);
      continue;
    }
    const State end = add(from, part);
    if (!overflowed()) states_[end].jumps.push_back(to);
  }
  if (!letters.empty() && !overflowed()) states_[from].edges.emplace_back(add_label(label_of(letters)), to);
  return to;
}

PathNfa::State PathNfa::add_repeat(State from, const AsPathRegex& regex) {
  const AsPathRegex& body = regex.of[0];
  for (uint32_t i = 0; i < regex.low && !overflowed(); ++i) from = add(from, body);
  const State to = add_state();
  if (overflowed()) return to;
  if (regex.high == AsPathRegex::kUnbounded) {
    const State loop = add_state();
    if (overflowed()) return to;
    states_[from].jumps.push_back(loop);
    if (is_letter(body)) {
      states_[loop].edges.emplace_back(add_label(label_of({&body})), loop);
    } else {
      const State end = add(loop, body);
      if (overflowed()) return to;
      states_[end].jumps.push_back(loop);
    }
    states_[loop].jumps.push_back(to);
    return to;
  }
  states_[from].jumps.push_back(to);
  for (uint32_t i = regex.low; i < regex.high && !overflowed(); ++i) {
    const State end = add(from, body);
    if (end == from) break;  // the empty path any number of times
    from = end;
    if (!overflowed()) states_[from].jumps.push_back(to);
  }
  return to;
}

PathAlphabet PathNfa::alphabet() const {
  std::vector<AsnRanges> asn_sets, set_sets;
  for (const Label& label : labels_) {
    if (label.asns && !label.any_asn) asn_sets.push_back(label.asn_ranges);
    if (label.sets && !label.any_set) set_sets.push_back(label.set_ranges);
  }
  for (std::vector<AsnRanges>* sets : {&asn_sets, &set_sets}) {
    std::sort(sets->begin(), sets->end());
    sets->erase(std::unique(sets->begin(), sets->end()), sets->end());
  }
  return {AsnPartition(asn_sets), AsnPartition(set_sets), false};
}

std::vector<char> PathNfa::labels_of(Asn asn) const {
  std::vector<char> result;
  for (const Label& label : labels_)
    result.push_back(label.any_asn || (label.asns && contains(label.asn_ranges, asn)) ? 1 : 0);
  return result;
}

std::vector<char> PathNfa::labels_of_member(Asn asn) const {
  std::vector<char> result;
  for (const Label& label : labels_)
    result.push_back(label.any_set || (label.sets && contains(label.set_ranges, asn)) ? 1 : 0);
  return result;
}

std::vector<char> PathNfa::labels_of_set(const std::vector<uint32_t>& labels) const {
  std::vector<char> result;
  for (const Label& label : labels_) result.push_back(label.any_set ? 1 : 0);
  for (uint32_t label : labels) result[label] = 1;
  return result;
}

std::vector<uint32_t> PathNfa::member_labels(const std::vector<State>& states) const {
  std::vector<uint32_t> result;
  for (State state : states) {
    for (const auto& [label, to] : states_[state].edges) {
      if (labels_[label].sets && !labels_[label].any_set) result.push_back(label);
    }
  }
  return result;
}

// Follows jumps; a universal state alone stands for any set that has it.
void PathNfa::close(std::vector<State>& states) const {
  std::vector<char>& seen = seen_;
  seen.resize(states_.size(), 0);
  std::vector<State> closed;
  const auto visit = [&](State state) {
    if (seen[state] != 0) return;
    seen[state] = 1;
    closed.push_back(state);
  };
  for (State state : states) visit(state);
  for (size_t i = 0; i < closed.size(); ++i) {
    for (State to : states_[closed[i]].jumps) visit(to);
  }
  for (State state : closed) seen[state] = 0;
  std::sort(closed.begin(), closed.end());
  const auto universal =
      std::find_if(closed.begin(), closed.end(), [&](State state) { return states_[state].is_universal; });
  if (universal != closed.end()) {
    states = {*universal};
  } else {
    states = std::move(closed);
  }
}

std::vector<PathNfa::State> PathNfa::start() const {
  std::vector<State> states = {0};
  close(states);
  return states;
}

std::vector<PathNfa::State> PathNfa::step(const std::vector<State>& states, const std::vector<char>& matches) const {
  std::vector<State> result;
  for (State state : states) {
    for (const auto& [label, to] : states_[state].edges) {
      if (matches[label] != 0) result.push_back(to);
    }
  }
  close(result);
  return result;
}

bool PathNfa::accepts(const std::vector<State>& states) const {
  return std::any_of(states.begin(), states.end(),
                     [&](State state) { return state == accept_ || states_[state].is_universal; });
}

}  // namespace bgproof
