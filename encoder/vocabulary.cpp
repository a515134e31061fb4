#include "encoder/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/check.h"
#include "encoder/encoding_limit.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

constexpr uint32_t kMostCounted = 10'000;  // no message has room for more communities

void write(const std::vector<CommunityPattern>& patterns, std::string& key) {
  for (const CommunityPattern& pattern : patterns) {
    visit_with(
        pattern.is,
        [&](const Community& c) {
          key += fmt::format("={}:{}:{}:{};", static_cast<int>(c.kind), c.fields[0], c.fields[1], c.fields[2]);
        },
        [&](const CommunityFields& f) {
          key += fmt::format("[{}", static_cast<int>(f.kind));
          for (const NumberRange& range : f.fields) key += fmt::format(":{}-{}", range.low, range.high);
          key += ';';
        },
        [&](const CommunityRegex& r) {
          key += fmt::format("/{}{}", r.searched ? 's' : 'w', static_cast<int>(r.names));
          for (CommunityKind kind : r.kinds) key += fmt::format("{}", static_cast<int>(kind));
          key += fmt::format(":{}:{};", r.expression.size(), r.expression);
        });
  }
}

}  // namespace

bool Vocabulary::looks_at(const AttributeSet& attributes) const {
  if (attributes.as_path || attributes.communities) return true;
  for (size_t i = 0; i < numbers.size(); ++i)
    if (attributes.numbers[i] && numbers[i]) return true;
  return (attributes.next_hop && next_hop) || (attributes.origin && origin) || (attributes.rpki && rpki);
}

std::string key_of(const CommunitySet& set) {
  std::string key;
  write(set.patterns, key);
  key += '-';
  write(set.except, key);
  return key;
}

std::string key_of(const CommunityText& text) {
  return fmt::format("{}{}:{}", static_cast<int>(text.kind), static_cast<int>(text.names), text.expression);
}

void Names::close() {
  for (auto& [name, number] : numbers_) {
    number = static_cast<uint32_t>(names_.size());
    names_.push_back(name);
  }
}

uint32_t Names::number(const std::string& name) const {
  auto found = numbers_.find(name);
  return found == numbers_.end() ? another() : found->second;
}

unsigned Names::bits() const { return std::max(1u, static_cast<unsigned>(std::bit_width(another()))); }

class Vocabulary::Collector {
 public:
  Collector(Vocabulary& vocabulary, bool compared) : vocabulary_(vocabulary), compared_(compared) {}

  void program(const Program& program) {
    called_.clear();
    clauses(program.entry, program);
    clauses(program.rewrite, program);
  }

  void clauses(const std::vector<Clause>& clauses, const Program& program) {
    walk(clauses, [&](const Statement& it) { statement(it, program); });
  }

  void condition(const Condition& root) {
    walk(root, [&](const Condition& it) {
      visit_with(
          it.is, [](const Constant&) {}, [](const All&) {}, [](const Any&) {}, [](const Not&) {},
          [](const PrefixIn&) {}, [](const FamilyIs&) {}, [](const ProtocolIn&) {}, [](const RouteTypeIs&) {},
          [&](const LearnedFromIn& in) { names(vocabulary_.roles, in.roles); },
          [&](const CarriesCommunity& carries) { set(carries.set); },
          [&](const CommunityCount& count) {
            most_counted(count.count.low);
            if (count.count.high != UINT32_MAX) most_counted(count.count.high);
          },
          [&](const CommunityText& is) { list_text(is); }, [&](const NumberIn& in) { number(in.number); },
          [&](const OriginIs&) { vocabulary_.origin = true; }, [&](const NextHopIn&) { vocabulary_.next_hop = true; },
          [&](const NeighborIn&) { vocabulary_.neighbor = true; },
          [&](const InterfaceIn& in) { names(vocabulary_.interfaces, in.names); },
          [&](const RibIn& in) { names(vocabulary_.ribs, in.names); }, [&](const RpkiIs&) { vocabulary_.rpki = true; },
          [](const AsPathMatches&) {}, [](const AsPathText&) {}, [](const AsPathLength&) {}, [](const FlagIsSet&) {},
          [](const AssumptionIs&) {}, [](const Unmodelled&) {});
    });
  }

