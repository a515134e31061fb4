#include "encoder/automaton/community_text.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "encoder/automaton/printed_communities.h"
#include "encoder/automaton/text_regex_nfa.h"

namespace bgproof {
namespace {

// How the fields of a range of types of extended communities are laid out and written.
struct ExtendedShape {
  enum class Administrator : uint8_t { plain, dotted, four_octet } style = Administrator::plain;
  std::string_view prefix;  // empty: "ext:" and the type in hexadecimal
  NumberRange type;
  uint32_t administrator_limit;
  uint32_t local_limit;
};

using Administrator = ExtendedShape::Administrator;

constexpr uint32_t k16 = 0xffff;
constexpr uint32_t k32 = 0xffffffff;

constexpr std::array<ExtendedShape, 17> kExtendedShapes = {{
    {Administrator::plain, "rt:", {0x0002, 0x0002}, k16, k32},
    {Administrator::plain, "soo:", {0x0003, 0x0003}, k16, k32},
    {Administrator::dotted, "rt:", {0x0102, 0x0102}, k32, k16},
    {Administrator::dotted, "soo:", {0x0103, 0x0103}, k32, k16},
    {Administrator::four_octet, "rt:", {0x0202, 0x0202}, k32, k16},
    {Administrator::four_octet, "soo:", {0x0203, 0x0203}, k32, k16},
    {Administrator::plain, "", {0x0000, 0x0001}, k16, k32},
    {Administrator::plain, "", {0x0004, 0x00ff}, k16, k32},
    {Administrator::plain, "", {0x0100, 0x0101}, k32, k16},
    {Administrator::plain, "", {0x0104, 0x01ff}, k32, k16},
    {Administrator::plain, "", {0x0200, 0x0201}, k32, k16},
    {Administrator::plain, "", {0x0204, 0x02ff}, k32, k16},
    {Administrator::plain, "", {0x0300, 0x3fff}, k16, k32},
    {Administrator::plain, "", {0x4000, 0x40ff}, k16, k32},
    {Administrator::plain, "", {0x4100, 0x41ff}, k32, k16},
    {Administrator::plain, "", {0x4200, 0x42ff}, k32, k16},
    {Administrator::plain, "", {0x4300, 0xffff}, k16, k32},
}};

NumberRange meet(const NumberRange& range, uint32_t low, uint32_t high) {
  return {std::max(range.low, low), std::min(range.high, high)};
}

bool is_empty(const NumberRange& range) { return range.low > range.high; }

void add_extended(TextNfa& nfa, TextNfa::State from, TextNfa::State to, const ExtendedShape& shape,
                  const CommunityFields& fields) {
  const NumberRange type = meet(fields.fields[0], shape.type.low, shape.type.high);
  const NumberRange administrator = meet(fields.fields[1], 0, shape.administrator_limit);
  const NumberRange local = meet(fields.fields[2], 0, shape.local_limit);
  if (is_empty(type) || is_empty(administrator) || is_empty(local)) return;
  TextNfa::State at = 0;
  if (shape.prefix.empty()) {
    at = nfa.add_text(nfa.add_hexadecimal(nfa.add_text(from, "ext:0x"), type.low, type.high, 4), ":");
  } else {
    at = nfa.add_text(from, shape.prefix);
  }
  const auto finish = [&](TextNfa::State behind) {
    nfa.add_jump(nfa.add_decimal(nfa.add_text(behind, ":"), local.low, local.high), to);
  };
  switch (shape.style) {
    case Administrator::plain:
      return finish(nfa.add_decimal(at, administrator.low, administrator.high));
    case Administrator::dotted:
      return finish(nfa.add_dotted(at, administrator.low, administrator.high));
    case Administrator::four_octet: {
      // A number that a two-octet AS could have too is marked.
      const NumberRange marked = meet(administrator, 0, k16);
      const NumberRange plain = meet(administrator, k16 + 1, k32);
      if (!is_empty(marked)) finish(nfa.add_text(nfa.add_decimal(at, marked.low, marked.high), "L"));
      if (!is_empty(plain)) finish(nfa.add_decimal(at, plain.low, plain.high));
      return;
    }
  }
}

void add_fields(TextNfa& nfa, TextNfa::State from, TextNfa::State to, const CommunityFields& fields) {
  if (fields.kind == CommunityKind::extended) {
    for (const ExtendedShape& shape : kExtendedShapes) add_extended(nfa, from, to, shape, fields);
    return;
  }
  const int count = fields.kind == CommunityKind::standard ? 2 : 3;
  const uint32_t limit = fields.kind == CommunityKind::standard ? k16 : k32;
  for (int i = 0; i < count; ++i) {
    const NumberRange range = meet(fields.fields[i], 0, limit);
    if (is_empty(range)) return;
    if (i != 0) from = nfa.add_text(from, ":");
    from = nfa.add_decimal(from, range.low, range.high);
  }
  nfa.add_jump(from, to);
}

CommunityFields fields_of(const Community& community) {
  CommunityFields fields{community.kind, {}};
  for (int i = 0; i < 3; ++i) fields.fields[i] = {community.fields[i], community.fields[i]};
  return fields;
}

struct PatternAdder {
  TextNfa& nfa;
  TextNfa::State from;
  TextNfa::State to;
  CommunityKind kind;

