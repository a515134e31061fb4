#include <fmt/format.h>

#include "grammar/junos/community.h"
#include "grammar/junos/lines.h"
#include "policy/text_regex.h"

namespace bgproof::junos {

namespace {

constexpr std::string_view kRegexAssumption = "junos.community-regex";
const std::set<CommunityKind> kAllKinds = {CommunityKind::standard, CommunityKind::large, CommunityKind::extended};

Condition assume(std::string_view name, std::string_view value, SourceRange range) {
  return condition(AssumptionIs{std::string(name), std::string(value)}, range);
}

CommunityPattern every(CommunityKind kind, SourceRange range) {
  CommunityFields fields{kind, {}};
  for (int i = 0; i < 3; ++i) fields.fields[i] = {0, kind == CommunityKind::standard ? 0xffff : UINT32_MAX};
  if (kind == CommunityKind::standard) fields.fields[2] = {0, 0};
  return {fields, range};
}

void append(CommunitySet& set, const std::vector<CommunityPattern>& patterns) {
  set.patterns.insert(set.patterns.end(), patterns.begin(), patterns.end());
}

bool valid(const CommunityMember& member) {
  for (const auto* reading : {&member.searched, &member.whole})
    for (const CommunityPattern& pattern : *reading)
      if (const auto* regex = std::get_if<CommunityRegex>(&pattern.is);
          regex && !std::holds_alternative<TextRegex>(parse_text_regex(regex->expression)))
        return false;
  return true;
}

std::shared_ptr<const CommunityDefinition> define(Context& context, const std::string& name) {
  auto result = std::make_shared<CommunityDefinition>();
  const auto& texts = context.definitions(Kind::community, name);
  for (const Statement* text : texts) {
    for (const Line& line : lines_of(*text, 2)) {
      if (line.word(0) == "invert-match") {
        result->invert = true;
      } else if (line.word(0) == "members") {
        for (size_t i = 1; i < line.size(); ++i) {
          CommunityMember member = community_member(*line.words[i], context.diagnostics());
          if (member.known && !valid(member)) {
            member.known = false;
            context.diagnostics().warning(
                "BP114", member.range, fmt::format("`{}` is not a regular expression over communities", member.text));
          } else if (!member.known) {
            context.diagnostics().note("BP117", member.range,
                                       fmt::format("community member `{}` is not modelled", member.text));
          }
          result->members.push_back(std::move(member));
        }
      } else {
        result->known = false;
        result->why = fmt::format("`{}` in community {} is not modelled", line.text(), name);
        context.diagnostics().note("BP117", line.range, result->why);
      }
    }
  }
  if (texts.empty()) {
    result->known = false;
    result->why = fmt::format("community {} is not defined", name);
  } else if (result->known && result->members.empty()) {
    result->known = false;
    result->why = fmt::format("community {} has no members", name);
    context.diagnostics().warning("BP116", texts.front()->head(), result->why);
  }
  return result;
}

Condition member_matches(Context& context, const CommunityMember& member, SourceRange use) {
  if (!member.known) return context.unmodelled(use, fmt::format("community member {} is not modelled", member.text));
  auto carries = [&](const std::vector<CommunityPattern>& patterns) {
    return condition(CarriesCommunity{{patterns, {}}}, use);
  };
  if (member.everything) {
    Condition others =
        carries({every(CommunityKind::large, member.range), every(CommunityKind::extended, member.range)});
    return any_of({carries(member.searched), all_of({assume("junos.any-community", "every-kind", use), others}, use)},
                  use);
  }
  if (!member.readings_differ) return carries(member.searched);
  return any_of({all_of({assume(kRegexAssumption, "searched", use), carries(member.searched)}, use),
                 all_of({assume(kRegexAssumption, "whole", use), carries(member.whole)}, use)},
                use);
}

// What `delete` of the definition removes, in one reading of its regular expressions.
CommunitySet deleted(const CommunityDefinition& definition, bool searched) {
  CommunitySet set;
  for (const CommunityMember& member : definition.members) {
    append(set, searched ? member.searched : member.whole);
    if (!member.everything) continue;
    set.patterns.push_back(every(CommunityKind::large, member.range));
    set.patterns.push_back(every(CommunityKind::extended, member.range));
  }
  return set;
}

std::set<CommunityKind> kinds_of(const CommunitySet& set) {
  std::set<CommunityKind> kinds;
  for (const CommunityPattern& pattern : set.patterns) {
    if (const auto* literal = std::get_if<Community>(&pattern.is)) kinds.insert(literal->kind);
    if (const auto* fields = std::get_if<CommunityFields>(&pattern.is)) kinds.insert(fields->kind);
    if (const auto* regex = std::get_if<CommunityRegex>(&pattern.is))
      kinds.insert(regex->kinds.begin(), regex->kinds.end());
  }
  return kinds;
}

// An inverted definition deletes what it does not name; whether of all kinds or of those that it names is an
// assumption.
Body delete_acts(const CommunityDefinition& definition, bool searched, SourceRange use) {
  CommunitySet set = deleted(definition, searched);
  if (!definition.invert) return {act(DeleteCommunities{std::move(set)}, use)};
  CommunitySet wider = set;
  std::set<CommunityKind> named = kinds_of(set);
  for (CommunityKind kind : kAllKinds)
    if (named.count(kind) == 0) wider.patterns.push_back(every(kind, use));
  return {act(If{assume("junos.invert-match-delete", "named-kinds", use),
                 {act(KeepCommunities{std::move(wider)}, use)},
                 {act(KeepCommunities{std::move(set)}, use)}},
              use)};
}

AttributeSet communities_only() {
  AttributeSet set;
  set.communities = true;
  return set;
}

// The literals of a definition; nullopt if a member is no literal.
std::optional<Communities> literals(const CommunityDefinition& definition) {
  Communities result;
  for (const CommunityMember& member : definition.members) {
    if (!member.known || member.searched.size() != 1) return std::nullopt;
    const auto* literal = std::get_if<Community>(&member.searched[0].is);
    if (literal == nullptr) return std::nullopt;
    result.insert(*literal);
  }
  return result;
}

}  // namespace

const CommunityDefinition& community_definition(Context& context, const std::string& name, SourceRange use) {
  auto& known = context.communities[name];
  if (!known) known = define(context, name);
  if (context.definitions(Kind::community, name).empty())
    context.diagnostics().warning("BP112", use, fmt::format("community `{}` is not defined", name));
  return *known;
}

Condition community_matches(Context& context, const std::string& name, SourceRange use) {
  const CommunityDefinition& definition = community_definition(context, name, use);
  if (!definition.known) return context.unmodelled(use, definition.why);
  std::vector<Condition> members;
  for (const CommunityMember& member : definition.members) members.push_back(member_matches(context, member, use));
  Condition all = all_of(std::move(members), use);
  return definition.invert ? not_(std::move(all), use) : all;
}

void apply_community(Context& context, CommunityOperation operation, const std::string& name, SourceRange use,
                     Body& out) {
  const CommunityDefinition& definition = community_definition(context, name, use);
  auto free = [&](const std::string& why) { out.push_back(context.havoc(use, why, communities_only(), false)); };
  if (!definition.known) return free(definition.why);
  for (const CommunityMember& member : definition.members)
    if (!member.known) return free(fmt::format("community member {} is not modelled", member.text));
  if (operation == CommunityOperation::remove) {
    bool differ = false;
    for (const CommunityMember& member : definition.members) differ = differ || member.readings_differ;
    Body searched = delete_acts(definition, true, use);
    if (differ)
      out.push_back(
          act(If{assume(kRegexAssumption, "searched", use), searched, delete_acts(definition, false, use)}, use));
    else
      out.insert(out.end(), searched.begin(), searched.end());
    return;
  }
  auto communities = literals(definition);
  if (!communities || definition.invert) {
    std::string why = fmt::format("community {} is not a list of literals, so it can't be added or set", name);
    context.diagnostics().warning("BP116", use, why);
    return free(why);
  }
  if (operation == CommunityOperation::add) {
    out.push_back(act(AddCommunities{*communities}, use));
    return;
  }
  CommunitySet set;
  for (const CommunityMember& member : definition.members) append(set, member.searched);
  std::set<CommunityKind> named = kinds_of(set);
  out.push_back(act(If{assume("junos.community-set", "named-kinds", use),
                       {act(ReplaceCommunities{named, *communities}, use)},
                       {act(ReplaceCommunities{kAllKinds, *communities}, use)}},
                    use));
}

}  // namespace bgproof::junos
