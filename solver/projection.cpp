#include "solver/projection.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "solver/query.h"

namespace bgproof {

namespace {

using Node = PrefixDiagram::Node;

// A term's values over all prefixes: disjoint sets that cover everything, each with its constant.
struct Partition {
  std::vector<std::pair<z3::expr, Node>> parts;
};

class Projector {
 public:
  Projector(const z3::model& model, const Encoding& encoding)
      : model_(model), diagrams_(const_cast<Encoding&>(encoding).diagrams()) {
    for (const PrefixAtom& atom : encoding.prefix_atoms()) atoms_.emplace(atom.holds.id(), atom.set);
    atoms_.emplace(encoding.is_ipv6().id(), diagrams_.family(Family::ipv6));
    for (const z3::expr& bits : encoding.prefix_bits()) raw_.insert(bits.id());
    for (const auto& [name, term] : encoding.names()) names_.emplace(name.id(), term);
  }

  // Post-order with a stack of its own: programs make deep terms.
  std::optional<Node> run(const z3::expr& formula) {
    std::vector<std::pair<z3::expr, bool>> stack{{formula, false}};
    while (!stack.empty()) {
      auto [term, ready] = stack.back();
      if (done_.count(term.id())) {
        stack.pop_back();
      } else if (ready) {
        stack.pop_back();
        std::optional<Partition> partition = evaluate(term);
        if (!partition) return std::nullopt;
        done_.emplace(term.id(), std::move(*partition));
      } else {
        stack.back().second = true;
        if (auto named = names_.find(term.id()); named != names_.end() && !done_.count(named->second.id()))
          stack.push_back({named->second, false});
        for (unsigned i = 0; i < term.num_args(); ++i)
          if (!done_.count(term.arg(i).id())) stack.push_back({term.arg(i), false});
      }
    }
    return where_true(done_.at(formula.id()));
  }

 private:
  Node where_true(const Partition& partition) {
    Node set = diagrams_.none();
    for (const auto& [value, node] : partition.parts)
      if (value.is_true()) set = diagrams_.either(set, node);
    return set;
  }

  Partition boolean(Node where_it_holds, z3::context& context) {
    Partition result;
    Node rest = diagrams_.complement(where_it_holds);
    if (!diagrams_.empty(where_it_holds)) result.parts.push_back({context.bool_val(true), where_it_holds});
    if (!diagrams_.empty(rest)) result.parts.push_back({context.bool_val(false), rest});
    return result;
  }

  std::optional<Partition> evaluate(const z3::expr& term) {
    z3::context& context = term.ctx();
    if (!term.is_app()) return std::nullopt;
    if (term.num_args() == 0) {
      if (auto named = names_.find(term.id()); named != names_.end()) return done_.at(named->second.id());
      auto atom = atoms_.find(term.id());
      if (atom != atoms_.end()) return boolean(atom->second, context);
      if (raw_.count(term.id())) return std::nullopt;
      return Partition{{{model_.eval(term, true), diagrams_.all()}}};
    }
    Z3_decl_kind kind = term.decl().decl_kind();
    if (kind == Z3_OP_AND || kind == Z3_OP_OR) {
      Node set = kind == Z3_OP_AND ? diagrams_.all() : diagrams_.none();
      for (unsigned i = 0; i < term.num_args(); ++i) {
        Node child = where_true(done_.at(term.arg(i).id()));
        set = kind == Z3_OP_AND ? diagrams_.both(set, child) : diagrams_.either(set, child);
      }
      return boolean(set, context);
    }
    if (kind == Z3_OP_ITE) return choose(term);
    return combine(term);
  }

  Partition choose(const z3::expr& term) {
    Node condition = where_true(done_.at(term.arg(0).id()));
    Partition result;
    std::map<unsigned, size_t> index;
    auto take = [&](const Partition& from, Node within) {
      for (const auto& [value, node] : from.parts) add(result, index, value, diagrams_.both(node, within));
    };
    take(done_.at(term.arg(1).id()), condition);
    take(done_.at(term.arg(2).id()), diagrams_.complement(condition));
    return result;
  }