  void operator()(const Community& community) const {
    if (community.kind == kind) add_fields(nfa, from, to, fields_of(community));
  }
  void operator()(const CommunityFields& fields) const {
    if (fields.kind == kind) add_fields(nfa, from, to, fields);
  }
  void operator()(const CommunityRegex& regex) const {
    if (regex.kinds.contains(kind)) add_text_regex(nfa, from, to, regex.expression, regex.searched);
  }
};

// Of an expression over what a device prints.
std::optional<TextDfa> printed_automaton(const CommunityRegex& regex, CommunityKind kind) {
  TextScan scan(regex.expression, regex.searched);
  const PrintedCommunities printed(kind, regex.names, scan, {scan.start()});
  if (printed.overflowed()) return std::nullopt;
  std::vector<char> wanted;
  for (const PrintedCommunities::Class& its : printed.classes()) wanted.push_back(scan.accepts(its.to[0]) ? 1 : 0);
  return printed.automaton(wanted);
}

void add_automaton(TextNfa& nfa, TextNfa::State from, TextNfa::State to, const TextDfa& automaton) {
  std::vector<TextNfa::State> states;
  for (TextDfa::State state = 0; state < automaton.size(); ++state) states.push_back(nfa.add_state());
  if (automaton.empty() || nfa.overflowed()) return;
  nfa.add_jump(from, states[TextDfa::start()]);
  for (TextDfa::State state = 0; state < automaton.size(); ++state) {
    for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol) {
      const TextDfa::State next = automaton.next(state, symbol);
      if (next != TextDfa::kNone) nfa.add_edge(states[state], text_label(kTextAlphabet[symbol]), states[next]);
    }
    if (automaton.accepts_at(state)) nfa.add_jump(states[state], to);
  }
}

TextDfa universe(CommunityKind kind) {
  TextNfa nfa;
  const TextNfa::State from = nfa.add_state();
  const TextNfa::State to = nfa.add_state();
  nfa.set_start(from);
  nfa.set_accept(to);
  add_fields(nfa, from, to, CommunityFields{kind, {}});
  std::optional<TextDfa> dfa = determinize(nfa, nullptr, SIZE_MAX);
  BGPROOF_CHECK(dfa.has_value(), "the text forms of communities are a small automaton");
  return *std::move(dfa);
}

}  // namespace

const TextDfa& community_universe(CommunityKind kind) {
  switch (kind) {
    case CommunityKind::standard: {
      static const TextDfa standard = universe(kind);
      return standard;
    }
    case CommunityKind::large: {
      static const TextDfa large = universe(kind);
      return large;
    }
    case CommunityKind::extended: {
      static const TextDfa extended = universe(kind);
      return extended;
    }
  }
  BGPROOF_CHECK(false, "a kind of communities");
}

unsigned __int128 community_count(CommunityKind kind) {
  const auto bits = [](int count) { return static_cast<unsigned __int128>(1) << count; };
  switch (kind) {
    case CommunityKind::standard:
      return bits(32);
    case CommunityKind::large:
      return bits(96);
    case CommunityKind::extended:  // eight octets, whatever the type makes of them
      return bits(64);
  }
  BGPROOF_CHECK(false, "a kind of communities");
}

std::optional<TextDfa> community_automaton(const std::vector<const CommunityPattern*>& patterns, CommunityKind kind,
                                           size_t max_states) {
  TextNfa nfa;
  const TextNfa::State from = nfa.add_state();
  const TextNfa::State to = nfa.add_state();
  nfa.set_start(from);
  nfa.set_accept(to);
  for (const CommunityPattern* pattern : patterns) {
    const auto* regex = std::get_if<CommunityRegex>(&pattern->is);
    if (!regex || regex->names == CommunityNames::numeric) {
      std::visit(PatternAdder{nfa, from, to, kind}, pattern->is);
    } else if (regex->kinds.contains(kind)) {
      const std::optional<TextDfa> printed = printed_automaton(*regex, kind);
      if (!printed) return std::nullopt;
      add_automaton(nfa, from, to, *printed);
    }
  }
  return determinize(nfa, &community_universe(kind), max_states);
}

}  // namespace bgproof