  void obligation(const Obligation& obligation) {
    visit_with(
        obligation.is, [&](const StripObligation& o) { set(o.set); }, [&](const KeepObligation& o) { set(o.set); },
        [&](const AddObligation& o) { mention(o.communities); }, [&](const OnlyObligation& o) { set(o.set); },
        [&](const NumberObligation& o) { number(o.number); },
        [&](const PrependObligation& o) {
          if (o.times.low > 0) vocabulary_.prepends.insert(o.times.low);
        },
        [](const NoPrivateAsObligation&) {},
        [&](const NextHopObligation& o) {
          vocabulary_.next_hop = true;
          vocabulary_.neighbor |= o.which == NextHopObligation::Which::peer;
        },
        [&](const UnchangedObligation& o) {
          for (UnchangedObligation::What what : o.what) unchanged(what);
        });
  }

  // Which atoms the letters of an expression have is known once the atoms are.
  void read_lists() {
    for (const Pending& pending : pending_) {
      const CommunityAtoms& atoms = *vocabulary_.atoms_;
      std::vector<uint32_t> letters(atoms.size(), 0), stretches(atoms.size(), 0);
      for (size_t i = 0; i < pending.letters.size(); ++i)
        for (AtomId atom : atoms.atoms_of(pending.letters[i])) letters[atom] = static_cast<uint32_t>(i + 1);
      for (CommunitySetId below : pending.below) {
        for (AtomId atom : atoms.atoms_of(pending.kind)) ++stretches[atom];
        for (AtomId atom : atoms.atoms_of(below)) --stretches[atom];
      }
      std::map<std::pair<uint32_t, uint32_t>, std::vector<AtomId>> steps;  // by stretch and letter
      for (AtomId atom : atoms.atoms_of(pending.kind)) steps[{stretches[atom], letters[atom]}].push_back(atom);
      for (auto& [at, its] : steps) pending.reading->steps.push_back({at.second, std::move(its)});
    }
  }

  CommunityAtomsBuilder builder;

 private:
  struct Pending {
    ListReading* reading;
    CommunityKind kind;
    std::vector<CommunitySetId> letters;  // but for the first
    std::vector<CommunitySetId> below;    // the boundaries
  };

  void list_text(const CommunityText& text) {
    auto [at, fresh] = vocabulary_.readings_.try_emplace(key_of(text));
    if (!fresh) return;
    auto made = community_list(text);
    if (auto* limit = std::get_if<AutomatonLimit>(&made)) throw EncodingLimit(limit->what);
    CommunityList& list = at->second.list;
    list = std::get<CommunityList>(std::move(made));
    Pending pending{&at->second, text.kind, {}, {}};
    for (size_t i = 0; i < list.letters.size(); ++i) {
      const CommunityList::Letter& letter = list.letters[i];
      if (letter.most > 1) most_counted(letter.most - 1);
      if (i == 0) continue;
      CommunitySet members;
      for (const Community& member : letter.members) members.patterns.push_back({member, {}});
      pending.letters.push_back(members.patterns.empty() ? builder.add(text.kind, letter.texts) : builder.add(members));
    }
    for (const Community& boundary : list.boundaries) pending.below.push_back(builder.add(below(boundary)));
    pending_.push_back(std::move(pending));
  }

  void statement(const Statement& statement, const Program& program) {
    for (const Condition* root : conditions_of(statement)) condition(*root);
    if (compared_) changed(statement);
    visit_with(
        statement.is, [](const If&) {}, [](const Disposition&) {}, [](const DecideByDefault&) {},
        [](const SetDefault&) {},
        [&](const Call& call) {
          if (!called_.insert(call.policy).second) return;
          BGPROOF_CHECK(program.library && call.policy < program.library->policies.size(),
                        "a call names a policy of the library");
          clauses(program.library->policies[call.policy].clauses, program);
        },
        [](const SetFlag&) {}, [](const SetNumber&) {}, [](const SetOrigin&) {}, [](const SetNextHop&) {},
        [](const SetRpki&) {}, [&](const AddCommunities& action) { mention(action.communities); },
        [&](const DeleteCommunities& action) { set(action.set); },
        [&](const KeepCommunities& action) { set(action.set); },
        [&](const ReplaceCommunities& action) { mention(action.communities); }, [](const PrependAsns&) {},
        [](const PrependFirst&) {}, [](const RemovePrivate&) {}, [](const ReplaceAsn&) {}, [](const RemoveAsns&) {},
        [](const ReplacePath&) {},
        [&](const Havoc& havoc) { vocabulary_.frees_communities_ |= havoc.touches.communities; },
        [](const NoEffect&) {});
  }

