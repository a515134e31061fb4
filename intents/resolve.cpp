#include "intents/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "intents/check_names.h"

namespace bgproof {

using namespace intent;

namespace {

constexpr size_t kDeepestNames = 500;

// Finds circles among declarations by depth-first search over the names that each uses; and chains too long to follow.
class Circles {
 public:
  Circles(const Uses& uses, const Intents& intents, Diagnostics& diagnostics)
      : uses_(uses), intents_(intents), diagnostics_(diagnostics) {}

  bool any() {
    for (const auto& entry : intents_.symbols) visit(entry.first);
    return found_;
  }

 private:
  void visit(const std::string& name) {
    if (done_.contains(name)) return;
    auto on_way = std::find(way_.begin(), way_.end(), name);
    if (on_way != way_.end()) return report(on_way - way_.begin());
    if (way_.size() >= kDeepestNames) {
      if (!found_)
        diagnostics_.error("BP204", intents_.symbols.find(way_[0])->second.name().range,
                           fmt::format("`{}` needs a chain of more than {} declarations", way_[0], kDeepestNames));
      found_ = true;
      return;
    }
    if (!intents_.symbols.contains(name)) return;
    way_.push_back(name);
    auto used = uses_.find(name);
    if (used != uses_.end()) {
      for (const std::string& other : used->second) visit(other);
    }
    way_.pop_back();
    done_.insert(name);
  }

  void report(std::ptrdiff_t from) {
    found_ = true;
    std::string circle;
    for (size_t i = static_cast<size_t>(from); i < way_.size(); ++i) circle += way_[i] + " -> ";
    const std::string& name = way_[static_cast<size_t>(from)];
    diagnostics_.error("BP204", intents_.symbols.find(name)->second.name().range,
                       fmt::format("`{}` needs itself", name), circle + name);
  }

  const Uses& uses_;
  const Intents& intents_;
  Diagnostics& diagnostics_;
  std::vector<std::string> way_;
  std::set<std::string> done_;
  bool found_ = false;
};

// Walks over everything that names something.
class Walk {
 public:
  Walk(const Intents& intents, Diagnostics& diagnostics)
      : intents_(intents), diagnostics_(diagnostics), check_(intents, diagnostics) {}

  void all() {
    for (const auto& file : intents_.files) {
      for (const Item& item : file->items) std::visit(*this, item);
    }
    if (Circles(check_.uses(), intents_, diagnostics_).any()) return;
    check_.check_modifiers();
  }

  void operator()(const VersionItem&) {}
  void operator()(const IncludeItem&) {}
  void operator()(const NetworkItem&) {}
  void operator()(const NeighborsItem& item) { check_.guards(item.guards); }
  void operator()(const RoleItem& item) { selector(item.neighbors); }
  void operator()(const SetDeclaration& item) {
    check_.inside(item.name.text);
    for (const auto& term : item.terms) {
      if (const auto* set = std::get_if<SetRef>(&term.is)) check_.set(*set);
      if (const auto* data = std::get_if<DataSource>(&term.is)) check_.data(*data);
    }
  }
  void operator()(const AsnsDeclaration& item) {
    check_.inside(item.name.text);
    for (const auto& term : item.terms) {
      if (const auto* asns = std::get_if<AsnRef>(&term.is)) check_.asns(*asns);
      if (const auto* data = std::get_if<DataSource>(&term.is)) check_.data(*data);
    }
  }
  void operator()(const CommsDeclaration& item) {
    check_.inside(item.name.text);
    check_.communities(item.value);
  }
  void operator()(const TagItem& item) {
    check_.inside(item.name.text);
    check_.literal(item.community, "a tag is one community");
    check_.community_variables(item.community);
    meaning(item.means, item.name, "tag");
  }
  void operator()(const FactItem& item) {
    check_.inside(item.name.text);
    check_.condition(item.condition);
    meaning(item.means, item.name, "fact");
  }
  void operator()(const ClassItem& item) {
    check_.inside(item.name.text);
    check_.condition(item.condition);
  }
  void operator()(const AssumeItem& item) {
    if (item.clause.text.find('/') == std::string::npos)
      diagnostics_.error("BP209", item.clause.range, "an assumed clause is written \"POLICY/CLAUSE\"");
  }
  void operator()(const Block& item) {
    check_.inside("");
    selector(item.neighbors);
    bool allows = false;
    std::map<std::string, SourceRange> ids;
    for (const Row& row : item.rows) {
      allows = allows || (row.kind != Row::Kind::never && row.kind != Row::Kind::always);
      if (row.id && !ids.emplace(row.id->text, row.id->range).second) {
        auto& warning = diagnostics_.warning("BP220", row.id->range,
                                             fmt::format("two rows of this block are called [{}]", row.id->text));
        warning.labels.push_back({Label::Kind::beside, ids[row.id->text], "the other one"});
      }
      if (row.condition) check_.condition(*row.condition);
      for (const Act& act : row.acts) check_.act(act);
    }
    if (!allows)
      diagnostics_.warning("BP215", item.head, "this block allows nothing", "no `may`, `must` or `except` row")
          .notes.emplace_back("help", "add `may any` if only `never` and `always` rows are meant to count");
  }

 private:
  void meaning(const Meaning& means, const Name& name, std::string_view what) {
    for (const Name& role : means.roles) check_.role(role);
    if (means.opaque) return;
    auto& warning = diagnostics_.warning("BP216", means.range,
                                         fmt::format("the contract of {} `{}` is not checked yet", what, name.text),
                                         "not checked, and nothing is assumed from it");
    warning.notes.emplace_back("help", "write `means opaque` to say that no contract is meant");
  }

  void selector(const NeighborSelector& neighbors) {
    for (const auto* terms : {&neighbors.of, &neighbors.minus}) {
      for (const NeighborTerm& term : *terms) {
        if (term.kind == NeighborTerm::Kind::role) check_.role(term.word);
        if (term.kind == NeighborTerm::Kind::as) check_.asns(term.asns);
      }
    }
  }

  const Intents& intents_;
  Diagnostics& diagnostics_;
  NameCheck check_;
};

}  // namespace

void resolve(const Intents& intents, Diagnostics& diagnostics) { Walk(intents, diagnostics).all(); }

bool is_sum(const Intents& intents, const SetDeclaration& set) {
  std::set<const SetDeclaration*> seen = {&set};
  std::vector<const SetDeclaration*> open = {&set};
  while (!open.empty()) {
    const SetDeclaration* next = open.back();
    open.pop_back();
    for (const auto& term : next->terms) {
      if (term.how != SetOperator::plus) return false;
      const auto* members = std::get_if<SetRef>(&term.is);
      if (!members) continue;
      for (const SetMember& member : members->members) {
        const auto* name = std::get_if<Name>(&member.is);
        auto found = name ? intents.symbols.find(name->text) : intents.symbols.end();
        if (found == intents.symbols.end()) continue;
        const auto* inner = std::get_if<const SetDeclaration*>(&found->second.is);
        if (inner && seen.insert(*inner).second) open.push_back(*inner);
      }
    }
  }
  return true;
}

}  // namespace bgproof
