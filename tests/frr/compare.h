// The model's side of an experiment: the same configuration, read and lowered, and the reference evaluator on the same
// routes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/source.h"
#include "network/device.h"
#include "policy/evaluate.h"

namespace bgproof::frr {

// What became of many pairs of a policy and a route.
struct Tally {
  uint32_t pairs = 0;        // compared
  uint32_t accepted = 0;     // of these
  uint32_t changed = 0;      // of these, with an attribute changed
  uint32_t not_offered = 0;  // not compared: a fact says that the policy never sees the route, and nothing came of it
  uint32_t free = 0;         // not compared: a line without a model decides, or an open assumption
  std::map<std::string, uint32_t> because;  // the lines and assumptions of `free`
  std::vector<std::string> differences;     // in words
};

// One route before and after one direction of a session.
struct Pair {
  std::string name;
  const Attachment& attachment;
  const Route& before;
  const Route* observed;  // null: the daemon rejects it
  Address own;            // what a next hop `self` and `peer` stand for
  Address neighbor;
  bool on_the_wire = false;  // `observed` was announced: no weight, no tag
  bool external = false;     // to an external neighbor: no local-pref
};

class Model {
 public:
  // Throws std::runtime_error if the text gives no device.
  explicit Model(const std::string& config);

  const Device& device() const { return device_; }
  // A neighbor has a session for each family.
  const Session& session(const std::string& neighbor, Family family) const;

  // What the daemon made of the route and what the evaluator says.
  void compare(const Pair& pair, Tally& tally) const;

 private:
  std::vector<Outcome> outcomes(const Route& before, const Program& program) const;
  bool agree(const Pair& pair, const Outcome& outcome) const;
  bool left_open(const Outcome& outcome, Tally& tally) const;
  std::string difference(const Pair& pair, const Outcome& outcome, const Route& modelled, const Route* seen) const;

  SourceSet sources_;
  Device device_;
};

}  // namespace bgproof::frr
