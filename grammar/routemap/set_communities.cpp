#include "grammar/routemap/set_communities.h"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/routemap/community_list.h"
#include "grammar/routemap/expressions.h"
#include "grammar/routemap/lists.h"
#include "grammar/routemap/match.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

enum class How : uint8_t { replace, add, remove };

struct Values {
  How how = How::replace;
  Communities communities;
  bool none = false;
  bool readable = true;
};

Kind list_of(CommunityKind kind) {
  return kind == CommunityKind::standard ? Kind::community_list : Kind::large_community_list;
}

// The values of the permit lines of standard lists: what `set community community-list L` of EOS stands for.
bool take_list(Context& context, CommunityKind kind, std::string_view name, Communities& into) {
  if (!context.defined(list_of(kind), name)) return false;
  for (const CommunityLine& line : community_list(context, list_of(kind), name)->lines) {
    if (!line.readable || !line.permit || line.everything || line.expression) return false;
    into.insert(line.values.begin(), line.values.end());
  }
  return true;
}

Values values_of(Context& context, const Line& line, CommunityKind kind) {
  Values values;
  bool lists = false;
  for (size_t i = 2; i < line.size(); ++i) {
    std::string_view word = line.word(i);
    bool eos = context.dialect() == Dialect::eos, frr = context.dialect() == Dialect::frr;
    bool cut_short = frr && kind == CommunityKind::standard && std::string_view("additive").starts_with(word);
    if (word == "additive" || cut_short) {
      values.how = How::add;
    } else if (word == "delete" && eos) {
      values.how = How::remove;
    } else if (word == "none" && line.size() == 3) {
      values.none = true;
    } else if (eos && (word == "community-list" || word == "large-community-list")) {
      lists = true;
    } else if (lists) {
      values.readable &= take_list(context, kind, word, values.communities);
    } else {
      std::optional<Community> value =
          kind == CommunityKind::standard ? standard_community(word, context.dialect()) : large_community(word);
      if (value)
        values.communities.insert(*value);
      else
        values.readable = false;
    }
  }
  values.readable &= values.none || !values.communities.empty();
  return values;
}

CommunitySet set_of(const Communities& communities, SourceRange range) {
  CommunitySet set;
  for (const Community& each : communities) set.patterns.push_back({each, range});
  return set;
}

CommunitySet every(CommunityKind kind, SourceRange range) {
  NumberRange field{0, kind == CommunityKind::standard ? 0xffffu : UINT32_MAX};
  NumberRange third = kind == CommunityKind::standard ? NumberRange{0, 0} : NumberRange{};
  return {{{CommunityFields{kind, {field, field, third}}, range}}, {}};
}

// Route targets are of the types 0x0002, 0x0102 and 0x0202, sites of origin end in 3.
CommunitySet every_of_subtype(uint32_t subtype, SourceRange range) {
  CommunitySet set;
  for (uint32_t type : {0x0000u, 0x0100u, 0x0200u}) {
    CommunityFields fields{CommunityKind::extended, {NumberRange{type | subtype, type | subtype}, {}, {}}};
    set.patterns.push_back({fields, range});
  }
  return set;
}

}  // namespace

Act free_communities(Context& context, SourceRange range, const std::string& what) {
  AttributeSet communities;
  communities.communities = true;
  return context.havoc(range, what, communities, false);
}

bool is_deletion(const Line& line) {
  std::string_view what = line.word(1);
  if (what == "comm-list" || what == "large-comm-list" || what == "extcomm-list" || what == "extended-comm-list")
    return true;
  return (what == "community" || what == "large-community") && !line.words.empty() &&
         line.words.back().text == "delete";
}

