#include "grammar/junos/tree.h"

#include <fmt/format.h>

#include <algorithm>

namespace bgproof::junos {

namespace {

constexpr size_t kIndexFrom = 12;           // with fewer children looking at each is faster
constexpr int kContainersInStatement = 24;  // twice what the language has; bounds the depth of the tree

size_t key_of(std::span<const Word> head, Shape shape) {
  auto key = static_cast<size_t>(shape);
  for (const Word& word : head) key = key * 0x9E3779B97F4A7C15u + std::hash<std::string_view>()(word.text);
  return key;
}

}  // namespace

bool same_words(std::span<const Word> a, std::span<const Word> b) {
  return std::ranges::equal(a, b, {}, &Word::text, &Word::text);
}

Node* Node::find(std::span<const Word> head, Shape shape) const {
  Node* inactive_one = nullptr;
  auto look = [&](Node& child) {
    if (child.dead || child.rule.shape != shape || !same_words(child.head(), head)) return false;
    if (!child.inactive) return true;
    if (!inactive_one) inactive_one = &child;
    return false;
  };
  if (children.size() < kIndexFrom) {
    for (const auto& child : children)
      if (look(*child)) return child.get();
    return inactive_one;
  }
  auto [begin, end] = index_.equal_range(key_of(head, shape));
  for (auto it = begin; it != end; ++it)
    if (look(*it->second)) return it->second;
  return inactive_one;
}

void Node::index(Node& child) { index_.emplace(key_of(child.head(), child.rule.shape), &child); }

Node& Node::append(std::vector<Word> new_words, Rule new_rule) {
  auto child = std::make_unique<Node>();
  child->words = std::move(new_words);
  child->rule = new_rule;
  children.push_back(std::move(child));
  if (children.size() == kIndexFrom)
    for (const auto& each : children) index(*each);
  else if (children.size() > kIndexFrom)
    index(*children.back());
  return *children.back();
}

void merge_list(Node& list, std::span<const Word> from) {
  auto has_operator = [](std::span<const Word> words) {
    return std::ranges::any_of(
        words, [](const Word& word) { return !word.quoted && (word.text == "(" || word.text == "!"); });
  };
  bool as_it_is = list.rule.shape == Shape::expression && (has_operator(list.words) || has_operator(from));
  size_t before = list.words.size();
  for (const Word& word : from) {
    auto old = std::span(list.words).subspan(1, before - 1);
    if (as_it_is || std::ranges::find(old, word.text, &Word::text) == old.end()) list.words.push_back(word);
  }
}

void note_unknown(const Word& word, Diagnostics& diagnostics) {
  diagnostics
      .error("BP120", word.range, fmt::format("no statement `{}` is known here", word.text),
             "what it says is not known")
      .notes.emplace_back("help", "write the word in full, as the device shows it; until then it may say anything");
}

void mark_unknown(Node& root, Diagnostics& diagnostics) {
  for (size_t i = 0; i < root.children.size(); ++i) {
    Node& child = *root.children[i];
    if (child.dead || child.inactive || child.words.empty()) continue;
    if (child.is_container()) {
      mark_unknown(child, diagnostics);
    } else if (child.rule.shape == Shape::leaf && is_unknown(root.rule.below, child.words)) {
      note_unknown(child.words[0], diagnostics);
      child.dead = true;
      std::vector<Word> words{{std::string(kUnreadable), child.words[0].range, false}};
      words.insert(words.end(), child.words.begin(), child.words.end());
      auto head = static_cast<uint32_t>(words.size());
      SourceRange range = child.range;
      root.append(std::move(words), {Shape::leaf, head, Level::plain, false}).range = range;
    }
  }
}

std::vector<Word> split_expression(const std::vector<Word>& words) {
  std::vector<Word> result;
  for (const Word& word : words) {
    const std::string& text = word.text;
    bool has_operator = text.find('(') != std::string::npos || text.find(')') != std::string::npos ||
                        text.find("&&") != std::string::npos || text.find("||") != std::string::npos ||
                        text.starts_with('!');
    if (!has_operator || &word == &words.front()) {
      result.push_back(word);
      continue;
    }
    // Offsets within a quoted word are one further on; escapes do not occur in names.
    uint32_t base = word.range.begin + (word.quoted ? 1 : 0);
    auto add = [&](size_t begin, size_t end) {
      SourceRange range{word.range.file, base + static_cast<uint32_t>(begin), base + static_cast<uint32_t>(end)};
      result.push_back({text.substr(begin, end - begin), range, false});
    };
    size_t start = std::string::npos;  // of the name under way
    for (size_t i = 0; i < text.size();) {
      bool two = text.compare(i, 2, "&&") == 0 || text.compare(i, 2, "||") == 0;
      bool one = text[i] == '(' || text[i] == ')' || (text[i] == '!' && start == std::string::npos);
      bool blank = text[i] == ' ' || text[i] == '\t';
      if (two || one || blank) {
        if (start != std::string::npos) add(start, i);
        start = std::string::npos;
        if (!blank) add(i, i + (two ? 2 : 1));
        i += two ? 2 : 1;
      } else {
        if (start == std::string::npos) start = i;
        ++i;
      }
    }
    if (start != std::string::npos) add(start, text.size());
  }
  return result;
}

Node& inherit_copy(Node& parent, const Node& from, SourceRange at) {
  Node& made = parent.append(from.words, from.rule);
  made.range = from.range;
  made.inherited_at = at;
  return made;
}

Statement to_statement(Node&& node) {
  Statement result;
  result.words = std::move(node.words);
  result.range = node.range;
  result.inherited_at = node.inherited_at;
  result.inactive = node.inactive;
  result.children.reserve(node.children.size());
  for (auto& child : node.children) {
    if (!child->dead) result.children.push_back(to_statement(std::move(*child)));
    child.reset();
  }
  return result;
}

Builder::Builder(Node& root, bool lines) : lines_(lines) {
  frames_.push_back({});
  frames_.back().node = &root;
}

size_t Builder::descend(Node*& node, std::span<const Word> words, bool block, bool& inactive,
                        std::vector<Node*>* opened, SourceRange range) {
  size_t at = 0;
  for (int depth = 0; at < words.size() && depth < kContainersInStatement; ++depth) {
    Rule found = rule(node->rule.below, words.subspan(at));
    if (found.shape != Shape::container) break;
    auto head = words.subspan(at, found.head);
    // A name that is missing (`unit {`) is not the name of another block: such blocks stay apart.
    Node* child = found.nameless ? nullptr : node->find(head, Shape::container);
    if (child && child->inactive != inactive && !(lines_ && child->inactive)) child = nullptr;
    bool made = child == nullptr;
    if (made) {
      child = &node->append({head.begin(), head.end()}, found);
      child->range = head.front().range;
      child->range.end = head.back().range.end;
      child->inactive = inactive;
    }
    inactive = false;  // the outermost statement is inactive, not those within
    at += found.head;
    if (!block) child->range = cover(child->range, {range.file, head.front().range.begin, range.end});
    if (opened && (made || !opened->empty())) opened->push_back(child);
    node = child;
  }
  return at;
}

void Builder::open(std::vector<Word> words, SourceRange head, bool inactive) {
  Frame& outer = frames_.back();
  outer.empty = false;
  Frame frame;
  frame.node = outer.node;
  frame.range = head;
  if (!outer.prefix.empty()) {
    frame.prefix = outer.prefix;
    frame.prefix.insert(frame.prefix.end(), words.begin(), words.end());
    frame.inactive = outer.inactive || inactive;
    frame.range = cover(outer.range, head);
  } else {
    if (words.empty()) words.push_back({"", {head.file, head.begin, head.begin}, false});
    size_t taken = descend(frame.node, words, true, inactive, &frame.opened, head);
    frame.prefix.assign(words.begin() + static_cast<std::ptrdiff_t>(taken), words.end());
    frame.inactive = inactive;
    if (!frame.prefix.empty()) frame.range = cover(frame.prefix.front().range, head);
  }
  frames_.push_back(std::move(frame));
}

void Builder::close() {
  if (frames_.size() == 1) return;
  if (frames_.back().empty && !frames_.back().prefix.empty()) {
    // A spelled-out block without content is a statement by itself.
    Frame& frame = frames_.back();
    leaf({}, frame.range, false);
  }
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  Frame& outer = frames_.back();
  for (size_t i = frame.opened.size(); i-- > 1;)
    frame.opened[i - 1]->range = cover(frame.opened[i - 1]->range, frame.opened[i]->range);
  if (!outer.opened.empty()) {
    SourceRange inner = frame.opened.empty() ? frame.range : frame.opened.front()->range;
    outer.opened.back()->range = cover(outer.opened.back()->range, inner);
  }
}

void Builder::drop(std::span<const Word> words) {
  Node* node = frames_.back().prefix.empty() ? frames_.back().node : nullptr;
  while (node && !words.empty()) {
    Rule found = rule(node->rule.below, words);
    node = node->find(words.first(found.head), found.shape);
    if (found.shape != Shape::container) break;
    words = words.subspan(found.head);
  }
  if (node && node != frames_.back().node) node->dead = true;
}

Node& Builder::leaf(std::vector<Word> words, SourceRange range, bool inactive) {
  Frame& frame = frames_.back();
  frame.empty = false;
  if (!frame.prefix.empty()) {
    words.insert(words.begin(), frame.prefix.begin(), frame.prefix.end());
    range = cover(words.front().range, range);
    inactive |= frame.inactive;
  }
  Node* node = frame.node;
  bool whole_inactive = inactive;
  size_t taken = descend(node, words, false, whole_inactive, nullptr, range);
  if (!frame.opened.empty()) frame.opened.back()->range = cover(frame.opened.back()->range, range);
  if (taken == words.size()) return *node;
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(taken));
  range = cover(words.front().range, {range.file, words.front().range.begin, range.end});
  if (words.front().text == "apply-flags" || words.front().text == "apply-macro") return *node;  // mean nothing
  Rule found = rule(node->rule.below, words);
  if (found.shape == Shape::expression) words = split_expression(words);
  if (found.shape != Shape::list && found.shape != Shape::expression && found.shape != Shape::single)
    found.head = static_cast<uint32_t>(words.size());
  Node* old = node->find(std::span(words).first(found.head), found.shape);
  if (old && old->inactive == whole_inactive) {
    if (old->is_list())
      merge_list(*old, std::span(words).subspan(1));
    else if (found.shape == Shape::single)
      old->words = std::move(words);
    old->range = found.shape == Shape::single ? range : old->is_list() ? cover(old->range, range) : old->range;
    return *old;
  }
  Node& made = node->append(std::move(words), found);
  made.range = range;
  made.inactive = whole_inactive;
  return made;
}

}  // namespace bgproof::junos
