#include "cli/unasked.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "intents/roles.h"
#include "solver/ask.h"

namespace bgproof {

namespace {

// The addresses that a family is of, by its name in whatever dialect; both where it does not say.
std::set<Family> addresses_of(std::string_view family) {
  auto begins = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return family.starts_with(word); });
  };
  if (begins({"inet6", "ipv6", "vpnv6"})) return {Family::ipv6};
  if (begins({"inet", "ipv4", "vpnv4"})) return {Family::ipv4};
  return {Family::ipv4, Family::ipv6};
}

class Unasked {
 public:
  Unasked(const std::vector<Device>& devices, const CheckOptions& options) : devices_(devices), options_(options) {}

  void add(const Task& task) {
    if (!task.not_checked.empty()) return;
    for (const Device& device : devices_)
      for (const Session& session : device.sessions) {
        bool is_of_task = device.name == task.device && std::find(task.sessions.begin(), task.sessions.end(),
                                                                  session_text(session)) != task.sessions.end();
        if (is_of_task) add(task, session);
      }
  }

  std::vector<Task> take() {
    std::vector<Task> tasks;
    for (auto& [key, task] : left_) tasks.push_back(std::move(task));
    return tasks;
  }

 private:
  void add(const Task& task, const Session& session) {
    std::vector<std::string> families;
    for (const std::string& family : session.other_families)
      if (may_hold(task, family)) families.push_back(family);
    if (families.empty()) return;
    std::string words = fmt::format("{}", fmt::join(families, ", "));
    auto [at, fresh] = left_.try_emplace({task.device, words});
    Task& left = at->second;
    if (fresh) {
      left.device = task.device;
      left.direction = task.direction;
      left.offered = always();
      left.attachment = session.range;
      left.not_checked_code = "BP703";
      left.not_checked = fmt::format("{} {} exchanged too and {} no model: not asked about (bgproof explain BP703)",
                                     words, families.size() == 1 ? "is" : "are", families.size() == 1 ? "has" : "have");
    }
    std::string name = session_text(session);
    if (std::find(left.sessions.begin(), left.sessions.end(), name) == left.sessions.end())
      left.sessions.push_back(std::move(name));
  }

  // Some route of the family may meet the condition, which may say otherwise of each session ($neighbor).
  bool may_hold(const Task& task, const std::string& family) {
    std::set<Family> addresses = addresses_of(family);
    return std::any_of(addresses.begin(), addresses.end(), [&](Family address) {
      auto [at, fresh] = can_meet_.try_emplace({&task, address}, false);
      if (fresh) at->second = can_meet(task, address, options_);
      return at->second;
    });
  }

  const std::vector<Device>& devices_;
  const CheckOptions& options_;
  std::map<std::pair<std::string, std::string>, Task> left_;  // by device and families
  std::map<std::pair<const Task*, Family>, bool> can_meet_;
};

}  // namespace

std::vector<Task> unasked(const std::vector<Task>& tasks, const std::vector<Device>& devices,
                          const CheckOptions& options) {
  Unasked all(devices, options);
  for (const Task& task : tasks) all.add(task);
  return all.take();
}

}  // namespace bgproof
