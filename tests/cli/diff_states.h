// Two states of a small network, to compare with `diff`.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/cli/program.h"
#include "tests/cli/small_network.h"

namespace bgproof {

using Json = nlohmann::json;

inline std::string replaced(std::string text, const std::string& what, const std::string& with) {
  size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

class DiffTest : public ProgramTest {
 protected:
  void states(const std::string& before, const std::string& after) {
    write("before/edge.conf", before);
    write("after/edge.conf", after);
  }
  Ran diff(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"diff", "before", "after"});
    return run(more);
  }
  Json json(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--out", "json"});
    return Json::parse(diff(more).out);
  }
  // The findings of all checks.
  static std::vector<Json> findings(const Json& report) {
    std::vector<Json> all;
    for (const Json& check : report["checks"])
      for (const Json& finding : check["findings"]) all.push_back(finding);
    return all;
  }
  static std::set<std::string> kinds(const Json& report) {
    std::set<std::string> all;
    for (const Json& change : report["changes"]) all.insert(change["kind"].get<std::string>());
    return all;
  }
};

}  // namespace bgproof
