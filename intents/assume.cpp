#include "intents/assume.h"

#include <fmt/format.h>

#include "intents/reach.h"
#include "intents/words.h"

namespace bgproof {

using namespace intent;

namespace {

using Kind = AssumeItem::Kind;

Condition settled(const Condition& condition, bool value, size_t& count) {
  if (std::holds_alternative<Unmodelled>(condition.is)) {
    ++count;
    return {Constant{value}, condition.range};
  }
  Condition result = condition;
  if (auto* all = std::get_if<All>(&result.is)) {
    for (Condition& c : all->of) c = settled(c, value, count);
  }
  if (auto* any = std::get_if<Any>(&result.is)) {
    for (Condition& c : any->of) c = settled(c, value, count);
  }
  if (auto* negation = std::get_if<Not>(&result.is))
    negation->of = std::make_shared<const Condition>(settled(*negation->of, value, count));
  return result;
}

// Changes a clause's body; returns how many unmodelled places were settled.
size_t settle(Body& body, Kind kind) {
  size_t count = 0;
  for (Statement& statement : body) {
    if (kind == Kind::no_effect && std::holds_alternative<Havoc>(statement.is)) {
      statement.is = NoEffect{};
      ++count;
    }
    bool value = kind == Kind::always_matches;
    auto* branch = std::get_if<If>(&statement.is);
    if (branch) {
      count += settle(branch->then, kind);
      count += settle(branch->otherwise, kind);
    }
    if (kind == Kind::no_effect) continue;
    if (branch) branch->condition = settled(branch->condition, value, count);
    if (auto* flag = std::get_if<SetFlag>(&statement.is)) flag->value = settled(flag->value, value, count);
    if (auto* decide = std::get_if<DecideByDefault>(&statement.is))
      decide->otherwise = settled(decide->otherwise, value, count);
  }
  return count;
}

std::string text_of(const AssumeItem& item) {
  static constexpr std::string_view kWords[] = {"never-matches", "always-matches", "no-effect"};
  return fmt::format("assume \"{}\" {} until {} owner \"{}\"", item.clause.text, kWords[static_cast<size_t>(item.kind)],
                     to_words(item.meta.until), item.meta.owner.text);
}

}  // namespace

Assumed::Assumed(const Intents& intents, const std::vector<Device>& devices, uint32_t date, Diagnostics& diagnostics) {
  for (const AssumeItem* item : intents.assumes) {
    if (date > item->meta.until.value) {
      diagnostics.warning("BP713", item->range,
                          fmt::format("the assumption about `{}` ended on {} and is ignored", item->clause.text,
                                      to_words(item->meta.until)));
      continue;
    }
    size_t count = 0;
    std::set<const PolicyLibrary*> seen;
    for (const Device& device : devices) {
      if (!device.library || !seen.insert(device.library.get()).second) continue;
      auto known = changed_.find(device.library.get());
      auto library =
          std::make_shared<PolicyLibrary>(known == changed_.end() ? *device.library : *known->second.library);
      size_t here = 0;
      std::set<uint32_t> policies;
      for (uint32_t p = 0; p < library->policies.size(); ++p) {
        Policy& policy = library->policies[p];
        for (Clause& clause : policy.clauses) {
          if (policy.name + "/" + clause.name != item->clause.text) continue;
          size_t settled_here = settle(clause.body, item->kind);
          if (settled_here > 0) policies.insert(p);
          here += settled_here;
        }
      }
      if (here == 0) continue;
      count += here;
      Changed& changed = changed_[device.library.get()];
      changed.library = std::move(library);
      for (uint32_t policy : policies)
        changed.facts[policy].push_back({always(item->range), text_of(*item), item->range});
    }
    if (count == 0)
      diagnostics.warning(
          "BP713", item->clause.range,
          fmt::format("no clause `{}` has anything unmodelled that this assumption could settle", item->clause.text));
  }
}

Program Assumed::apply(const Program& program) const {
  auto changed = changed_.find(program.library.get());
  if (changed == changed_.end()) return program;
  Program result = program;
  result.library = changed->second.library;
  return result;
}

std::vector<Fact> Assumed::facts(const Program& program) const {
  std::vector<Fact> result;
  auto changed = changed_.find(program.library.get());
  if (changed == changed_.end()) return result;
  for (uint32_t policy : reached_policies(program)) {
    auto here = changed->second.facts.find(policy);
    if (here != changed->second.facts.end()) result.insert(result.end(), here->second.begin(), here->second.end());
  }
  return result;
}

}  // namespace bgproof
