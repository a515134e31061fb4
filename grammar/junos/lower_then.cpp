#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "grammar/junos/community.h"
#include "grammar/junos/then.h"

namespace bgproof::junos {

namespace {

// Actions that change nothing that a route carries in this model: forwarding, accounting, attributes that no condition
// reads.
constexpr std::array<std::string_view, 35> kNoEffect = {"aigp-adjust",
                                                        "aigp-originate",
                                                        "analyze",
                                                        "bgp-output-queue-priority",
                                                        "class",
                                                        "cos-next-hop-map",
                                                        "damping",
                                                        "destination-class",
                                                        "dynamic-tunnel-attributes",
                                                        "external",
                                                        "forwarding-class",
                                                        "install-nexthop",
                                                        "label-allocation",
                                                        "load-balance",
                                                        "map-to-interface",
                                                        "metric3",
                                                        "metric4",
                                                        "multipath-resolve",
                                                        "no-backup",
                                                        "no-entropy-label-capability",
                                                        "no-install-to-fib",
                                                        "no-route-localize",
                                                        "p2mp-lsp-root",
                                                        "prefix-segment",
                                                        "priority",
                                                        "resolution-map",
                                                        "route-localize",
                                                        "selected-mldp-egress",
                                                        "source-class",
                                                        "source-checking",
                                                        "ssm-source",
                                                        "trace",
                                                        "tunnel-attribute",
                                                        "tunnel-end-point-address",
                                                        "voice-vlan"};

struct NumberAction {
  std::string_view word;
  Number number;
  uint32_t base;  // what add and subtract start from if the route has none
};
constexpr std::array<NumberAction, 9> kNumberActions = {{{"local-preference", Number::local_pref, 100},
                                                         {"metric", Number::med, 0},
                                                         {"metric2", Number::metric2, 0},
                                                         {"preference", Number::preference, 0},
                                                         {"preference2", Number::preference2, 0},
                                                         {"tag", Number::tag, 0},
                                                         {"tag2", Number::tag2, 0},
                                                         {"color", Number::color, 0},
                                                         {"color2", Number::color2, 0}}};

AttributeSet only_as_path() {
  AttributeSet set;
  set.as_path = true;
  return set;
}
AttributeSet only_next_hop() {
  AttributeSet set;
  set.next_hop = true;
  return set;
}

Act set_flag(FlagId flag, SourceRange range) { return act(SetFlag{flag, always()}, range); }

class Then {
 public:
  explicit Then(Context& context) : context_(context) {}

  Body run(const std::vector<Line>& lines) {
    std::map<std::string, size_t> last;  // by kind
    for (size_t i = 0; i < lines.size(); ++i) last[kind_of(lines[i])] = i;
    for (size_t i = 0; i < lines.size(); ++i)
      if (std::string kind = kind_of(lines[i]); kind.empty() || last[kind] == i) lower(lines[i]);
    Body body = std::move(effects_);
    for (Body* part : {&prepend_, &expand_}) body.insert(body.end(), part->begin(), part->end());
    if (default_action_) body.push_back(*default_action_);
    if (next_)
      body.push_back(*next_);
    else if (verdict_)
      body.push_back(*verdict_);
    return body;
  }

 private:
  // The kind within which the last action wins; "" for those that all count.
  static std::string kind_of(const Line& line) {
    const std::string& word = line.word(0);
    if (word == "accept" || word == "reject") return "accept or reject";
    return word == "community" ? "" : word;
  }

