// The law: abstract(evaluate(p, r, h)) == eval(encode(p), abstract(r), h), for random programs, routes and choices; for
// the conditions and obligations of rows likewise. And the way back: what a model of the encoding decodes to does in
// the evaluator what the model says.
#include <gtest/gtest.h>

#include <algorithm>

#include "encoder/encoding_limit.h"
#include "encoder/parts.h"
#include "encoder/well_formed.h"
#include "tests/encoder/random_task.h"
#include "tests/encoder/term_machine.h"

namespace bgproof {
namespace {

constexpr int kTasks = 440;
constexpr int kRoutes = 250;

// The slots of everything that is compared.
class Watched {
 public:
  Watched(const Encoding& encoding, const Task& task) : encoding_(encoding) {
    for (const auto& [name, term] : encoding.names()) atoms_.insert(Z3_get_ast_id(name.ctx(), name));
    for (const z3::expr& definition : encoding.prefix_definitions())
      machine.define(definition.arg(0), definition.arg(1));
    for (const z3::expr& definition : encoding.definitions()) {
      bool of_atom = definition.is_app() && definition.decl().decl_kind() == Z3_OP_EQ &&
                     atoms_.contains(Z3_get_ast_id(definition.ctx(), definition.arg(0)));
      if (of_atom)
        machine.define(definition.arg(0), definition.arg(1));
      else
        rules.push_back(machine.add(definition));
    }
    accepted = machine.add(encoding.accepted());
    for (const Leaf& leaf : encoding.leaves()) leaves.push_back(machine.add(leaf.guard));
    for (const ChoicePoint& point : encoding.choice_points()) met.push_back(machine.add(point.met));
    legal = machine.add(encoding.legal());
    offered = machine.add(encoding.offered());
    for (size_t row = 0; row < task.rows.size(); ++row) {
      conditions.push_back(machine.add(encoding.condition(row)));
      obligations.emplace_back();
      for (size_t i = 0; i < task.rows[row].obligations.size(); ++i)
        obligations.back().push_back(machine.add(encoding.obligation(row, i)));
    }
    const SymbolicRoute& after = encoding.after();
    origin = machine.add(after.origin);
    rpki = machine.add(after.rpki);
    next_hop_kind = machine.add(after.next_hop.kind);
    next_hop_is_ipv6 = machine.add(after.next_hop.address.is_ipv6);
    next_hop_bits = machine.add(after.next_hop.address.bits);
    for (const SymbolicNumber& number : after.numbers)
      numbers.push_back({machine.add(number.present), machine.add(number.value)});
    for (AtomId atom = 0; atom < after.communities.carries.size(); ++atom) {
      carries.push_back(machine.add(after.communities.carries[atom]));
      if (!after.communities.count.empty()) counts.push_back(machine.add(count_of(after.communities, atom)));
    }
    for (const auto& [form, guard] : after.as_path) forms.emplace_back(form, machine.add(guard));
  }

  bool is(TermMachine::Slot slot) const { return machine[slot] != 0; }

  TermMachine machine;
  TermMachine::Slot accepted, legal, offered, origin, rpki, next_hop_kind, next_hop_is_ipv6, next_hop_bits;
  std::vector<TermMachine::Slot> rules, leaves, met, conditions, carries, counts;
  std::vector<std::vector<TermMachine::Slot>> obligations;
  std::vector<std::pair<TermMachine::Slot, TermMachine::Slot>> numbers;
  std::vector<std::pair<PathFormId, TermMachine::Slot>> forms;

