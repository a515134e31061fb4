#include "grammar/junos/context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grammar/junos/lines.h"
#include "grammar/junos/policy.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

namespace {

constexpr size_t kDeepestCall = 100;  // subroutines within subroutines; deeper ones are free

struct KindWord {
  std::string_view word;
  Kind kind;
};
constexpr std::array<KindWord, 9> kKinds = {{{"policy-statement", Kind::policy},
                                             {"prefix-list", Kind::prefix_list},
                                             {"community", Kind::community},
                                             {"as-path", Kind::as_path},
                                             {"as-path-group", Kind::as_path_group},
                                             {"as-list", Kind::as_list},
                                             {"as-list-group", Kind::as_list_group},
                                             {"condition", Kind::condition},
                                             {"route-filter-list", Kind::route_filter_list}}};

// Statements of routing-options, of an instance or of BGP that copy routes between tables; of what could not be read
// nobody knows.
constexpr std::array<std::string_view, 11> kCopies = {
    "auto-export", "import-rib", "instance-export", "instance-import", "interface-routes", "rib-group",
    "rib-groups",  "vrf-export", "vrf-import",      "vrf-target",      kUnreadable};

bool copies(const Statement& statement) {
  if (statement.inactive) return false;
  for (const Word& word : statement.words)
    if (std::find(kCopies.begin(), kCopies.end(), word.text) != kCopies.end()) return true;
  return std::any_of(statement.children.begin(), statement.children.end(), copies);
}

// Some line says it, at whatever depth.
bool says(const Statement& statement, std::string_view word) {
  if (statement.inactive) return false;
  return std::any_of(statement.words.begin(), statement.words.end(),
                     [&](const Word& each) { return each.text == word; }) ||
         std::any_of(statement.children.begin(), statement.children.end(),
                     [&](const Statement& child) { return says(child, word); });
}

}  // namespace

Act act(Act::Is is, SourceRange range) { return {std::move(is), range}; }
Act decide(Decision decision, SourceRange range) { return {Disposition{decision, 0}, range}; }
Condition condition(Condition::Is is, SourceRange range) { return {std::move(is), range}; }

Context::Context(const Statement& system, PolicyLibrary& library, Diagnostics& diagnostics)
    : library_(library), diagnostics_(diagnostics) {
  for (const Statement* options : system.all("policy-options")) {
    for (const Statement& child : options->children) {
      if (child.inactive) continue;
      for (const KindWord& known : kKinds) {
        if (child.keyword() != known.word || child.words.size() < 2) continue;
        auto& found = definitions_[{known.kind, child.name()}];
        if (known.kind == Kind::policy && found.empty()) policy_names_.push_back(child.name());
        found.push_back(&child);
      }
      if (child.keyword() == "defaults")
        for (const Line& line : lines_of(child))
          if (line.word(0) == "route-filter") walkup_ = line.word(1) == "walkup";
    }
  }
  for (const char* part : {"routing-options", "routing-instances", "protocols"})
    for (const Statement* holder : system.all(part)) copies_routes_ = copies_routes_ || copies(*holder);
}

const std::vector<const Statement*>& Context::definitions(Kind kind, const std::string& name) const {
  static const std::vector<const Statement*> kNone;
  auto found = definitions_.find({kind, name});
  return found == definitions_.end() ? kNone : found->second;
}

bool Context::has_action(std::string_view keyword) const {
  return std::any_of(definitions_.begin(), definitions_.end(), [&](const auto& definition) {
    return std::any_of(definition.second.begin(), definition.second.end(),
                       [&](const Statement* statement) { return says(*statement, keyword); });
  });
}

std::vector<ListDefinition> Context::lists() const {
  std::vector<ListDefinition> lists;
  for (const auto& [key, statements] : definitions_)
    if (key.first != Kind::policy)
      lists.push_back({statements.front()->keyword(), key.second, statements.front()->head()});
  return lists;
}

ChoiceId Context::choice(SourceRange range, const std::string& text, bool environment) {
  auto [known, fresh] = choices_.try_emplace({range, text}, static_cast<uint32_t>(library_.unmodelled.size()));
  if (fresh) library_.unmodelled.push_back({range, text, environment});
  return {known->second};
}

Condition Context::unmodelled(SourceRange range, const std::string& text) {
  return {Unmodelled{choice(range, text)}, range};
}

Act Context::havoc(SourceRange range, const std::string& text, AttributeSet touches, bool may_decide) {
  return {Havoc{choice(range, text), touches, may_decide}, range};
}

Condition Context::given_by_network(SourceRange range, const std::string& text) {
  return {Unmodelled{choice(range, text, true)}, range};
}

Act Context::number_of_network(SourceRange range, const std::string& text, Number number) {
  return {Havoc{choice(range, text, true), AttributeSet::only(number), false}, range};
}

uint32_t Context::add(Policy policy) {
  library_.policies.push_back(std::move(policy));
  return static_cast<uint32_t>(library_.policies.size() - 1);
}

uint32_t Context::free_policy(const std::string& name, SourceRange range, const std::string& why) {
  return add({name, {{"(unknown)", {havoc(range, why)}, range, {}}}, range});
}

uint32_t Context::policy(const std::string& name, SourceRange use) {
  if (auto known = policies_.find(name); known != policies_.end()) return known->second;
  const auto& texts = definitions(Kind::policy, name);
  if (texts.empty()) {
    diagnostics_.warning("BP110", use, fmt::format("policy-statement `{}` is not defined", name),
                         "it may do anything, so it is a free choice");
    return free_policy(name, use, fmt::format("policy-statement {} is not defined", name));
  }
  if (under_way_.count(name) != 0) {
    diagnostics_.warning("BP115", use, fmt::format("policy-statement `{}` calls itself", name),
                         "this call is a free choice");
    return free_policy(name, use, fmt::format("policy-statement {} calls itself", name));
  }
  if (under_way_.size() >= kDeepestCall) {
    diagnostics_.warning("BP115", use, fmt::format("more than {} policies within each other", kDeepestCall),
                         "this call is a free choice");
    return free_policy(name, use, fmt::format("policy-statement {} is called too deep", name));
  }
  under_way_.insert(name);
  Policy lowered = lower_policy(*this, name, texts);
  under_way_.erase(name);
  if (unrolled_.of(library_, lowered).calls > kMostCalls) {
    diagnostics_.warning(
        "BP115", use,
        fmt::format("policy-statement `{}` runs more than {} policies, all calls counted", name, kMostCalls),
        "it is a free choice");
    return policies_[name] = free_policy(name, use, fmt::format("policy-statement {} runs too many others", name));
  }
  uint32_t index = add(std::move(lowered));
  policies_[name] = index;
  return index;
}

}  // namespace bgproof::junos
