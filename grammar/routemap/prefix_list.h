// Prefix lists and access lists as what they say of a prefix or an address: runs of patterns, between them lines that
// could not be read, which may match anything.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "grammar/routemap/context.h"
#include "policy/prefix_list.h"

namespace bgproof::routemap {

inline constexpr uint32_t kPermit = 0;  // slots of the patterns
inline constexpr uint32_t kDeny = 1;

struct PrefixRules {
  struct Part {
    std::shared_ptr<const PrefixList> list;  // first match; null: an unreadable line
    bool denies = false;                     // some pattern has the slot kDeny
    SourceRange range;                       // of the unreadable line
    std::optional<bool> permit;              // of the unreadable line, if that much can be read
  };
  std::vector<Part> parts;
  // IOS, lines of one number: as above if the first counts, as here if the last does. Null: there are none.
  std::shared_ptr<const PrefixRules> if_last;
  bool empty() const { return parts.empty(); }
};

// Either kind of list, translated once.
std::shared_ptr<const PrefixRules> prefix_rules(Context& context, Kind list, std::string_view name);

// For the files that read one kind each: a rule with its place among the others.
struct PrefixRule {
  uint32_t sequence = 0;
  std::vector<PrefixPattern> patterns;  // any of them; empty: unreadable
  std::optional<bool> permit;
  SourceRange range;
  std::string said;  // FRR: the line without its number, in one form
};

// Rules in the order of their numbers, while lines come in.
class RuleList {
 public:
  // `step`: from one number to the next of lines that name none.
  RuleList(Dialect dialect, uint32_t step) : dialect_(dialect), step_(step) {}

  void add(PrefixRule rule, std::optional<uint32_t> sequence);
  void remove(const PrefixRule& gone, std::optional<uint32_t> sequence);
  std::vector<PrefixRule> take();
  // With the last of the lines of one number instead of the first; empty: no number stands twice. Before take().
  std::vector<PrefixRule> take_last() const;

  static constexpr std::string_view kExact = " exact-match";  // the end of PrefixRule::said

 private:
  bool takes(const PrefixRule& rule) const;

  Dialect dialect_;
  uint32_t step_;
  std::vector<PrefixRule> rules_;
  std::unordered_map<uint32_t, size_t> by_sequence_;
  std::map<uint32_t, PrefixRule> refused_;  // IOS: the last line of a number that is taken
  std::unordered_set<std::string> said_;
  uint32_t largest_ = 0;
  bool sorted_ = true;
};

Family family_of(Kind list);
void read_prefix_list(Context& context, Kind list, std::string_view name, RuleList& rules);
void read_access_list(Context& context, Kind list, std::string_view name, RuleList& rules);

}  // namespace bgproof::routemap
