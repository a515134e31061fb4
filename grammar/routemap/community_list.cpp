#include "grammar/routemap/community_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "grammar/routemap/expressions.h"
#include "grammar/routemap/first_match.h"
#include "grammar/routemap/lists.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

// FRR: what of a list a line that cannot be read leaves depends on whether bgpd takes it.
constexpr Lost kMayReplace = {{},
                              "may be refused or take the place of another line",
                              "may be refused or take the place of another line, so that it is not known what the "
                              "list says",
                              "write the expression in another way, or take the line out"};

Lost at_line(Lost how, const Line& line) {
  how.at = line.range;
  return how;
}

CommunityKind kind_of(Kind list) {
  if (list == Kind::large_community_list) return CommunityKind::large;
  if (list == Kind::extcommunity_list) return CommunityKind::extended;
  return CommunityKind::standard;
}

// Numbers 1-99 are standard lists, 100-500 expanded ones.
bool is_expanded(const Line& line, std::string_view name) {
  if (line.word(2) == "expanded" || line.word(2) == "regexp") return true;
  if (line.word(2) == "standard") return false;
  std::optional<uint32_t> number = number_of(name);
  return number && *number >= 100;
}

struct Numbered {
  uint32_t sequence;
  CommunityLine line;
};

class ListReader {
 public:
  ListReader(Context& context, Kind list) : context_(context), kind_(kind_of(list)) {}

  void take(const Line& line, size_t first, bool expanded);
  std::vector<CommunityLine> lines();
  bool has_unreadable() const {
    return std::ranges::any_of(lines_, [](const Numbered& each) { return !each.line.readable; });
  }

 private:
  void values(const Line& line, size_t at, CommunityLine& read);
  bool has_already(const CommunityLine& line) const;

  Context& context_;
  CommunityKind kind_;
  std::vector<Numbered> lines_;
  uint32_t largest_ = 0;
};

void ListReader::values(const Line& line, size_t at, CommunityLine& read) {
  read.readable = at < line.size();  // without a value: no page says what it matches
  std::string_view word_kind;
  for (; at < line.size(); ++at) {
    std::string_view word = line.word(at);
    std::optional<Community> value;
    if (kind_ == CommunityKind::standard) {
      value = standard_community(word, context_.dialect());
      if (value && value->fields[0] == 0 && value->fields[1] == 0) {
        read.everything = true;
        continue;
      }
    } else if (kind_ == CommunityKind::large) {
      value = large_community(word);
    } else if (word == "rt" || word == "soo") {
      word_kind = word;
      continue;
    } else {
      value = extended_community(word_kind, word);
    }
    if (!value)
      read.readable = false;
    else if (std::ranges::find(read.values, *value) == read.values.end())
      read.values.push_back(*value);
  }
}

// What FRR has already it does not take again, under no number. The order of values does not count.
bool ListReader::has_already(const CommunityLine& line) const {
  return line.readable && std::ranges::any_of(lines_, [&](const Numbered& each) {
           const CommunityLine& known = each.line;
           return known.readable && known.permit == line.permit && known.everything == line.everything &&
                  known.expression == line.expression && std::ranges::is_permutation(known.values, line.values);
         });
}

void ListReader::take(const Line& line, size_t at, bool expanded) {
  CommunityLine read;
  read.range = line.range;
  std::optional<uint32_t> sequence;
  if (line.word(at) == "seq") sequence = number_of(line.word(++at)), ++at;
  if (!sequence && (line.word(at + 1) == "permit" || line.word(at + 1) == "deny"))
    sequence = number_of(line.word(at++));
  std::string_view action = line.word(at);
  if (action == "description" || action == "remark") return;
  if (action != "permit" && action != "deny") {
    if (line.negated && sequence)
      std::erase_if(lines_, [&](const Numbered& each) { return each.sequence == *sequence; });
    if (line.negated) return;
    read.readable = false;
    lines_.push_back({largest_ += 5, std::move(read)});
    return;
  }
  read.permit = action == "permit";
  if (expanded) {
    read.expression = posix_expression(context_, line.rest(at + 1), line.range_of(at + 1));
    read.readable = read.expression.has_value();
  } else {
    values(line, at + 1, read);
  }
  if (line.negated) {
    std::erase_if(lines_, [&](const Numbered& each) {
      return each.line.permit == read.permit && each.line.values == read.values &&
             each.line.expression == read.expression && each.line.everything == read.everything;
    });
    return;
  }
  if (context_.dialect() == Dialect::frr && has_already(read)) return;
  auto has_number = [&](const Numbered& each) { return sequence && each.sequence == *sequence; };
  if (context_.dialect() == Dialect::frr && !read.readable && std::ranges::any_of(lines_, has_number))
    context_.lose(at_line(kMayReplace, line));
  std::erase_if(lines_, has_number);
  uint32_t number = sequence.value_or(largest_ + 5);
  largest_ = std::max(largest_, number);
  lines_.push_back({number, std::move(read)});
}

