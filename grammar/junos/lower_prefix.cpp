#include <fmt/format.h>

#include <algorithm>

#include "grammar/junos/prefix.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

// The translations of one named prefix list.
struct PrefixLists {
  std::vector<std::pair<Prefix, SourceRange>> members;
  bool defined = false;
  std::string unknown;  // a line that is not understood
  std::shared_ptr<const PrefixList> exact, orlonger, longer, longer_by_lookup;
};

namespace {

// The slot of an entry that no route can satisfy (`longer` of a full-length prefix) but that a lookup still finds
// before shorter ones.
constexpr uint32_t kHides = UINT32_MAX - 1;
// `through` filters are compared with all others of the table; a table that needs more comparisons is free.
constexpr size_t kMostComparisons = 10'000'000;

// A prefix; an address alone is its own prefix; IPv4 may be short ("10/8").
std::optional<Prefix> prefix_word(const std::string& text) {
  if (auto prefix = parse_prefix(text, nullptr, true)) return prefix;
  if (auto address = parse_address(text)) return prefix_of(*address, width(address->family));
  return std::nullopt;
}

std::shared_ptr<PrefixLists> define(Context& context, const std::string& name) {
  auto result = std::make_shared<PrefixLists>();
  for (const Statement* text : context.definitions(Kind::prefix_list, name)) {
    result->defined = true;
    result->members.reserve(result->members.size() + text->children.size());
    for (const Statement& child : text->children) {
      if (child.inactive) continue;
      if (auto prefix = prefix_word(child.keyword())) {
        result->members.emplace_back(*prefix, child.range);
        continue;
      }
      // The reader has put what an apply-path stands for beside it, or says that it could not.
      if (child.keyword() == "apply-path") continue;
      result->unknown = fmt::format("`{}` in prefix-list {} is not resolved", child.keyword(), name);
      if (child.keyword() == kApplyPathUnresolved || child.keyword() == "dynamic-db")
        context.diagnostics().note("BP117", child.range, result->unknown);
      else
        context.diagnostics().warning("BP116", child.range, fmt::format("`{}` is not a prefix", child.keyword()));
    }
  }
  return result;
}

std::shared_ptr<const PrefixList> build(const PrefixLists& lists, MatchType type, PrefixList::Mode mode) {
  auto result = std::make_shared<PrefixList>();
  result->mode = mode;
  result->entries.reserve(lists.members.size());
  for (const auto& [prefix, range] : lists.members) {
    int bits = width(prefix.family);
    uint8_t low = prefix.length, high = prefix.length;
    if (type != MatchType::exact) high = static_cast<uint8_t>(bits);
    if (type == MatchType::longer) {
      if (prefix.length == bits) {
        if (mode == PrefixList::Mode::longest)
          result->entries.push_back({{prefix, low, high, std::nullopt}, kHides, range});
        continue;
      }
      ++low;
    }
    result->entries.push_back({{prefix, low, high, std::nullopt}, 0, range});
  }
  return result;
}

Condition in(std::shared_ptr<const PrefixList> list, SourceRange use) {
  return condition(PrefixIn{std::move(list), {0}}, use);
}

// "/24"; "24" without the slash is not Junos.
std::optional<uint32_t> length_word(const std::string& text) {
  if (text.empty() || text[0] != '/') return std::nullopt;
  return number_of(std::string_view(text).substr(1));
}

uint8_t byte(uint32_t value) { return static_cast<uint8_t>(value); }

// The match type and its value; fills patterns, `rest` and `unknown`.
void read_match_type(RouteFilter& filter, const Prefix& prefix, const std::vector<const Word*>& words) {
  auto word = [&](size_t i) -> const std::string& {
    static const std::string kNone;
    return i < words.size() ? words[i]->text : kNone;
  };
  auto bits = static_cast<uint32_t>(width(prefix.family));
  auto put = [&](uint32_t low, uint32_t high) {
    if (low <= high) filter.patterns.push_back({prefix, byte(low), byte(high), std::nullopt});
  };
  const std::string& type = word(1);
  filter.rest = type == "exact" || type == "orlonger" || type == "longer" ? 2 : 3;
  if (type == "exact") return put(prefix.length, prefix.length);
  if (type == "orlonger") return put(prefix.length, bits);
  if (type == "longer") {
    filter.never = prefix.length == bits;
    return filter.never ? put(bits, bits) : put(prefix.length + 1u, bits);
  }
  if (type == "upto") {
    auto high = length_word(word(2));
    if (high && *high >= prefix.length && *high <= bits) return put(prefix.length, *high);
  } else if (type == "prefix-length-range") {
    size_t dash = word(2).find('-');
    auto low = length_word(word(2).substr(0, dash));
    auto high = dash == std::string::npos ? std::nullopt : length_word(word(2).substr(dash + 1));
    if (low && high && *low >= prefix.length && *low <= *high && *high <= bits) return put(*low, *high);
  } else if (type == "through") {
    auto last = prefix_word(word(2));
    if (last && covers(prefix, *last)) {
      filter.path_to = last;
      for (int length = prefix.length; length <= last->length; ++length) {
        Prefix step = prefix_of({last->family, last->bits}, length);
        filter.patterns.push_back({step, byte(length), byte(length), std::nullopt});
      }
      return;
    }
  } else if (type == "address-mask") {
    auto mask = parse_address(word(2));
    if (mask && mask->family == prefix.family) {
      filter.patterns.push_back({prefix, prefix.length, prefix.length, mask->bits});
      filter.patterns.back().prefix.bits &= mask->bits;
      return;
    }
  }
  filter.unknown = "the match type is not understood";
  // All types but address-mask look below the prefix only.
  if (type != "address-mask") put(prefix.length, bits);
}

// Whether a `through` of the table and another filter lie in each other's way: the other's prefix is on the path.
bool crosses(const RouteFilter& through, const RouteFilter& other) {
  if (!through.path_to || &through == &other) return false;
  for (const PrefixPattern& pattern : other.patterns)
    if (covers(through.patterns.front().prefix, pattern.prefix) && covers(pattern.prefix, *through.path_to))
      return true;
  return false;
}

}  // namespace

