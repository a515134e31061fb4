#include "grammar/routemap/prefix_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/routemap/first_match.h"
#include "grammar/routemap/lists.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

Family family_of(Kind list) {
  return list == Kind::prefix_list6 || list == Kind::access_list6 ? Family::ipv6 : Family::ipv4;
}

namespace {

bool is_access_list(Kind kind) { return kind == Kind::access_list || kind == Kind::access_list6; }

// The text of one prefix-list line behind the name: `[seq N] permit|deny PREFIX [ge N] [le N] [eq N] [mask M]`.
class PrefixLine {
 public:
  PrefixLine(const Line& line, size_t first, Family family, Dialect dialect)
      : line_(line), at_(first), family_(family), dialect_(dialect) {}

  // nullopt: no entry at all (a description). A device refuses what `refused` is told of.
  std::optional<PrefixRule> read(std::string& refused);
  std::optional<uint32_t> sequence;

 private:
  bool lengths(PrefixPattern& pattern, std::string& refused);
  std::string lengths_said() const;

  const Line& line_;
  size_t at_;
  Family family_;
  Dialect dialect_;
};

bool PrefixLine::lengths(PrefixPattern& pattern, std::string& refused) {
  std::optional<uint32_t> ge, le;
  while (at_ < line_.size()) {
    std::string_view word = line_.word(at_);
    if (word == "mask") {
      std::optional<Address> mask = address_of(line_.word(at_ + 1), family_);
      if (!mask) return false;
      pattern.mask = mask->bits;
    } else {
      std::optional<uint32_t> value = number_of(line_.word(at_ + 1));
      if (!value || *value > static_cast<uint32_t>(width(family_))) return false;
      if (word == "ge" || word == "eq") ge = value;
      if (word == "le" || word == "eq") le = value;
      if (word != "ge" && word != "le" && word != "eq") return false;
    }
    at_ += 2;
  }
  uint32_t own = pattern.prefix.length;
  // Which lengths a mask goes with is written where some are.
  if (pattern.mask && !ge && !le) return false;
  if (pattern.mask) {
    pattern.prefix = prefix_of({family_, pattern.prefix.bits & *pattern.mask}, width(family_));
    pattern.low = static_cast<uint8_t>(ge.value_or(own));
    pattern.high = static_cast<uint8_t>(le.value_or(ge ? width(family_) : own));
    return pattern.low <= pattern.high;
  }
  if (!ge && !le) {
    pattern.low = pattern.high = pattern.prefix.length;
    return true;
  }
  uint32_t low = ge.value_or(own), high = le.value_or(static_cast<uint32_t>(width(family_)));
  if (low < own || low > high) {
    refused = "lengths that do not fit the prefix";
    return true;
  }
  pattern.low = static_cast<uint8_t>(low);
  pattern.high = static_cast<uint8_t>(high);
  return true;
}

// `le 24 ge 20` as `ge 20 le 24`.
std::string PrefixLine::lengths_said() const {
  std::string said;
  for (std::string_view wanted : {"ge", "le"})
    for (size_t i = at_; i + 1 < line_.size(); i += 2)
      if (line_.word(i) == wanted) said += fmt::format(" {} {}", wanted, line_.word(i + 1));
  return said;
}

std::optional<PrefixRule> PrefixLine::read(std::string& refused) {
  PrefixRule rule;
  rule.range = line_.range;
  if (line_.word(at_) == "description" || line_.word(at_) == "remark") return std::nullopt;
  if (line_.word(at_) == "seq") {
    sequence = number_of(line_.word(at_ + 1));
    if (!sequence) return rule;
    at_ += 2;
  } else if (dialect_ == Dialect::eos && number_of(line_.word(at_))) {
    sequence = number_of(line_.word(at_++));
  }
  std::string_view action = line_.word(at_);
  if (action != "permit" && action != "deny") return rule;
  rule.permit = action == "permit";
  std::string_view text = line_.word(++at_);
  PrefixPattern pattern;
  if (dialect_ == Dialect::frr) rule.said = fmt::format("{} {}", action, text);
  if (text == "any") {
    pattern.prefix = Prefix{family_, 0, 0};
    pattern.high = static_cast<uint8_t>(width(family_));
    if (line_.size() == at_ + 1) rule.patterns.push_back(pattern);
    return rule;
  }
  std::optional<Prefix> prefix = parse_prefix(text);
  if (!prefix || prefix->family != family_) return rule;
  pattern.prefix = *prefix;
  ++at_;
  if (dialect_ == Dialect::frr) rule.said = fmt::format("{} {}{}", action, to_string(*prefix), lengths_said());
  if (lengths(pattern, refused)) rule.patterns.push_back(pattern);
  return rule;
}

}  // namespace

