// Writes models as texts that are equal for equal models. For fingerprint.cpp and resolved_fingerprint.cpp.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "intents/resolved_fingerprint.h"
#include "intents/task.h"

namespace bgproof {

class FingerprintWriter {
 public:
  FingerprintWriter() = default;  // policies and lines by number: within one library
  // Resolved. `own_flags`: no flag is shared by two lists of clauses, so each list numbers its own.
  FingerprintWriter(ResolvedFingerprints& resolved, const PolicyLibrary* library, bool own_flags)
      : resolved_(&resolved), library_(library), own_flags_(own_flags) {}

  std::string take() { return std::move(out_); }

  void condition(const Condition& c) { std::visit(*this, c.is); }
  void clauses(const std::vector<Clause>& clauses) {
    for (const Clause& clause : clauses) {
      text("clause", clause.name);
      body(clause.body);
    }
  }
  void body(const Body& body) {
    add("{{");
    for (const Statement& statement : body) std::visit(*this, statement.is);
    add("}}");
  }
  void obligation(const Obligation& o) { std::visit(*this, o.is); }
  void rows(const std::vector<TaskRow>& rows) {
    for (const TaskRow& row : rows) {
      add("row {} {}", static_cast<int>(row.kind), row.range.begin);
      text("text", row.text);
      condition(row.condition);
      for (const Obligation& o : row.obligations) obligation(o);
    }
  }

  template <typename... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
    out_ += ' ';
  }
  // Length first, so that no text can look like what follows.
  void text(std::string_view what, std::string_view text) { add("{}:{}:{}", what, text.size(), text); }

  // Conditions.
  void operator()(const Constant& c) { add("constant {}", c.value); }
  void operator()(const All& c) { many("all", c.of); }
  void operator()(const Any& c) { many("any", c.of); }
  void operator()(const Not& c) {
    add("not");
    condition(*c.of);
  }
  void operator()(const PrefixIn& c) {
    if (resolved_ && resolved_->names_) return add("prefix {}", resolved_->names_(c));
    add("prefix");
    list(*c.list);
    for (uint32_t slot : c.slots) add("{}", slot);
    add(".");
  }
  void operator()(const FamilyIs& c) { add("family {}", static_cast<int>(c.family)); }
  void operator()(const ProtocolIn& c) {
    add("protocol");
    for (Protocol protocol : c.protocols) add("{}", static_cast<int>(protocol));
    add(".");
  }
  void operator()(const RouteTypeIs& c) { add("type {}", static_cast<int>(c.type)); }
  void operator()(const LearnedFromIn& c) { names("learned", c.roles); }
  void operator()(const CarriesCommunity& c) {
    add("carries");
    set(c.set);
  }
  void operator()(const CommunityText& c) {
    text("communitytext", c.expression);
    add("{} {}", static_cast<int>(c.kind), static_cast<int>(c.names));
  }
  void operator()(const CommunityCount& c) {
    add("count");
    kinds(c.kinds);
    range(c.count);
  }
  void operator()(const NumberIn& c) {
    add("number {}", static_cast<int>(c.number));
    ranges(c.ranges);
  }
  void operator()(const OriginIs& c) { add("origin {}", static_cast<int>(c.origin)); }
  void operator()(const NextHopIn& c) {
    add("nexthop");
    list(*c.list);
  }
  void operator()(const NeighborIn& c) {
    add("neighbor");
    list(*c.list);
  }
  void operator()(const InterfaceIn& c) { names("interface", c.names); }
  void operator()(const RibIn& c) { names("rib", c.names); }
  void operator()(const RpkiIs& c) { add("rpki {}", static_cast<int>(c.state)); }
  void operator()(const AsPathMatches& c) {
    add("path");
    regex(c.regex);
  }
  void operator()(const AsPathText& c) { text("pathtext", c.expression); }
  void operator()(const AsPathLength& c) {
    add("pathlen");
    range(c.range);
  }
  void operator()(const FlagIsSet& c) { add("flag {}", flag(c.flag)); }
  void operator()(const AssumptionIs& c) {
    text("assumption", c.name);
    text("=", c.value);
  }
  void operator()(const Unmodelled& c) { line("unmodelled", c.choice); }

