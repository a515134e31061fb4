#include "solver/silent_acts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "intents/reach.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

// Of packets, tables, other protocols and the order of work. What is not named here may matter.
bool is_harmless(std::string_view word) {
  static const std::set<std::string_view> kHarmless = {"analyze",
                                                       "bgp-output-queue-priority",
                                                       "call",
                                                       "class",
                                                       "comm-list",
                                                       "cos-next-hop-map",
                                                       "destination-class",
                                                       "extcomm-list",
                                                       "external",
                                                       "forwarding-address",
                                                       "forwarding-class",
                                                       "global",
                                                       "install-nexthop",
                                                       "interface",
                                                       "ip",
                                                       "ipv6",
                                                       "isis",
                                                       "large-comm-list",
                                                       "level",
                                                       "lisp",
                                                       "load-balance",
                                                       "map-to-interface",
                                                       "metric-type",
                                                       "metric3",
                                                       "metric4",
                                                       "no-backup",
                                                       "no-install-to-fib",
                                                       "no-route-localize",
                                                       "nssa-only",
                                                       "ospf",
                                                       "p2mp-lsp-root",
                                                       "priority",
                                                       "route-localize",
                                                       "selected-mldp-egress",
                                                       "source-checking",
                                                       "source-class",
                                                       "src",
                                                       "ssm-source",
                                                       "table",
                                                       "trace",
                                                       "traffic-index",
                                                       "voice-vlan",
                                                       "vrf"};
  return kHarmless.contains(word);
}

// "damping gentle" of "then damping gentle;"
std::string words_of_act(const Statement& statement, const SourceSet& sources) {
  if (!statement.range.known()) return "";
  std::string text;
  std::string_view rest = sources.text(statement.range);
  constexpr std::string_view kBetween = " \t\r\n{};[]";
  for (size_t at = 0; (at = rest.find_first_not_of(kBetween, at)) != rest.npos;) {
    size_t end = std::min(rest.find_first_of(kBetween, at), rest.size());
    std::string_view word = rest.substr(at, end - at);
    at = end;
    if (word == "then")
      text.clear();
    else if (!(text.empty() && word == "set"))
      text += (text.empty() ? "" : " ") + std::string(word);
  }
  return text;
}

std::string_view kind_of(std::string_view act) { return act.substr(0, act.find(' ')); }

// "": it does not matter.
std::string silent_act(const Statement& statement, const SourceSet& sources) {
  if (!std::holds_alternative<NoEffect>(statement.is)) return "";
  std::string act = words_of_act(statement, sources);
  return is_harmless(kind_of(act)) ? "" : act;
}

std::set<Number> numbers_of(const Program& program) {
  std::set<Number> used;
  auto look = [&](const std::vector<Clause>& clauses) {
    walk(clauses, [&](const Statement& statement) {
      if (const auto* set = std::get_if<SetNumber>(&statement.is)) used.insert(set->number);
      if (const auto* havoc = std::get_if<Havoc>(&statement.is))
        for (const NumberInfo& number : kNumbers)
          if (havoc->touches.numbers[static_cast<size_t>(number.number)]) used.insert(number.number);
    });
    for_each_condition(clauses, [&](const Condition& condition) {
      if (const auto* in = std::get_if<NumberIn>(&condition.is)) used.insert(in->number);
    });
  };
  look(program.entry);
  look(program.rewrite);
  for (uint32_t policy : reached_policies(program)) look(program.library->policies[policy].clauses);
  return used;
}

struct Shown {
  std::map<std::string, Number> number;   // by the kind of act
  std::map<std::string, uint32_t> value;  // by the act
};

void show(Body& body, const Shown& shown, const SourceSet& sources) {
  for (Statement& statement : body) {
    if (auto* test = std::get_if<If>(&statement.is)) {
      show(test->then, shown, sources);
      show(test->otherwise, shown, sources);
    } else if (std::string act = silent_act(statement, sources); !act.empty()) {
      statement.is =
          SetNumber{SetNumber::How::assign, shown.number.at(std::string(kind_of(act))), shown.value.at(act), 0};
    }
  }
}

}  // namespace

std::vector<std::string> silent_acts(const Program& program, const SourceSet& sources) {
  std::vector<std::string> acts;
  for (uint32_t policy : reached_policies(program))
    walk(program.library->policies[policy].clauses, [&](const Statement& statement) {
      if (std::string act = silent_act(statement, sources); !act.empty()) acts.push_back(std::move(act));
    });
  return acts;
}

bool show_silent_acts(std::array<Program*, 2> programs, const SourceSet& sources) {
  std::set<Number> used;
  Shown shown;
  for (Program* program : programs) {
    used.merge(numbers_of(*program));
    for (std::string& act : silent_acts(*program, sources)) {
      shown.number.try_emplace(std::string(kind_of(act)));
      shown.value.try_emplace(std::move(act), static_cast<uint32_t>(shown.value.size()));
    }
  }
  auto next = kNumbers.begin();
  for (auto& [kind, number] : shown.number) {
    while (next != kNumbers.end() && used.contains(next->number)) ++next;
    if (next == kNumbers.end()) return false;
    number = (next++)->number;
  }
  for (Program* program : programs) {
    auto library = std::make_shared<PolicyLibrary>(*program->library);
    for (uint32_t policy : reached_policies(*program))
      for (Clause& clause : library->policies[policy].clauses) show(clause.body, shown, sources);
    program->library = std::move(library);
  }
  return true;
}

}  // namespace bgproof