// What FRR has already it does not take again, under no number (docs/semantics/frr.md). In an access list a prefix
// counts as said where it was said with `exact-match`.
bool RuleList::takes(const PrefixRule& rule) const {
  return rule.said.empty() || (!said_.contains(rule.said) && !said_.contains(rule.said + std::string(kExact)));
}

void RuleList::add(PrefixRule rule, std::optional<uint32_t> sequence) {
  if (!takes(rule)) return;
  rule.sequence = sequence.value_or((dialect_ == Dialect::frr ? largest_ / step_ * step_ : largest_) + step_);
  auto [known, fresh] = by_sequence_.try_emplace(rule.sequence, rules_.size());
  if (!fresh) {
    // IOS refuses a second line of the number; the others take it in place of the first.
    if (dialect_ == Dialect::ios) {
      refused_.insert_or_assign(rule.sequence, std::move(rule));
      return;
    }
    PrefixRule& replaced = rules_[known->second];
    said_.erase(replaced.said);
    if (!rule.said.empty()) said_.insert(rule.said);
    replaced = std::move(rule);
    return;
  }
  if (!rule.said.empty()) said_.insert(rule.said);
  sorted_ = sorted_ && rule.sequence > largest_;
  largest_ = std::max(largest_, rule.sequence);
  rules_.push_back(std::move(rule));
}

void RuleList::remove(const PrefixRule& gone, std::optional<uint32_t> sequence) {
  std::erase_if(rules_, [&](const PrefixRule& each) {
    if (sequence) refused_.erase(*sequence);
    if (sequence) return each.sequence == *sequence;
    return each.permit == gone.permit && each.patterns == gone.patterns;
  });
  by_sequence_.clear();
  said_.clear();
  for (size_t i = 0; i < rules_.size(); ++i) {
    by_sequence_[rules_[i].sequence] = i;
    if (!rules_[i].said.empty()) said_.insert(rules_[i].said);
  }
}

std::vector<PrefixRule> RuleList::take_last() const {
  RuleList other = *this;
  bool changed = false;
  for (PrefixRule& rule : other.rules_)
    if (auto found = refused_.find(rule.sequence); found != refused_.end()) {
      changed |= rule.permit != found->second.permit || rule.patterns != found->second.patterns;
      rule = found->second;
    }
  return changed ? other.take() : std::vector<PrefixRule>{};
}

std::vector<PrefixRule> RuleList::take() {
  if (!sorted_) std::ranges::stable_sort(rules_, {}, &PrefixRule::sequence);
  return std::move(rules_);
}

void read_prefix_list(Context& context, Kind list, std::string_view name, RuleList& rules) {
  Family family = family_of(list);
  auto take = [&](const Line& line, size_t first) {
    PrefixLine text(line, first, family, context.dialect());
    std::string refused;
    std::optional<PrefixRule> rule = text.read(refused);
    if (!refused.empty()) {
      context.refused(line.range, fmt::format("prefix-list {}: {}", name, refused));
      return;
    }
    if (!rule) return;
    if (line.negated)
      rules.remove(*rule, text.sequence);
    else
      rules.add(std::move(*rule), text.sequence);
  };
  for (const Line* line : context.definitions(list, name)) {
    if (line->size() > 3) take(*line, 3);
    for (const Line& child : line->children) take(child, 0);
  }
}

