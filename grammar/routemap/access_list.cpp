// Access lists as route filters: a standard one compares the address of the route alone, an extended one its address
// and its netmask, FRR's own form is a prefix and all below it.
#include <fmt/format.h>

#include "grammar/routemap/prefix_list.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

enum class Form : uint8_t { standard, extended, zebra, unknown };

// An address, or a netmask written as one, and the bits of it that do not matter.
struct Masked {
  Address address;
  Bits wildcard = 0;
};

class AccessLine {
 public:
  AccessLine(const Line& line, size_t first, Family family, Form form)
      : line_(line), at_(first), family_(family), form_(form) {}

  // nullopt: no rule (a remark), or one that no route meets.
  std::optional<PrefixRule> read();
  std::optional<uint32_t> sequence;

 private:
  std::optional<Masked> masked(bool wants_wildcard);
  bool zebra(PrefixRule& rule);

  const Line& line_;
  size_t at_;
  Family family_;
  Form form_;
};

// `any`, `host A`, `A WILDCARD`; `A` alone in standard lists.
std::optional<Masked> AccessLine::masked(bool wants_wildcard) {
  std::string_view word = line_.word(at_++);
  if (word == "any") return Masked{{}, mask_of(32)};
  if (word == "host") word = line_.word(at_++);
  bool host = at_ >= 2 && line_.word(at_ - 2) == "host";
  std::optional<Address> address = address_of(word, Family::ipv4);
  if (!address) return std::nullopt;
  std::optional<Address> wildcard = host ? std::nullopt : address_of(line_.word(at_), Family::ipv4);
  if (wildcard) ++at_;
  if (wants_wildcard && !host && !wildcard) return std::nullopt;
  return Masked{*address, wildcard ? wildcard->bits : 0};
}

bool AccessLine::zebra(PrefixRule& rule) {
  std::string_view text = line_.word(at_);
  PrefixPattern pattern;
  pattern.high = static_cast<uint8_t>(width(family_));
  if (text == "any") {
    pattern.prefix = Prefix{family_, 0, 0};
  } else {
    std::optional<Prefix> prefix = parse_prefix(text);
    if (!prefix || prefix->family != family_) return false;
    pattern.prefix = *prefix;
    pattern.low = prefix->length;
    if (line_.word(at_ + 1) == "exact-match") pattern.high = prefix->length;
  }
  bool exact = pattern.prefix.length == pattern.high && text != "any";
  rule.said = fmt::format("{} {}{}", *rule.permit ? "permit" : "deny",
                          text == "any" ? "any" : to_string(pattern.prefix), exact ? RuleList::kExact : "");
  rule.patterns.push_back(pattern);
  return true;
}

std::optional<PrefixRule> AccessLine::read() {
  PrefixRule rule;
  rule.range = line_.range;
  if (line_.word(at_) == "seq") ++at_;
  if (auto number = number_of(line_.word(at_))) {
    sequence = number;
    ++at_;
  }
  std::string_view action = line_.word(at_++);
  if (action == "remark" || action == "statistics" || action == "counters" || action == "description")
    return std::nullopt;
  if (action != "permit" && action != "deny") return rule;
  rule.permit = action == "permit";
  if (form_ == Form::zebra && zebra(rule)) return rule;
  if (family_ == Family::ipv6 || form_ == Form::unknown) return rule;
  bool extended = form_ == Form::extended || (form_ == Form::zebra && line_.word(at_) == "ip");
  if (extended && line_.word(at_++) != "ip") return rule;
  std::optional<Masked> network = masked(extended);
  std::optional<Masked> netmask = extended ? masked(true) : Masked{{}, mask_of(32)};
  std::string_view more = line_.word(at_);
  if (!network || !netmask || (!more.empty() && more != "log")) return rule;
  rule.patterns = access_patterns(network->address, network->wildcard, netmask->address, netmask->wildcard);
  if (rule.patterns.empty()) return std::nullopt;
  return rule;
}

Form form_of(const Context& context, const Line& line, std::string_view name) {
  std::string_view third = line.word(2);
  if (context.dialect() == Dialect::frr) return Form::zebra;
  if (context.dialect() != Dialect::ios) return Form::unknown;
  if (third == "standard") return Form::standard;
  if (third == "extended") return Form::extended;
  std::optional<uint32_t> number = number_of(name);
  if (!number) return Form::unknown;
  bool standard = *number <= 99 || (*number >= 1300 && *number <= 1999);
  return standard ? Form::standard : Form::extended;
}

}  // namespace

void read_access_list(Context& context, Kind list, std::string_view name, RuleList& rules) {
  auto take = [&](const Line& line, size_t first, Form form) {
    AccessLine text(line, first, family_of(list), form);
    std::optional<PrefixRule> rule = text.read();
    if (!rule) return;
    if (line.negated)
      rules.remove(*rule, text.sequence);
    else
      rules.add(std::move(*rule), text.sequence);
  };
  for (const Line* line : context.definitions(list, name)) {
    Form form = form_of(context, *line, name);
    size_t first = 0;
    while (first < line->size() && line->word(first) != name) ++first;
    if (first + 1 < line->size()) take(*line, first + 1, form);
    for (const Line& child : line->children) take(child, 0, form);
  }
}

}  // namespace bgproof::routemap