 private:
  const Encoding& encoding_;
  std::set<unsigned> atoms_;
};

void expect_same_route(const Encoding& encoding, const Watched& watched, const Route& before, const Choices& choices,
                       const Route& after) {
  const TermMachine& machine = watched.machine;
  EXPECT_EQ(machine[watched.origin], static_cast<Bits>(after.origin));
  EXPECT_EQ(machine[watched.rpki], static_cast<Bits>(after.rpki));
  EXPECT_EQ(machine[watched.next_hop_kind], static_cast<Bits>(after.next_hop.kind));
  EXPECT_EQ(watched.is(watched.next_hop_is_ipv6), after.next_hop.address.family == Family::ipv6);
  EXPECT_TRUE(machine[watched.next_hop_bits] == after.next_hop.address.bits);
  for (size_t i = 0; i < kNumberCount; ++i) {
    EXPECT_EQ(watched.is(watched.numbers[i].first), after.numbers[i].has_value()) << kNumbers[i].name;
    EXPECT_EQ(machine[watched.numbers[i].second], after.numbers[i].value_or(0)) << kNumbers[i].name;
  }
  const Vocabulary& vocabulary = encoding.parts().terms.vocabulary;
  std::vector<uint32_t> counts(vocabulary.atoms().size());
  for (const Community& community : after.communities) ++counts[vocabulary.atoms().atom_of(community)];
  for (AtomId atom = 0; atom < counts.size(); ++atom) {
    EXPECT_EQ(watched.is(watched.carries[atom]), counts[atom] > 0);
    if (watched.counts.empty()) continue;
    EXPECT_EQ(machine[watched.counts[atom]], std::min(counts[atom], vocabulary.count_limit()));
  }
  const PathTable& paths = encoding.parts().terms.paths;
  std::vector<PathWord> words = {word_of(before.as_path)};
  for (const Line& line : encoding.parts().program.lines) {
    if (!line.action || line.action->source == 0) continue;
    auto found = choices.lines.find(line.key);
    words.push_back(found == choices.lines.end() ? PathWord() : word_of(found->second.attributes.as_path));
  }
  int ways = 0;
  for (const auto& [id, guard] : watched.forms) {
    if (!watched.is(guard)) continue;
    ++ways;
    const PathForm& form = paths.form(id);
    EXPECT_EQ(path_of(apply(form.transforms, words.at(form.source))), after.as_path);
  }
  EXPECT_EQ(ways, 1) << "forms of the path";
}

void expect_same_decision(const Encoding& encoding, const Watched& watched, const Outcome& outcome) {
  EXPECT_EQ(watched.is(watched.accepted), outcome.accepted);
  int ways = 0;
  for (size_t i = 0; i < watched.leaves.size(); ++i) {
    if (!watched.is(watched.leaves[i])) continue;
    ++ways;
    const Leaf& leaf = encoding.leaves()[i];
    EXPECT_EQ(leaf.accepts, outcome.accepted);
    // A program that an unmodelled line leads out of has no deciding statement.
    if (!leaf.at.known() && !leaf.accepts) continue;
    EXPECT_EQ(leaf.clause, outcome.decided_by);
    EXPECT_EQ(leaf.at, outcome.decided_at);
  }
  EXPECT_EQ(ways, 1) << "leaves";
  std::set<ChoiceKey> met, symbolic;
  met.insert(outcome.met.begin(), outcome.met.end());
  for (size_t i = 0; i < watched.met.size(); ++i)
    if (watched.is(watched.met[i])) symbolic.insert(encoding.choice_points()[i].key);
  EXPECT_EQ(symbolic, met) << "unmodelled lines that are met";
}

std::string text(const Obligation& obligation) {
  std::string text = "of kind " + std::to_string(obligation.is.index());
  if (const auto* unchanged = std::get_if<UnchangedObligation>(&obligation.is))
    for (UnchangedObligation::What what : unchanged->what)
      text += " unchanged " + std::to_string(static_cast<int>(what));
  if (const auto* prepend = std::get_if<PrependObligation>(&obligation.is))
    text += " times " + std::to_string(prepend->times.low) + ".." + std::to_string(prepend->times.high);
  return text;
}

// The forms that the path has now, for messages.
std::string text(const Encoding& encoding, const Watched& watched) {
  std::string text;
  for (const auto& [id, guard] : watched.forms) {
    if (!watched.is(guard)) continue;
    const PathForm& form = encoding.parts().terms.paths.form(id);
    text += "source " + std::to_string(form.source);
    for (const PathTransform& transform : form.transforms) {
      if (const auto* t = std::get_if<PrependAsns>(&transform)) text += "; prepend " + to_string(path_of(t->asns));
      if (const auto* t = std::get_if<PrependFirst>(&transform)) text += "; prepend first " + std::to_string(t->times);
      if (const auto* t = std::get_if<RemovePrivate>(&transform))
        text += "; remove private " + std::to_string(static_cast<int>(t->which)) + " by " +
                std::to_string(t->replacement.value_or(0)) + " nearest " + std::to_string(t->nearest) + " spare " +
                std::to_string(t->spare.value_or(0));
      if (const auto* t = std::get_if<ReplaceAsn>(&transform)) {
        text += "; replace";
        for (const NumberRange& range : t->which)
          text += " " + std::to_string(range.low) + "-" + std::to_string(range.high);
        text += " by " + std::to_string(t->with);
      }
      if (const auto* t = std::get_if<RemoveAsns>(&transform)) {
        text += "; remove";
        for (const NumberRange& range : t->which)
          text += " " + std::to_string(range.low) + "-" + std::to_string(range.high);
      }
      if (const auto* t = std::get_if<ReplacePath>(&transform)) text += "; path " + to_string(path_of(t->asns));
    }
  }
  return text;
}

struct Drawn {
  Pool pool;
  Task task;
};

Drawn draw(Random& random) {
  Features features;
  features.unmodelled = random.chance(60);
  Shape shape;
  Drawn drawn;
  drawn.pool = random_pool(random);
  drawn.task = random_task(random, drawn.pool, features, shape);
  collect(drawn.task.program, random, drawn.pool);
  for (const TaskRow& row : drawn.task.rows) collect(row.condition, random, drawn.pool);
  complete(drawn.pool);
  return drawn;
}

TEST(Law, EvaluatorAndEncodingAgree) {
  Random random(20261124);
  int pairs = 0, limits = 0;
  std::string names;
  for (int round = 0; round < kTasks && !HasFailure(); ++round) {
    Drawn drawn = draw(random);
    const Task& task = drawn.task;
    z3::context context;
    std::optional<Encoding> encoding;
    try {
      encoding.emplace(context, task);
    } catch (const EncodingLimit& limit) {
      ++limits;
      names += std::string("\n") + limit.what();
      continue;
    }
    Watched watched(*encoding, task);
    for (int i = 0; i < kRoutes; ++i) {
      Route route = random_route(random, drawn.pool);
      Choices choices = random_choices(random, drawn.pool, task.program);
      Outcome outcome = evaluate(task.program, route, choices);
      watched.machine.assign(encoding->abstract(route, choices));
      watched.machine.run();
      expect_same_decision(*encoding, watched, outcome);
      expect_same_route(*encoding, watched, route, choices, outcome.route);
      EXPECT_TRUE(watched.is(watched.legal)) << to_string(route);
      EXPECT_EQ(watched.is(watched.offered), holds(task.offered, route));
      for (size_t row = 0; row < task.rows.size(); ++row) {
        EXPECT_EQ(watched.is(watched.conditions[row]), holds(task.rows[row].condition, route));
        for (size_t o = 0; o < task.rows[row].obligations.size(); ++o)
          EXPECT_EQ(watched.is(watched.obligations[row][o]), holds(task.rows[row].obligations[o], route, outcome.route))
              << "obligation " << o << ' ' << text(task.rows[row].obligations[o]);
      }
      ++pairs;
      if (HasFailure()) {
        ADD_FAILURE() << "task " << round << ", route " << i << ": " << to_string(route)
                      << "\nafter: " << to_string(outcome.route) << "\npath: " << text(*encoding, watched);
        break;
      }
    }
  }
  EXPECT_GE(pairs, 100'000);
  EXPECT_LE(limits, kTasks / 10) << "limits are rare:" << names;
  RecordProperty("pairs", pairs);
}

}  // namespace
}  // namespace bgproof
