#include "solver/projection.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "encoder/logic.h"
#include "solver/query.h"

namespace bgproof {

namespace {

using Node = PrefixDiagram::Node;

// A term's values over all prefixes: disjoint sets that cover everything, each with its constant. `when` says in terms
// of atoms what `where` says as a diagram.
struct Part {
  z3::expr value;
  Node where;
  z3::expr when;
};
using Partition = std::vector<Part>;

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
  std::optional<Projection> run(const z3::expr& formula) {
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
  Projection where_true(const Partition& partition) {
    for (const Part& part : partition)
      if (part.value.is_true()) return {part.where, part.when};
    return {diagrams_.none(), model_.ctx().bool_val(false)};
  }

  Partition boolean(const Projection& holds) {
    z3::context& context = model_.ctx();
    Partition result;
    Node rest = diagrams_.complement(holds.set);
    if (!diagrams_.empty(holds.set)) result.push_back({context.bool_val(true), holds.set, holds.term});
    if (!diagrams_.empty(rest)) result.push_back({context.bool_val(false), rest, not_of(holds.term)});
    return result;
  }

  std::optional<Partition> evaluate(const z3::expr& term) {
    z3::context& context = term.ctx();
    if (!term.is_app()) return std::nullopt;
    if (term.num_args() == 0) {
      if (auto named = names_.find(term.id()); named != names_.end()) return done_.at(named->second.id());
      auto atom = atoms_.find(term.id());
      if (atom != atoms_.end()) return boolean({atom->second, term});
      if (raw_.count(term.id())) return std::nullopt;
      return Partition{{model_.eval(term, true), diagrams_.all(), context.bool_val(true)}};
    }
    Z3_decl_kind kind = term.decl().decl_kind();
    if (kind == Z3_OP_AND || kind == Z3_OP_OR) {
      bool both = kind == Z3_OP_AND;
      Projection all{both ? diagrams_.all() : diagrams_.none(), context.bool_val(both)};
      for (unsigned i = 0; i < term.num_args(); ++i) {
        Projection child = where_true(done_.at(term.arg(i).id()));
        all.set = both ? diagrams_.both(all.set, child.set) : diagrams_.either(all.set, child.set);
        put(all.term, both ? and_of(all.term, child.term) : or_of(all.term, child.term));
      }
      return boolean(all);
    }
    if (kind == Z3_OP_ITE) return choose(term);
    return combine(term);
  }

  Partition choose(const z3::expr& term) {
    Projection condition = where_true(done_.at(term.arg(0).id()));
    Projection otherwise{diagrams_.complement(condition.set), not_of(condition.term)};
    Partition result;
    std::map<unsigned, size_t> index;
    auto take = [&](const Partition& from, const Projection& within) {
      for (const Part& part : from)
        add(result, index, {part.value, diagrams_.both(part.where, within.set), and_of(within.term, part.when)});
    };
    take(done_.at(term.arg(1).id()), condition);
    take(done_.at(term.arg(2).id()), otherwise);
    return result;
  }

  // Any other operator: applied to every combination of constants that some prefix sees.
  Partition combine(const z3::expr& term) {
    struct Row {
      z3::expr_vector values;
      Node where;
      z3::expr when;
    };
    std::vector<Row> rows{{z3::expr_vector(term.ctx()), diagrams_.all(), term.ctx().bool_val(true)}};
    for (unsigned i = 0; i < term.num_args(); ++i) {
      std::vector<Row> longer;
      for (const Row& row : rows)
        for (const Part& part : done_.at(term.arg(i).id())) {
          Node both = diagrams_.both(row.where, part.where);
          if (diagrams_.empty(both)) continue;
          z3::expr_vector extended(term.ctx());
          for (const z3::expr& v : row.values) extended.push_back(v);
          extended.push_back(part.value);
          longer.push_back({extended, both, and_of(row.when, part.when)});
        }
      rows = std::move(longer);
    }
    Partition result;
    std::map<unsigned, size_t> index;
    for (const Row& row : rows) add(result, index, {term.decl()(row.values).simplify(), row.where, row.when});
    return result;
  }

  void add(Partition& result, std::map<unsigned, size_t>& index, const Part& part) {
    if (diagrams_.empty(part.where)) return;
    auto [at, fresh] = index.emplace(part.value.id(), result.size());
    if (fresh) {
      result.push_back(part);
      return;
    }
    Part& same = result[at->second];
    same.where = diagrams_.either(same.where, part.where);
    put(same.when, or_of(same.when, part.when));
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

std::optional<Projection> project(const z3::expr& formula, const z3::model& model, const Encoding& encoding) {
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
  auto next = [&]() -> std::optional<Witness> {
    try {
      return query.find(outside);
    } catch (const LimitReached&) {
      region.complete = false;
      return std::nullopt;
    }
  };
  for (int piece = 0;; ++piece) {
    std::optional<Witness> witness = next();
    if (!witness) break;
    std::optional<Projection> part = project(whole, witness->model, encoding);
    if (!part || piece == kRegionPieces) {
      region.complete = false;
      break;
    }
    covered = diagrams.either(covered, part->set);
    outside.push_back(not_of(part->term));
  }
  describe(diagrams, covered, Family::ipv4, region);
  describe(diagrams, covered, Family::ipv6, region);
  return region;
}

}  // namespace bgproof
