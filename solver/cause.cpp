#define XXH_INLINE_ALL
#include "solver/cause.h"

#include <fmt/format.h>
#include <xxhash.h>

#include "base/check.h"

namespace bgproof {

namespace {

template <typename... Cases>
struct Overload : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overload(Cases...) -> Overload<Cases...>;

std::string join(const Communities& communities) {
  std::string text;
  for (const Community& community : communities) text += " " + to_string(community);
  return text;
}

std::string ranges(const std::vector<NumberRange>& of) {
  std::string text;
  for (const NumberRange& range : of) text += fmt::format(" {}..{}", range.low, range.high);
  return text;
}

std::string touched(const AttributeSet& set) {
  std::string text = fmt::format("{:d}{:d}{:d}{:d}{:d}", set.as_path, set.origin, set.next_hop, set.communities, set.rpki);
  for (bool number : set.numbers) text += number ? '1' : '0';
  return text;
}

class Printer {
 public:
  explicit Printer(const PolicyLibrary& library) : library_(library) {}

  std::string body(const Body& statements) {
    std::string text;
    for (const Statement& statement : statements) text += this->statement(statement) + "\n";
    return text;
  }

 private:
  std::string line(ChoiceId choice) const { return library_.unmodelled.at(choice.value).text; }

  std::string statement(const Statement& statement) {
    return std::visit(
        Overload{
            [&](const If& s) {
              return fmt::format("if {} {{\n{}}} else {{\n{}}}", to_string(s.condition), body(s.then), body(s.otherwise));
            },
            [&](const Disposition& s) { return fmt::format("end {} {}", static_cast<int>(s.decision), s.target); },
            [&](const DecideByDefault& s) { return "default " + to_string(s.otherwise); },
            [&](const SetDefault& s) { return fmt::format("set default {}", s.accept); },
            [&](const Call& s) {
              return fmt::format("call {} {} {}", library_.policies.at(s.policy).name, static_cast<int>(s.as), s.flag);
            },
            [&](const SetFlag& s) { return fmt::format("flag {} {}", s.flag, to_string(s.value)); },
            [&](const SetNumber& s) {
              return fmt::format("{} {} {} {}", info(s.number).name, static_cast<int>(s.how), s.value, s.base);
            },
            [&](const SetOrigin& s) { return fmt::format("origin {}", to_string(s.origin)); },
            [&](const SetNextHop& s) { return "next-hop " + to_string(s.next_hop); },
            [&](const SetRpki& s) { return fmt::format("rpki {}", to_string(s.state)); },
            [&](const AddCommunities& s) { return "community add" + join(s.communities); },
            [&](const DeleteCommunities& s) { return "community delete " + to_string(s.set); },
            [&](const KeepCommunities& s) { return "community keep " + to_string(s.set); },
            [&](const ReplaceCommunities& s) {
              std::string text = "community set";
              for (CommunityKind kind : s.kinds) text += fmt::format(" {}", to_string(kind));
              return text + join(s.communities);
            },
            [&](const PrependAsns& s) { return "prepend " + to_string(path_of(s.asns)); },
            [&](const PrependFirst& s) { return fmt::format("prepend first {}", s.times); },
            [&](const RemovePrivate& s) {
              return fmt::format("remove private {} {} {} {}", static_cast<int>(s.which), s.replacement.value_or(0),
                                 s.nearest, s.spare.value_or(0));
            },
            [&](const ReplaceAsn& s) { return fmt::format("replace{} {}", ranges(s.which), s.with); },
            [&](const Havoc& s) { return fmt::format("unmodelled {} {} {}", line(s.choice), touched(s.touches), s.may_decide); },
            [&](const NoEffect&) { return std::string("no effect"); },
        },
        statement.is);
  }

  const PolicyLibrary& library_;
};

}  // namespace

const Clause& clause_of(const Program& program, const ClauseRef& ref) {
  const std::vector<Clause>& clauses = ref.policy ? program.library->policies.at(*ref.policy).clauses
                                       : ref.in_rewrite ? program.rewrite
                                                        : program.entry;
  BGPROOF_CHECK(ref.clause < clauses.size(), "a clause reference names a clause");
  return clauses[ref.clause];
}

std::string clause_name(const Task& task, const ClauseRef& ref) {
  const Clause& clause = clause_of(task.program, ref);
  if (ref.policy) return task.program.library->policies.at(*ref.policy).name + "/" + clause.name;
  return task.policies.empty() ? clause.name : task.policies.back() + "/" + clause.name;
}

std::string resolved_text(const Program& program, const ClauseRef& ref) {
  const Clause& clause = clause_of(program, ref);
  return clause.name + "\n" + Printer(*program.library).body(clause.body);
}

std::string fingerprint(const std::string& text) { return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size())); }

}  // namespace bgproof
