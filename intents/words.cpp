#include "intents/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace bgproof {

using namespace intent;

namespace {

constexpr size_t kMostMembers = 16;  // of a list in braces, so that a row stays a line

// `$path`, or its value.
std::string variable_text(const Variable& variable, const Scope* scope) {
  if (scope) {
    if (auto value = scope->value(variable.path)) return *value;
  }
  return "$" + variable.path;
}

std::string number_text(const NumberTest& test) {
  if (!test.holds) return "< 0";
  if (test.holds->low == test.holds->high) return fmt::format("= {}", test.holds->low);
  if (test.holds->high == UINT32_MAX) return fmt::format(">= {}", test.holds->low);
  if (test.holds->low == 0) return fmt::format("<= {}", test.holds->high);
  return fmt::format("{}..{}", test.holds->low, test.holds->high);
}

std::string modifier_text(const std::optional<Modifier>& modifier) {
  if (!modifier) return {};
  switch (modifier->kind) {
    case Modifier::Kind::exact:
      return " exact";
    case Modifier::Kind::orlonger:
      return " orlonger";
    case Modifier::Kind::longer:
      return " longer";
    case Modifier::Kind::bounds:
      break;
  }
  std::string text;
  if (modifier->ge) text += fmt::format(" ge {}", *modifier->ge);
  if (modifier->le) text += fmt::format(" le {}", *modifier->le);
  return text;
}

// A host route is written as the address that its author wrote.
std::string prefix_text(const Prefix& prefix) {
  if (prefix.length == width(prefix.family)) return to_string(Address{prefix.family, prefix.bits});
  return to_string(prefix);
}

template <typename Ref, typename Print>
std::string list_text(const Ref& ref, Print print) {
  if (!ref.braces && ref.members.size() == 1) return print(ref.members[0]);
  std::string text = "{";
  for (size_t i = 0; i < ref.members.size() && i < kMostMembers; ++i)
    text += (i == 0 ? " " : ", ") + print(ref.members[i]);
  if (ref.members.size() > kMostMembers) text += fmt::format(", ... and {} more", ref.members.size() - kMostMembers);
  return text + (ref.members.empty() ? "}" : " }");
}

struct Print {
  const Scope* scope;

  std::string set(const SetRef& ref) const {
    return list_text(ref, [&](const SetMember& member) {
      std::string text;
      if (const auto* prefix = std::get_if<Prefix>(&member.is)) text = prefix_text(*prefix);
      if (const auto* name = std::get_if<Name>(&member.is)) text = name->text;
      if (const auto* var = std::get_if<Variable>(&member.is)) text = variable_text(*var, scope);
      return text + modifier_text(member.modifier);
    });
  }
  std::string asns(const AsnRef& ref) const {
    return list_text(ref, [&](const AsnMember& member) -> std::string {
      if (const auto* name = std::get_if<Name>(&member.is)) return name->text;
      if (const auto* var = std::get_if<Variable>(&member.is)) return variable_text(*var, scope);
      const auto& range = std::get<NumberRange>(member.is);
      return range.low == range.high ? fmt::format("AS{}", range.low)
                                     : fmt::format("AS{}..AS{}", range.low, range.high);
    });
  }
  std::string community(const CommunityLiteral& literal) const {
    std::string text = literal.text;
    for (const CommunityPart& part : literal.parts) {
      const auto* var = std::get_if<Variable>(&part.is);
      if (!var) continue;
      std::string wanted = "$" + var->path;
      size_t at = text.find(wanted);
      if (at != std::string::npos) text.replace(at, wanted.size(), variable_text(*var, scope));
    }
    return text;
  }
  std::string communities(const CommunityRef& ref) const {
    return list_text(ref, [&](const CommunityMember& member) {
      if (const auto* name = std::get_if<Name>(&member.is)) return name->text;
      return community(std::get<CommunityLiteral>(member.is));
    });
  }
  std::string names(const std::vector<Name>& all) const {
    std::string text;
    for (const Name& name : all) text += (text.empty() ? "" : ", ") + name.text;
    return text;
  }

