#include "grammar/junos/apply_path.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "grammar/junos/sections.h"

namespace bgproof::junos {

namespace {

bool alive(const Node& node) { return !node.dead && !node.inactive; }

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> words;
  while (true) {
    size_t begin = path.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return words;
    path.remove_prefix(begin);
    size_t end = std::min(path.find_first_of(" \t"), path.size());
    words.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
}

// "192.0.2.1" is "192.0.2.1/32"; "" for what is no address.
std::string as_prefix(const std::string& word) {
  bool colon = word.find(':') != std::string::npos;
  bool digits = !word.empty() && word.find_first_not_of("0123456789abcdefABCDEF:./") == std::string::npos;
  if (!digits || (!colon && std::ranges::count(word, '.') != 3)) return {};
  if (word.find('/') != std::string::npos) return word;
  return word + (colon ? "/128" : "/32");
}

struct Found {
  std::set<std::string> seen;
  std::vector<std::string> prefixes;  // in the order of the text
  bool unknown = false;
};

// The last word of the path is the value that is wanted; a statement may hold more words behind it.
void collect(const Node& at, std::span<const std::string_view> path, Found& found) {
  for (const auto& child : at.children) {
    if (!alive(*child) || child->words.empty()) continue;
    if (child->words[0].text == kUnreadable) {
      // What could not be read concerns the path unless its words say otherwise.
      auto words = std::span(child->words).subspan(1);
      bool concerns = true;
      if (!words.empty() && words[0].text != "apply-groups")
        for (size_t i = 0; i < std::min(path.size(), words.size()); ++i)
          concerns &= is_pattern(words[i].text) || matches_pattern(path[i], words[i].text);
      found.unknown |= concerns;
      continue;
    }
    size_t length = std::min(path.size(), child->words.size());
    // A name that was stripped may have been any.
    bool same = true;
    for (size_t i = 0; i < length && same; ++i)
      same = child->words[i].text.empty() || matches_pattern(path[i], child->words[i].text);
    if (!same) continue;
    found.unknown |= child->conditional;
    if (path.size() > length) {
      if (child->rule.nameless && child->words[0].text != "") found.unknown = true;
      collect(*child, path.subspan(length), found);
      continue;
    }
    auto add = [&](const std::string& word) {
      std::string prefix = as_prefix(word);
      if (!prefix.empty() && found.seen.insert(prefix).second) found.prefixes.push_back(prefix);
    };
    add(child->words[length - 1].text);
    if (child->is_list() && length == 2)
      for (size_t i = length; i < child->words.size(); ++i)
        if (matches_pattern(path.back(), child->words[i].text)) add(child->words[i].text);
  }
}

void expand(Node& list, const Node& root, bool truncated, Diagnostics& diagnostics) {
  for (size_t i = 0; i < list.children.size(); ++i) {
    Node& statement = *list.children[i];
    if (!alive(statement) || statement.words.empty() || statement.words[0].text != "apply-path") continue;
    SourceRange range = statement.range;
    SourceRange inherited_at = statement.inherited_at;
    std::string text = statement.words.size() > 1 ? statement.words[1].text : "";
    for (size_t w = 2; w < statement.words.size(); ++w) text += " " + statement.words[w].text;
    statement.dead = true;
    std::vector<std::string_view> path = split(text);
    Found found;
    // Without a pattern it would speak of one fixed address; a publisher has stripped the patterns.
    bool stripped = std::ranges::none_of(path, is_pattern);
    bool readable = !stripped && is_read(path);
    if (readable) collect(root, path, found);
    auto add = [&](std::string word) {
      Word made_word{std::move(word), range, false};
      if (list.find({&made_word, 1}, Shape::leaf)) return;
      Node& made = list.append({std::move(made_word)}, {Shape::leaf, 1, Level::plain, false});
      made.range = range;
      made.inherited_at = inherited_at;
    };
    if (!readable || found.unknown || truncated) {
      add(std::string(kApplyPathUnresolved));
      if (stripped)
        diagnostics.warning("BP105", range, "this apply-path has no pattern such as `<*>`",
                            "what the list holds is not known");
      else if (!readable)
        diagnostics.warning("BP105", range, "this apply-path leads into a part of the configuration that is not read",
                            "what the list holds is not known");
      else if (!truncated)
        diagnostics.warning("BP105", range, "this apply-path cannot be followed to its end",
                            "what the list holds is not known");
    }
    for (std::string& prefix : found.prefixes) add(std::move(prefix));
  }
}

void walk(Node& at, const Node& root, bool truncated, Diagnostics& diagnostics) {
  for (auto& child : at.children) {
    if (!alive(*child) || !child->is_container()) continue;
    if (child->rule.below == Level::policy_options) {
      for (auto& list : child->children)
        if (alive(*list) && list->rule.below == Level::entries) expand(*list, root, truncated, diagnostics);
    } else if (child->rule.below == Level::systems) {
      for (auto& system : child->children)
        if (alive(*system)) walk(*system, *system, truncated, diagnostics);
    }
  }
}

}  // namespace

void expand_apply_paths(Node& root, bool truncated, Diagnostics& diagnostics) {
  walk(root, root, truncated, diagnostics);
}

}  // namespace bgproof::junos