namespace {

// From one number to the next of lines that name none.
uint32_t step_of(Dialect dialect, Kind list) {
  bool frr = dialect == Dialect::frr;
  return is_access_list(list) ? (frr ? 5 : 10) : (dialect == Dialect::eos ? 10 : 5);
}

std::shared_ptr<PrefixRules> in_runs(std::vector<PrefixRule> rules) {
  auto made = std::make_shared<PrefixRules>();
  std::shared_ptr<PrefixList> run;
  for (PrefixRule& rule : rules) {
    if (rule.patterns.empty()) {
      made->parts.push_back({nullptr, false, rule.range, rule.permit});
      run = nullptr;
      continue;
    }
    if (!run) {
      run = std::make_shared<PrefixList>();
      run->mode = PrefixList::Mode::first;
      made->parts.push_back({run, false, {}, {}});
    }
    made->parts.back().denies |= !*rule.permit;
    for (const PrefixPattern& pattern : rule.patterns)
      run->entries.push_back({pattern, *rule.permit ? kPermit : kDeny, rule.range});
  }
  return made;
}

}  // namespace

std::shared_ptr<const PrefixRules> prefix_rules(Context& context, Kind list, std::string_view name) {
  auto& known = context.prefix_rules[{list, std::string(name)}];
  if (known) return known;
  RuleList rules(context.dialect(), step_of(context.dialect(), list));
  if (is_access_list(list))
    read_access_list(context, list, name, rules);
  else
    read_prefix_list(context, list, name, rules);
  std::vector<PrefixRule> last = rules.take_last();
  std::shared_ptr<PrefixRules> made = in_runs(rules.take());
  if (!last.empty()) made->if_last = in_runs(std::move(last));
  return known = made;
}

namespace {

using Leaf = std::function<Condition(const std::shared_ptr<const PrefixList>&, uint32_t slot)>;

Condition permits(Context& context, const PrefixRules& of, Kind list, std::string_view name, SourceRange use,
                  const Leaf& leaf) {
  std::vector<Rule> rules;
  for (const PrefixRules::Part& part : of.parts) {
    if (part.list) {
      rules.push_back({true, leaf(part.list, kPermit)});
      if (part.denies) rules.push_back({false, leaf(part.list, kDeny)});
      continue;
    }
    std::string text = fmt::format("a line of {} {}", to_string(list), name);
    Condition matches = context.unmodelled(part.range, text);
    if (part.permit) {
      rules.push_back({*part.permit, std::move(matches)});
      continue;
    }
    // It matches or not, and permits or not.
    rules.push_back({true, std::move(matches)});
    rules.push_back({false, context.unmodelled(part.range, text + " (action)")});
  }
  return first_match(std::move(rules), use);
}

Condition permits(Context& context, Kind list, std::string_view name, SourceRange use, const Leaf& leaf) {
  std::shared_ptr<const PrefixRules> of = prefix_rules(context, list, name);
  Condition first = permits(context, *of, list, name, use, leaf);
  if (!of->if_last) return first;
  Condition last = permits(context, *of->if_last, list, name, use, leaf);
  return any_of({all_of({context.reading("number-twice", "first", use), std::move(first)}, use),
                 all_of({context.reading("number-twice", "last", use), std::move(last)}, use)},
                use);
}

// The entries of one slot alone, in a list whose other entries are no match: for conditions that ask for any slot.
std::shared_ptr<const PrefixList> only(const PrefixList& list, uint32_t slot) {
  auto made = std::make_shared<PrefixList>(list);
  for (PrefixEntry& entry : made->entries) entry.slot = entry.slot == slot ? 0 : PrefixEntry::kNoMatch;
  return made;
}

}  // namespace

Condition permits_prefix(Context& context, Kind list, std::string_view name, SourceRange use) {
  return permits(context, list, name, use, [&](const auto& patterns, uint32_t slot) {
    return condition(PrefixIn{patterns, {slot}}, use);
  });
}

bool is_empty(Context& context, Kind list, std::string_view name) { return prefix_rules(context, list, name)->empty(); }

Condition permits_next_hop(Context& context, Kind list, std::string_view name, SourceRange use) {
  return permits(context, list, name, use,
                 [&](const auto& patterns, uint32_t slot) { return condition(NextHopIn{only(*patterns, slot)}, use); });
}

Condition permits_neighbor(Context& context, Kind list, std::string_view name, SourceRange use) {
  return permits(context, list, name, use, [&](const auto& patterns, uint32_t slot) {
    return condition(NeighborIn{only(*patterns, slot)}, use);
  });
}

}  // namespace bgproof::routemap