  // Statements.
  void operator()(const If& s) {
    add("if");
    condition(s.condition);
    body(s.then);
    body(s.otherwise);
  }
  void operator()(const Disposition& s) { add("decide {} {}", static_cast<int>(s.decision), s.target); }
  void operator()(const DecideByDefault& s) {
    add("bydefault");
    condition(s.otherwise);
  }
  void operator()(const SetDefault& s) { add("default {}", s.accept); }
  void operator()(const Call& s) {
    uint32_t callee = resolved_ ? resolved_->policy(*library_, s.policy, own_flags_) : s.policy;
    add("call {} {} {}", static_cast<int>(s.as), callee, s.as == Call::As::test ? flag(s.flag) : 0);
    if (s.undecided) condition(*s.undecided);
  }
  void operator()(const SetFlag& s) {
    add("setflag {}", flag(s.flag));
    condition(s.value);
  }
  void operator()(const SetNumber& s) {
    add("set {} {} {} {}", static_cast<int>(s.how), static_cast<int>(s.number), s.value, s.base);
  }
  void operator()(const SetOrigin& s) { add("setorigin {}", static_cast<int>(s.origin)); }
  void operator()(const SetNextHop& s) {
    text("setnexthop", fmt::format("{} {}", static_cast<int>(s.next_hop.kind), to_string(s.next_hop.address)));
  }
  void operator()(const SetRpki& s) { add("setrpki {}", static_cast<int>(s.state)); }
  void operator()(const AddCommunities& s) {
    add("addc");
    communities(s.communities);
  }
  void operator()(const DeleteCommunities& s) {
    add("delc");
    set(s.set);
  }
  void operator()(const KeepCommunities& s) {
    add("keepc");
    set(s.set);
  }
  void operator()(const ReplaceCommunities& s) {
    add("replacec");
    kinds(s.kinds);
    communities(s.communities);
  }
  void operator()(const PrependAsns& s) { add("prepend {} {}", static_cast<int>(s.where), fmt::join(s.asns, ",")); }
  void operator()(const PrependFirst& s) { add("prependfirst {} {}", s.times, s.behind); }
  void operator()(const RemovePrivate& s) {
    add("removeprivate {} {} {} {} {} {} {}", static_cast<int>(s.which), s.replacement.has_value(),
        s.replacement.value_or(0), s.nearest, s.spare.has_value(), s.spare.value_or(0), s.behind);
  }
  void operator()(const ReplaceAsn& s) {
    add("replaceasn {}", s.with);
    ranges(s.which);
  }
  void operator()(const RemoveAsns& s) {
    add("removeasns");
    ranges(s.which);
  }
  void operator()(const ReplacePath& s) { add("replacepath {}:{}", s.asns.size(), fmt::join(s.asns, ",")); }
  void operator()(const Havoc& s) {
    line("havoc", s.choice);
    add("{} {}{}{}{}{}", s.may_decide, s.touches.as_path, s.touches.origin, s.touches.next_hop, s.touches.communities,
        s.touches.rpki);
    for (bool number : s.touches.numbers) add("{}", number);
  }
  void operator()(const NoEffect&) { add("noeffect"); }

