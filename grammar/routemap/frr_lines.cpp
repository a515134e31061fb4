#include "grammar/routemap/frr_lines.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "grammar/routemap/frr_forms.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

constexpr Lost kNoForm = {{},
                          "has none of the forms that bgpd shows",
                          "has none of the forms that bgpd shows, so that it is not known what the device does",
                          "write the line as `show running-config` shows it"};
constexpr Lost kBelow = {{},
                         "is refused, and lines stand below it",
                         "is refused, so that it is not known what the lines below it belong to",
                         "take the line out, or write it as `show running-config` shows it"};

bool begins(std::string_view whole, std::string_view word) { return !word.empty() && whole.starts_with(word); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "8.4.4", "4.0+cl3u8".
std::optional<FrrVersion> version_of(std::string_view text) {
  size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  auto major = number_of(text.substr(0, dot));
  std::string_view rest = text.substr(dot + 1);
  auto minor = number_of(rest.substr(0, rest.find_first_not_of("0123456789")));
  return major && minor ? std::optional(FrrVersion{*major, *minor}) : std::nullopt;
}

constexpr std::array<std::string_view, 15> kCommunityNames = {"internet",        "graceful-shutdown",
                                                              "accept-own",      "route-filter-translated-v4",
                                                              "route-filter-v4", "route-filter-translated-v6",
                                                              "llgr-stale",      "route-filter-v6",
                                                              "no-llgr",         "accept-own-nexthop",
                                                              "blackhole",       "no-export",
                                                              "no-advertise",    "local-AS",
                                                              "no-peer"};

bool is_community(std::string_view word) {
  if (std::ranges::find(kCommunityNames, word) != kCommunityNames.end()) return true;
  bool digits = std::ranges::all_of(word, [](char c) { return is_digit(c) || c == ':'; });
  return digits && word.find(':') != std::string_view::npos && standard_community(word, Dialect::frr).has_value();
}

bool is_large_community(std::string_view word) {
  bool digits = std::ranges::all_of(word, [](char c) { return is_digit(c) || c == ':'; });
  return digits && large_community(word).has_value();
}

// The values of a line of a standard list, from word `at` on.
Standing list_values(const Line& line, size_t at) {
  std::string_view list = line.word(1);
  if (list == "extcommunity-list") {
    for (; at + 1 < line.size(); at += 2)
      if (!extended_community(line.word(at), line.word(at + 1))) return Standing::unknown;
    return at == line.size() ? Standing::taken : Standing::unknown;
  }
  for (; at < line.size(); ++at) {
    bool known = list == "community-list" ? is_community(line.word(at)) : is_large_community(line.word(at));
    if (!known) return Standing::refused;
  }
  return Standing::taken;
}

// Of a line of a list that has a form.
Standing root_values(const Line& line) {
  if (line.word(0) != "bgp" && line.word(0) != "ip") return Standing::taken;
  if (!line.word(1).ends_with("community-list")) return Standing::taken;
  std::string_view kind = line.word(2);
  std::optional<uint32_t> number = number_of(kind);
  bool standard = number ? *number < 100 : kind == "standard";
  size_t at = number ? 3 : 4;
  if (line.word(at) == "seq") at += 2;
  return standard && at < line.size() ? list_values(line, at + 1) : Standing::taken;
}

// Of `set community`: what is cut short in it is known of `additive` alone.
Standing community_values(const Line& line) {
  if (line.word(2) == "none" && line.size() == 3) return Standing::taken;
  size_t values = 0;
  for (size_t i = 2; i < line.size(); ++i) {
    std::string_view word = line.word(i);
    if (begins("additive", word)) continue;
    ++values;
    if (is_community(word)) continue;
    auto short_for = [&](std::string_view name) { return name.starts_with(word); };
    return std::ranges::any_of(kCommunityNames, short_for) ? Standing::unknown : Standing::refused;
  }
  return values > 0 ? Standing::taken : Standing::refused;
}

Standing local_preference(std::string_view word) {
  bool sign = word.starts_with('+') || word.starts_with('-');
  return number_of(sign ? word.substr(1) : word) ? Standing::taken : Standing::refused;
}

Standing large_community_values(const Line& line) {
  bool values = false;
  for (size_t i = 2; i < line.size(); ++i) {
    if (line.word(i) == "additive") continue;
    if (!is_large_community(line.word(i))) return Standing::refused;
    values = true;
  }
  return values ? Standing::taken : Standing::unknown;
}

Standing next_hop(std::string_view word) {
  std::optional<Address> address = address_of(word, Family::ipv4);
  if (!address) return Standing::taken;  // a keyword
  auto bits = static_cast<uint32_t>(address->bits >> 96);
  if (bits == 0 || bits >= 0xe0000000) return Standing::refused;
  bool odd = bits >> 24 == 0 || bits >> 24 == 127;
  return odd ? Standing::unknown : Standing::taken;
}

// Of a line of an entry that has a form.
Standing entry_values(const Line& line) {
  if (line.negated || line.word(0) != "set") return Standing::taken;
  std::string_view what = line.word(1), value = line.word(2);
  if (what == "community") return community_values(line);
  if (what == "local-preference") return local_preference(value);
  if (what == "metric" && (value == "+0" || value == "-0")) return Standing::refused;
  if (what == "ip" && line.word(2) == "next-hop") return next_hop(line.word(3));
  if (what == "large-community" && (value != "none" || line.size() > 3)) return large_community_values(line);
  return Standing::taken;
}

// Most lines of a long text, which need no search.
bool is_plain_prefix_line(const Line& line) {
  bool v4 = line.word(0) == "ip";
  if (line.negated || (!v4 && line.word(0) != "ipv6") || line.word(1) != "prefix-list" || line.word(3) != "seq")
    return false;
  if (line.size() != 7 && line.size() != 9) return false;
  auto is_number = [](std::string_view word, uint32_t low, uint32_t high) {
    std::optional<uint32_t> number = number_of(word);
    return number && *number >= low && *number <= high && word.front() != '0' && is_digit(word.front());
  };
  if (!is_number(line.word(4), 1, UINT32_MAX) || (line.word(5) != "permit" && line.word(5) != "deny")) return false;
  std::optional<Prefix> prefix = parse_prefix(line.word(6));
  if (!prefix || (prefix->family == Family::ipv4) != v4) return false;
  if (line.size() == 7) return true;
  return (line.word(7) == "le" || line.word(7) == "ge") && is_number(line.word(8), 1, v4 ? 32 : 128);
}

class Judge {
 public:
  Judge(Config& config, std::string_view text) : config_(config), text_(text) {
    if (std::optional<SaidVersion> said = frr_version(config)) version_ = said->version;
    listed_ = version_ && *version_ >= FrrVersion{8, 0} && *version_ <= FrrVersion{8, 4};
  }

  void all();

 private:
  bool is_policy(const Line& line) const;
  void root(Line& line);
  void entry(Line& line);
  Standing standing(FrrNode node, Line& line);
  void write(Line& line, const std::vector<std::string>& words);
  void lose(const Lost& how, const Line& line);
  bool nothing_between(uint32_t end, const Line& line) const;

  Config& config_;
  std::string_view text_;
  std::optional<FrrVersion> version_;
  bool listed_ = false;
};

void Judge::lose(const Lost& how, const Line& line) {
  if (config_.lost && config_.lost->at.begin <= line.range.begin) return;
  config_.lost = how;
  config_.lost->at = line.range;
}

void Judge::write(Line& line, const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) (joined += joined.empty() ? "" : " ") += word;
  if (joined == line.rest(0)) return;
  if (!config_.written) config_.written = std::make_shared<std::deque<std::string>>();
  std::string_view whole = config_.written->emplace_back(std::move(joined));
  size_t at = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    line.words[i].text = whole.substr(at, words[i].size());
    at += words[i].size() + 1;
  }
  line.rewritten = true;
}

