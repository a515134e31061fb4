#include "network/unused.h"

#include <algorithm>
#include <map>
#include <set>

namespace bgproof {

namespace {

bool ends_word(char c) { return std::string_view(" \t\r\n;{}[]()\"',!&|").find(c) != std::string_view::npos; }

// A word of the text: what stands before it in its line, and what comes right after it.
struct Occurrence {
  uint32_t begin;
  std::string_view before;
  char next;
};

using Words = std::map<std::string_view, std::vector<Occurrence>>;

Words words_of(std::string_view text, const std::set<std::string_view>& wanted) {
  Words words;
  size_t line = 0;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\n') line = at + 1;
    if (ends_word(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && !ends_word(text[end])) ++end;
    std::string_view word = text.substr(at, end - at);
    if (wanted.contains(word))
      words[word].push_back(
          {static_cast<uint32_t>(at), text.substr(line, at - line), end < text.size() ? text[end] : '\n'});
    at = end;
  }
  return words;
}

// A definition may be spread over lines that begin alike ("set policy-options policy-statement X ..."). A line of
// braces that ends with the name ("route-map X;") is a use that only looks so.
bool defines(const Occurrence& word, const Occurrence& definition) {
  return word.begin == definition.begin || (word.before == definition.before && word.next != ';');
}

bool is_used(const Unused& candidate, const std::vector<Occurrence>& words) {
  const Occurrence* definition = nullptr;
  for (const Occurrence& word : words)
    if (candidate.range.begin <= word.begin && word.begin < candidate.range.end && !definition) definition = &word;
  // Its name does not stand where it is defined (a template, a quoted name): nothing can be said.
  if (!definition) return true;
  return std::any_of(words.begin(), words.end(), [&](const Occurrence& word) { return !defines(word, *definition); });
}

}  // namespace

std::vector<Unused> unused(const std::vector<const Device*>& devices, const SourceSet& sources) {
  std::vector<Unused> candidates;
  for (const Device* device : devices) {
    for (const NamedPolicy& policy : device->policies)
      if (policy.range.known()) candidates.push_back({"", policy.name, policy.range});
    for (const ListDefinition& list : device->lists)
      if (list.range.known()) candidates.push_back({list.kind, list.name, list.range});
  }
  std::sort(candidates.begin(), candidates.end(), [](const Unused& a, const Unused& b) { return a.range < b.range; });
  std::map<FileId, std::set<std::string_view>> wanted;
  for (const Unused& candidate : candidates) wanted[candidate.range.file].insert(candidate.name);
  std::map<FileId, Words> words;
  for (const auto& [file, names] : wanted) words[file] = words_of(sources.file(file).text(), names);
  std::vector<Unused> result;
  for (Unused& candidate : candidates)
    if (!is_used(candidate, words[candidate.range.file][candidate.name])) result.push_back(std::move(candidate));
  return result;
}

}  // namespace bgproof
