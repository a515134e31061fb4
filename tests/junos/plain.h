// A second, deliberately dumb interpreter of Junos policies, written from docs/semantics/junos.md and Juniper's pages
// and not from the lowering: a policy is the words that a human would write, a route walks through them one by one.
//
// The same value is printed as a configuration, in braces or as `display set`, which the reader, the lowering and the
// reference evaluator then have to understand alike. Readings of open assumptions are given.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "policy/assumption.h"
#include "policy/route.h"
#include "tests/generator/random.h"

namespace bgproof::junos::plain {

using Words = std::vector<std::string>;

// {"protocol", "bgp", "static"}, {"route-filter", "10.0.0.0/8", "upto", "/24"} with actions in braces.
struct Condition {
  Words words;
  std::vector<Words> actions;
};

struct Term {
  std::string name;
  std::vector<Condition> from, to;
  std::vector<Words> then;  // {"local-preference", "add", "10"}, {"accept"}
};

struct Policy {
  std::string name;
  std::vector<Term> terms;
};

struct Community {
  Words members;
  bool invert = false;
};

// An AS path expression.
struct Path {
  enum class Is { numbers, any, sequence, either, repeat } is = Is::sequence;
  std::vector<NumberRange> numbers;
  std::vector<Path> of;
  uint32_t low = 0;
  std::optional<uint32_t> high;
};

// An element of a chain: a policy, or an expression of policies.
struct Element {
  enum class Is { name, not_, both, either } is = Is::name;
  std::string name;
  std::vector<Element> of;
};

struct Config {
  std::map<std::string, Words> prefix_lists;
  std::map<std::string, std::vector<Condition>> filter_lists;  // words without a keyword
  std::map<std::string, Community> communities;
  std::map<std::string, Path> as_paths;
  std::map<std::string, std::map<std::string, Path>> as_path_groups;
  std::map<std::string, Words> as_lists;
  std::map<std::string, std::map<std::string, Words>> as_list_groups;
  std::map<std::string, Element> subroutines;  // what `from policy` may name, by its text
  std::vector<Policy> policies;
  std::vector<Element> chain;
  bool import = true;
  bool external = false;  // the session goes to another AS; only if not import
  Words remove_private;   // what follows the word in the session; only if external, and then maybe none
  bool removes = false;
};

Config random_config(Random& random);
// A route that the config is likely to meet.
Route random_route(const Config& config, Random& random);

std::string curly(const Config& config);
std::string display_set(const Config& config);
std::string text_of(const Path& path);
std::string text_of(const Element& element);

struct Result {
  bool accepted = false;
  Route route;
};
Result run(const Config& config, const Route& route, const Readings& readings);

}  // namespace bgproof::junos::plain