  void lower(const Line& line) {
    const std::string& word = line.word(0);
    if (word == "accept") {
      verdict_ = decide(Decision::accept, line.range);
    } else if (word == "reject") {
      verdict_ = decide(Decision::reject, line.range);
    } else if (word == "next" && (line.word(1) == "term" || line.word(1) == "policy")) {
      next_ = decide(line.word(1) == "term" ? Decision::next_clause : Decision::next_policy, line.range);
    } else if (word == "default-action" && (line.word(1) == "accept" || line.word(1) == "reject")) {
      default_action_ = act(SetDefault{line.word(1) == "accept"}, line.range);
    } else if (word == "community") {
      community(line);
    } else if (word == "as-path-prepend") {
      prepend(line);
    } else if (word == "as-path-expand") {
      expand(line);
    } else if (word == "next-hop") {
      next_hop(line);
    } else if (word == "origin") {
      origin(line);
    } else if (word == "validation-state") {
      validation_state(line);
    } else if (std::find(kNoEffect.begin(), kNoEffect.end(), word) != kNoEffect.end()) {
      effects_.push_back(act(NoEffect{}, line.range));
    } else {
      for (const NumberAction& known : kNumberActions)
        if (word == known.word) return number(line, known);
      unknown(line);
    }
  }

  void unknown(const Line& line) {
    context_.diagnostics().note("BP117", line.range, fmt::format("action `{}` is not modelled", line.text()),
                                "it may change and decide anything");
    may_set(line, AttributeSet::all(), effects_);
    effects_.push_back(context_.havoc(line.range, fmt::format("then {}", line.text())));
  }

  // What an action that is not understood sets may be what the session keeps.
  void may_set(const Line& line, const AttributeSet& touches, Body& out) {
    auto perhaps = [&](const char* what, FlagId flag) {
      Condition holds = context_.unmodelled(line.range, fmt::format("{} of then {}", what, line.text()));
      out.push_back(act(If{std::move(holds), {set_flag(flag, line.range)}, {}}, line.range));
    };
    if (touches.next_hop) perhaps("next hop", kNextHopSet);
    if (touches.numbers[static_cast<size_t>(Number::med)] && context_.tracks_metric) perhaps("metric", kMetricSet);
  }

  void bad(const Line& line, AttributeSet touches, Body& out) {
    context_.diagnostics().warning("BP116", line.range, fmt::format("`{}` is not understood", line.text()));
    may_set(line, touches, out);
    out.push_back(context_.havoc(line.range, fmt::format("then {}", line.text()), touches, false));
  }

  void community(const Line& line) {
    const std::string& how = line.word(1);
    std::optional<CommunityOperation> operation;
    if (how == "add" || how == "+") operation = CommunityOperation::add;
    if (how == "set" || how == "=") operation = CommunityOperation::set;
    if (how == "delete" || how == "-") operation = CommunityOperation::remove;
    if (!operation || line.size() < 3) {
      AttributeSet touches;
      touches.communities = true;
      return bad(line, touches, effects_);
    }
    for (size_t i = 2; i < line.size(); ++i) apply_community(context_, *operation, line.word(i), line.range, effects_);
  }

  // None: a word that is no number, or no word.
  static std::vector<Asn> asns_of(const Line& line) {
    std::vector<Asn> asns;
    for (const std::string& text : split(line.text(1))) {
      auto asn = asn_of(text);
      if (!asn) return {};
      asns.push_back(*asn);
    }
    return asns;
  }

  void prepend(const Line& line) {
    std::vector<Asn> asns = asns_of(line);
    if (asns.empty()) return bad(line, only_as_path(), prepend_);
    auto where = context_.tracks_prepends ? PrependAsns::Where::apart : PrependAsns::Where::joined;
    prepend_.push_back(act(PrependAsns{std::move(asns), where}, line.range));
    if (context_.tracks_prepends) prepend_.push_back(set_flag(kPrepended, line.range));
  }

  // `last-as` is the AS that was put in front last: the leftmost.
  void expand(const Line& line) {
    PrependAsns given{asns_of(line)};
    PrependFirst last{1};
    bool of_last = line.word(1) == "last-as";
    if (of_last && line.size() > 2) {
      auto number = line.word(2) == "count" ? number_of(line.word(3)) : std::nullopt;
      if (!number) return bad(line, only_as_path(), expand_);
      last.times = *number;
    }
    if (!of_last && given.asns.empty()) return bad(line, only_as_path(), expand_);
    Act joined = of_last ? act(last, line.range) : act(given, line.range);
    given.where = PrependAsns::Where::behind;
    last.behind = true;
    Act behind = of_last ? act(last, line.range) : act(given, line.range);
    expand_.push_back(context_.tracks_prepends ? one_of_both(std::move(behind), std::move(joined)) : std::move(joined));
  }