  // Attributes that the statement may change.
  void changed(const Statement& statement) {
    AttributeSet touched;
    if (const auto* it = std::get_if<SetNumber>(&statement.is)) touched = AttributeSet::only(it->number);
    if (const auto* it = std::get_if<Havoc>(&statement.is)) touched = it->touches;
    for (size_t i = 0; i < touched.numbers.size(); ++i) vocabulary_.numbers[i] |= touched.numbers[i];
    vocabulary_.origin |= touched.origin || std::holds_alternative<SetOrigin>(statement.is);
    vocabulary_.next_hop |= touched.next_hop || std::holds_alternative<SetNextHop>(statement.is);
    vocabulary_.rpki |= touched.rpki || std::holds_alternative<SetRpki>(statement.is);
  }

  void set(const CommunitySet& set) {
    auto [at, fresh] = vocabulary_.sets_.try_emplace(key_of(set));
    if (fresh) at->second = builder.add(set);
  }
  void mention(const Communities& communities) {
    for (const Community& community : communities) builder.mention(community);
  }
  void number(Number number) { vocabulary_.numbers[static_cast<size_t>(number)] = true; }
  static void names(Names& into, const std::set<std::string>& names) {
    for (const std::string& name : names) into.add(name);
  }
  void most_counted(uint32_t count) {
    if (count >= kMostCounted) throw EncodingLimit(fmt::format("a count of {} communities", count));
    vocabulary_.count_limit_ = std::max(vocabulary_.count_limit_, count + 1);
  }
  void unchanged(UnchangedObligation::What what) {
    switch (what) {
      case UnchangedObligation::What::path:
      case UnchangedObligation::What::communities:
        return;
      case UnchangedObligation::What::next_hop:
        vocabulary_.next_hop = true;
        return;
      case UnchangedObligation::What::med:
        return number(Number::med);
      case UnchangedObligation::What::local_pref:
        return number(Number::local_pref);
      case UnchangedObligation::What::origin:
        vocabulary_.origin = true;
        return;
      case UnchangedObligation::What::otc:
        return number(Number::otc);
    }
  }

  Vocabulary& vocabulary_;
  bool compared_;
  std::set<uint32_t> called_;  // of the present program's library
  std::vector<Pending> pending_;
};

Vocabulary::Vocabulary(const Task& task, const Program* twin) {
  Collector collector(*this, twin != nullptr);
  collector.program(task.program);
  if (twin) collector.program(*twin);
  for (const TaskRow& row : task.rows) {
    collector.condition(row.condition);
    for (const Obligation& obligation : row.obligations) collector.obligation(obligation);
  }
  collector.condition(task.offered);
  for (const std::string& role : task.roles) roles.add(role);
  roles.add("originated");
  roles.close();
  interfaces.close();
  ribs.close();
  auto built = collector.builder.build();
  if (auto* limit = std::get_if<AutomatonLimit>(&built)) throw EncodingLimit(limit->what);
  atoms_ = std::move(std::get<CommunityAtoms>(built));
  collector.read_lists();
}

const ListReading& Vocabulary::reading_of(const CommunityText& text) const {
  auto found = readings_.find(key_of(text));
  BGPROOF_CHECK(found != readings_.end(), "the vocabulary has every expression of its task");
  return found->second;
}

const std::vector<AtomId>& Vocabulary::atoms_of(const CommunitySet& set) const {
  auto found = sets_.find(key_of(set));
  BGPROOF_CHECK(found != sets_.end(), "the vocabulary has every set of its task");
  return atoms_->atoms_of(found->second);
}

}  // namespace bgproof