Body set_communities(Context& context, const Line& line, CommunityKind kind) {
  Values values = values_of(context, line, kind);
  SourceRange at = line.range;
  if (!values.readable) {
    if (context.dialect() == Dialect::frr) {
      context.refused(at, fmt::format("bgpd refuses `{}`; the entry stays without it", line.rest(0)));
      return {};
    }
    return {free_communities(context, at, fmt::format("`{}`", line.rest(0)))};
  }
  if (values.none) return {act(ReplaceCommunities{{kind}, {}}, at)};
  switch (values.how) {
    case How::replace:
      return {act(ReplaceCommunities{{kind}, values.communities}, at)};
    case How::add:
      return {act(AddCommunities{values.communities}, at)};
    case How::remove:
      return {act(DeleteCommunities{set_of(values.communities, at)}, at)};
  }
  return {};
}

Body set_extended(Context& context, const Line& line) {
  SourceRange at = line.range;
  std::string_view kind = line.word(2);
  if (kind == "none" && line.size() == 3) return {act(ReplaceCommunities{{CommunityKind::extended}, {}}, at)};
  Communities communities;
  bool additive = context.dialect() == Dialect::frr, readable = kind == "rt" || kind == "soo";
  for (size_t i = 3; i < line.size(); ++i) {
    std::string_view word = line.word(i);
    if (word == "additive") {
      additive = true;
    } else if (word == "rt" || word == "soo") {
      readable &= word == kind;
    } else if (std::optional<Community> value = extended_community(kind, word)) {
      communities.insert(*value);
    } else {
      readable = false;
    }
  }
  if (!readable || communities.empty()) return {free_communities(context, at, fmt::format("`{}`", line.rest(0)))};
  Act add = act(AddCommunities{communities}, at);
  if (additive) return {add};
  Act of_type = act(DeleteCommunities{every_of_subtype(kind == "rt" ? 2 : 3, at)}, at);
  if (context.dialect() != Dialect::eos) return {of_type, add};
  Act all = act(ReplaceCommunities{{CommunityKind::extended}, {}}, at);
  return {act(If{context.reading("set-extcommunity", "all", at), {all}, {of_type}}, at), add};
}

Body delete_list(Context& context, const Line& line, Kind list) {
  SourceRange at = line.range;
  std::string_view name = line.word(2);
  bool extended = list == Kind::extcommunity_list;
  if (line.word(3) != "delete" || line.word(1) == "extended-comm-list")
    return {free_communities(context, at, fmt::format("`{}`", line.rest(0)))};
  if (!context.defined(list, name)) {
    Condition everything = undefined_list(context, list, name, line.words[2].range);
    if (context.dialect() == Dialect::frr) return {act(NoEffect{}, at)};
    CommunityKind kind = list == Kind::large_community_list ? CommunityKind::large : CommunityKind::standard;
    Act all = extended ? act(ReplaceCommunities{{CommunityKind::extended}, {}}, at)
                       : act(DeleteCommunities{every(kind, at)}, at);
    return {act(If{std::move(everything), {std::move(all)}, {}}, at)};
  }
  std::optional<std::vector<CommunitySet>> sets = contained_communities(context, list, name);
  if (!sets) return {free_communities(context, at, fmt::format("`{}`", line.rest(0)))};
  auto deletions = [&](std::vector<CommunitySet>& of) {
    Body body;
    for (CommunitySet& set : of) body.push_back(act(DeleteCommunities{std::move(set)}, at));
    if (body.empty()) body.push_back(act(NoEffect{}, at));
    return body;
  };
  const std::vector<CommunityLine>& lines = community_list(context, list, name)->lines;
  bool by_text = std::ranges::any_of(lines, [](const CommunityLine& each) { return each.expression.has_value(); });
  if (list != Kind::community_list || !by_text || context.dialect() == Dialect::frr) return deletions(*sets);
  std::optional<std::vector<CommunitySet>> by_name = contained_communities(context, list, name, true);
  Condition in_words = all_of({carries_well_known(at), context.reading("community-words", "words", at)}, at);
  return {act(If{std::move(in_words), deletions(*by_name), deletions(*sets)}, at)};
}

}  // namespace bgproof::routemap