Standing Judge::standing(FrrNode node, Line& line) {
  if (node == FrrNode::root && is_plain_prefix_line(line)) return Standing::taken;
  // Older versions have all lists below `ip`.
  bool old = node == FrrNode::root && line.word(0) == "ip" && line.word(1) != "prefix-list" && !listed_;
  if (old && line.word(1) != "access-list") line.words.front().text = "bgp";
  std::optional<FrrForm> form = frr_form(node, line);
  if (old && line.word(0) == "bgp") {
    line.words.front().text = "ip";
    if (form) form->words.front() = "ip";
  }
  if (!form) return listed_ ? Standing::refused : Standing::unknown;
  if (!form->written_out && !listed_) return Standing::unknown;
  write(line, form->words);
  Standing values = node == FrrNode::root ? root_values(line) : entry_values(line);
  return values == Standing::refused && !listed_ ? Standing::unknown : values;
}

bool Judge::is_policy(const Line& line) const {
  std::string_view first = line.word(0), second = line.word(1);
  if (first == "ip" && second == "prefix-list" && line.word(2) == "sequence-number" && line.size() == 3) return listed_;
  // Told where lists are defined (context.cpp).
  bool refuses_ip = version_ && version_->first >= 8;
  bool of_attributes = second == "as-path" || second.ends_with("community-list");
  if (refuses_ip && first == "ip" && of_attributes) return false;
  return begins("route-map", first) || begins("access-list", first) || may_name_list(first, second);
}

