#include "intents/check_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "intents/data.h"
#include "intents/path_regex.h"
#include "intents/resolve.h"
#include "intents/scope.h"
#include "intents/spelling.h"

namespace bgproof {

using namespace intent;

namespace {

template <typename T>
bool is(const Symbol& symbol) {
  return std::holds_alternative<const T*>(symbol.is);
}

// How a thing of this kind is used where a condition is expected.
std::string condition_help(const Symbol& symbol) {
  const std::string& name = symbol.name().text;
  if (is<SetDeclaration>(symbol)) return fmt::format("write `prefix in {}`", name);
  if (is<AsnsDeclaration>(symbol))
    return fmt::format("write `origin-as in {0}`, `first-as in {0}` or `path within {0}`", name);
  if (is<CommsDeclaration>(symbol)) return fmt::format("write `has {0}` or `lacks {0}`", name);
  if (is<TagItem>(symbol)) return fmt::format("write `tagged {}`", name);
  return {};
}

}  // namespace

void NameCheck::use(const Name& name, Kind kind) {
  uses_[inside_].insert(name.text);
  static constexpr std::string_view kWanted[] = {"a set of prefixes", "a set of AS numbers", "a set of communities",
                                                 "a tag", "a class or fact"};
  std::string_view wanted = kWanted[static_cast<size_t>(kind)];
  auto right = [&](const Symbol& symbol) {
    switch (kind) {
      case Kind::set:
        return is<SetDeclaration>(symbol);
      case Kind::asns:
        return is<AsnsDeclaration>(symbol);
      case Kind::comms:
        return is<CommsDeclaration>(symbol);
      case Kind::tag:
        return is<TagItem>(symbol);
      case Kind::cond:
        return is<ClassItem>(symbol) || is<FactItem>(symbol);
    }
    return false;
  };
  auto found = intents_.symbols.find(name.text);
  if (found == intents_.symbols.end()) {
    auto& error = diagnostics_.error("BP205", name.range, fmt::format("`{}` is not declared", name.text),
                                     fmt::format("no {} of this name", wanted.substr(2)));
    std::vector<std::string> known;
    for (const auto& [other, symbol] : intents_.symbols) {
      if (right(symbol)) known.push_back(other);
    }
    std::string near = nearest_word(name.text, known);
    if (!near.empty()) error.notes.emplace_back("help", fmt::format("did you mean `{}`?", near));
    return;
  }
  const Symbol& symbol = found->second;
  if (right(symbol)) return;
  auto& error =
      diagnostics_.error("BP206", name.range, fmt::format("`{}` is {}, not {}", name.text, symbol.kind(), wanted),
                         fmt::format("expected {}", wanted));
  error.labels.push_back({Label::Kind::beside, symbol.name().range, "declared here"});
  std::string help;
  if (kind == Kind::cond) help = condition_help(symbol);
  if (kind == Kind::comms && is<TagItem>(symbol)) help = "a tag is used with `tagged`, `tag` and `untag`";
  if (!help.empty()) error.notes.emplace_back("help", help);
}

void NameCheck::not_yet(const SourceRange& range, std::string_view construct) {
  diagnostics_.error("BP208", range, fmt::format("{} is not implemented yet", construct),
                     "this version cannot check it");
}

void NameCheck::word(const Name& name, std::string_view what, const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), name.text) != words.end()) return;
  auto& error = diagnostics_.error("BP210", name.range, fmt::format("`{}` is not {}", name.text, what),
                                   fmt::format("expected {}", quoted_list(words)));
  std::string near = nearest_word(name.text, words);
  if (!near.empty()) error.notes.emplace_back("help", fmt::format("did you mean `{}`?", near));
}

void NameCheck::role(const Name& name) {
  if (intents_.known_roles.contains(name.text)) return;
  auto& error = diagnostics_.error("BP207", name.range, fmt::format("no neighbor has the role `{}`", name.text),
                                   "neither built in nor given to any neighbor");
  std::string near = nearest_word(name.text, {intents_.known_roles.begin(), intents_.known_roles.end()});
  error.notes.emplace_back("help", near.empty()
                                       ? fmt::format("give it with `role {} = ...` or in the neighbor list", name.text)
                                       : fmt::format("did you mean `{}`?", near));
}

void NameCheck::variable(const Variable& variable) {
  std::string problem = unknown_variable(intents_, variable.path);
  if (problem.empty()) return;
  auto& error = diagnostics_.error("BP211", variable.range, fmt::format("there is no variable `${}`", variable.path));
  error.notes.emplace_back("help", problem);
}

void NameCheck::variables_in(const Quoted& text) {
  for (const std::string& path : variables_of(text.text)) variable({path, text.range});
}

