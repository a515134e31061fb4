// The parse tree of an intent file as plain data, and the step from it to the model. The tree is a list of nodes in
// preorder: the children of a node follow it, and `end` is one past its last descendant.
#pragma once

#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "intents/model.h"

namespace bgproof::intent {

// The rules of Intent.g4 in their order.
enum class Rule : uint8_t {
  file,
  item,
  meaning,
  set_operator,
  sterm,
  sdata,
  aterm,
  adata,
  guard,
  prefixes,
  pfx,
  mod,
  asnlist,
  asn,
  number,
  comms,
  comm,
  literal_comm,
  setref,
  asnref,
  commref,
  block,
  block_head,
  nsel,
  nterms,
  nterm,
  dterm,
  row,
  id,
  meta,
  cond,
  conj,
  unit,
  pred,
  lenspec,
  num,
  comparison,
  acts,
  act,
  attr,
  name,
  free,
  reserved,
  token,  // a leaf
};

struct Node {
  Rule rule;
  uint32_t end;
  uint32_t text_begin;
  uint32_t text_end;
};

struct Tree {
  std::vector<Node> nodes;
};

std::vector<Item> build(const Tree& tree, std::string_view text, FileId file, Diagnostics& diagnostics);

}  // namespace bgproof::intent
