#include "tests/grammar/junos_tree.h"

#include <gtest/gtest.h>

namespace bgproof::junos {

namespace {

std::string head_of(const Statement& statement) {
  std::string head;
  for (const Word& word : statement.words) head += (head.empty() ? "" : " ") + word.text;
  return head;
}

void print(const Statement& statement, int depth, std::string& out) {
  out += std::string(static_cast<size_t>(depth) * 2, ' ') + (statement.inactive ? "-" : "") + "[" + head_of(statement) +
         "]" + (statement.inherited_at.known() ? "^" : "") + "\n";
  for (const Statement& child : statement.children) print(child, depth + 1, out);
}

}  // namespace

std::string ReadText::tree() const {
  std::string out;
  for (const Statement& child : config.root.children) print(child, 0, out);
  return out;
}

std::string ReadText::tree(const Statement& statement) const {
  std::string out;
  print(statement, 0, out);
  return out;
}

std::string ReadText::codes() const {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) out += (out.empty() ? "" : " ") + diagnostic.code;
  return out;
}

const Statement& ReadText::at(std::string_view path) const {
  const Statement* statement = &config.root;
  while (!path.empty()) {
    std::string_view step = path.substr(0, path.find(" > "));
    path.remove_prefix(std::min(step.size() + 3, path.size()));
    const Statement* next = nullptr;
    for (const Statement& child : statement->children)
      if (!next && head_of(child) == step) next = &child;
    if (!next) {
      ADD_FAILURE() << "no statement [" << step << "] in\n" << tree();
      return *statement;
    }
    statement = next;
  }
  return *statement;
}

std::string ReadText::pointed(std::string_view code) const {
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    if (diagnostic.code == code) return std::string(sources.text(diagnostic.where()));
  return "no " + std::string(code);
}

ReadText read_text(std::string text) {
  ReadText result;
  FileId file = result.sources.add("test.conf", std::move(text));
  result.config = read(result.sources, file, result.diagnostics);
  return result;
}

}  // namespace bgproof::junos