  // Conditions.
  std::string operator()(const AnyRoute&) const { return "any"; }
  std::string operator()(const NamedCond& c) const { return c.name.text; }
  std::string operator()(const PrefixCond& c) const { return "prefix in " + set(c.set) + modifier_text(c.modifier); }
  std::string operator()(const LenCond& c) const {
    std::string text = "len";
    for (const LenSpec& spec : c.specs)
      text += (!spec.family ? " " : *spec.family == Family::ipv4 ? " v4 " : " v6 ") + number_text(spec.number);
    return text;
  }
  std::string operator()(const TaggedCond& c) const { return "tagged " + c.tag.text; }
  std::string operator()(const LearnedFromCond& c) const { return "learned-from " + names(c.roles); }
  std::string operator()(const OriginatedCond&) const { return "originated"; }
  std::string operator()(const SourceCond& c) const { return "source " + c.source.text; }
  std::string operator()(const EndAsCond& c) const {
    return (c.origin ? "origin-as in " : "first-as in ") + asns(c.asns);
  }
  std::string operator()(const PathAsnsCond& c) const {
    return (c.within ? "path within " : "path contains ") + asns(c.asns);
  }
  std::string operator()(const PathMatchesCond& c) const {
    std::string text = "path matches <" + c.regex + ">";
    if (!scope) return text;
    for (size_t at = 0; (at = text.find('$', at)) != std::string::npos;) {
      size_t end = at + 1;
      while (end < text.size() &&
             (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '.' || text[end] == '_'))
        ++end;
      std::string value = end == at + 1 ? "$" : variable_text({text.substr(at + 1, end - at - 1), {}}, scope);
      text.replace(at, end - at, value);
      at += value.size();
    }
    return text;
  }
  std::string operator()(const PathLenCond& c) const { return "path-len " + number_text(c.number); }
  std::string operator()(const CommunityCond& c) const {
    return (c.has ? "has " : "lacks ") + communities(c.communities);
  }
  std::string operator()(const RpkiCond& c) const { return "rpki " + c.state.text; }
  std::string operator()(const AspaCond& c) const { return "aspa " + c.state.text; }
  std::string operator()(const NextHopCond& c) const { return "next-hop in " + set(c.set); }
  std::string operator()(const NumberCond& c) const {
    return (c.number == Number::med ? "med " : "local-pref ") + number_text(c.test);
  }
  std::string operator()(const RouteTypeCond& c) const { return "route-type " + c.type.text; }
  std::string operator()(const OriginCond& c) const { return "origin " + c.origin.text; }
  std::string operator()(const AndCond& c) const { return joined(c.of, " and ", true); }
  std::string operator()(const OrCond& c) const { return joined(c.of, " or ", false); }
  std::string operator()(const NotCond& c) const {
    bool loose = std::holds_alternative<AndCond>(c.of->is) || std::holds_alternative<OrCond>(c.of->is);
    return loose ? "not (" + to_words(*c.of, scope) + ")" : "not " + to_words(*c.of, scope);
  }
  std::string joined(const std::vector<Cond>& of, std::string_view word, bool within_and) const {
    std::string text;
    for (const Cond& cond : of) {
      if (!text.empty()) text += word;
      bool loose = within_and && std::holds_alternative<OrCond>(cond.is);
      text += loose ? "(" + to_words(cond, scope) + ")" : to_words(cond, scope);
    }
    return text;
  }