std::vector<CommunityLine> ListReader::lines() {
  std::ranges::stable_sort(lines_, {}, &Numbered::sequence);
  std::vector<CommunityLine> lines;
  for (Numbered& each : lines_) lines.push_back(std::move(each.line));
  return lines;
}

Condition carries(const Community& community, SourceRange range) {
  return condition(CarriesCommunity{{{{community, range}}, {}}}, range);
}

// Whether one line of the list matches.
Condition line_matches(Context& context, Kind list, const CommunityLine& line, bool exact) {
  if (line.everything) return always(line.range);
  if (line.expression) return communities_hold(context, kind_of(list), *line.expression, line.range);
  std::vector<Condition> all;
  for (const Community& value : line.values) all.push_back(carries(value, line.range));
  auto count = static_cast<uint32_t>(line.values.size());
  if (exact) all.push_back(condition(CommunityCount{{kind_of(list)}, {count, count}}, line.range));
  return all_of(std::move(all), line.range);
}

// The communities that a line contains, each looked at for itself; nullopt: not known.
std::optional<CommunitySet> contained(Context& context, CommunityKind kind, const CommunityLine& line, bool in_words) {
  if (!line.readable) return std::nullopt;
  if (line.expression) {
    bool old_format = context.dialect() == Dialect::ios && !context.new_community_format();
    if (old_format && kind == CommunityKind::standard) return std::nullopt;
    return communities_like(context, kind, *line.expression, line.range, in_words);
  }
  CommunitySet set;
  if (line.everything) {
    CommunityFields every{kind, {NumberRange{0, 0xffff}, NumberRange{0, 0xffff}, NumberRange{0, 0}}};
    set.patterns.push_back({every, line.range});
    return set;
  }
  // In FRR a line contains each of its values; the others want entries of one value for a deletion.
  if (line.values.size() > 1 && context.dialect() != Dialect::frr) return std::nullopt;
  for (const Community& value : line.values) set.patterns.push_back({value, line.range});
  return set;
}

}  // namespace

std::shared_ptr<const CommunityList> community_list(Context& context, Kind list, std::string_view name) {
  auto& known = context.community_lists[{list, std::string(name)}];
  if (known) return known;
  ListReader reader(context, list);
  std::optional<bool> kind;
  for (const Line* line : context.definitions(list, name)) {
    bool expanded = is_expanded(*line, name);
    if (context.dialect() == Dialect::frr && kind && *kind != expanded) {
      if (reader.has_unreadable()) context.lose(at_line(kMayReplace, *line));
      context.refused(line->range, fmt::format("{} {} is of the other kind already", to_string(list), name));
      continue;
    }
    kind = expanded;
    size_t first = line->word(2) == name ? 3 : 4;
    if (first < line->size()) reader.take(*line, first, expanded);
    for (const Line& child : line->children) reader.take(child, 0, expanded);
  }
  return known = std::make_shared<CommunityList>(CommunityList{reader.lines()});
}

Condition permits_communities(Context& context, Kind list, std::string_view name, bool exact, SourceRange use) {
  std::vector<Rule> rules;
  for (const CommunityLine& line : community_list(context, list, name)->lines) {
    if (line.readable) {
      rules.push_back({line.permit, line_matches(context, list, line, exact)});
      continue;
    }
    // It matches or not, and permits or not.
    std::string what = fmt::format("a line of {} {}", to_string(list), name);
    rules.push_back({true, context.unmodelled(line.range, what)});
    rules.push_back({false, context.unmodelled(line.range, what + " (action)")});
  }
  return first_match(std::move(rules), use);
}

std::optional<std::vector<CommunitySet>> contained_communities(Context& context, Kind list, std::string_view name,
                                                               bool in_words) {
  std::vector<CommunitySet> sets;
  CommunitySet permitted;
  std::vector<CommunityPattern> denied;
  auto flush = [&] {
    if (permitted.patterns.empty()) return;
    permitted.except = denied;
    sets.push_back(std::exchange(permitted, {}));
  };
  for (const CommunityLine& line : community_list(context, list, name)->lines) {
    std::optional<CommunitySet> set = contained(context, kind_of(list), line, in_words);
    if (!set) return std::nullopt;
    if (!line.permit) flush();
    std::vector<CommunityPattern>& into = line.permit ? permitted.patterns : denied;
    into.insert(into.end(), set->patterns.begin(), set->patterns.end());
  }
  flush();
  return sets;
}

}  // namespace bgproof::routemap