void NameCheck::set(const SetRef& ref) {
  for (const SetMember& member : ref.members) {
    if (const auto* name = std::get_if<Name>(&member.is)) {
      use(*name, Kind::set);
      if (member.modifier) modified_.push_back({*name, member.modifier->range});
    }
    if (const auto* var = std::get_if<Variable>(&member.is)) variable(*var);
    if (!member.modifier) continue;
    const Modifier& modifier = *member.modifier;
    if (modifier.ge && modifier.le && *modifier.ge > *modifier.le)
      diagnostics_.error("BP209", modifier.range, "no length is at least the first and at most the second number");
    if (std::max(modifier.ge.value_or(0), modifier.le.value_or(0)) > 128)
      diagnostics_.error("BP209", modifier.range, "a prefix length is at most 128");
  }
}

void NameCheck::asns(const AsnRef& ref) {
  for (const AsnMember& member : ref.members) {
    if (const auto* name = std::get_if<Name>(&member.is)) use(*name, Kind::asns);
    if (const auto* var = std::get_if<Variable>(&member.is)) variable(*var);
  }
}

void NameCheck::community_variables(const CommunityLiteral& community) {
  for (const CommunityPart& part : community.parts) {
    if (const auto* var = std::get_if<Variable>(&part.is)) variable(*var);
  }
}

void NameCheck::communities(const CommunityRef& ref) {
  for (const CommunityMember& member : ref.members) {
    if (const auto* name = std::get_if<Name>(&member.is)) use(*name, Kind::comms);
    if (const auto* community = std::get_if<CommunityLiteral>(&member.is)) community_variables(*community);
  }
}

void NameCheck::literal(const CommunityLiteral& community, std::string_view why) {
  for (const CommunityPart& part : community.parts) {
    const auto* range = std::get_if<NumberRange>(&part.is);
    if (range && range->low != range->high)
      diagnostics_.error("BP213", part.range, fmt::format("`{}` stands for many communities", community.text),
                         std::string(why));
  }
}

void NameCheck::guards(const std::vector<Guard>& all) {
  for (const Guard& guard : all) {
    if (guard.kind == Guard::Kind::max_shrink) not_yet(guard.range, "the guard `max-shrink` (it needs the lock file)");
  }
}

void NameCheck::data(const DataSource& source) {
  switch (source.kind) {
    case DataSource::Kind::vrps:
      not_yet(source.range, "a set from `vrps`");
      break;
    case DataSource::Kind::aspa:
      not_yet(source.range, "a set from `aspa`");
      break;
    case DataSource::Kind::builtin:
      if (!builtin_prefixes(source.path.text) && !builtin_asns(source.path.text))
        diagnostics_.error("BP205", source.path.range, fmt::format("there is no built-in set `{}`", source.path.text),
                           "the built-in set is \"bogons\"");
      break;
    case DataSource::Kind::file:
    case DataSource::Kind::bgpq4:
      variables_in(source.path);
      if (source.key) variables_in(*source.key);
      break;
  }
  if (source.asn) asns(*source.asn);
  guards(source.guards);
}

struct ConditionCheck {
  NameCheck& check;
  const SourceRange& range;

  // Registered prefixes are aggregates more often than what is announced.
  void lint_exact(const SetMember& member) const {
    const auto* name = std::get_if<Name>(&member.is);
    auto found = name && !member.modifier ? check.intents_.symbols.find(name->text) : check.intents_.symbols.end();
    if (found == check.intents_.symbols.end()) return;
    const auto* set = std::get_if<const SetDeclaration*>(&found->second.is);
    if (!set) return;
    for (const auto& term : (*set)->terms) {
      const auto* data = std::get_if<DataSource>(&term.is);
      if (!data || data->kind != DataSource::Kind::bgpq4) continue;
      check.diagnostics_
          .warning(
              "BP222", range,
              fmt::format("the prefixes of `{}` come from a registry and are compared as they are there", name->text),
              "no modifier")
          .notes.emplace_back("help", "write `exact` if that is meant, else `orlonger` or `le 24`");
      return;
    }
  }