  // Obligations.
  void operator()(const StripObligation& o) {
    add("strip");
    set(o.set);
  }
  void operator()(const KeepObligation& o) {
    add("keep");
    set(o.set);
  }
  void operator()(const AddObligation& o) {
    add("add");
    communities(o.communities);
  }
  void operator()(const OnlyObligation& o) {
    add("only");
    set(o.set);
    kinds(o.kinds);
  }
  void operator()(const NumberObligation& o) {
    add("have {}", static_cast<int>(o.number));
    ranges(o.ranges);
  }
  void operator()(const PrependObligation& o) {
    add("prepended");
    range(o.times);
  }
  void operator()(const NoPrivateAsObligation&) { add("noprivate"); }
  void operator()(const NextHopObligation& o) {
    add("hop {}", static_cast<int>(o.which));
    for (const Address& address : o.own) add("{}", to_string(address));
    add("{}", o.neighbor ? to_string(*o.neighbor) : ".");
  }
  void operator()(const UnchangedObligation& o) {
    add("unchanged");
    for (auto what : o.what) add("{}", static_cast<int>(what));
    add(".");
  }

  void members(const PrefixList& l) {
    for (const PrefixEntry& entry : l.entries) {
      add("{} {} {} {}", to_string(entry.pattern.prefix), entry.pattern.low, entry.pattern.high, entry.slot);
      if (entry.pattern.mask)
        add("mask {} {}", static_cast<uint64_t>(*entry.pattern.mask >> 64), static_cast<uint64_t>(*entry.pattern.mask));
    }
  }

 private:
  static constexpr size_t kLongList = 256;  // beyond it lists are told apart by where they are in memory

  void line(std::string_view what, ChoiceId choice) {
    if (resolved_)
      text(what, library_->unmodelled.at(choice.value).text);
    else
      add("{} {}", what, choice.value);
  }
  FlagId flag(FlagId id) {
    return own_flags_ ? flags_.try_emplace(id, static_cast<FlagId>(flags_.size())).first->second : id;
  }
  void many(std::string_view what, const std::vector<Condition>& of) {
    add("{} {}", what, of.size());
    for (const Condition& c : of) condition(c);
  }
  void names(std::string_view what, const std::set<std::string>& all) {
    add("{} {}", what, all.size());
    for (const std::string& name : all) text("", name);
  }
  void range(const NumberRange& r) { add("{}-{}", r.low, r.high); }
  void ranges(const std::vector<NumberRange>& all) {
    add("{}", all.size());
    for (const NumberRange& r : all) range(r);
  }
  void kinds(const std::set<CommunityKind>& all) {
    for (CommunityKind kind : all) add("k{}", static_cast<int>(kind));
    add(".");
  }
  void communities(const Communities& all) {
    add("{}", all.size());
    for (const Community& c : all) add("{}:{}:{}:{}", static_cast<int>(c.kind), c.fields[0], c.fields[1], c.fields[2]);
  }
  void patterns(const std::vector<CommunityPattern>& all) {
    add("{}", all.size());
    for (const CommunityPattern& pattern : all) {
      if (const auto* one = std::get_if<Community>(&pattern.is)) communities({*one});
      if (const auto* fields = std::get_if<CommunityFields>(&pattern.is)) {
        add("fields {}", static_cast<int>(fields->kind));
        for (const NumberRange& field : fields->fields) range(field);
      }
      if (const auto* r = std::get_if<CommunityRegex>(&pattern.is)) {
        text("regex", r->expression);
        add("{} {}", r->searched, static_cast<int>(r->names));
        kinds(r->kinds);
      }
    }
  }
  void set(const CommunitySet& s) {
    patterns(s.patterns);
    patterns(s.except);
  }
  void list(const PrefixList& l) {
    if (resolved_) return add("list {}", resolved_->list(l));
    add("{} {}", static_cast<int>(l.mode), l.entries.size());
    if (l.entries.size() > kLongList) return add("@{}", static_cast<const void*>(&l));
    members(l);
  }
  void regex(const AsPathRegex& r) {
    add("({} {} {}", static_cast<int>(r.kind), r.low, r.high);
    ranges(r.ranges);
    for (const AsPathRegex& part : r.of) regex(part);
    add(")");
  }

  ResolvedFingerprints* resolved_ = nullptr;
  const PolicyLibrary* library_ = nullptr;
  bool own_flags_ = false;
  std::map<FlagId, FlagId> flags_;
  std::string out_;
};

}  // namespace bgproof
