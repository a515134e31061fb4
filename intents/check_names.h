// The part of the name check that looks at expressions: sets, communities, conditions, obligations. Private to
// resolve.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "intents/intents.h"

namespace bgproof {

// Which names a declaration uses.
using Uses = std::map<std::string, std::set<std::string>>;

class NameCheck {
 public:
  NameCheck(const Intents& intents, Diagnostics& diagnostics) : intents_(intents), diagnostics_(diagnostics) {}

  // The declaration that what follows belongs to; "" for none.
  void inside(std::string declaration) { inside_ = std::move(declaration); }
  const Uses& uses() const { return uses_; }

  void set(const intent::SetRef& ref);
  void asns(const intent::AsnRef& ref);
  void communities(const intent::CommunityRef& ref);
  void data(const intent::DataSource& source);
  void guards(const std::vector<intent::Guard>& guards);
  void literal(const intent::CommunityLiteral& community, std::string_view why);  // no `*`, no range
  void community_variables(const intent::CommunityLiteral& community);
  void condition(const intent::Cond& cond);
  void act(const intent::Act& act);
  void role(const intent::Name& name);
  // Modifiers stand on sums alone. Asked last: it needs declarations without circles.
  void check_modifiers();

 private:
  enum class Kind : uint8_t { set, asns, comms, tag, cond };

  void use(const intent::Name& name, Kind kind);
  void variable(const intent::Variable& variable);
  void variables_in(const intent::Quoted& text);
  void word(const intent::Name& name, std::string_view what, const std::vector<std::string>& words);
  void not_yet(const SourceRange& range, std::string_view construct);

  const Intents& intents_;
  Diagnostics& diagnostics_;
  std::string inside_;
  Uses uses_;
  struct Modified {
    intent::Name name;
    SourceRange modifier;
  };
  std::vector<Modified> modified_;

  friend struct ConditionCheck;
  friend struct ActCheck;
};

}  // namespace bgproof
