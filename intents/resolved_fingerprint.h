// Programs with the same resolved fingerprint do the same, in whatever config they stand: policies are taken by what is
// in them, lists by their members, unmodelled lines by their text. Places, policy indices and numbers of choices are no
// part of it. Only good for comparing within one object: whole texts are kept and stand for themselves, so that no two
// can be mistaken for each other; with texts() beside them they are good beyond it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "intents/task.h"
#include "policy/program.h"

namespace bgproof {

class ResolvedFingerprints {
 public:
  // What is written instead of a condition on the prefix.
  using PrefixNames = std::function<std::string(const PrefixIn&)>;

  ResolvedFingerprints() = default;
  // Takes what is known of libraries from an object that has seen them, for one program.
  ResolvedFingerprints(const ResolvedFingerprints& seen, PrefixNames names) : seen_(&seen), names_(std::move(names)) {}

  std::string of(const Program& program);
  std::string of(const Condition& condition);  // on a route alone
  std::string of(const std::vector<TaskRow>& rows);
  std::string texts() const;  // all that was numbered, in the order of first use

 private:
  friend class FingerprintWriter;
  struct Library {
    std::map<FlagId, uint32_t> owner;  // the policy in which a flag occurs
    bool shared = false;               // some flag occurs in two
  };

  uint32_t number_of(std::string text);
  uint32_t policy(const PolicyLibrary& library, uint32_t index, bool own_flags);
  uint32_t list(const PrefixList& list);
  const Library& facts(const PolicyLibrary& library);
  bool has_own_flags(const Program& program);

  const ResolvedFingerprints* seen_ = nullptr;
  PrefixNames names_;

  std::map<std::string, uint32_t> texts_;
  std::map<std::pair<const PolicyLibrary*, std::pair<uint32_t, bool>>, uint32_t> policies_;
  std::map<const PrefixList*, uint32_t> lists_;
  std::map<const PolicyLibrary*, Library> libraries_;
};

}  // namespace bgproof
