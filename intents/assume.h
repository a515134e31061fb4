// `assume "POLICY/CLAUSE" ...`: what the user says of a clause that is not modelled. `never-matches` and
// `always-matches` settle the unmodelled conditions of the clause, `no-effect` its unmodelled actions; everything else
// in the clause stays as it is. Past its date an assumption counts for nothing.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "intents/intents.h"
#include "network/device.h"

namespace bgproof {

class Assumed {
 public:
  Assumed(const Intents& intents, const std::vector<Device>& devices, uint32_t date, Diagnostics& diagnostics);

  // The program with the assumptions in it.
  Program apply(const Program& program) const;
  // Those that the program rests on, as facts for the report: they say nothing of the routes offered.
  std::vector<Fact> facts(const Program& program) const;

 private:
  struct Changed {
    std::shared_ptr<const PolicyLibrary> library;
    std::map<uint32_t, std::vector<Fact>> facts;  // by policy
  };
  std::map<const PolicyLibrary*, Changed> changed_;
};

}  // namespace bgproof
