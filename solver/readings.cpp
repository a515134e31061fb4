#include "solver/readings.h"

#include "base/check.h"
#include "encoder/logic.h"

namespace bgproof {

ReadingsOf readings_of(Query& query, const CheckOptions& options) {
  z3::expr fixed = query.yes();
  Readings fixed_values;
  std::vector<Reading> readings = {{query.yes(), "", {}}};
  for (const auto& [name, values] : query.encoding().readings()) {
    const Assumption* assumption = find_assumption(name);
    BGPROOF_CHECK(assumption != nullptr, "a program tests only assumptions of the table: " + name);
    auto chosen = options.readings.find(name);
    if (chosen != options.readings.end() || !assumption->open) {
      std::string value = chosen != options.readings.end() ? chosen->second : std::string(assumption->values.front());
      auto term = values.find(value);
      put(fixed, fixed && (term == values.end() ? query.no() : term->second));
      fixed_values[name] = value;
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
