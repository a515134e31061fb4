#include "solver/smt_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/check.h"

namespace bgproof {

namespace {

constexpr unsigned kDeepest = 12;  // of one line; what is deeper gets a name

std::string operator_of(const z3::expr& term) {
  z3::func_decl decl = term.decl();
  auto parameter = [&](unsigned i) { return Z3_get_decl_int_parameter(term.ctx(), decl, i); };
  switch (decl.decl_kind()) {
    case Z3_OP_AND:
      return "and";
    case Z3_OP_OR:
      return "or";
    case Z3_OP_NOT:
      return "not";
    case Z3_OP_IMPLIES:
      return "=>";
    case Z3_OP_EQ:
    case Z3_OP_IFF:
      return "=";
    case Z3_OP_DISTINCT:
      return "distinct";
    case Z3_OP_ITE:
      return "ite";
    case Z3_OP_ULT:
      return "bvult";
    case Z3_OP_ULEQ:
      return "bvule";
    case Z3_OP_UGT:
      return "bvugt";
    case Z3_OP_UGEQ:
      return "bvuge";
    case Z3_OP_BADD:
      return "bvadd";
    case Z3_OP_BSUB:
      return "bvsub";
    case Z3_OP_BAND:
      return "bvand";
    case Z3_OP_EXTRACT:
      return fmt::format("(_ extract {} {})", parameter(0), parameter(1));
    case Z3_OP_ZERO_EXT:
      return fmt::format("(_ zero_extend {})", parameter(0));
    default:
      BGPROOF_CHECK(false, "the printer knows the operator " + decl.name().str());
      return {};
  }
}

std::string symbol(const std::string& name) {
  bool simple = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return isalnum(c) || std::string_view("~!@$%^&*_-+=<>.?/").find(static_cast<char>(c)) != std::string_view::npos;
  });
  return simple && !name.empty() && !isdigit(static_cast<unsigned char>(name[0])) ? name : "|" + name + "|";
}

std::string sort_of(const z3::expr& term) {
  return term.is_bool() ? "Bool" : fmt::format("(_ BitVec {})", term.get_sort().bv_size());
}

class Script {
 public:
  std::string run(const std::vector<z3::expr>& assertions) {
    for (const z3::expr& assertion : assertions) count(assertion);
    for (const z3::expr& assertion : assertions) {
      std::string text = written(assertion);
      asserts_ += fmt::format("(assert {})\n", text);
      // What comes next reads better behind what it is about.
      definitions_ += asserts_;
      asserts_.clear();
    }
    return "(set-logic QF_BV)\n" + declarations_ + definitions_ + "(check-sat)\n";
  }

 private:
  struct Written {
    std::string text;
    unsigned depth = 0;
  };

  // How often each term is used. Terms are kept, so that their ids stay theirs.
  void count(const z3::expr& root) {
    std::vector<z3::expr> stack{root};
    while (!stack.empty()) {
      z3::expr term = stack.back();
      stack.pop_back();
      if (uses_[term.id()]++ > 0) continue;
      for (unsigned i = 0; i < term.num_args(); ++i) stack.push_back(term.arg(i));
    }
  }

  // Post-order with a stack of its own: programs make deep terms.
  std::string written(const z3::expr& root) {
    std::vector<std::pair<z3::expr, bool>> stack{{root, false}};
    while (!stack.empty()) {
      auto [term, ready] = stack.back();
      if (done_.count(term.id())) {
        stack.pop_back();
      } else if (ready || term.num_args() == 0) {
        stack.pop_back();
        done_.emplace(term.id(), write(term));
      } else {
        stack.back().second = true;
        for (unsigned i = term.num_args(); i-- > 0;) stack.push_back({term.arg(i), false});
      }
    }
    return done_.at(root.id()).text;
  }

  Written write(const z3::expr& term) {
    BGPROOF_CHECK(term.is_app(), "terms have no quantifiers");
    if (term.is_true()) return {"true"};
    if (term.is_false()) return {"false"};
    if (term.is_numeral()) return {fmt::format("(_ bv{} {})", term.get_decimal_string(0), term.get_sort().bv_size())};
    // Z3 keeps a conjunction of nothing as it is.
    if (term.num_args() == 0 && term.decl().decl_kind() == Z3_OP_AND) return {"true"};
    if (term.num_args() == 0 && term.decl().decl_kind() == Z3_OP_OR) return {"false"};
    if (term.num_args() == 0) {
      BGPROOF_CHECK(term.decl().decl_kind() == Z3_OP_UNINTERPRETED, "what has no arguments is a constant");
      std::string name = symbol(term.decl().name().str());
      declarations_ += fmt::format("(declare-const {} {})\n", name, sort_of(term));
      return {name};
    }
    Written result{"(" + operator_of(term)};
    for (unsigned i = 0; i < term.num_args(); ++i) {
      const Written& argument = done_.at(term.arg(i).id());
      result.text += " " + argument.text;
      result.depth = std::max(result.depth, argument.depth + 1);
    }
    result.text += ")";
    if (uses_[term.id()] == 1 && result.depth < kDeepest) return result;
    std::string name = fmt::format("t{}", ++terms_);
    definitions_ += fmt::format("(define-fun {} () {} {})\n", name, sort_of(term), result.text);
    return {name};
  }

  std::unordered_map<unsigned, unsigned> uses_;
  std::unordered_map<unsigned, Written> done_;
  std::string declarations_, definitions_, asserts_;
  unsigned terms_ = 0;
};

}  // namespace

std::string to_smt(const std::vector<z3::expr>& assertions) { return Script().run(assertions); }

}  // namespace bgproof
