#include "solver/property.h"

#include "encoder/logic.h"

namespace bgproof {

bool allows(const TaskRow& row) {
  return row.kind == TaskRow::Kind::may || row.kind == TaskRow::Kind::must || row.kind == TaskRow::Kind::except;
}

namespace {

z3::expr fulfilled(const Task& task, const Encoding& encoding, z3::context& context, size_t row) {
  z3::expr_vector all(context);
  for (size_t i = 0; i < task.rows[row].obligations.size(); ++i) all.push_back(encoding.obligation(row, i));
  return z3::mk_and(all);
}

}  // namespace

Property::Property(const Task& task, const Encoding& encoding, z3::context& context)
    : encoding_(encoding), conditions_(context), any_never_(context.bool_val(false)) {
  z3::expr_vector conditions(context), never(context), allowed(context), always(context);
  z3::expr_vector required(context), required_change(context);
  for (size_t i = 0; i < task.rows.size(); ++i) {
    z3::expr condition = encoding.condition(i);
    conditions_.push_back(condition);
    z3::expr obligations = fulfilled(task, encoding, context, i);
    if (task.rows[i].kind == TaskRow::Kind::never) never.push_back(condition);
    if (task.rows[i].kind == TaskRow::Kind::always) always.push_back(obligations);
    if (allows(task.rows[i])) {
      conditions.push_back(condition);
      allowed.push_back(condition && obligations);
    }
    if (task.rows[i].kind == TaskRow::Kind::must) {
      required.push_back(condition);
      required_change.push_back(condition && !obligations);
    }
  }
  put(any_never_, z3::mk_or(never));
  z3::expr passes = encoding.accepted();
  z3::expr some_condition = z3::mk_or(conditions);
  z3::expr some_row = z3::mk_or(allowed);
  auto breach = [&](Breach::Kind kind, const z3::expr& term) { breaches_.push_back({kind, term}); };
  breach(Breach::Kind::closed, passes && !some_condition);
  if (!never.empty()) breach(Breach::Kind::forbidden, passes && some_condition && any_never_);
  breach(Breach::Kind::unfulfilled, passes && some_condition && !any_never_ && !some_row);
  if (!always.empty()) breach(Breach::Kind::always_broken, passes && some_row && !any_never_ && !z3::mk_and(always));
  if (!required.empty()) {
    breach(Breach::Kind::required, !passes && z3::mk_or(required) && !any_never_);
    breach(Breach::Kind::required_change, passes && some_row && z3::mk_or(required_change) && !any_never_);
  }
}

z3::expr Property::broken() const {
  z3::expr_vector any(conditions_.ctx());
  for (const Breach& breach : breaches_) any.push_back(breach.term);
  return z3::mk_or(any);
}

z3::expr Property::alive(size_t row) const { return conditions_[static_cast<int>(row)] && !any_never_; }

}  // namespace bgproof
