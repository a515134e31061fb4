// Ten real routers are lowered whole: every session is found, and what is not modelled is counted by keyword. Skipped
// where the corpus is absent (BGPROOF_CORPORA, else beside the project).
#include <cstdlib>
#include <filesystem>
#include <map>

#include "tests/junos/lowered.h"
#include "tests/lowered/corpora.h"

namespace bgproof::junos::testing {
namespace {

TEST(JunosCorpus, TenRoutersLeaveNoPolicyLineUnmodelled) {
  std::filesystem::path folder = corpora(BGPROOF_SOURCE_DIR) / "internet2-2014";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no corpus at " << folder;
  std::map<std::string, int> unmodelled;
  size_t sessions = 0, policies = 0, routers = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    Lowered l(contents(entry.path()));
    ++routers;
    for (const Device& device : l.devices) {
      sessions += device.sessions.size();
      policies += device.policies.size();
      EXPECT_EQ(device.not_checked, "") << entry.path();
      for (const UnmodelledLine& line : device.library->unmodelled) {
        if (line.environment) continue;
        ++unmodelled[line.text];
        if (std::getenv("BGPROOF_LIST") != nullptr)
          std::printf("%s:%u: %s\n", entry.path().filename().c_str(), l.sources.begin(line.range).line,
                      line.text.c_str());
      }
      for (const Session& session : device.sessions)
        for (const Attachment* each : {&session.import_from, &session.export_to})
          evaluate(each->program, bgp("198.51.100.0/24"));
    }
    for (const Diagnostic& d : l.diagnostics.sorted())
      if (std::getenv("BGPROOF_LIST") != nullptr)
        std::printf("%s:%u: %s %s\n", entry.path().filename().c_str(),
                    d.where().known() ? l.sources.begin(d.where()).line : 0, d.code.c_str(), d.message.c_str());
  }
  EXPECT_EQ(routers, 10u);
  EXPECT_GT(sessions, 500u);
  EXPECT_GT(policies, 1500u);
  for (const auto& [text, count] : unmodelled) ADD_FAILURE() << count << " x " << text;
  RecordProperty("sessions", static_cast<int>(sessions));
  RecordProperty("policies", static_cast<int>(policies));
}

}  // namespace
}  // namespace bgproof::junos::testing
