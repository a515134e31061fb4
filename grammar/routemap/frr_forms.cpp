#include "grammar/routemap/frr_forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "policy/address.h"

namespace bgproof::routemap {

namespace {

// One word of a form: its alternatives stand between bars. Lower case: a keyword. WORD: any word; P4, P6, A4, A6: a
// prefix or an address; 1-99: a number; =1-99: a number that is a name; +-: a number that may have a sign. `...` behind
// it: one such word or more. Words in brackets may be left out.
struct Forms {
  std::vector<std::vector<std::string>> of;
};

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    size_t end = text.find(at);
    if (std::string_view part = text.substr(0, end); !part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// With and without each part in brackets.
void add(Forms& forms, const std::string& form) {
  size_t open = form.find('[');
  if (open == std::string::npos) {
    forms.of.push_back(split(form, ' '));
    return;
  }
  size_t close = form.find(']', open);
  add(forms, form.substr(0, open) + form.substr(open + 1, close - open - 1) + form.substr(close + 1));
  add(forms, form.substr(0, open) + form.substr(close + 1));
}

void add_with_no(Forms& forms, const std::string& form) {
  add(forms, form);
  add(forms, "no " + form);
}

Forms root_forms() {
  Forms forms;
  const std::string any = "[seq 0-4294967295] deny|permit WORD...", seq = "[seq 1-4294967295] deny|permit ";
  add_with_no(forms, "route-map WORD deny|permit 1-65535");
  add(forms, "no route-map WORD");
  add_with_no(forms, "route-map WORD optimization");
  add_with_no(forms, "bgp as-path access-list WORD " + any);
  add(forms, "no bgp as-path access-list WORD");
  for (const char* list : {"bgp community-list ", "bgp large-community-list ", "bgp extcommunity-list "})
    for (const char* name : {"=1-99 ", "=100-500 ", "standard WORD ", "expanded WORD "}) {
      add_with_no(forms, std::string(list) + name + any);
      add(forms, std::string("no ") + list + name);
    }
  add(forms, "no bgp large-community-list =1-99|=100-500|WORD");
  for (const char* list : {"access-list WORD ", "ipv6 access-list WORD "}) {
    add(forms, std::string("no ") + list);
    add_with_no(forms, list + seq + (list[0] == 'i' ? "P6 [exact-match]" : "P4 [exact-match]"));
    add_with_no(forms, list + seq + "any");
    add(forms, list + std::string("remark WORD..."));
    add(forms, "no " + (list + std::string("remark [WORD...]")));
  }
  add_with_no(forms, "access-list WORD " + seq + "[host] A4");
  add_with_no(forms, "access-list WORD " + seq + "A4 A4");
  for (const char* source : {"A4 A4", "host A4", "any"})
    for (const char* target : {" A4 A4", " host A4", " any"})
      add_with_no(forms, "access-list WORD " + seq + "ip " + source + target);
  for (int family : {4, 6}) {
    const std::string list = family == 4 ? "ip prefix-list WORD " : "ipv6 prefix-list WORD ";
    const std::string prefix = family == 4 ? "P4 " : "P6 ", length = family == 4 ? "0-32" : "0-128";
    add_with_no(forms, list + seq + "any");
    add_with_no(forms, list + seq + prefix + "[ge " + length + "] [le " + length + "]");
    add_with_no(forms, list + seq + prefix + "le " + length + " ge " + length);
    add(forms, "no " + list);
    add(forms, "no " + list + "seq 1-4294967295");
    add(forms, list + "description WORD...");
    add(forms, "no " + list + "description [WORD...]");
  }
  // Of other things, so that what is short for them is not taken for one of these.
  add_with_no(forms, "bgp community alias WORD WORD");
  add_with_no(forms, "router bgp [1-4294967295]");
  add_with_no(forms, "router bgp 1-4294967295 view|vrf WORD");
  return forms;
}

// Each may stand behind `no`, too, with the words that are in brackets or without.
constexpr std::array<std::string_view, 70> kUndone = {
    "on-match next", "on-match goto [1-65535]", "continue [1-65535]", "call [WORD]", "description [WORD...]",
    "match interface [WORD]", "match ip address [WORD]", "match ip address prefix-list [WORD]",
    "match ip next-hop [WORD]", "match ip next-hop prefix-list [WORD]", "match ip next-hop type [blackhole]",
    "match ip next-hop address [A4]", "match ip route-source [WORD]", "match ip route-source prefix-list [WORD]",
    "match ipv6 address [WORD]", "match ipv6 address prefix-list [WORD]", "match ipv6 next-hop type [blackhole]",
    "match ipv6 next-hop [WORD]", "match ipv6 next-hop prefix-list [WORD]", "match metric [0-4294967295]",
    "match tag [1-4294967295]", "match peer [local|A4|A6|WORD]", "match as-path [WORD]",
    "match local-preference [0-4294967295]", "match alias [WORD]", "match community [=1-99|=100-500|WORD]",
    "match large-community [=1-99|=100-500|WORD]", "match extcommunity [=1-99|=100-500|WORD]",
    "match origin [egp|igp|incomplete]", "set ip next-hop [A4]", "set ipv6 next-hop local [A6]",
    "set tag [1-4294967295]", "set sr-te color [1-4294967295]", "set distance [0-255]", "set weight [0-4294967295]",
    "set label-index [0-1048560]", "set as-path prepend last-as [1-10]", "set as-path exclude [1-4294967295...]",
    "set as-path replace [any|1-4294967295]", "set origin [egp|igp|incomplete]", "set local-preference [WORD]",
    "set community [WORD...]", "set large-community [WORD...]", "set extcommunity rt [WORD...]",
    "set extcommunity soo [WORD...]", "set originator-id [A4]", "set aggregator as [1-4294967295 A4]",
    "set ipv4|ipv6 vpn next-hop [A4|A6]", "set comm-list [=1-99|=100-500|WORD delete]",
    "set large-comm-list [=1-99|=100-500|WORD delete]",
    // With all of their words alone.
    "match ipv6 next-hop address A6", "match mac address WORD", "match evpn vni 1-16777215",
    "match evpn route-type ead|1|macip|2|multicast|3|es|4|prefix|5", "match evpn rd WORD", "match evpn default-route",
    "match source-vrf WORD", "match community =1-99|=100-500|WORD exact-match",
    "match large-community =1-99|=100-500|WORD exact-match", "match rpki-extcommunity valid|invalid|notfound",
    "set ip next-hop peer-address", "set ip next-hop unchanged", "set ipv6 next-hop global A6",
    "set ipv6 next-hop prefer-global", "set ipv6 next-hop peer-address", "set evpn gateway-ip ipv4 A4",
    "set evpn gateway-ip ipv6 A6", "set atomic-aggregate", "set extcommunity none",
    "set l3vpn next-hop encapsulation gre"};

Forms entry_forms() {
  Forms forms;
  for (std::string_view form : kUndone) {
    add(forms, "no " + std::string(form));
    std::string whole(form);
    std::erase_if(whole, [](char c) { return c == '[' || c == ']'; });
    add(forms, whole);
  }
  add(forms, "match probability 0-100");
  add(forms, "no match probability [1-99]");
  // With the RPKI module; without it they are short for `rpki-extcommunity`.
  add_with_no(forms, "match rpki valid|invalid|notfound");
  add(forms, "set metric +-|rtt|+rtt|-rtt");
  add(forms, "no set metric [WORD]");
  add(forms, "set table 1-4294967295");
  add(forms, "no set table");
  add(forms, "set as-path prepend 1-4294967295...");
  add(forms, "no set as-path prepend [1-4294967295]");
  add(forms, "set community none");
  add(forms, "set large-community none");
  add(forms, "no set large-community none");
  add(forms, "no set large-comm-list =1-99|=100-500|WORD");
  add(forms, "set extcommunity bandwidth 1-25600|cumulative|num-multipaths [non-transitive]");
  add(forms, "no set extcommunity bandwidth");
  add(forms, "no set extcommunity bandwidth 1-25600|cumulative|num-multipaths [non-transitive]");
  return forms;
}

const Forms& forms_of(FrrNode node) {
  static const Forms kRoot = root_forms();
  static const Forms kEntry = entry_forms();
  return node == FrrNode::root ? kRoot : kEntry;
}

// How good a word fits: less is better.
enum Rank : uint8_t { whole, cut_short, value, free_word };

struct Fit {
  Rank rank;
  std::string word;  // as bgpd shows it
};

std::optional<int64_t> signed_number(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  int64_t number = 0;
  auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  bool all = error == std::errc{} && end == word.data() + word.size();
  return all ? std::optional(number) : std::nullopt;
}

std::optional<Fit> fit_number(std::string_view wanted, std::string_view word) {
  bool name = wanted.starts_with('=');
  if (name) wanted.remove_prefix(1);
  size_t dash = wanted.find('-');
  std::optional<int64_t> number = signed_number(word);
  if (word.starts_with("+-")) return std::nullopt;
  if (!number || *number < *signed_number(wanted.substr(0, dash)) || *number > *signed_number(wanted.substr(dash + 1)))
    return std::nullopt;
  return Fit{value, name ? std::string(word) : std::to_string(*number)};
}

bool is_address(std::string_view word, Family family) {
  std::optional<Address> address = parse_address(word);
  return address && address->family == family;
}

bool is_prefix(std::string_view word, Family family) {
  std::optional<Prefix> prefix = parse_prefix(word);
  return prefix && prefix->family == family && word.find('/') != std::string_view::npos;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<Fit> fit_one(std::string_view wanted, std::string_view word) {
  bool fits = false;
  if (wanted == "WORD") return Fit{free_word, std::string(word)};
  if (wanted == "A4") fits = is_address(word, Family::ipv4);
  if (wanted == "A6") fits = is_address(word, Family::ipv6);
  if (wanted == "P4") fits = is_prefix(word, Family::ipv4);
  if (wanted == "P6") fits = is_prefix(word, Family::ipv6);
  if (wanted == "+-") {
    std::optional<int64_t> number = signed_number(word);
    fits = number && !word.starts_with("+-") && *number <= UINT32_MAX && *number >= -int64_t{UINT32_MAX};
  }
  if (fits) return Fit{value, std::string(word)};
  bool number = is_digit(wanted.front()) || wanted.front() == '=';
  if (number && wanted.find('-') != std::string_view::npos) return fit_number(wanted, word);
  bool keyword = (wanted.front() >= 'a' && wanted.front() <= 'z') || is_digit(wanted.front()) || wanted.size() > 2;
  if (!keyword || !wanted.starts_with(word)) return std::nullopt;
  return Fit{wanted == word ? whole : cut_short, std::string(wanted)};
}

// The best of its alternatives; none where two keywords are equally good.
std::optional<Fit> fit(std::string_view wanted, std::string_view word) {
  std::optional<Fit> best;
  bool ambiguous = false;
  while (!wanted.empty()) {
    size_t bar = std::min(wanted.find('|'), wanted.size());
    std::optional<Fit> each = fit_one(wanted.substr(0, bar), word);
    wanted.remove_prefix(std::min(bar + 1, wanted.size()));
    if (!each) continue;
    ambiguous = best && best->rank == each->rank && each->rank == cut_short;
    if (!best || each->rank < best->rank) best = std::move(each);
  }
  return ambiguous ? std::nullopt : best;
}

struct Found {
  std::vector<Rank> ranks;
  std::vector<std::string> words;
};

std::optional<Found> match(const std::vector<std::string>& form, const Line& line) {
  bool no = form.front() == "no";
  size_t first = no ? 1 : 0, count = form.size() - first;
  bool more = form.back().ends_with("...");
  if (no != line.negated || line.size() < count || (line.size() > count && !more)) return std::nullopt;
  if (!form[first].starts_with(line.word(0))) return std::nullopt;
  Found found;
  for (size_t i = 0; i < line.size(); ++i) {
    std::string_view wanted = form[first + std::min(i, count - 1)];
    if (wanted.ends_with("...")) wanted.remove_suffix(3);
    std::optional<Fit> fits = fit(wanted, line.word(i));
    if (!fits) return std::nullopt;
    found.ranks.push_back(fits->rank);
    found.words.push_back(std::move(fits->word));
  }
  return found;
}

}  // namespace

std::optional<FrrForm> frr_form(FrrNode node, const Line& line) {
  if (line.defaulted) return std::nullopt;
  std::optional<Found> best;
  bool ambiguous = false;
  for (const std::vector<std::string>& form : forms_of(node).of) {
    std::optional<Found> each = match(form, line);
    if (!each) continue;
    if (!best || each->ranks < best->ranks) {
      best = std::move(each);
      ambiguous = false;
    } else if (each->ranks == best->ranks && each->words != best->words) {
      ambiguous = true;
    }
  }
  if (!best || ambiguous) return std::nullopt;
  bool short_word = std::ranges::find(best->ranks, cut_short) != best->ranks.end();
  return FrrForm{std::move(best->words), !short_word};
}

bool may_name_list(std::string_view first, std::string_view second) {
  if (second.empty()) return false;
  bool ip = std::string_view("ipv6").starts_with(first);
  bool bgp = std::string_view("bgp").starts_with(first);
  constexpr std::array<std::string_view, 2> kOfPrefixes = {"prefix-list", "access-list"};
  constexpr std::array<std::string_view, 4> kOfAttributes = {"as-path", "community-list", "extcommunity-list",
                                                             "large-community-list"};
  auto begins = [&](std::string_view list) { return list.starts_with(second); };
  // Older versions have all of them below `ip`.
  return (ip && std::ranges::any_of(kOfPrefixes, begins)) ||
         ((ip || bgp) && std::ranges::any_of(kOfAttributes, begins));
}

}  // namespace bgproof::routemap
