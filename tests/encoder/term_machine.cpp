#include "tests/encoder/term_machine.h"

#include "base/check.h"

namespace bgproof {

namespace {

Bits numeral(const z3::expr& term) {
  unsigned width = term.get_sort().bv_size();
  if (width <= 64) return term.get_numeral_uint64();
  Bits value = term.extract(width - 1, 64).simplify().get_numeral_uint64();
  return value << 64 | term.extract(63, 0).simplify().get_numeral_uint64();
}

Bits mask_for(const z3::expr& term) {
  if (term.is_bool()) return 1;
  unsigned width = term.get_sort().bv_size();
  BGPROOF_CHECK(width <= 128, "terms are at most as wide as an address");
  return width == 128 ? ~Bits{0} : (Bits{1} << width) - 1;
}

}  // namespace

TermMachine::Slot TermMachine::add(const z3::expr& term) {
  std::vector<std::pair<z3::expr, bool>> stack = {{term, false}};
  while (!stack.empty()) {
    auto [top, ready] = stack.back();
    unsigned id = Z3_get_ast_id(top.ctx(), top);
    if (slots_.contains(id)) {
      stack.pop_back();
    } else if (ready || top.num_args() == 0) {
      stack.pop_back();
      slots_.emplace(id, make(top));
      kept_.push_back(top);
    } else {
      stack.back().second = true;
      for (unsigned i = 0; i < top.num_args(); ++i) stack.push_back({top.arg(i), false});
    }
  }
  return slots_.at(Z3_get_ast_id(term.ctx(), term));
}

TermMachine::Slot TermMachine::make(const z3::expr& term) {
  auto slot = static_cast<Slot>(operations_.size());
  Operation operation{term.decl().decl_kind(), static_cast<uint32_t>(arguments_.size()), term.num_args(), 0, 0,
                      mask_for(term)};
  for (unsigned i = 0; i < term.num_args(); ++i)
    arguments_.push_back(slots_.at(Z3_get_ast_id(term.ctx(), term.arg(i))));
  if (operation.kind == Z3_OP_EXTRACT) {
    operation.high = term.hi();
    operation.low = term.lo();
  }
  if (operation.kind == Z3_OP_CONCAT) {
    BGPROOF_CHECK(term.num_args() == 2, "concatenations have two parts");
    operation.low = term.arg(1).get_sort().bv_size();
  }
  operations_.push_back(operation);
  values_.push_back(operation.kind == Z3_OP_BNUM ? numeral(term) : operation.kind == Z3_OP_TRUE ? 1 : 0);
  return slot;
}

void TermMachine::define(const z3::expr& constant, const z3::expr& term) {
  Slot slot = add(term);
  unsigned id = Z3_get_ast_id(constant.ctx(), constant);
  BGPROOF_CHECK(!slots_.contains(id), "a definition comes before its uses");
  slots_.emplace(id, slot);
  kept_.push_back(constant);
}

void TermMachine::assign(const Assignment& assignment) {
  for (const auto& [constant, value] : assignment) {
    auto found = slots_.find(Z3_get_ast_id(constant.ctx(), constant));
    if (found != slots_.end() && operations_[found->second].kind == Z3_OP_UNINTERPRETED) values_[found->second] = value;
  }
}

void TermMachine::run() {
  for (Slot slot = 0; slot < operations_.size(); ++slot) {
    const Operation& it = operations_[slot];
    const Slot* argument = arguments_.data() + it.first;
    auto value = [&](uint32_t i) { return values_[argument[i]]; };
    Bits result = 0;
    switch (it.kind) {
      case Z3_OP_TRUE:
      case Z3_OP_FALSE:
      case Z3_OP_BNUM:
      case Z3_OP_UNINTERPRETED:
        continue;
      case Z3_OP_AND:
        result = 1;
        for (uint32_t i = 0; i < it.count && result; ++i) result &= value(i);
        break;
      case Z3_OP_OR:
        for (uint32_t i = 0; i < it.count && !result; ++i) result |= value(i);
        break;
      case Z3_OP_NOT:
        result = value(0) ^ 1;
        break;
      case Z3_OP_IMPLIES:
        result = (value(0) ^ 1) | value(1);
        break;
      case Z3_OP_ITE:
        result = value(0) ? value(1) : value(2);
        break;
      case Z3_OP_EQ:
        result = value(0) == value(1);
        break;
      case Z3_OP_DISTINCT:
        BGPROOF_CHECK(it.count == 2, "distinct has two arguments");
        result = value(0) != value(1);
        break;
      case Z3_OP_ULEQ:
        result = value(0) <= value(1);
        break;
      case Z3_OP_UGEQ:
        result = value(0) >= value(1);
        break;
      case Z3_OP_ULT:
        result = value(0) < value(1);
        break;
      case Z3_OP_UGT:
        result = value(0) > value(1);
        break;
      case Z3_OP_BADD:
        result = value(0) + value(1);
        break;
      case Z3_OP_BSUB:
        result = value(0) - value(1);
        break;
      case Z3_OP_BAND:
        result = value(0) & value(1);
        break;
      case Z3_OP_EXTRACT:
        result = value(0) >> it.low;
        break;
      case Z3_OP_ZERO_EXT:
        result = value(0);
        break;
      case Z3_OP_CONCAT:
        result = value(0) << it.low | value(1);
        break;
      default:
        fail_check("kind", __FILE__, __LINE__,
                   "an operator that the machine does not know: " + std::to_string(it.kind));
    }
    values_[slot] = result & it.mask;
  }
}

}  // namespace bgproof