  // Numbers that were put in front of the own AS are passed over, or not: nobody says which.
  static Act one_of_both(Act behind, Act joined) {
    SourceRange range = joined.range;
    Condition apart =
        all_of({condition(FlagIsSet{kOwnAsAdded}, range), condition(FlagIsSet{kPrepended}, range)}, range);
    Condition reading = condition(AssumptionIs{"junos.expand-after-prepend", "behind"}, range);
    Act either = act(If{std::move(reading), {std::move(behind)}, {joined}}, range);
    return act(If{std::move(apart), {std::move(either)}, {std::move(joined)}}, range);
  }

  void next_hop(const Line& line) {
    NextHop value;
    const std::string& word = line.word(1);
    if (word == "self") {
      value.kind = NextHop::Kind::self;
    } else if (word == "peer-address") {
      value.kind = NextHop::Kind::peer;
    } else if (word == "discard") {
      value.kind = NextHop::Kind::discard;
    } else if (word == "reject") {
      value.kind = NextHop::Kind::reject;
    } else if (auto address = parse_address(word); address && line.size() == 2) {
      value = {NextHop::Kind::address, *address};
    } else {
      context_.diagnostics().note("BP117", line.range, fmt::format("`{}` is not modelled", line.text()),
                                  "the next hop is free");
      effects_.push_back(context_.havoc(line.range, fmt::format("then {}", line.text()), only_next_hop(), false));
      effects_.push_back(set_flag(kNextHopSet, line.range));
      return;
    }
    effects_.push_back(act(SetNextHop{value}, line.range));
    effects_.push_back(set_flag(kNextHopSet, line.range));
  }

  void origin(const Line& line) {
    const std::string& word = line.word(1);
    AttributeSet touches;
    touches.origin = true;
    if (word != "igp" && word != "egp" && word != "incomplete") return bad(line, touches, effects_);
    Origin value = word == "igp" ? Origin::igp : word == "egp" ? Origin::egp : Origin::incomplete;
    effects_.push_back(act(SetOrigin{value}, line.range));
  }

  void validation_state(const Line& line) {
    const std::string& word = line.word(1);
    AttributeSet touches;
    touches.rpki = true;
    if (word != "valid" && word != "invalid" && word != "unknown") return bad(line, touches, effects_);
    Rpki value = word == "valid" ? Rpki::valid : word == "invalid" ? Rpki::invalid : Rpki::unknown;
    effects_.push_back(act(SetRpki{value}, line.range));
  }

  void number(const Line& line, const NumberAction& known) {
    SetNumber set{SetNumber::How::assign, known.number, 0, known.base};
    size_t at = 1;
    if (line.word(1) == "add" || line.word(1) == "subtract") {
      set.how = line.word(1) == "add" ? SetNumber::How::add : SetNumber::How::subtract;
      at = 2;
    }
    const std::string& how = line.word(1);
    bool measured =
        known.number == Number::med && (how == "igp" || how == "minimum-igp" || how == "expression" || how == "aigp");
    auto value = number_of(line.word(at));
    if (measured) {
      // A number that the IGP knows and the text does not: free, whatever the route.
      effects_.push_back(context_.number_of_network(line.range, fmt::format("then {}", line.text()), known.number));
    } else if (!value || line.size() != at + 1) {
      bad(line, AttributeSet::only(known.number), effects_);
    } else {
      set.value = *value;
      effects_.push_back(act(set, line.range));
    }
    if (known.number == Number::med && context_.tracks_metric) effects_.push_back(set_flag(kMetricSet, line.range));
  }

  Context& context_;
  Body effects_, prepend_, expand_;
  std::optional<Act> default_action_, next_, verdict_;
};

}  // namespace

Body lower_then(Context& context, const std::vector<Line>& lines) { return Then(context).run(lines); }

}  // namespace bgproof::junos
