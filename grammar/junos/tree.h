// The statement tree while it is being built: nodes that stay where they are, an index of children, and the level of
// each container. Text of either form comes in through `Builder`, which folds words into containers as schema.h says
// and merges what is said twice: containers of one name, lists, single values. Editing commands (edit.h), inheritance
// (inherit.h) and apply-path work on the nodes; `to_statement` gives the tree that the rest of the program sees.
//
// Nodes are not removed but marked `dead`, so that deleting costs nothing and pointers stay valid.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "grammar/junos/schema.h"
#include "grammar/junos/syntax.h"

namespace bgproof::junos {

// The keyword of a statement that could not be read (its words follow) or whose content is not known. No dialect knows
// this word, so that whoever meets it treats it as a line without a meaning.
inline constexpr std::string_view kUnreadable = "unreadable";
// The child of a prefix list whose `apply-path` points at what is not read.
inline constexpr std::string_view kApplyPathUnresolved = "apply-path-unresolved";

struct Node {
  std::vector<Word> words;
  std::vector<std::unique_ptr<Node>> children;
  SourceRange range;
  SourceRange inherited_at;
  Rule rule;  // of the statement itself; `rule.below` is the level of the children
  bool inactive = false;
  bool dead = false;
  bool conditional = false;  // inherited from a group that does not always hold

  bool is_container() const { return rule.shape == Shape::container; }
  bool is_list() const { return rule.shape == Shape::list || rule.shape == Shape::expression; }
  std::span<const Word> head() const { return std::span(words).first(rule.head); }

  // The child of that head and shape, or null. Active children come first.
  Node* find(std::span<const Word> head, Shape shape) const;
  Node& append(std::vector<Word> words, Rule rule);

 private:
  void index(Node& child);
  std::unordered_multimap<size_t, Node*> index_;  // by a hash of head and shape; only of nodes with many children
};

bool same_words(std::span<const Word> a, std::span<const Word> b);
// The words of `from` that `list` does not hold are appended; expressions with parentheses are appended as they are.
void merge_list(Node& list, std::span<const Word> from);
// BP120: a word that is no section and no statement where it stands.
void note_unknown(const Word& word, Diagnostics& diagnostics);
// Makes statements `unreadable` whose keyword nobody knows; BP120.
void mark_unknown(Node& root, Diagnostics& diagnostics);
// Splits `(A&&B)` into its words. Quoted words are split only if they hold an operator.
std::vector<Word> split_expression(const std::vector<Word>& words);
// A copy of a node that stands in a group, without its children.
Node& inherit_copy(Node& parent, const Node& from, SourceRange at);
Statement to_statement(Node&& node);

class Builder {
 public:
  // `lines`: what is said of an inactive container goes into it, as `set` does; a block of text stands for itself.
  Builder(Node& root, bool lines);

  // A block is entered and left; `words` may be empty in a block without a name.
  void open(std::vector<Word> words, SourceRange head, bool inactive);
  void close();
  // A statement without a block. Returns the node that holds it.
  Node& leaf(std::vector<Word> words, SourceRange range, bool inactive);
  // What stands under these words in the block is gone (`replace:`, `delete:`).
  void drop(std::span<const Word> words);
  size_t depth() const { return frames_.size() - 1; }

 private:
  struct Frame {
    Node* node;
    std::vector<Word> prefix;   // words of a block that is spelled out
    std::vector<Node*> opened;  // containers that this block has created, outermost first
    bool inactive = false;      // of the spelled-out block
    bool empty = true;
    SourceRange range;
  };

  // Walks the containers at the front of `words` from `node`; returns how many words they took.
  size_t descend(Node*& node, std::span<const Word> words, bool block, bool& inactive, std::vector<Node*>* opened,
                 SourceRange range);

  std::vector<Frame> frames_;
  bool lines_;
};

}  // namespace bgproof::junos
