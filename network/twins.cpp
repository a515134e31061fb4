#include "network/twins.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>

#include "policy/visit.h"

namespace bgproof {

namespace {

constexpr size_t kMostDifferences = 3;  // more, and the two are different policies

enum class Mark : uint8_t { none, v4, v6 };

Mark mark_of(std::string part) {
  for (char& c : part) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const char* word : {"4", "v4", "ipv4", "ip4", "inet4", "inet"})
    if (part == word) return Mark::v4;
  for (const char* word : {"6", "v6", "ipv6", "ip6", "inet6"})
    if (part == word) return Mark::v6;
  return Mark::none;
}

// A name without the part that names a family.
struct Base {
  std::string name;
  Mark mark = Mark::none;
};

Base base_of(const std::string& name) {
  Base base;
  std::string part;
  size_t marks = 0;
  auto end_part = [&](char separator) {
    Mark mark = mark_of(part);
    if (mark != Mark::none) {
      base.mark = mark;
      ++marks;
      part.clear();
    }
    base.name += part;
    if (mark == Mark::none && separator) base.name += '-';
    part.clear();
  };
  for (char c : name) {
    bool separates = c == '-' || c == '_' || c == '.' || c == '/';
    if (separates)
      end_part(c);
    else
      part += c;
  }
  end_part(0);
  while (!base.name.empty() && base.name.back() == '-') base.name.pop_back();
  if (marks > 1) return {name, Mark::none};
  for (char& c : base.name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return base;
}

// What a clause asks and does, without what depends on the family.
struct Shape {
  std::string name;
  std::map<std::string, SourceRange> conditions;
  std::map<std::string, SourceRange> actions;
  SourceRange range;
};

std::string kind_of(const Condition& condition) {
  return visit_with(
      condition.is, [](const Constant&) { return std::string(); }, [](const All&) { return std::string(); },
      [](const Any&) { return std::string(); }, [](const Not&) { return std::string(); },
      [](const PrefixIn&) { return std::string("prefixes"); }, [](const FamilyIs&) { return std::string(); },
      [](const ProtocolIn&) { return std::string("the protocol"); },
      [](const RouteTypeIs&) { return std::string("the route type"); },
      [](const LearnedFromIn&) { return std::string(); },
      [](const CarriesCommunity&) { return std::string("communities"); },
      [](const CommunityText&) { return std::string("communities"); },
      [](const CommunityCount&) { return std::string("the number of communities"); },
      [](const NumberIn& in) { return std::string(info(in.number).name); },
      [](const OriginIs&) { return std::string("the origin"); },
      [](const NextHopIn&) { return std::string("the next hop"); },
      [](const NeighborIn&) { return std::string("the neighbor"); }, [](const InterfaceIn&) { return std::string(); },
      [](const RibIn&) { return std::string(); }, [](const RpkiIs&) { return std::string("RPKI"); },
      [](const AsPathMatches&) { return std::string("the as-path"); },
      [](const AsPathText&) { return std::string("the as-path"); },
      [](const AsPathLength&) { return std::string("the path length"); },
      [](const FlagIsSet&) { return std::string(); }, [](const AssumptionIs&) { return std::string(); },
      [](const Unmodelled&) { return std::string(); });
}

std::string action_of(const Statement& statement, const PolicyLibrary& library) {
  if (const auto* call = std::get_if<Call>(&statement.is)) {
    return "call of " +
           (call->policy < library.policies.size() ? base_of(library.policies[call->policy].name).name : "");
  }
  bool silent = std::holds_alternative<If>(statement.is) || std::holds_alternative<SetFlag>(statement.is) ||
                std::holds_alternative<SetNextHop>(statement.is) || std::holds_alternative<Havoc>(statement.is) ||
                std::holds_alternative<NoEffect>(statement.is) ||
                std::holds_alternative<DecideByDefault>(statement.is) ||
                std::holds_alternative<SetDefault>(statement.is);
  return silent ? "" : to_string(statement, library);
}

Shape shape_of(const Clause& clause, const PolicyLibrary& library) {
  Shape shape{base_of(clause.name).name, {}, {}, clause.range};
  walk(clause.body, [&](const Statement& statement) {
    if (std::string action = action_of(statement, library); !action.empty())
      shape.actions.emplace(action, statement.range);
    for (const Condition* root : conditions_of(statement))
      walk(*root, [&](const Condition& condition) {
        if (std::string kind = kind_of(condition); !kind.empty()) shape.conditions.emplace(kind, condition.range);
      });
  });
  return shape;
}

class Comparison {
 public:
  Comparison(const Policy& a, const Policy& b, const PolicyLibrary& library) : a_(a), b_(b) {
    for (const Clause& clause : a.clauses) shapes_a_.push_back(shape_of(clause, library));
    for (const Clause& clause : b.clauses) shapes_b_.push_back(shape_of(clause, library));
  }

  std::vector<TwinDifference> run() {
    size_t shared = 0;
    for (const Shape& shape : shapes_a_)
      if (const Shape* other = named(shapes_b_, shape.name)) {
        ++shared;
        compare(shape, *other);
      } else {
        missing_clause(shape, b_, a_);
      }
    for (const Shape& shape : shapes_b_)
      if (!named(shapes_a_, shape.name)) missing_clause(shape, a_, b_);
    size_t most = std::max(shapes_a_.size(), shapes_b_.size());
    bool twins = shared * 2 >= most && shared > 0 && differences_.size() <= kMostDifferences;
    return twins ? std::move(differences_) : std::vector<TwinDifference>{};
  }

 private:
  static const Shape* named(const std::vector<Shape>& shapes, const std::string& name) {
    auto found = std::find_if(shapes.begin(), shapes.end(), [&](const Shape& shape) { return shape.name == name; });
    return found == shapes.end() ? nullptr : &*found;
  }

  void missing_clause(const Shape& shape, const Policy& lacks, const Policy& has) {
    differences_.push_back({&lacks, &has, shape.range, lacks.range, "clause " + shape.name});
  }

  void compare(const Shape& a, const Shape& b) {
    auto missing = [&](const Shape& from, const Shape& in, const Policy& lacks, const Policy& has) {
      for (const auto& [kind, range] : from.conditions)
        if (!in.conditions.contains(kind))
          differences_.push_back(
              {&lacks, &has, range, in.range, "the condition on " + kind + " in clause " + from.name});
      for (const auto& [action, range] : from.actions)
        if (!in.actions.contains(action))
          differences_.push_back({&lacks, &has, range, in.range, "`" + action + "` in clause " + from.name});
    };
    missing(a, b, b_, a_);
    missing(b, a, a_, b_);
  }

  const Policy& a_;
  const Policy& b_;
  std::vector<Shape> shapes_a_, shapes_b_;
  std::vector<TwinDifference> differences_;
};

}  // namespace

std::vector<TwinDifference> twin_differences(const Device& device) {
  struct Twins {
    const Policy *plain = nullptr, *v4 = nullptr, *v6 = nullptr;
  };
  std::map<std::string, Twins> by_base;
  std::vector<std::string> order;
  std::set<std::string> named;
  for (const NamedPolicy& policy : device.policies) named.insert(policy.name);
  for (const Policy& policy : device.library->policies) {
    if (!named.contains(policy.name)) continue;
    Base base = base_of(policy.name);
    auto [at, fresh] = by_base.try_emplace(base.name);
    if (fresh) order.push_back(base.name);
    (base.mark == Mark::v4 ? at->second.v4 : base.mark == Mark::v6 ? at->second.v6 : at->second.plain) = &policy;
  }
  std::vector<TwinDifference> differences;
  for (const std::string& name : order) {
    const Twins& twins = by_base[name];
    const Policy* other = twins.v4 ? twins.v4 : twins.plain;
    if (!twins.v6 || !other) continue;
    std::vector<TwinDifference> found = Comparison(*other, *twins.v6, *device.library).run();
    differences.insert(differences.end(), found.begin(), found.end());
  }
  return differences;
}

}  // namespace bgproof
