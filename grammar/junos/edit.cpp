#include "grammar/junos/edit.h"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/junos/lines.h"
#include "grammar/junos/sections.h"

namespace bgproof::junos {

namespace {

// Words of a path behind the containers that exist; `at` becomes the innermost of them, or with `outside` the one
// around it.
std::span<const Word> beyond(Node*& at, std::span<const Word> path, bool outside = false) {
  while (!path.empty()) {
    Rule found = rule(at->rule.below, path);
    if (found.shape != Shape::container) break;
    Node* child = at->find(path.first(found.head), Shape::container);
    if (!child) break;
    if (outside) {
      Node* next = child;
      auto rest = path.subspan(found.head);
      if (beyond(next, rest).size() == rest.size()) break;
    }
    at = child;
    path = path.subspan(found.head);
  }
  return path;
}

// True if the first word of `path` that a statement of `at` does not have is short for its word: `then rej`. Names are
// no words of this kind.
bool is_short_for_one(const Node& at, std::span<const Word> path) {
  Level level = at.rule.below;
  if (path.empty() || level == Level::entries || level == Level::filters || level == Level::community) return false;
  return std::ranges::any_of(at.children, [&](const auto& child) {
    if (child->dead) return false;
    size_t common = 0;
    while (common < path.size() && common < child->words.size() && path[common].text == child->words[common].text)
      ++common;
    bool is_name = common > 0 && (child->is_container() || child->is_list());
    return !is_name && common < path.size() && common < child->words.size() &&
           child->words[common].text.starts_with(path[common].text);
  });
}

void copy_children(const Node& from, Node& to) {
  for (const auto& child : from.children) {
    if (child->dead) continue;
    Node& made = to.append(child->words, child->rule);
    made.range = child->range;
    made.inactive = child->inactive;
    copy_children(*child, made);
  }
}

}  // namespace

std::vector<Word> Editor::full_path(std::span<const Word> words) const {
  std::vector<Word> path = prefix_;
  path.insert(path.end(), words.begin(), words.end());
  return path;
}

void Editor::not_understood(std::span<const Word> words, SourceRange range, const char* why) {
  diagnostics_.error("BP107", range, "a line of the set form is not understood", why);
  broken(words, range);
}

bool Editor::leads_nowhere(std::span<const Word> words, SourceRange range) {
  std::vector<Word> path = full_path(words.subspan(1));
  size_t at = std::min(first_unknown(path), first_unknown_keyword(path));
  if (at >= path.size()) return false;
  note_unknown(path[at], diagnostics_);
  broken(words, range);
  return true;
}

void Editor::broken(std::span<const Word> words, SourceRange range) {
  std::vector<Word> path = words.empty() ? prefix_ : full_path(words.subspan(1));
  // What was to be moved or named changes its surroundings too.
  std::string_view command = words.empty() ? std::string_view{} : words[0].text;
  bool moves = command == "insert" || command == "rename" || command == "copy";
  Node* at = &root_;
  auto rest = beyond(at, path, moves);
  lost_ |= at == &root_;
  std::vector<Word> marker{{std::string(kUnreadable), range, false}};
  marker.insert(marker.end(), rest.begin(), rest.end());
  auto head = static_cast<uint32_t>(marker.size());
  at->append(std::move(marker), {Shape::leaf, head, Level::plain, false}).range = range;
}

void Editor::find(Node& at, std::span<const Word> path, std::vector<Place>& found) const {
  Node* node = &at;
  Node* parent = nullptr;
  while (!path.empty()) {  // the direct way, without looking at each child
    Rule next = rule(node->rule.below, path);
    if (next.shape != Shape::container) break;
    Node* child = node->find(path.first(next.head), Shape::container);
    if (!child) break;
    parent = node;
    node = child;
    path = path.subspan(next.head);
  }
  if (path.empty()) {
    if (parent) found.push_back({parent, node});
    return;
  }
  Rule last = rule(node->rule.below, path);
  if (last.shape == Shape::leaf || last.shape == Shape::slot) {
    if (Node* child = node->find(path, last.shape)) {
      found.push_back({node, child});
      return;
    }
  }
  for (const auto& child : node->children) {
    if (child->dead) continue;
    size_t common = 0;
    while (common < path.size() && common < child->words.size() && path[common].text == child->words[common].text)
      ++common;
    if (!child->is_list() || path.size() == 1) {
      if (common == path.size()) found.push_back({node, child.get()});
      continue;
    }
    if (common == 0) continue;
    // The members named, as a run of words: `A`, or `( A && B )`; else each for itself.
    std::vector<Word> members = split_expression({path.begin(), path.end()});
    members.erase(members.begin());
    auto all = std::span(child->words).subspan(1);
    auto offset = [&](auto it) { return static_cast<size_t>(it - all.begin()) + 1; };
    if (auto run = std::ranges::search(all, members, {}, &Word::text, &Word::text); !run.empty()) {
      found.push_back({node, child.get(), offset(run.begin()), members.size()});
      continue;
    }
    for (const Word& member : members)
      if (auto one = std::ranges::find(all, member.text, &Word::text); one != all.end())
        found.push_back({node, child.get(), offset(one), 1});
  }
  // Later members first, so that taking one out does not move the others.
  std::ranges::stable_sort(found, std::ranges::greater{}, &Place::first_member);
}

std::vector<Editor::Place> Editor::find(std::span<const Word> path, SourceRange range, std::string_view command) {
  std::vector<Place> found;
  find(root_, path, found);
  if (!found.empty()) return found;
  Node* at = &root_;
  auto rest = beyond(at, path);
  if (is_short_for_one(*at, rest)) {
    note_unknown(rest[0], diagnostics_);
    std::vector<Word> prefix = std::exchange(prefix_, {});
    std::vector<Word> words{{std::string(command), range, false}};
    words.insert(words.end(), path.begin(), path.end());
    broken(words, range);
    prefix_ = std::move(prefix);
    return found;
  }
  diagnostics_.warning("BP108", range, fmt::format("`{}` names nothing that the lines before it define", command),
                       "no such statement");
  return found;
}

void Editor::remove(const Place& place) {
  if (place.members == 0) {
    place.node->dead = true;
    return;
  }
  auto begin = place.node->words.begin() + static_cast<std::ptrdiff_t>(place.first_member);
  place.node->words.erase(begin, begin + static_cast<std::ptrdiff_t>(place.members));
  if (place.node->words.size() == 1) place.node->dead = true;
}

void Editor::activate(const Place& place, bool active) {
  Node& node = *place.node;
  if (place.members == 0 || place.members + 1 == node.words.size()) {
    node.inactive = !active;
    return;
  }
  if (node.inactive == !active) return;
  // One member of a list leaves it and becomes a statement of its own.
  auto begin = node.words.begin() + static_cast<std::ptrdiff_t>(place.first_member);
  std::vector<Word> words{node.words.front()};
  words.insert(words.end(), begin, begin + static_cast<std::ptrdiff_t>(place.members));
  node.words.erase(begin, begin + static_cast<std::ptrdiff_t>(place.members));
  Node& made = place.parent->append(std::move(words), node.rule);
  made.range = cover(made.words[1].range, made.words.back().range);
  made.inactive = !active;
}

void Editor::insert(std::span<const Word> words, SourceRange range) {
  auto mark =
      std::ranges::find_if(words, [](const Word& word) { return word.text == "before" || word.text == "after"; });
  if (mark == words.end() || mark == words.begin() || mark + 1 == words.end())
    return not_understood(words, range, "expected `insert PATH before|after NAME`");
  bool after = mark->text == "after";
  std::vector<Word> path = full_path({words.begin() + 1, mark});
  std::span<const Word> target(mark + 1, words.end());
  std::vector<Place> moved;
  find(root_, path, moved);
  if (moved.empty()) return not_understood(words, range, "nothing of this name to move");
  Place place = moved.front();
  if (place.members > 0) {
    auto& list = place.node->words;
    auto begin = list.begin() + static_cast<std::ptrdiff_t>(place.first_member);
    std::vector<Word> taken(begin, begin + static_cast<std::ptrdiff_t>(place.members));
    auto other = std::ranges::find(list.begin() + 1, list.end(), target.back().text, &Word::text);
    if (other == list.end()) return not_understood(words, range, "no such member beside it");
    list.erase(begin, begin + static_cast<std::ptrdiff_t>(place.members));
    other = std::ranges::find(list.begin() + 1, list.end(), target.back().text, &Word::text);
    if (other == list.end()) return not_understood(words, range, "a member cannot stand before itself");
    list.insert(after ? other + 1 : other, taken.begin(), taken.end());
    return;
  }
  auto& siblings = place.parent->children;
  auto is_target = [&](const std::unique_ptr<Node>& child) {
    auto head = child->head();
    return !child->dead && child.get() != place.node &&
           (same_words(head, target) || (head.size() > 1 && same_words(head.subspan(1), target)));
  };
  if (std::ranges::none_of(siblings, is_target)) return not_understood(words, range, "no such statement beside it");
  auto from = std::ranges::find(siblings, place.node, &std::unique_ptr<Node>::get);
  std::unique_ptr<Node> taken = std::move(*from);
  siblings.erase(from);
  auto to = std::ranges::find_if(siblings, is_target);
  siblings.insert(after ? to + 1 : to, std::move(taken));
}

void Editor::rename(std::span<const Word> words, SourceRange range, bool copy) {
  auto mark = std::ranges::find(words, "to", &Word::text);
  if (mark == words.end() || mark + 1 == words.end()) return not_understood(words, range, "expected `PATH to NAME`");
  std::vector<Word> path = full_path({words.begin() + 1, mark});
  std::span<const Word> target(mark + 1, words.end());
  std::vector<Place> found;
  find(root_, path, found);
  if (found.size() != 1 || found[0].members > 0 || !found[0].node->is_container())
    return not_understood(words, range, "expected the path of one block that exists");
  Node& old = *found[0].node;
  std::vector<Word> head(old.head().begin(), old.head().end());
  if (target.size() > head.size()) return not_understood(words, range, "expected `KEYWORD NAME` after `to`");
  std::ranges::copy(target, head.end() - static_cast<std::ptrdiff_t>(target.size()));
  if (found[0].parent->find(head, Shape::container))
    return not_understood(words, range, "a statement of this name is there already");
  Node& made = found[0].parent->append(std::move(head), old.rule);
  made.range = range;
  made.inactive = old.inactive;
  copy_children(old, made);
  if (copy) return;
  // The new name takes the place of the old one: the order of terms means something.
  old.dead = true;
  auto& siblings = found[0].parent->children;
  auto place = std::ranges::find(siblings, &old, &std::unique_ptr<Node>::get);
  std::swap(*place, siblings.back());
}

void Editor::navigate(std::span<const Word> words) {
  const std::string& command = words[0].text;
  if (command == "edit") {
    prefix_lengths_.push_back(prefix_.size());
    prefix_.insert(prefix_.end(), words.begin() + 1, words.end());
  } else if (command == "top" || prefix_lengths_.empty()) {
    prefix_.clear();
    prefix_lengths_.clear();
  } else {  // back to where the last `edit` was
    prefix_.resize(std::min(prefix_.size(), prefix_lengths_.back()));
    prefix_lengths_.pop_back();
  }
}

// `up` leaves the innermost statement, however many words the `edit` before it had.
void Editor::go_up(uint32_t levels) {
  for (; levels > 0 && !prefix_.empty(); --levels) {
    Level level = Level::root;
    size_t begin = 0;
    for (size_t at = 0; at < prefix_.size();) {
      Rule found = rule(level, std::span(prefix_).subspan(at));
      begin = at;
      if (found.shape != Shape::container) break;
      at += found.head;
      level = found.below;
    }
    prefix_.resize(begin);
  }
}

void Editor::place(std::vector<Word> path) {
  prefix_ = std::move(path);
  prefix_lengths_.clear();
}

void Editor::apply(std::span<const Word> words, SourceRange range) {
  if (words.empty()) return;
  const std::string& command = words[0].text;
  std::span<const Word> rest = words.subspan(1);
  if (command == "annotate" || command == "protect" || command == "unprotect") return;
  if (command == "top" && !rest.empty() && rest[0].text != "edit") {  // `top set ...`
    std::vector<Word> prefix = std::exchange(prefix_, {});
    apply(rest, range);
    prefix_ = std::move(prefix);
    return;
  }
  if (command == "up") {
    std::optional<uint32_t> levels = rest.empty() ? 1 : number_of(rest[0].text);
    if (!levels || rest.size() > 1) return not_understood(words, range, "expected `up` alone or with a number");
    return go_up(*levels);
  }
  if (command == "edit" || command == "top" || command == "exit" || command == "quit") {
    navigate(words);
    if (command == "top" && !rest.empty()) apply(rest, range);
    return;
  }
  static constexpr std::string_view kWithPath[] = {"set",    "delete", "activate", "deactivate",
                                                   "insert", "rename", "copy"};
  bool has_path = std::ranges::find(kWithPath, command) != std::end(kWithPath);
  if (has_path && leads_nowhere(words, range)) return;
  if (command == "insert") return insert(words, range);
  if (command == "rename" || command == "copy") return rename(words, range, command == "copy");
  std::vector<Word> path = full_path(rest);
  if (command == "set") {
    if (path.empty()) return not_understood(words, range, "expected a statement after `set`");
    SourceRange whole = rest.empty() ? range : cover(rest.front().range, rest.back().range);
    builder_.leaf(std::move(path), whole, false);
  } else if (command == "delete") {
    if (path.empty()) {
      for (auto& child : root_.children) child->dead = true;
      return;
    }
    for (const Place& place : find(path, range, command)) remove(place);
  } else if (command == "deactivate" || command == "activate") {
    for (const Place& place : find(path, range, command)) activate(place, command == "activate");
  } else {
    not_understood(words, range, "expected `set`, `delete`, `deactivate` or the like");
  }
}

}  // namespace bgproof::junos
