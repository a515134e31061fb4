#include "solver/readings.h"

#include "base/check.h"
#include "encoder/logic.h"

namespace bgproof {

ReadingsOf readings_of(Query& query, const CheckOptions& options) {
  Readings settled = all_settled(options.readings);
  z3::expr fixed = query.yes();
  Readings fixed_values;
  std::vector<Reading> readings = {{query.yes(), "", {}}};
  for (const auto& [name, values] : query.encoding().readings()) {
    const Assumption* assumption = find_assumption(name);
    BGPROOF_CHECK(assumption != nullptr, "a program tests only assumptions of the table: " + name);
    if (auto chosen = settled.find(name); chosen != settled.end()) {
      auto term = values.find(chosen->second);
      put(fixed, fixed && (term == values.end() ? query.no() : term->second));
      fixed_values[name] = chosen->second;
      continue;
    }
    if (readings.size() > kMostReadings) continue;
    std::vector<Reading> more;
    for (const Reading& reading : readings)
      for (std::string_view value : assumption->values) {
        auto term = values.find(std::string(value));
        if (term == values.end()) continue;
        Reading& added = more.emplace_back(reading);
        put(added.term, reading.term && term->second);
        added.text += (reading.text.empty() ? "" : ", ") + name + "=" + std::string(value);
        added.values[name] = value;
      }
    readings = std::move(more);
  }
  for (Reading& reading : readings) {
    put(reading.term, fixed && reading.term);
    reading.values.insert(fixed_values.begin(), fixed_values.end());
  }
  return {fixed, std::move(readings)};
}

}  // namespace bgproof
