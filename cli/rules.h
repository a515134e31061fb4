// What `bgproof explain` knows beyond codes and assumptions: the semantic rules, which are the rows of
// docs/semantics/*.md, and the samples of docs/explain.md. The documents are the tables; nothing is said twice.
//
// A rule is named by its dialect and a construct of its first column: `junos/route-type-internal`. A row about several
// constructs has several names, and several rows may share one; each has one of its own.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bgproof {

struct Rule {
  std::vector<std::string> names;                          // "junos/prefix-list", ...
  std::vector<std::string> own;                            // those of them that mean no other rule
  std::string section;                                     // the heading above the table
  std::vector<std::pair<std::string, std::string>> cells;  // column, text; "construct" first
  std::vector<std::string> traps;                          // "J4", words of the source column that look like it
};

// In the order of the documents.
const std::vector<Rule>& rules();
// "junos/"
std::string dialect_of(const Rule& rule);
// "route-type-internal" of "`route-type internal`"
std::string slug(std::string_view text);

struct Samples {
  std::string
      page;  // a code, the name of an assumption or a rule, or a trap: "BP301", "junos.prefix-group", "junos/J4"
  std::string fails;  // paths of golden files; "" if there is none
  std::string passes;
  std::string remark;  // why there is no pair, or how the two differ
};
const std::vector<Samples>& samples();
const Samples* find_samples(std::string_view page);
// Those of the rule itself by a name of its own; else of the one trap that it is about; else of a named assumption that
// it rests on. nullptr: none.
const Samples* samples_of(const Rule& rule);

// The text of a sample, "" if it is not carried.
std::string_view sample_text(std::string_view path);

}  // namespace bgproof
