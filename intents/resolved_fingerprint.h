// Programs with the same resolved fingerprint do the same, in whatever config they stand: policies are taken by what is
// in them, lists by their members, unmodelled lines by their text. Places, policy indices and numbers of choices are no
// part of it. Only good for comparing within one object: whole texts are kept and stand for themselves, so that no two
// can be mistaken for each other.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "policy/program.h"

namespace bgproof {

class ResolvedFingerprints {
 public:
  std::string of(const Program& program);
  std::string of(const Condition& condition);  // on a route alone

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

  std::map<std::string, uint32_t> texts_;
  std::map<std::pair<const PolicyLibrary*, std::pair<uint32_t, bool>>, uint32_t> policies_;
  std::map<const PrefixList*, uint32_t> lists_;
  std::map<const PolicyLibrary*, Library> libraries_;
};

}  // namespace bgproof
