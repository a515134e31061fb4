#include "intents/resolved_fingerprint.h"

#include <set>

#include "intents/fingerprint_writer.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

std::set<FlagId> flags_in(const std::vector<Clause>& clauses) {
  std::set<FlagId> flags;
  walk(clauses, [&](const Statement& statement) {
    if (const auto* set = std::get_if<SetFlag>(&statement.is)) flags.insert(set->flag);
    const auto* call = std::get_if<Call>(&statement.is);
    if (call && call->as == Call::As::test) flags.insert(call->flag);
    for (const Condition* root : conditions_of(statement))
      walk(*root, [&](const Condition& it) {
        if (const auto* test = std::get_if<FlagIsSet>(&it.is)) flags.insert(test->flag);
      });
  });
  return flags;
}

}  // namespace

std::string ResolvedFingerprints::of(const Program& program) {
  bool own = has_own_flags(program);
  std::string text;
  for (const std::vector<Clause>* clauses : {&program.entry, &program.rewrite}) {
    FingerprintWriter writer(*this, program.library.get(), own);
    writer.clauses(*clauses);
    text += writer.take() + "rewrite ";
  }
  return fmt::format("{}", number_of(std::move(text)));
}

std::string ResolvedFingerprints::of(const Condition& condition) {
  FingerprintWriter writer(*this, nullptr, false);
  writer.condition(condition);
  return fmt::format("{}", number_of(writer.take()));
}

std::string ResolvedFingerprints::of(const std::vector<TaskRow>& rows) {
  FingerprintWriter writer(*this, nullptr, false);
  writer.rows(rows);
  return fmt::format("{}", number_of(writer.take()));
}

std::string ResolvedFingerprints::texts() const {
  std::vector<const std::string*> by_number(texts_.size());
  for (const auto& [text, number] : texts_) by_number[number] = &text;
  std::string all;
  for (const std::string* text : by_number) all += fmt::format("{}:{}\n", text->size(), *text);
  return all;
}

uint32_t ResolvedFingerprints::number_of(std::string text) {
  return texts_.try_emplace(std::move(text), static_cast<uint32_t>(texts_.size())).first->second;
}

uint32_t ResolvedFingerprints::policy(const PolicyLibrary& library, uint32_t index, bool own_flags) {
  auto key = std::pair(&library, std::pair(index, own_flags));
  if (auto known = policies_.find(key); known != policies_.end()) return known->second;
  FingerprintWriter writer(*this, &library, own_flags);
  writer.clauses(library.policies.at(index).clauses);
  uint32_t number = number_of(writer.take());
  policies_.emplace(key, number);
  return number;
}

uint32_t ResolvedFingerprints::list(const PrefixList& list) {
  if (auto known = lists_.find(&list); known != lists_.end()) return known->second;
  FingerprintWriter writer;
  writer.add("list {}", static_cast<int>(list.mode));
  writer.members(list);
  uint32_t number = number_of(writer.take());
  lists_.emplace(&list, number);
  return number;
}

const ResolvedFingerprints::Library& ResolvedFingerprints::facts(const PolicyLibrary& library) {
  if (seen_)
    if (auto known = seen_->libraries_.find(&library); known != seen_->libraries_.end()) return known->second;
  auto [at, fresh] = libraries_.try_emplace(&library);
  if (!fresh) return at->second;
  for (uint32_t index = 0; index < library.policies.size(); ++index)
    for (FlagId flag : flags_in(library.policies[index].clauses)) {
      auto [owner, first] = at->second.owner.emplace(flag, index);
      at->second.shared |= !first && owner->second != index;
    }
  return at->second;
}

bool ResolvedFingerprints::has_own_flags(const Program& program) {
  const Library& library = facts(*program.library);
  std::set<FlagId> entry = flags_in(program.entry);
  for (FlagId flag : flags_in(program.rewrite))
    if (entry.count(flag)) return false;
  entry.merge(flags_in(program.rewrite));
  for (FlagId flag : entry)
    if (library.owner.count(flag)) return false;
  return !library.shared;
}

}  // namespace bgproof
