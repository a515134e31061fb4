// Where a route comes by, as the solver sees it: unmodelled lines without effect in the clauses of policies, one at the
// head of each and one in front of what it does. The way of a route meets a probe exactly when it comes there.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "intents/task.h"
#include "policy/evaluate.h"

namespace bgproof {

// The library of a device with probes in every clause of every policy.
class Probes {
 public:
  explicit Probes(std::shared_ptr<const PolicyLibrary> library);

  struct Probe {
    uint32_t policy;
    uint32_t clause;
    bool acts;  // in front of an action; else at the head
  };
  std::shared_ptr<const PolicyLibrary> library() const { return probed_; }
  // A probe of this policy as a program of its own calls it, not of one that is called on the way; nullptr: none.
  const Probe* find(const ChoiceKey& key, uint32_t policy) const;
  // The clause does something.
  bool acts(uint32_t policy, uint32_t clause) const { return acting_.contains({policy, clause}); }

 private:
  void into(Body& body, uint32_t policy, uint32_t clause);
  Statement statement(uint32_t policy, uint32_t clause, bool acts);

  std::shared_ptr<PolicyLibrary> probed_;
  uint32_t first_;  // choices from here on are probes
  std::vector<Probe> probes_;
  std::set<std::pair<uint32_t, uint32_t>> acting_;
};

// The statements of a clause at which it begins to do something: the first action of each body that does not merely go
// on.
std::vector<const Statement*> first_acts(const Clause& clause);

// Every legal route of both families.
Task any_route_through(const Program& program);

}  // namespace bgproof
