// Prefix lists and access lists as what they say of a prefix or an address: runs of patterns, between them lines that
// could not be read, which may match anything.
#pragma once

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

  static constexpr std::string_view kExact = " exact-match";  // the end of PrefixRule::said

 private:
  bool takes(const PrefixRule& rule) const;

  Dialect dialect_;
  uint32_t step_;
  std::vector<PrefixRule> rules_;
  std::unordered_map<uint32_t, size_t> by_sequence_;
  std::unordered_set<std::string> said_;
  uint32_t largest_ = 0;
  bool sorted_ = true;
};

Family family_of(Kind list);
std::vector<PrefixRule> read_prefix_list(Context& context, Kind list, std::string_view name);
std::vector<PrefixRule> read_access_list(Context& context, Kind list, std::string_view name);

}  // namespace bgproof::routemap
