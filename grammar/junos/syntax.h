// A Junos configuration as a tree of statements, the same for the curly form, for `display set` lines and for a file
// that mixes both. Only the reader (reader.cpp) sees ANTLR; only what may concern policy is parsed: the rest is
// skipped by a scanner that keeps every offset right.
//
//   policy-statement EXPORT { term A { from { protocol bgp; } then accept; } }
//   set policy-options policy-statement EXPORT term A from protocol bgp
//
// Both give  policy-options > [policy-statement EXPORT] > [term A] > [from] > [protocol bgp].  A statement is the words
// up to `;` or `{`; a container (schema.h knows which words open one and whether a name follows) has children. The two
// `then` spellings `then accept;` and `then { accept; }` both give [then] > [accept]; `from` and `to` alike. A list
// `[ a b ]` stays in the words of one statement: [community a b]; a leaf that is written as a braced block under a
// keyword (`members { a; b; }`) is a container.
// Actions within a route filter are its children: [route-filter 10.0.0.0/8 upto /24] > [accept]. Lists that are said in
// several statements are one, in the order of the text; so are single values, of which the last is kept.
//
// After `read`, inheritance is done: `apply-groups` with wildcards, `apply-groups-except`, `apply-path` of prefix
// lists, `inactive:`/`deactivate`, `delete` and `protect` lines have had their effect. Statements that are inactive are
// kept (so that a report can say so) with `inactive` set, and mean nothing. An inherited statement keeps the range of
// the text in its group, and `inherited_at` says where it was applied; words that a list has inherited have ranges in
// the group too. Groups are gone.
//
// What could not be read stands in the tree as a statement `unreadable` with the words that were found, and the child
// `apply-path-unresolved` of a prefix list says that its items are not all known: both mean that anything may be there.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace bgproof::junos {

struct Word {
  std::string text;  // without quotes
  SourceRange range;
  bool quoted = false;
};

struct Statement {
  std::vector<Word> words;
  std::vector<Statement> children;
  SourceRange range;         // from the first word to the last child, `;` excluded
  SourceRange inherited_at;  // unknown unless it came by apply-groups
  bool inactive = false;

  const std::string& keyword() const;  // the first word; "" for the root
  const std::string& name() const;     // the second word; "" if there is none
  SourceRange head() const;            // the words alone
  // Active children whose first word is `keyword`, in order of the text.
  std::vector<const Statement*> all(std::string_view keyword) const;
  const Statement* find(std::string_view keyword) const;                         // the first active one or null
  const Statement* find(std::string_view keyword, std::string_view name) const;  // by first and second word
};

struct Config {
  Statement root;
  std::string host_name;      // system host-name, "" if there is none
  bool truncated = false;     // the text ends inside a block or string, or a mistake hides what follows: it is unknown
  uint32_t lines = 0;         // lines of the file
  uint32_t policy_lines = 0;  // lines of policy-options
};

// True if the text looks like Junos, in either form. Looks at the first 64 KiB only.
bool looks_like_junos(std::string_view text);

// Reads one file. Mistakes of syntax become BP1xx diagnostics and the rest is read on; never throws on bad input, and
// nesting deeper than 200 is a diagnostic, not a stack overflow.
Config read(const SourceSet& sources, FileId file, Diagnostics& diagnostics);

}  // namespace bgproof::junos