  // Any other operator: applied to every combination of constants that some prefix sees.
  Partition combine(const z3::expr& term) {
    std::vector<std::pair<z3::expr_vector, Node>> rows{{z3::expr_vector(term.ctx()), diagrams_.all()}};
    for (unsigned i = 0; i < term.num_args(); ++i) {
      std::vector<std::pair<z3::expr_vector, Node>> longer;
      for (const auto& [values, where] : rows)
        for (const auto& [value, node] : done_.at(term.arg(i).id()).parts) {
          Node both = diagrams_.both(where, node);
          if (diagrams_.empty(both)) continue;
          z3::expr_vector extended(term.ctx());
          for (const z3::expr& v : values) extended.push_back(v);
          extended.push_back(value);
          longer.push_back({extended, both});
        }
      rows = std::move(longer);
    }
    Partition result;
    std::map<unsigned, size_t> index;
    for (const auto& [values, where] : rows) add(result, index, term.decl()(values).simplify(), where);
    return result;
  }

  void add(Partition& result, std::map<unsigned, size_t>& index, const z3::expr& value, Node where) {
    if (diagrams_.empty(where)) return;
    auto [at, fresh] = index.emplace(value.id(), result.parts.size());
    if (fresh)
      result.parts.push_back({value, where});
    else
      result.parts[at->second].second = diagrams_.either(result.parts[at->second].second, where);
  }

  const z3::model& model_;
  PrefixDiagram& diagrams_;
  std::unordered_map<unsigned, Node> atoms_;
  std::unordered_map<unsigned, Partition> done_;
  std::set<unsigned> raw_;
  std::unordered_map<unsigned, z3::expr> names_;  // what a constant stands for
};

constexpr int kRegionPieces = 2'000;
constexpr size_t kPatterns = 100'000;

std::string braced(const std::vector<PrefixPattern>& patterns) {
  std::string text = "prefix in {";
  for (size_t i = 0; i < patterns.size(); ++i) text += (i ? ", " : " ") + to_string(patterns[i]);
  return text + " }";
}

// One family's part, in the shorter of two ways: what it contains, or what it leaves out.
void describe(PrefixDiagram& diagrams, Node set, Family family, Region& region) {
  Node whole = diagrams.family(family);
  Node part = diagrams.both(set, whole);
  if (diagrams.empty(part)) return;
  std::string every = family == Family::ipv4 ? "len v4 0..32" : "len v6 0..128";
  Node left_out = diagrams.without(whole, part);
  if (diagrams.empty(left_out)) {
    region.conditions.push_back(every);
    return;
  }
  std::optional<std::vector<PrefixPattern>> inside = diagrams.patterns(part, kPatterns);
  std::optional<std::vector<PrefixPattern>> outside = diagrams.patterns(left_out, kPatterns);
  if (outside && (!inside || outside->size() < inside->size())) {
    region.conditions.push_back(every + " and not " + braced(*outside));
  } else if (inside) {
    for (const PrefixPattern& pattern : *inside) region.conditions.push_back(braced({pattern}));
  } else {
    region.complete = false;
  }
}

}  // namespace

std::optional<Node> project(const z3::expr& formula, const z3::model& model, const Encoding& encoding) {
  return Projector(model, encoding).run(formula);
}

Region region_of(Query& query, const z3::expr& what) {
  const Encoding& encoding = query.encoding();
  PrefixDiagram& diagrams = query.diagrams();
  z3::expr whole = what && encoding.offered() && encoding.legal_attributes();
  Region region;
  Node covered = diagrams.none();
  z3::expr_vector outside(query.context());
  outside.push_back(what);
  for (int piece = 0;; ++piece) {
    std::optional<Witness> witness = query.find(z3::mk_and(outside));
    if (!witness) break;
    std::optional<Node> set = project(whole, witness->model, encoding);
    if (!set || piece == kRegionPieces) {
      region.complete = false;
      break;
    }
    covered = diagrams.either(covered, *set);
    outside.push_back(!query.prefix_in(*set));
  }
  describe(diagrams, covered, Family::ipv4, region);
  describe(diagrams, covered, Family::ipv6, region);
  return region;
}

}  // namespace bgproof
