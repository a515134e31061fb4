// Statements and clauses as text.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "policy/program.h"
#include "policy/visit.h"

namespace bgproof {
namespace {

std::string body_text(const Body& body, const PolicyLibrary& library) {
  std::string text;
  for (const Statement& statement : body) text += (text.empty() ? "" : "; ") + to_string(statement, library);
  return text;
}

std::string braced(const Body& body, const PolicyLibrary& library) {
  return body.size() == 1 ? body_text(body, library) : "{ " + body_text(body, library) + " }";
}

std::string unmodelled_text(ChoiceId choice, const PolicyLibrary& library) {
  return choice.value < library.unmodelled.size() ? library.unmodelled[choice.value].text
                                                  : fmt::format("unmodelled {}", choice.value);
}

std::string disposition_text(const Disposition& disposition) {
  switch (disposition.decision) {
    case Decision::accept:
      return "accept";
    case Decision::reject:
      return "reject";
    case Decision::next_clause:
      return "next term";
    case Decision::next_policy:
      return "next policy";
    case Decision::go_to:
      return fmt::format("go to {}", disposition.target);
  }
  return {};
}

std::string call_text(const Call& call, const PolicyLibrary& library) {
  std::string name =
      call.policy < library.policies.size() ? library.policies[call.policy].name : std::to_string(call.policy);
  switch (call.as) {
    case Call::As::chain:
      return "call " + name;
    case Call::As::test:
      return fmt::format("flag {} = policy {} (undecided: {})", call.flag, name, to_string(*call.undecided));
  }
  return {};
}

std::string number_text(const SetNumber& set) {
  std::string_view name = info(set.number).name;
  switch (set.how) {
    case SetNumber::How::assign:
      return fmt::format("{} {}", name, set.value);
    case SetNumber::How::add:
      return fmt::format("{} + {} (from {})", name, set.value, set.base);
    case SetNumber::How::subtract:
      return fmt::format("{} - {} (from {})", name, set.value, set.base);
    case SetNumber::How::unset:
      return fmt::format("{} none", name);
  }
  return {};
}

std::string kinds_text(const std::set<CommunityKind>& kinds) {
  std::string text;
  for (CommunityKind kind : kinds) text += (text.empty() ? "" : ", ") + std::string(to_string(kind));
  return text;
}

std::string behind_text(bool behind) { return behind ? " behind what stands apart" : ""; }

std::string removal_text(const RemovePrivate& removal) {
  std::string text = "remove-private";
  switch (removal.which) {
    case RemovePrivate::Which::leading:
      break;
    case RemovePrivate::Which::all:
      text += " all";
      break;
    case RemovePrivate::Which::if_all:
      text += " if-all";
      break;
  }
  if (removal.replacement) text += fmt::format(" replace {}", *removal.replacement);
  if (removal.nearest) text += " nearest";
  if (removal.spare) text += fmt::format(" but {}", *removal.spare);
  return text + behind_text(removal.behind);
}

std::string prepend_text(const PrependAsns& add) {
  std::string text = fmt::format("prepend {}", fmt::join(add.asns, " "));
  if (add.where == PrependAsns::Where::apart) text += " apart";
  return text + behind_text(add.where == PrependAsns::Where::behind);
}

std::string asns_text(const std::vector<NumberRange>& ranges) {
  std::string text;
  for (const NumberRange& range : ranges)
    text += range.low == range.high ? fmt::format(" {}", range.low) : fmt::format(" {}..{}", range.low, range.high);
  return text;
}

std::string touched_text(const AttributeSet& touches) {
  std::vector<std::string_view> names;
  if (touches.as_path) names.push_back("as-path");
  if (touches.origin) names.push_back("origin");
  if (touches.next_hop) names.push_back("next-hop");
  if (touches.communities) names.push_back("communities");
  if (touches.rpki) names.push_back("rpki");
  for (const NumberInfo& number : kNumbers)
    if (touches.numbers[static_cast<size_t>(number.number)]) names.push_back(number.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::string to_string(const Statement& statement, const PolicyLibrary& library) {
  return visit_with(
      statement.is,
      [&](const If& test) {
        std::string text = fmt::format("if {} then {}", to_string(test.condition), braced(test.then, library));
        return test.otherwise.empty() ? text : text + " else " + braced(test.otherwise, library);
      },
      [](const Disposition& disposition) { return disposition_text(disposition); },
      [](const DecideByDefault& decide) {
        return fmt::format("the default, else accept if {}", to_string(decide.otherwise));
      },
      [](const SetDefault& set) { return std::string(set.accept ? "default accept" : "default reject"); },
      [&](const Call& call) { return call_text(call, library); },
      [](const SetFlag& set) { return fmt::format("flag {} = {}", set.flag, to_string(set.value)); },
      [](const SetNumber& set) { return number_text(set); },
      [](const SetOrigin& set) { return fmt::format("origin {}", to_string(set.origin)); },
      [](const SetNextHop& set) { return fmt::format("next-hop {}", to_string(set.next_hop)); },
      [](const SetRpki& set) { return fmt::format("rpki {}", to_string(set.state)); },
      [](const AddCommunities& add) { return "communities + " + to_string(add.communities); },
      [](const DeleteCommunities& drop) { return "communities - " + to_string(drop.set); },
      [](const KeepCommunities& keep) { return "communities only " + to_string(keep.set); },
      [](const ReplaceCommunities& replace) {
        return fmt::format("communities {} = {}", kinds_text(replace.kinds), to_string(replace.communities));
      },
      [](const PrependAsns& add) { return prepend_text(add); },
      [](const PrependFirst& add) {
        return fmt::format("prepend the first {} times{}", add.times, behind_text(add.behind));
      },
      [](const RemovePrivate& removal) { return removal_text(removal); },
      [](const ReplaceAsn& replace) {
        return fmt::format("replace{} with {}", asns_text(replace.which), replace.with);
      },
      [](const RemoveAsns& remove) { return "as-path -" + asns_text(remove.which); },
      [](const ReplacePath& replace) {
        return "as-path = " + (replace.asns.empty() ? "empty" : fmt::format("{}", fmt::join(replace.asns, " ")));
      },
      [&](const Havoc& havoc) {
        return fmt::format("unmodelled ({}{}): {}", touched_text(havoc.touches), havoc.may_decide ? "; may decide" : "",
                           unmodelled_text(havoc.choice, library));
      },
      [](const NoEffect&) { return std::string("no effect"); });
}

std::string to_string(const Clause& clause, const PolicyLibrary& library) {
  return fmt::format("{}: {}", clause.name, body_text(clause.body, library));
}

}  // namespace bgproof