  // Obligations.
  std::string operator()(const CommunityAct& a) const {
    static constexpr std::string_view kWords[] = {"strip ", "keep ", "add ", "only "};
    return std::string(kWords[static_cast<size_t>(a.how)]) + communities(a.communities);
  }
  std::string operator()(const TagAct& a) const { return (a.set ? "tag " : "untag ") + a.tag.text; }
  std::string operator()(const NumberAct& a) const {
    static constexpr std::string_view kWords[] = {"local-pref ", "med ", "prepend "};
    return std::string(kWords[static_cast<size_t>(a.what)]) + number_text(a.test);
  }
  std::string operator()(const NextHopAct& a) const { return "next-hop " + a.which.text; }
  std::string operator()(const OtcAct& a) const { return "otc " + a.which.text; }
  std::string operator()(const NoPrivateAsAct&) const { return "no-private-as"; }
  std::string operator()(const UnchangedAct& a) const {
    static constexpr std::string_view kWords[] = {"path", "next-hop", "med", "local-pref", "communities", "origin"};
    std::string text;
    for (Attr attribute : a.attributes)
      text += (text.empty() ? "unchanged " : " + ") + std::string(kWords[static_cast<size_t>(attribute)]);
    return text;
  }
};

std::string acts_text(const std::vector<Act>& acts, const Scope* scope) {
  std::string text;
  for (const Act& act : acts) text += (text.empty() ? "" : ", ") + to_words(act, scope);
  return text;
}

std::string terms_text(const std::vector<NeighborTerm>& terms) {
  std::string text;
  for (const NeighborTerm& term : terms) {
    if (!text.empty()) text += ", ";
    switch (term.kind) {
      case NeighborTerm::Kind::role:
        text += "role " + term.word.text;
        break;
      case NeighborTerm::Kind::group:
        text += "group \"" + term.word.text + "\"";
        break;
      case NeighborTerm::Kind::as:
        text += "as " + Print{nullptr}.asns(term.asns);
        break;
      case NeighborTerm::Kind::neighbor:
        text += "neighbor \"" + term.word.text + "\"";
        break;
      case NeighborTerm::Kind::any:
        text += "any-neighbor";
        break;
    }
  }
  return text;
}

}  // namespace

std::string to_words(const Cond& cond, const Scope* scope) { return std::visit(Print{scope}, cond.is); }

std::string to_words(const Act& act, const Scope* scope) { return std::visit(Print{scope}, act.is); }

std::string to_words(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.value / 10000, date.value / 100 % 100, date.value % 100);
}

std::string to_words(const Row& row, const Scope* scope) {
  static constexpr std::string_view kWords[] = {"may", "must", "never", "always", "except"};
  std::string text(kWords[static_cast<size_t>(row.kind)]);
  if (row.id) text += " [" + row.id->text + "]";
  if (row.condition) text += " " + to_words(*row.condition, scope);
  if (!row.acts.empty()) text += (row.kind == Row::Kind::always ? " " : " then ") + acts_text(row.acts, scope);
  if (row.meta) {
    text += " until " + to_words(row.meta->until) + " owner \"" + row.meta->owner.text + "\"";
    if (row.meta->ticket) text += " ticket \"" + row.meta->ticket->text + "\"";
  }
  return text;
}

std::string to_words(const NeighborSelector& neighbors) {
  std::string text = terms_text(neighbors.of);
  if (!neighbors.minus.empty()) text += " minus " + terms_text(neighbors.minus);
  return text;
}

std::string to_words(const Block& block) {
  std::string text;
  switch (block.kind) {
    case Block::Kind::export_to:
      text = "export to " + to_words(block.neighbors);
      break;
    case Block::Kind::import_from:
      text = "import from " + to_words(block.neighbors);
      break;
    case Block::Kind::policy:
      text = "policy \"" + block.policy.text + "\"";
      break;
  }
  for (size_t i = 0; i < block.at.size(); ++i)
    text +=
        fmt::format("{}{} \"{}\"", i == 0 ? " at " : ", ", block.at[i].site ? "site" : "device", block.at[i].glob.text);
  if (block.family) text += *block.family == Family::ipv4 ? " afi v4" : " afi v6";
  return text;
}

}  // namespace bgproof