Condition prefix_list_matches(Context& context, const std::string& name, MatchType type, SourceRange use) {
  auto& known = context.prefix_lists[name];
  if (!known) known = define(context, name);
  PrefixLists& lists = *known;
  if (!lists.defined) {
    context.diagnostics().warning("BP111", use, fmt::format("prefix-list `{}` is not defined", name));
    return context.unmodelled(use, fmt::format("prefix-list {} is not defined", name));
  }
  auto make = [&](std::shared_ptr<const PrefixList>& list, PrefixList::Mode mode) {
    if (!list) list = build(lists, type, mode);
    return in(list, use);
  };
  Condition result = always();
  if (type == MatchType::exact) {
    result = make(lists.exact, PrefixList::Mode::any);
  } else if (type == MatchType::orlonger) {
    // A lookup and a test of each entry agree: the longest covering entry fits whenever any does.
    result = make(lists.orlonger, PrefixList::Mode::any);
  } else {
    // They differ for a route that is itself a member and lies under another one.
    auto reading = [&](const char* value, Condition matches) {
      Condition assumed = condition(AssumptionIs{"junos.prefix-list-filter-lookup", value}, use);
      return all_of({std::move(assumed), std::move(matches)}, use);
    };
    result = any_of({reading("longest", make(lists.longer_by_lookup, PrefixList::Mode::longest)),
                     reading("any", make(lists.longer, PrefixList::Mode::any))},
                    use);
  }
  if (lists.unknown.empty()) return result;
  // By the lookup, a member that is not known can also hide a shorter one from `longer`.
  if (type == MatchType::longer) return context.unmodelled(use, lists.unknown);
  return any_of({std::move(result), context.unmodelled(use, lists.unknown)}, use);
}

RouteFilter read_route_filter(const Statement& statement, size_t first) {
  std::vector<const Word*> words;
  for (size_t i = first; i < statement.words.size(); ++i) words.push_back(&statement.words[i]);
  RouteFilter filter;
  filter.range = statement.head();
  auto prefix = words.empty() ? std::nullopt : prefix_word(words[0]->text);
  if (!prefix) {
    filter.unknown = "the prefix is not understood";
    return filter;
  }
  read_match_type(filter, *prefix, words);
  filter.rest += first;
  return filter;
}

std::shared_ptr<const PrefixList> route_filter_table(const std::vector<SlottedFilter>& filters, bool walkup) {
  auto table = std::make_shared<PrefixList>();
  table->mode = walkup ? PrefixList::Mode::first : PrefixList::Mode::longest;
  size_t paths = 0;
  for (const SlottedFilter& each : filters) paths += each.filter.path_to ? 1 : 0;
  if (paths * filters.size() > kMostComparisons) return nullptr;
  for (const SlottedFilter& each : filters) {
    if (each.filter.path_to)
      for (const SlottedFilter& other : filters)
        if (crosses(each.filter, other.filter)) return nullptr;
    if (each.filter.never && walkup) continue;
    if (each.filter.patterns.empty()) return nullptr;
    uint32_t slot = each.filter.never ? kHides : each.filter.unknown.empty() ? each.slot : kUnknownSlot;
    for (const PrefixPattern& pattern : each.filter.patterns)
      table->entries.push_back({pattern, slot, each.filter.range});
  }
  if (walkup)
    std::stable_sort(table->entries.begin(), table->entries.end(), [](const PrefixEntry& a, const PrefixEntry& b) {
      return a.pattern.prefix.length > b.pattern.prefix.length;
    });
  return table;
}

std::shared_ptr<const PrefixList> address_list(const std::vector<const Word*>& words) {
  auto list = std::make_shared<PrefixList>();
  for (const Word* word : words) {
    auto address = parse_address(word->text);
    if (!address) return nullptr;
    Prefix prefix = prefix_of(*address, width(address->family));
    list->entries.push_back({{prefix, prefix.length, prefix.length, std::nullopt}, 0, word->range});
  }
  return list;
}

}  // namespace bgproof::junos
