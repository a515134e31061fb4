// An intent file as its author wrote it: declarations and blocks, each with its place in the text. Names are not looked
// up yet (intents/resolve.h) and variables have no value (intents/scope.h). The grammar is docs/intents.md; the only
// maker is grammar/intent/reader.h.
//
// Where the grammar offers one thing or a list in braces (`setref`, `asnref`, `commref`) the model has the list: a
// single name is a list of one, which means the same.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source.h"
#include "policy/address.h"
#include "policy/as_path.h"
#include "policy/community.h"
#include "policy/route.h"

namespace bgproof::intent {

struct Name {
  std::string text;
  SourceRange range;
};

// A quoted text without its quotes and escapes; `${...}` stands in it as written.
struct Quoted {
  std::string text;
  SourceRange range;
};

// `$neighbor.asn`, without the dollar sign.
struct Variable {
  std::string path;
  SourceRange range;
};

// A comparison with a number, as the range of numbers for which it holds; nullopt: no number satisfies it (`< 0`).
struct NumberTest {
  std::optional<NumberRange> holds;
  SourceRange range;
};

// --- Sets of prefixes ---

// How much below a prefix counts; `bounds`: `ge`, `le` or both.
struct Modifier {
  enum class Kind : uint8_t { exact, orlonger, longer, bounds } kind = Kind::exact;
  std::optional<uint32_t> ge;
  std::optional<uint32_t> le;
  SourceRange range;
};

struct SetMember {
  std::variant<Prefix, Name, Variable> is;
  std::optional<Modifier> modifier;
  SourceRange range;
};

struct SetRef {
  std::vector<SetMember> members;
  bool braces = false;  // as written, for printing
  SourceRange range;
};

// --- Sets of AS numbers ---

struct AsnMember {
  std::variant<NumberRange, Name, Variable> is;
  SourceRange range;
};

struct AsnRef {
  std::vector<AsnMember> members;
  bool braces = false;
  SourceRange range;
};

// --- Sets of communities ---

// One field of a community: a range of numbers (a literal: low == high; `*`: everything) or a variable.
struct CommunityPart {
  std::variant<NumberRange, Variable> is;
  bool wildcard = false;
  SourceRange range;
};

struct CommunityLiteral {
  enum class Kind : uint8_t { plain, route_target, site_of_origin, extended } kind = Kind::plain;
  std::vector<CommunityPart> parts;  // two or three
  std::string text;                  // "64500:*", "no-export"
  SourceRange range;
};

struct CommunityMember {
  std::variant<CommunityLiteral, Name> is;
  SourceRange range;
};

struct CommunityRef {
  std::vector<CommunityMember> members;
  bool braces = false;
  SourceRange range;
};

// --- Data from files ---

struct Guard {
  enum class Kind : uint8_t { max_age, min, max_shrink } kind;
  uint64_t value = 0;  // seconds, a count, percent
  SourceRange range;
};

struct DataSource {
  enum class Kind : uint8_t { file, bgpq4, vrps, aspa, builtin } kind;
  Quoted path;  // the name, for builtin
  std::optional<Quoted> key;
  std::optional<AsnRef> asn;  // vrps: `origin`, aspa: `providers-of`
  std::vector<Guard> guards;
  SourceRange range;
};

enum class SetOperator : uint8_t { plus, minus, both };  // + - &

template <typename Ref>
struct Term {
  SetOperator how = SetOperator::plus;  // the first term: plus
  std::variant<Ref, DataSource> is;
};

// Terms are combined from left to right.
struct SetDeclaration {
  Name name;
  std::vector<Term<SetRef>> terms;
  SourceRange range;
};

struct AsnsDeclaration {
  Name name;
  std::vector<Term<AsnRef>> terms;
  SourceRange range;
};

struct CommsDeclaration {
  Name name;
  CommunityRef value;
  SourceRange range;
};

// --- Conditions ---

struct Cond;

struct AnyRoute {};
struct NamedCond {
  Name name;
};
struct PrefixCond {
  SetRef set;
  std::optional<Modifier> modifier;
};
struct LenSpec {
  std::optional<Family> family;
  NumberTest number;
};
struct LenCond {
  std::vector<LenSpec> specs;
};
struct TaggedCond {
  Name tag;
};
struct LearnedFromCond {
  std::vector<Name> roles;
};
struct OriginatedCond {};
struct SourceCond {
  Name source;
};
struct EndAsCond {
  bool origin = true;
  AsnRef asns;
};  // origin-as in, first-as in
struct PathAsnsCond {
  bool within = true;
  AsnRef asns;
};  // path within, path contains
struct PathMatchesCond {
  std::string regex;
  SourceRange range;
};  // without the angle brackets, whose range it is
struct PathLenCond {
  NumberTest number;
};
struct CommunityCond {
  bool has = true;
  CommunityRef communities;
};
struct RpkiCond {
  Name state;
};
struct AspaCond {
  Name state;
};
struct NextHopCond {
  SetRef set;
};
struct NumberCond {
  Number number = Number::local_pref;
  NumberTest test;
};
struct RouteTypeCond {
  Name type;
};
struct OriginCond {
  Name origin;
};
struct AndCond {
  std::vector<Cond> of;
};
struct OrCond {
  std::vector<Cond> of;
};
struct NotCond {
  std::shared_ptr<const Cond> of;
};

struct Cond {
  using Is = std::variant<AnyRoute, NamedCond, PrefixCond, LenCond, TaggedCond, LearnedFromCond, OriginatedCond,
                          SourceCond, EndAsCond, PathAsnsCond, PathMatchesCond, PathLenCond, CommunityCond, RpkiCond,
                          AspaCond, NextHopCond, NumberCond, RouteTypeCond, OriginCond, AndCond, OrCond, NotCond>;
  Is is;
  SourceRange range;
};

// --- Obligations ---

struct CommunityAct {
  enum class How : uint8_t { strip, keep, add, only } how;
  CommunityRef communities;
};
struct TagAct {
  bool set = true;
  Name tag;
};
struct NumberAct {
  enum class What : uint8_t { local_pref, med, prepend } what;
  NumberTest test;
};
struct NextHopAct {
  Name which;
};
struct OtcAct {
  Name which;
};
struct NoPrivateAsAct {};
enum class Attr : uint8_t { path, next_hop, med, local_pref, communities, origin };
struct UnchangedAct {
  std::vector<Attr> attributes;
};

struct Act {
  std::variant<CommunityAct, TagAct, NumberAct, NextHopAct, OtcAct, NoPrivateAsAct, UnchangedAct> is;
  SourceRange range;
};

// --- Selectors, rows, blocks ---

struct NeighborTerm {
  enum class Kind : uint8_t { role, group, as, neighbor, any } kind;
  Name word;    // role: the role; group, neighbor: the glob
  AsnRef asns;  // as
  SourceRange range;
};

struct NeighborSelector {
  std::vector<NeighborTerm> of;
  std::vector<NeighborTerm> minus;
  SourceRange range;
};

struct DeviceTerm {
  bool site = false;  // else a device
  Quoted glob;
  SourceRange range;
};

// YYYY-MM-DD as 20270301: comparable.
struct Date {
  uint32_t value = 0;
  SourceRange range;
};

struct Meta {
  Date until;
  Quoted owner;
  std::optional<Quoted> ticket;
};

struct Row {
  enum class Kind : uint8_t { may, must, never, always, except } kind;
  std::optional<Name> id;
  std::optional<Cond> condition;  // all but `always`
  std::vector<Act> acts;
  std::optional<Meta> meta;  // `except`
  std::optional<Quoted> comment;
  SourceRange range;  // the whole row
  SourceRange head;   // word, id and condition (`always`: the acts)
};

struct Block {
  enum class Kind : uint8_t { export_to, import_from, policy } kind;
  NeighborSelector neighbors;  // export, import
  Quoted policy;               // policy
  std::vector<DeviceTerm> at;
  std::optional<Family> family;
  std::vector<Row> rows;
  SourceRange range;
  SourceRange head;  // up to the brace
};

// --- The other declarations ---

struct VersionItem {
  uint64_t version = 0;
  SourceRange range;
};
struct IncludeItem {
  bool builtin = false;
  Quoted path;
  SourceRange range;
};
struct NetworkItem {
  Asn asn = 0;
  SourceRange range;
};
struct NeighborsItem {
  Quoted path;
  std::vector<Guard> guards;
  SourceRange range;
};
struct RoleItem {
  Name name;
  NeighborSelector neighbors;
  SourceRange range;
};

// `means`: roles, `originated` or `opaque`.
struct Meaning {
  std::vector<Name> roles;
  bool originated = false;
  bool opaque = false;
  SourceRange range;
};
struct TagItem {
  Name name;
  CommunityLiteral community;
  Meaning means;
  SourceRange range;
};
struct FactItem {
  Name name;
  Cond condition;
  Meaning means;
  SourceRange range;
};
struct ClassItem {
  Name name;
  Cond condition;
  SourceRange range;
};
struct AssumeItem {
  enum class Kind : uint8_t { never_matches, always_matches, no_effect } kind;
  Quoted clause;  // "POLICY/CLAUSE"
  Meta meta;
  SourceRange range;
};

using Item = std::variant<VersionItem, IncludeItem, NetworkItem, NeighborsItem, RoleItem, SetDeclaration,
                          AsnsDeclaration, CommsDeclaration, TagItem, FactItem, ClassItem, AssumeItem, Block>;

struct File {
  FileId file;
  std::vector<Item> items;
  bool broken = false;  // it has syntax errors; the items are then not complete
};

}  // namespace bgproof::intent