void Judge::root(Line& line) {
  bool head = line.word(0) == "route-map";
  line.standing = standing(FrrNode::root, line);
  // A head has had this form in all versions.
  if (head && line.standing == Standing::unknown && !line.defaulted) line.standing = Standing::refused;
  if (line.standing == Standing::unknown || (line.word(0) == "router" && line.standing == Standing::taken))
    lose(kNoForm, line);
}

void Judge::entry(Line& line) {
  constexpr std::array<std::string_view, 6> kCommands = {"match", "set", "continue", "on-match", "call", "description"};
  std::string_view first = line.word(0);
  bool of_entry = std::ranges::any_of(kCommands, [&](std::string_view each) { return begins(each, first); });
  // It may be of the outermost level and leave the entry.
  if (!of_entry && first != "no") return lose(kNoForm, line);
  line.standing = standing(FrrNode::route_map, line);
  // What versions with this form make of it is a named assumption.
  bool any = line.begins({"match", "community"}) && line.size() == 4 && line.word(3) == "any" && !line.negated;
  if (any && line.standing == Standing::unknown) line.standing = Standing::taken;
}

// No line but comments: what is read in between leaves the entry.
bool Judge::nothing_between(uint32_t end, const Line& line) const {
  std::string_view between = text_.substr(end, line.range.begin - end);
  bool begins_line = false, comment = false;
  for (char c : between) {
    if (c == '\n') {
      begins_line = true;
      comment = false;
      continue;
    }
    if (comment || c == ' ' || c == '\t' || c == '\r') continue;
    if (!begins_line || (c != '!' && c != '#')) return false;
    comment = true;
  }
  return true;
}

void Judge::all() {
  Line* open = nullptr;  // the head whose entry is open
  uint32_t end = 0;      // of the line before
  for (Line& line : config_.lines) {
    bool policy = is_policy(line);
    if (policy) root(line);
    bool refused = policy && line.standing == Standing::refused;
    bool head = policy && !refused && !line.negated && line.word(0) == "route-map" && line.word(2) != "optimization";
    if (!refused || !nothing_between(end, line)) open = nullptr;
    end = line.whole().end;
    if (head) open = &line;
    if (!refused || line.children.empty()) continue;
    if (open == nullptr || line.word(0) != "route-map") {
      lose(kBelow, line);
      continue;
    }
    std::ranges::move(line.children, std::back_inserter(open->children));
    line.children.clear();
  }
  for (Line& line : config_.lines)
    if (line.word(0) == "route-map" && line.standing != Standing::refused)
      for (Line& child : line.children) entry(child);
}

}  // namespace

std::optional<SaidVersion> frr_version(const Config& config) {
  std::optional<SaidVersion> said;
  for (const Line& line : config.lines) {
    if (line.negated || !line.begins({"frr", "version"})) continue;
    if (std::optional<FrrVersion> version = version_of(line.word(2))) said = {*version, line.range};
  }
  return said;
}

void judge_frr_lines(Config& config, std::string_view text) { Judge(config, text).all(); }

}  // namespace bgproof::routemap
