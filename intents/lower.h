// From the intent language to the policy model: conditions and obligations in one scope, that is for one device and
// neighbor, with every name and variable replaced by what it stands for.
//
// A set built with `+` alone becomes one PrefixList however large it is; `-` and `&` become conditions, point by point.
// What does not depend on the scope is made once and shared through a Lowered.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "intents/data.h"
#include "intents/intents.h"
#include "intents/obligation.h"
#include "intents/scope.h"
#include "policy/condition.h"

namespace bgproof {

// A member of a set with its value: the set may still be read with another modifier.
struct FlatMember {
  Prefix prefix;
  std::optional<intent::Modifier> modifier;
  SourceRange range;
};

// What is shared among scopes: sets that no variable touches.
struct Lowered {
  std::map<std::string, std::shared_ptr<const PrefixList>> lists;                 // by name, modifier and use
  std::map<std::string, std::shared_ptr<const std::vector<FlatMember>>> members;  // by name
  std::map<std::string, std::vector<NumberRange>> asns;
  std::map<const intent::SetDeclaration*, bool> sums;
};

class Lowering {
 public:
  Lowering(const Intents& intents, const Scope& scope, Lowered& lowered, Diagnostics& diagnostics)
      : intents_(intents), scope_(scope), lowered_(lowered), diagnostics_(diagnostics) {}

  Condition condition(const intent::Cond& cond);
  Obligation obligation(const intent::Act& act);
  std::vector<NumberRange> asns(const intent::AsnRef& ref);
  CommunitySet communities(const intent::CommunityRef& ref);
  Condition prefix_in(const intent::SetRef& ref, const std::optional<intent::Modifier>& modifier,
                      const SourceRange& range);
  Condition next_hop_in(const intent::SetRef& ref, const SourceRange& range);
  Community tag(const intent::Name& name);

  // Not empty: data that is needed could not be had; what was lowered must not be used.
  const std::string& failure() const { return failure_; }
  const std::string& failure_code() const { return failure_code_; }
  // Declared sets that were read as a whole, and where: for lints.
  struct UsedSet {
    const intent::SetDeclaration* set;
    SourceRange range;
  };
  const std::vector<UsedSet>& used_sets() const { return used_sets_; }
  // The family of which a set from data has no member while it has some of the other; nullopt: neither or both.
  std::optional<Family> missing_family(const intent::SetDeclaration& set);

  // Whether a variable was read: if not, the result holds for every scope.
  bool used_variables() const { return variables_ > 0; }

 private:
  enum class Use : uint8_t { prefix, next_hop };

  std::optional<std::string> value(const intent::Variable& variable);
  std::string expanded(const intent::Quoted& text);
  void missing(const std::string& path, const SourceRange& range);
  void fail(std::string code, std::string reason);
  bool grow(size_t by, const SourceRange& range);

  Condition set_condition(const intent::SetRef& ref, const std::optional<intent::Modifier>& modifier, Use use,
                          const SourceRange& range);
  Condition declared_condition(const intent::SetDeclaration& set, Use use, const SourceRange& range);
  std::shared_ptr<const PrefixList> list_of(const std::vector<FlatMember>& members,
                                            const std::optional<intent::Modifier>& modifier, Use use,
                                            const SourceRange& range);
  void flatten(const intent::SetRef& ref, std::vector<FlatMember>& out);
  void flatten(const intent::DataSource& source, std::vector<FlatMember>& out);
  std::shared_ptr<const std::vector<FlatMember>> flat(const intent::SetDeclaration& set);
  bool sum(const intent::SetDeclaration& set);
  const intent::SetDeclaration* set_of(const std::string& name) const;
  const intent::SetDeclaration* set_of(const intent::SetMember& member);  // through a variable too
  std::optional<Prefix> prefix_of_value(const intent::Variable& variable);

  std::vector<NumberRange> asns_of(const std::string& name);
  std::vector<NumberRange> asns_of(const intent::DataSource& source);
  std::vector<NumberRange> asns_of_value(const intent::Variable& variable);
  void add_literal(const intent::CommunityLiteral& literal, CommunitySet& out);
  void add_communities(const intent::CommunityRef& ref, CommunitySet& out);

  const Intents& intents_;
  const Scope& scope_;
  Lowered& lowered_;
  Diagnostics& diagnostics_;
  std::string failure_;
  std::string failure_code_;
  std::vector<UsedSet> used_sets_;
  size_t variables_ = 0;
  size_t size_ = 0;  // of everything made, against declarations that double each other

  friend struct LowerCondition;
  friend struct LowerAct;
};

}  // namespace bgproof