  void operator()(const AnyRoute&) const {}
  void operator()(const NamedCond& c) const { check.use(c.name, NameCheck::Kind::cond); }
  void operator()(const PrefixCond& c) const {
    check.set(c.set);
    if (!c.modifier) {
      for (const SetMember& member : c.set.members) lint_exact(member);
      return;
    }
    SetRef only_modifier;
    only_modifier.members.push_back({Prefix{}, c.modifier, c.modifier->range});
    check.set(only_modifier);
    for (const SetMember& member : c.set.members) {
      if (const auto* name = std::get_if<Name>(&member.is)) check.modified_.push_back({*name, c.modifier->range});
    }
  }
  void operator()(const LenCond& c) const {
    for (const LenSpec& spec : c.specs) {
      uint32_t most = spec.family == Family::ipv4 ? 32 : 128;
      if (spec.number.holds && spec.number.holds->low > most)
        check.diagnostics_.error("BP209", spec.number.range, fmt::format("a length is at most {} here", most),
                                 "no route has such a length");
    }
  }
  void operator()(const TaggedCond& c) const { check.use(c.tag, NameCheck::Kind::tag); }
  void operator()(const LearnedFromCond& c) const {
    for (const Name& role : c.roles) {
      if (role.text != "originated") check.role(role);
    }
  }
  void operator()(const OriginatedCond&) const {}
  void operator()(const SourceCond& c) const {
    check.word(c.source, "a source of routes", {"static", "direct", "aggregate", "igp", "bgp"});
  }
  void operator()(const EndAsCond& c) const { check.asns(c.asns); }
  void operator()(const PathAsnsCond& c) const { check.asns(c.asns); }
  void operator()(const PathMatchesCond& c) const {
    PathRegexReading reading = read_path_regex(c.regex);
    if (!reading.error.empty()) {
      SourceRange at{c.range.file, c.range.begin + reading.at, std::min(c.range.begin + reading.at + 1, c.range.end)};
      check.diagnostics_.error("BP212", at, fmt::format("this path expression cannot be read: {}", reading.error),
                               "here");
      return;
    }
    for (const auto& [name, offset] : reading.names) {
      SourceRange at{c.range.file, c.range.begin + offset, c.range.begin + offset + static_cast<uint32_t>(name.size())};
      if (name[0] == '$') {
        check.variable({name.substr(1), at});
      } else {
        check.use({name, at}, NameCheck::Kind::asns);
      }
    }
  }
  void operator()(const PathLenCond&) const {}
  void operator()(const CommunityCond& c) const { check.communities(c.communities); }
  void operator()(const RpkiCond& c) const { check.word(c.state, "an RPKI state", {"valid", "invalid", "unknown"}); }
  void operator()(const AspaCond&) const { check.not_yet(range, "the condition `aspa`"); }
  void operator()(const NextHopCond& c) const { check.set(c.set); }
  void operator()(const NumberCond&) const {}
  void operator()(const RouteTypeCond& c) const { check.word(c.type, "a route type", {"internal", "external"}); }
  void operator()(const OriginCond& c) const { check.word(c.origin, "an origin", {"igp", "egp", "incomplete"}); }
  void operator()(const AndCond& c) const {
    for (const Cond& cond : c.of) check.condition(cond);
  }
  void operator()(const OrCond& c) const {
    for (const Cond& cond : c.of) check.condition(cond);
  }
  void operator()(const NotCond& c) const { check.condition(*c.of); }
};

void NameCheck::condition(const Cond& cond) { std::visit(ConditionCheck{*this, cond.range}, cond.is); }

struct ActCheck {
  NameCheck& check;
  const SourceRange& range;

  void operator()(const CommunityAct& a) const {
    check.communities(a.communities);
    if (a.how != CommunityAct::How::add) return;
    for (const CommunityMember& member : a.communities.members) {
      if (const auto* community = std::get_if<CommunityLiteral>(&member.is))
        check.literal(*community, "`add` needs communities without `*` and ranges");
    }
  }
  void operator()(const TagAct& a) const { check.use(a.tag, NameCheck::Kind::tag); }
  void operator()(const NumberAct&) const {}
  void operator()(const NextHopAct& a) const { check.word(a.which, "a next hop", {"self", "peer", "unchanged"}); }
  void operator()(const OtcAct& a) const { check.word(a.which, "an obligation on OTC", {"set", "unchanged"}); }
  void operator()(const NoPrivateAsAct&) const {}
  void operator()(const UnchangedAct&) const {}
};

void NameCheck::act(const Act& act) { std::visit(ActCheck{*this, act.range}, act.is); }

void NameCheck::check_modifiers() {
  std::map<const SetDeclaration*, bool> sums;
  for (const Modified& use : modified_) {
    auto found = intents_.symbols.find(use.name.text);
    if (found == intents_.symbols.end()) continue;
    const auto* set = std::get_if<const SetDeclaration*>(&found->second.is);
    if (!set) continue;
    auto [known, fresh] = sums.try_emplace(*set, false);
    if (fresh) known->second = is_sum(intents_, **set);
    if (known->second) continue;
    auto& error = diagnostics_.error(
        "BP206", use.modifier, fmt::format("`{}` takes no modifier: it is not built with `+` alone", use.name.text),
        "overrides the members' own modifiers");
    error.labels.push_back({Label::Kind::beside, (*set)->name.range, "built with `-` or `&`"});
    error.notes.emplace_back("help", "put the modifiers on the members of the set");
  }
}

}  // namespace bgproof
