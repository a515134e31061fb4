#include <fmt/format.h>

#include <algorithm>

#include "intents/lower.h"
#include "intents/path_regex.h"
#include "intents/resolve.h"
#include "intents/words.h"

namespace bgproof {

using namespace intent;

namespace {

constexpr size_t kLargest = 4'000'000;  // members, and half as many conditions

// The lengths that a member covers, or nullopt if the modifier leaves none of it.
std::optional<PrefixPattern> pattern_of(const Prefix& prefix, const std::optional<Modifier>& modifier) {
  auto most = static_cast<uint8_t>(width(prefix.family));
  PrefixPattern pattern{prefix, prefix.length, prefix.length, std::nullopt};
  if (!modifier) return pattern;
  switch (modifier->kind) {
    case Modifier::Kind::exact:
      return pattern;
    case Modifier::Kind::orlonger:
      pattern.high = most;
      return pattern;
    case Modifier::Kind::longer:
      if (prefix.length == most) return std::nullopt;
      pattern.low = static_cast<uint8_t>(prefix.length + 1);
      pattern.high = most;
      return pattern;
    case Modifier::Kind::bounds:
      break;
  }
  // A bound beyond the width is meant for the other family.
  if (modifier->ge.value_or(0) > most || modifier->le.value_or(0) > most) return std::nullopt;
  if (modifier->le && *modifier->le < prefix.length) return std::nullopt;
  pattern.high = static_cast<uint8_t>(modifier->le.value_or(most));
  if (modifier->ge) {
    if (*modifier->ge < prefix.length) return std::nullopt;
    pattern.low = static_cast<uint8_t>(*modifier->ge);
  }
  if (pattern.low > pattern.high) return std::nullopt;
  return pattern;
}

std::string modifier_key(const std::optional<Modifier>& modifier) {
  if (!modifier) return "";
  return fmt::format("{} {} {}", static_cast<int>(modifier->kind), modifier->ge ? static_cast<int>(*modifier->ge) : -1,
                     modifier->le ? static_cast<int>(*modifier->le) : -1);
}

Condition leaf(std::shared_ptr<const PrefixList> list, bool next_hop, const SourceRange& range) {
  if (next_hop) return {NextHopIn{std::move(list)}, range};
  return {PrefixIn{std::move(list), {0}}, range};
}

}  // namespace

void Lowering::fail(std::string code, std::string reason) {
  if (!failure_.empty()) return;
  failure_ = std::move(reason);
  failure_code_ = std::move(code);
}

bool Lowering::grow(size_t by, const SourceRange& range) {
  bool was_fine = size_ <= kLargest;
  size_ += by;
  if (size_ <= kLargest) return true;
  if (was_fine) diagnostics_.error("BP209", range, "this stands for too much: names that repeat each other multiply");
  return false;
}

void Lowering::missing(const std::string& path, const SourceRange& range) {
  std::string where;
  if (scope_.neighbor) {
    where = fmt::format("for neighbor {}{}", scope_.neighbor->session->neighbor,
                        scope_.device ? fmt::format(" on {}", scope_.device->name) : "");
  } else if (path.substr(0, 9) == "neighbor.") {
    where = "in a `policy` block, which has no neighbor";
  } else {
    where = scope_.device ? fmt::format("on {}", scope_.device->name) : "here";
  }
  diagnostics_.error("BP211", range, fmt::format("`${}` has no value {}", path, where), "used here");
}

std::optional<std::string> Lowering::value(const Variable& variable) {
  ++variables_;
  auto found = scope_.value(variable.path);
  if (!found) missing(variable.path, variable.range);
  return found;
}

std::string Lowering::expanded(const Quoted& text) {
  if (text.text.find("${") == std::string::npos) return text.text;
  ++variables_;
  std::string absent;
  auto result = expand(text.text, scope_, absent);
  if (result) return *result;
  missing(absent, text.range);
  fail("BP714", fmt::format("`{}` has no value", absent));
  return text.text;
}

// Looking at a set means looking at all of its members.
bool Lowering::sum(const SetDeclaration& set) {
  auto [known, fresh] = lowered_.sums.try_emplace(&set, false);
  if (fresh) known->second = is_sum(intents_, set);
  return known->second;
}

const SetDeclaration* Lowering::set_of(const std::string& name) const {
  auto found = intents_.symbols.find(name);
  if (found == intents_.symbols.end()) return nullptr;
  const auto* set = std::get_if<const SetDeclaration*>(&found->second.is);
  return set ? *set : nullptr;
}

const SetDeclaration* Lowering::set_of(const SetMember& member) {
  if (const auto* name = std::get_if<Name>(&member.is)) return set_of(name->text);
  const auto* var = std::get_if<Variable>(&member.is);
  if (!var) return nullptr;
  auto text = scope_.value(var->path);
  return text ? set_of(*text) : nullptr;
}

std::optional<Prefix> Lowering::prefix_of_value(const Variable& variable) {
  auto text = value(variable);
  if (!text) return std::nullopt;
  if (auto address = parse_address(*text)) return prefix_of(*address, width(address->family));
  auto prefix = parse_prefix(*text);
  if (!prefix)
    diagnostics_.error(
        "BP211", variable.range,
        fmt::format("the value of `${}` is `{}`, neither a prefix nor a declared set", variable.path, *text));
  return prefix;
}

// Members of sums; other sets are the caller's affair.
void Lowering::flatten(const SetRef& ref, std::vector<FlatMember>& out) {
  for (const SetMember& member : ref.members) {
    if (const auto* prefix = std::get_if<Prefix>(&member.is)) {
      out.push_back({*prefix, member.modifier, member.range});
      continue;
    }
    const auto* var = std::get_if<Variable>(&member.is);
    const SetDeclaration* set = set_of(member);
    if (set && !sum(*set)) continue;
    if (set) {
      if (var) ++variables_;
      auto inner = flat(*set);
      if (!grow(inner->size(), member.range)) return;
      for (const FlatMember& one : *inner)
        out.push_back({one.prefix, member.modifier ? member.modifier : one.modifier, one.range});
    } else if (var) {
      if (auto prefix = prefix_of_value(*var)) out.push_back({*prefix, member.modifier, member.range});
    }
  }
}

void Lowering::flatten(const DataSource& source, std::vector<FlatMember>& out) {
  std::string path = source.path.text;
  std::string key;
  if (source.kind != DataSource::Kind::builtin) {
    path = relative_to(intents_.sources->file(source.range.file).path(), expanded(source.path));
    if (source.key) key = expanded(*source.key);
  }
  PrefixData data = intents_.data->prefixes(source, path, key, diagnostics_);
  if (!data.failure.empty()) return fail(data.unreadable ? "BP714" : "BP705", data.failure);
  for (const SetMember& member : data.members)
    out.push_back({std::get<Prefix>(member.is), member.modifier, member.range});
}

std::shared_ptr<const std::vector<FlatMember>> Lowering::flat(const SetDeclaration& set) {
  auto known = lowered_.members.find(set.name.text);
  if (known != lowered_.members.end()) return known->second;
  size_t variables = variables_;
  std::string failure = failure_;
  auto members = std::make_shared<std::vector<FlatMember>>();
  for (const auto& term : set.terms) {
    if (const auto* ref = std::get_if<SetRef>(&term.is)) flatten(*ref, *members);
    if (const auto* data = std::get_if<DataSource>(&term.is)) flatten(*data, *members);
  }
  // A failure has to show for everybody who uses the set.
  if (variables_ == variables && failure_.empty()) lowered_.members[set.name.text] = members;
  return members;
}

std::optional<Family> Lowering::missing_family(const SetDeclaration& set) {
  bool data = std::any_of(set.terms.begin(), set.terms.end(),
                          [](const auto& term) { return std::holds_alternative<DataSource>(term.is); });
  auto known = lowered_.members.find(set.name.text);
  if (!data || known == lowered_.members.end() || known->second->empty()) return std::nullopt;
  bool has[2] = {false, false};
  for (const FlatMember& member : *known->second) has[member.prefix.family == Family::ipv6] = true;
  if (has[0] && has[1]) return std::nullopt;
  return has[0] ? Family::ipv6 : Family::ipv4;
}

std::shared_ptr<const PrefixList> Lowering::list_of(const std::vector<FlatMember>& members,
                                                    const std::optional<Modifier>& modifier, Use use,
                                                    const SourceRange& range) {
  auto list = std::make_shared<PrefixList>();
  list->entries.reserve(members.size());
  size_t lost = 0;
  const FlatMember* first = nullptr;
  for (const FlatMember& member : members) {
    // An address lies in the member or does not; lengths play no part.
    static const std::optional<Modifier> kOrLonger = Modifier{Modifier::Kind::orlonger, {}, {}, {}};
    const auto& how = use == Use::next_hop ? kOrLonger : modifier ? modifier : member.modifier;
    auto pattern = pattern_of(member.prefix, how);
    if (pattern) {
      list->entries.push_back({*pattern, 0, member.range});
    } else {
      ++lost;
      if (!first) first = &member;
    }
  }
  if (lost > 0) {
    SourceRange where = modifier ? modifier->range : first->range.known() ? first->range : range;
    diagnostics_.warning("BP214", where,
                         lost == 1 ? fmt::format("{} contributes nothing here", to_string(first->prefix))
                                   : fmt::format("{} members of this set contribute nothing here, {} for one", lost,
                                                 to_string(first->prefix)),
                         "excludes them: too long, or of the other family");
  }
  return list;
}

// What a set with `-` or `&` says, point by point.
Condition Lowering::declared_condition(const SetDeclaration& set, Use use, const SourceRange& range) {
  Condition result = never(range);
  bool first = true;
  for (const auto& term : set.terms) {
    Condition here = never(range);
    if (const auto* ref = std::get_if<SetRef>(&term.is)) here = set_condition(*ref, std::nullopt, use, ref->range);
    if (const auto* data = std::get_if<DataSource>(&term.is)) {
      std::vector<FlatMember> members;
      flatten(*data, members);
      here = leaf(list_of(members, std::nullopt, use, data->range), use == Use::next_hop, data->range);
    }
    if (first) {
      result = std::move(here);
      first = false;
      continue;
    }
    switch (term.how) {
      case SetOperator::plus:
        result = any_of({std::move(result), std::move(here)}, range);
        break;
      case SetOperator::minus:
        result = all_of({std::move(result), not_(std::move(here), range)}, range);
        break;
      case SetOperator::both:
        result = all_of({std::move(result), std::move(here)}, range);
        break;
    }
  }
  return result;
}

Condition Lowering::set_condition(const SetRef& ref, const std::optional<Modifier>& modifier, Use use,
                                  const SourceRange& range) {
  if (!grow(1 + ref.members.size(), range)) return never(range);
  // One declared sum without variables: its list is shared.
  const SetDeclaration* only = ref.members.size() == 1 && !ref.members[0].modifier ? set_of(ref.members[0]) : nullptr;
  if (only && sum(*only)) {
    if (std::holds_alternative<Variable>(ref.members[0].is)) ++variables_;
    used_sets_.push_back({only, ref.range});
    std::string key = fmt::format("{} {} {}", only->name.text, static_cast<int>(use), modifier_key(modifier));
    auto known = lowered_.lists.find(key);
    if (known != lowered_.lists.end()) return leaf(known->second, use == Use::next_hop, range);
    auto members = flat(*only);
    auto list = list_of(*members, modifier, use, range);
    if (lowered_.members.contains(only->name.text)) lowered_.lists[key] = list;
    return leaf(std::move(list), use == Use::next_hop, range);
  }
  std::vector<Condition> parts;
  std::vector<FlatMember> members;
  flatten(ref, members);
  if (!members.empty() || ref.members.empty())
    parts.push_back(leaf(list_of(members, modifier, use, range), use == Use::next_hop, range));
  for (const SetMember& member : ref.members) {
    const SetDeclaration* set = set_of(member);
    if (!set || sum(*set)) continue;
    bool through_variable = std::holds_alternative<Variable>(member.is);
    if (through_variable) ++variables_;
    // Names were checked before; what a variable names comes to light only here.
    if (through_variable && (modifier || member.modifier))
      diagnostics_.error("BP206", member.range,
                         fmt::format("the set `{}` that this variable names takes no modifier", set->name.text));
    parts.push_back(declared_condition(*set, use, range));
  }
  return any_of(std::move(parts), range);
}

Condition Lowering::prefix_in(const SetRef& ref, const std::optional<Modifier>& modifier, const SourceRange& range) {
  return set_condition(ref, modifier, Use::prefix, range);
}

Condition Lowering::next_hop_in(const SetRef& ref, const SourceRange& range) {
  return set_condition(ref, std::nullopt, Use::next_hop, range);
}

// --- AS numbers ---

std::vector<NumberRange> Lowering::asns_of(const DataSource& source) {
  std::string path = source.path.text;
  std::string key;
  if (source.kind != DataSource::Kind::builtin) {
    path = relative_to(intents_.sources->file(source.range.file).path(), expanded(source.path));
    if (source.key) key = expanded(*source.key);
  }
  AsnData data = intents_.data->asns(source, path, key, diagnostics_);
  if (!data.failure.empty()) fail(data.unreadable ? "BP714" : "BP705", data.failure);
  return data.ranges;
}

std::vector<NumberRange> Lowering::asns_of_value(const Variable& variable) {
  auto text = value(variable);
  if (!text) return {};
  auto found = intents_.symbols.find(*text);
  if (found != intents_.symbols.end() && std::holds_alternative<const AsnsDeclaration*>(found->second.is))
    return asns_of(*text);
  std::string_view digits = *text;
  if (digits.size() > 2 && (digits[0] == 'A' || digits[0] == 'a') && (digits[1] == 'S' || digits[1] == 's'))
    digits.remove_prefix(2);
  uint64_t asn = 0;
  for (char c : digits) {
    if (c < '0' || c > '9' || asn > UINT32_MAX)
      asn = UINT64_MAX / 16;
    else
      asn = asn * 10 + static_cast<uint64_t>(c - '0');
  }
  if (digits.empty() || asn > UINT32_MAX) {
    diagnostics_.error("BP211", variable.range,
                       fmt::format("the value of `${}` is `{}`, neither an AS number nor a declared set of them",
                                   variable.path, *text));
    return {};
  }
  return {{static_cast<Asn>(asn), static_cast<Asn>(asn)}};
}

std::vector<NumberRange> Lowering::asns(const AsnRef& ref) {
  std::vector<NumberRange> ranges;
  for (const AsnMember& member : ref.members) {
    if (const auto* range = std::get_if<NumberRange>(&member.is)) ranges.push_back(*range);
    std::vector<NumberRange> more;
    if (const auto* name = std::get_if<Name>(&member.is)) more = asns_of(name->text);
    if (const auto* var = std::get_if<Variable>(&member.is)) more = asns_of_value(*var);
    ranges.insert(ranges.end(), more.begin(), more.end());
  }
  return normalized(std::move(ranges));
}

std::vector<NumberRange> Lowering::asns_of(const std::string& name) {
  auto known = lowered_.asns.find(name);
  if (known != lowered_.asns.end()) return known->second;
  auto found = intents_.symbols.find(name);
  if (found == intents_.symbols.end()) return {};
  const auto* declaration = std::get_if<const AsnsDeclaration*>(&found->second.is);
  if (!declaration) return {};
  if (!grow(1, (*declaration)->range)) return {};
  size_t variables = variables_;
  std::vector<NumberRange> result;
  bool first = true;
  for (const auto& term : (*declaration)->terms) {
    std::vector<NumberRange> here;
    if (const auto* ref = std::get_if<AsnRef>(&term.is)) here = asns(*ref);
    if (const auto* data = std::get_if<DataSource>(&term.is)) here = normalized(asns_of(*data));
    if (first || term.how == SetOperator::plus) {
      result.insert(result.end(), here.begin(), here.end());
      result = normalized(std::move(result));
    } else {
      // a & b is what neither complement has; a - b is a & the complement of b.
      std::vector<NumberRange> outside = complement(result);
      std::vector<NumberRange> other = term.how == SetOperator::minus ? here : complement(here);
      outside.insert(outside.end(), other.begin(), other.end());
      result = complement(normalized(std::move(outside)));
    }
    first = false;
  }
  if (variables_ == variables && failure_.empty()) lowered_.asns[name] = result;
  return result;
}

}  // namespace bgproof
