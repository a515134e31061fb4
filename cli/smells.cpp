#include "cli/smells.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "cli/decide.h"
#include "cli/terminal.h"
#include "cli/workers.h"
#include "intents/reach.h"
#include "network/twins.h"
#include "network/unused.h"
#include "solver/clause_smells.h"
#include "solver/guessed_routes.h"

namespace bgproof {

namespace {

constexpr size_t kBatch = 16;  // policies that one Z3 context serves

// One policy as it stands on some devices.
struct Shared {
  const NamedPolicy* policy;
  const Device* device;
  std::vector<const NamedPolicy*> copies;  // on other devices
  ClauseSmells smells;
};

// What the policy means: the text of everything that it reaches. Unmodelled lines have numbers of their own in each
// library, so that policies with some are shared less.
std::string meaning(const NamedPolicy& policy) {
  const PolicyLibrary& library = *policy.program.library;
  std::string text;
  auto add = [&](const std::vector<Clause>& clauses) {
    for (const Clause& clause : clauses) text += to_string(clause, library) + "\n";
  };
  add(policy.program.entry);
  for (uint32_t reached : reached_policies(policy.program)) {
    text += library.policies[reached].name + "\n";
    add(library.policies[reached].clauses);
  }
  return text;
}

std::vector<Shared> shared_policies(const Options& options, const std::vector<Device>& devices) {
  std::vector<Shared> all;
  std::map<std::string, size_t> known;
  for (const Device& device : devices) {
    if (!is_selected(options, device) || !device.not_checked.empty()) continue;
    for (const NamedPolicy& policy : device.policies) {
      auto [at, fresh] = known.try_emplace(meaning(policy), all.size());
      if (fresh)
        all.push_back({&policy, &device, {}, {}});
      else
        all[at->second].copies.push_back(&policy);
    }
  }
  return all;
}

// The head of a clause or policy, to underline.
SourceRange head_of(const SourceSet& sources, const SourceRange& range) {
  if (!range.known()) return range;
  std::string_view text = sources.text(range);
  size_t end = std::min(text.find_first_of("{\r\n"), text.size());
  while (end > 1 && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  return {range.file, range.begin, range.begin + static_cast<uint32_t>(end)};
}

class Teller {
 public:
  explicit Teller(const SourceSet& sources) : sources_(sources) {}

  void tell(const Shared& shared) {
    std::optional<uint32_t> index = policy_of(*shared.policy);
    if (!index) return;
    const std::vector<Clause>& clauses = shared.policy->program.library->policies[*index].clauses;
    std::map<uint32_t, std::vector<uint32_t>> cut_off;
    for (const Unreachable& one : shared.smells.dead)
      if (one.why == Unreachable::Why::cut_off)
        cut_off[one.by.front()].push_back(one.clause);
      else
        never_met(shared, clauses, one);
    for (const auto& [by, dead] : cut_off) decides_all(shared, clauses, by, dead);
    for (uint32_t clause : shared.smells.idle) idle(shared, clauses[clause]);
    accepts_all_else(shared, clauses);
  }

  void tell(const TwinDifference& twins) {
    Diagnostic said = made("BP805", Severity::warning, twins.counterpart,
                           fmt::format("{} and {} look like twins, and {} lacks {}", twins.lacks->name, twins.has->name,
                                       twins.lacks->name, twins.what),
                           "missing here");
    said.labels.push_back({Label::Kind::beside, head_of(sources_, twins.where), "and here it is"});
    said.notes.emplace_back("help", "make both alike, or give names apart to policies that are meant to differ");
    put(std::move(said));
  }

  void tell(const Unused& unused) {
    bool list = !unused.kind.empty();
    Diagnostic said =
        made(list ? "BP808" : "BP807", Severity::note, unused.range,
             fmt::format("{} {} is defined and never used", list ? unused.kind : "policy", unused.name), "");
    said.notes.emplace_back("help", list ? "remove it, or name it where it was meant to be"
                                         : "remove it, or attach it where it was meant to be");
    put(std::move(said));
  }

  Diagnostics take() {
    Diagnostics diagnostics;
    for (Told& told : told_) {
      if (!told.also.empty()) told.diagnostic.notes.emplace_back("also in", places(told.also));
      bgproof::put(diagnostics, std::move(told.diagnostic));
    }
    return diagnostics;
  }

 private:
  void never_met(const Shared& shared, const std::vector<Clause>& clauses, const Unreachable& one) {
    const Clause& clause = clauses[one.clause];
    std::string why = one.why == Unreachable::Why::contradiction ? "its conditions exclude each other"
                      : one.why == Unreachable::Why::passed_over ? "what comes before goes past it"
                      : one.by.empty()                           ? "the clauses before it decide all that would meet it"
                                       : fmt::format("{} decides all that would meet it", names(clauses, one.by));
    Diagnostic said =
        made("BP802", Severity::warning, clause.range,
             fmt::format("no route can meet clause {} of {}: {}", clause.name, shared.policy->name, why), "never met");
    for (uint32_t by : one.why == Unreachable::Why::shadowed ? one.by : std::vector<uint32_t>{})
      said.labels.push_back({Label::Kind::beside, head_of(sources_, clauses[by].range), "decides them before"});
    said.notes.emplace_back("proved", "for every route of both families, whatever unmodelled lines do");
    said.notes.emplace_back("help", one.why == Unreachable::Why::contradiction
                                        ? "correct the conditions, or remove the clause"
                                        : "move the clause up, or remove it");
    put(std::move(said), shared.copies);
  }

  void idle(const Shared& shared, const Clause& clause) {
    Diagnostic said = made("BP804", Severity::warning, clause.range,
                           fmt::format("clause {} of {} changes nothing", clause.name, shared.policy->name),
                           "without it the same routes pass, with the same attributes");
    said.notes.emplace_back("proved", "for every route of both families, whatever unmodelled lines do");
    said.notes.emplace_back("help", "remove it, or give it what it was meant to do");
    put(std::move(said), shared.copies);
  }

  // The last of several clauses in the text accepts what none of the others has decided.
  void accepts_all_else(const Shared& shared, const std::vector<Clause>& clauses) {
    const Clause* last = nullptr;
    std::set<SourceRange> places;
    for (const Clause& clause : clauses) {
      if (!clause.range.known() || is_made(clause)) continue;
      last = &clause;
      places.insert(clause.range);
    }
    if (places.size() < 2 || !last->conditions.empty() || !accepts_without_test(last->body)) return;
    Diagnostic said = made("BP806", Severity::note, last->range,
                           fmt::format("the last clause of {} accepts every route that is left", shared.policy->name),
                           "without a condition");
    said.notes.emplace_back(
        "help", "reject at the end, and say what is accepted, if the policy is meant to let only that pass");
    put(std::move(said), shared.copies);
  }

  static bool accepts_without_test(const Body& body) {
    for (const Statement& statement : body) {
      if (const auto* test = std::get_if<If>(&statement.is)) {
        const auto* all = std::get_if<All>(&test->condition.is);
        const auto* constant = std::get_if<Constant>(&test->condition.is);
        if (!(all && all->of.empty()) && !(constant && constant->value)) return false;
        if (accepts_without_test(test->then)) return true;
      }
      const auto* disposition = std::get_if<Disposition>(&statement.is);
      if (disposition) return disposition->decision == Decision::accept;
    }
    return false;
  }

  void decides_all(const Shared& shared, const std::vector<Clause>& clauses, uint32_t by,
                   const std::vector<uint32_t>& dead) {
    const Clause& clause = clauses[by];
    SourceRange where = clause.range.known() ? clause.range : clauses[dead.front()].range;
    Diagnostic said =
        made("BP803", Severity::warning, where,
             fmt::format("nothing comes past clause {} of {}: {} never met", clause.name, shared.policy->name,
                         dead.size() == 1 ? fmt::format("clause {} is", clauses[dead.front()].name)
                                          : fmt::format("{} clauses behind it are", dead.size())),
             clause.conditions.empty() ? "without a condition: decides every route that comes here"
                                       : "decides all that is left");
    constexpr size_t kShown = 3;
    for (size_t i = 0; i < dead.size() && i < kShown; ++i)
      said.labels.push_back({Label::Kind::beside, head_of(sources_, clauses[dead[i]].range), "never met"});
    said.notes.emplace_back("proved", "for every route of both families, whatever unmodelled lines do");
    said.notes.emplace_back(
        "help", "give the clause the condition that it has lost, move it to the end, or remove what stands behind it");
    put(std::move(said), shared.copies);
  }

  static std::string names(const std::vector<Clause>& clauses, const std::vector<uint32_t>& which) {
    std::string text;
    for (uint32_t i : which) text += (text.empty() ? "" : " or ") + clauses[i].name;
    return text;
  }

  Diagnostic made(const char* code, Severity severity, const SourceRange& where, std::string message,
                  std::string label) const {
    Diagnostic said{code, severity, std::move(message), {}, {}};
    if (where.known()) said.labels.push_back({Label::Kind::at, head_of(sources_, where), std::move(label)});
    return said;
  }

  // What is said in the same words elsewhere is said once.
  void put(Diagnostic said, const std::vector<const NamedPolicy*>& copies = {}) {
    auto [at, fresh] = index_.try_emplace(said.code + said.message, told_.size());
    if (fresh)
      told_.push_back({std::move(said), {}});
    else
      told_[at->second].also.push_back(said.where());
    for (const NamedPolicy* copy : copies) told_[at->second].also.push_back(copy->range);
  }

  std::string places(const std::vector<SourceRange>& ranges) const {
    constexpr size_t kShown = 4;
    std::string text;
    for (size_t i = 0; i < ranges.size() && i < kShown; ++i)
      if (ranges[i].known())
        text += fmt::format("{}{}:{}", text.empty() ? "" : ", ", sources_.file(ranges[i].file).path(),
                            sources_.begin(ranges[i]).line);
    return ranges.size() > kShown ? text + fmt::format(" and {} more", ranges.size() - kShown) : text;
  }

  struct Told {
    Diagnostic diagnostic;
    std::vector<SourceRange> also;
  };
  const SourceSet& sources_;
  std::vector<Told> told_;
  std::map<std::string, size_t> index_;
};

}  // namespace

Diagnostics find_smells(const Options& options, const Inputs& inputs, bool with_proofs) {
  std::vector<Shared> policies;
  if (with_proofs) policies = shared_policies(options, inputs.devices);
  std::map<const PolicyLibrary*, std::unique_ptr<Probes>> probes;
  for (const Shared& shared : policies) {
    auto& made = probes[shared.policy->program.library.get()];
    if (!made) made = std::make_unique<Probes>(shared.policy->program.library);
  }
  CheckOptions how;
  how.readings = settled_readings(options, inputs.project);
  Progress progress("looking at policy", policies.size());
  for_each_index((policies.size() + kBatch - 1) / kBatch, options.jobs, [&](size_t batch) {
    ClauseSmellFinder finder(how);
    for (size_t i = batch * kBatch; i < std::min(policies.size(), (batch + 1) * kBatch); ++i) {
      Shared& shared = policies[i];
      shared.smells = finder.find(*shared.policy, *probes.at(shared.policy->program.library.get()));
      progress.one_more();
    }
  });
  Teller teller(inputs.sources);
  for (const Shared& shared : policies) teller.tell(shared);
  std::map<std::string, std::vector<const Device*>> files;
  for (const Device& device : inputs.devices) {
    if (!is_selected(options, device) || !device.not_checked.empty()) continue;
    for (const TwinDifference& twins : twin_differences(device)) teller.tell(twins);
    files[device.path].push_back(&device);
  }
  for (const auto& [path, devices] : files)
    for (const Unused& one : unused(devices, inputs.sources)) teller.tell(one);
  return teller.take();
}

bool is_smell(const Diagnostic& diagnostic) {
  static const std::set<std::string> kReferences = {"BP104", "BP110", "BP111", "BP112", "BP113", "BP115"};
  return diagnostic.code.starts_with("BP8") || kReferences.contains(diagnostic.code);
}

}  // namespace bgproof
