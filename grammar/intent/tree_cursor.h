// How the makers of the model walk over the tree: children, texts and places of nodes; and what they make of the parts
// that many rules share. Private to tree*.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "grammar/intent/literals.h"
#include "grammar/intent/tree.h"

namespace bgproof::intent {

class TreeCursor {
 public:
  TreeCursor(const Tree& tree, std::string_view text, FileId file, Diagnostics& diagnostics)
      : tree_(tree), text_(text), file_(file), diagnostics_(diagnostics) {}

  Rule rule(uint32_t node) const { return tree_.nodes[node].rule; }
  std::string_view text(uint32_t node) const {
    const Node& n = tree_.nodes[node];
    return text_.substr(n.text_begin, n.text_end - n.text_begin);
  }
  SourceRange range(uint32_t node) const { return {file_, tree_.nodes[node].text_begin, tree_.nodes[node].text_end}; }
  Piece piece(uint32_t node) const { return {text(node), range(node)}; }
  std::vector<uint32_t> kids(uint32_t node) const {
    std::vector<uint32_t> result;
    for (uint32_t kid = node + 1; kid < tree_.nodes[node].end; kid = tree_.nodes[kid].end) result.push_back(kid);
    return result;
  }
  std::string_view file_text() const { return text_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  // Reports `,,`: the grammar lets it pass so that every decision needs one token alone.
  void check_commas(const std::vector<uint32_t>& kids, std::string_view expected);

 private:
  const Tree& tree_;
  std::string_view text_;
  FileId file_;
  Diagnostics& diagnostics_;
};

Name name(TreeCursor& at, uint32_t node);
Quoted quoted(TreeCursor& at, uint32_t node);
Variable variable(TreeCursor& at, uint32_t node);

std::vector<Guard> guards(TreeCursor& at, const std::vector<uint32_t>& kids);
std::vector<Term<SetRef>> set_terms(TreeCursor& at, const std::vector<uint32_t>& item_kids);
std::vector<Term<AsnRef>> asn_terms(TreeCursor& at, const std::vector<uint32_t>& item_kids);
SetRef set_reference(TreeCursor& at, uint32_t node);      // setref
AsnRef asns(TreeCursor& at, uint32_t node);               // asnref, asnlist
CommunityRef communities(TreeCursor& at, uint32_t node);  // commref, comms
CommunityLiteral literal_community(TreeCursor& at, uint32_t node);
Modifier modifier(TreeCursor& at, uint32_t node);

Cond condition(TreeCursor& at, uint32_t node);
std::vector<Act> acts(TreeCursor& at, uint32_t node);

}  // namespace bgproof::intent
