#include "policy/unrolled.h"

#include <algorithm>

#include "policy/visit.h"

namespace bgproof {

Unrolled::Size Unrolled::of(const PolicyLibrary& library, const Policy& policy) {
  // A policy calls such as were added before it.
  while (sizes_.size() < library.policies.size()) {
    size_t next = sizes_.size();
    sizes_.push_back({});
    sizes_[next] = of(library, library.policies[next]);
  }
  constexpr uint64_t kMost = uint64_t{1} << 40;
  Size size;
  walk(policy.clauses, [&](const Statement& statement) {
    const Call* call = std::get_if<Call>(&statement.is);
    if (call == nullptr || call->policy >= sizes_.size()) return;
    const Size& callee = sizes_[call->policy];
    size.calls = std::min(kMost, size.calls + 1 + callee.calls);
    size.depth = std::max(size.depth, callee.depth + 1);
  });
  return size;
}

}  // namespace bgproof
