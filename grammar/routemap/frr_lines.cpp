#include "grammar/routemap/frr_lines.h"

#include <algorithm>
#include <array>

#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

// Lower case: a keyword, which may be cut short. WORD: any word; N: digits; REST: one word or more. What values a form
// takes is looked at where they are lowered.
constexpr std::array<std::string_view, 67> kForms = {
    "call WORD",
    "match alias WORD",
    "match as-path WORD",
    "match community WORD",
    "match community WORD exact-match",
    "match evpn REST",
    "match extcommunity WORD",
    "match interface WORD",
    "match ip address WORD",
    "match ip address prefix-list WORD",
    "match ip next-hop WORD",
    "match ip next-hop address WORD",
    "match ip next-hop prefix-list WORD",
    "match ip next-hop type blackhole",
    "match ip route-source WORD",
    "match ip route-source prefix-list WORD",
    "match ipv6 address WORD",
    "match ipv6 address prefix-list WORD",
    "match ipv6 next-hop WORD",
    "match ipv6 next-hop address WORD",
    "match ipv6 next-hop prefix-list WORD",
    "match ipv6 next-hop type blackhole",
    "match large-community WORD",
    "match large-community WORD exact-match",
    "match local-preference N",
    "match mac address WORD",
    "match metric N",
    "match origin WORD",
    "match peer WORD",
    "match probability N",
    "match rpki WORD",
    "match rpki-extcommunity WORD",
    "match source-vrf WORD",
    "match tag N",
    "set aggregator as N WORD",
    "set as-path exclude REST",
    "set as-path prepend REST",
    "set as-path replace WORD",
    "set atomic-aggregate",
    "set comm-list WORD delete",
    "set community REST",
    "set distance N",
    "set evpn REST",
    "set extcommunity bandwidth WORD",
    "set extcommunity bandwidth WORD non-transitive",
    "set extcommunity none",
    "set extcommunity rt REST",
    "set extcommunity soo REST",
    "set ip next-hop WORD",
    "set ipv4 vpn next-hop WORD",
    "set ipv6 next-hop global WORD",
    "set ipv6 next-hop local WORD",
    "set ipv6 next-hop peer-address",
    "set ipv6 next-hop prefer-global",
    "set ipv6 vpn next-hop WORD",
    "set l3vpn next-hop encapsulation gre",
    "set label-index N",
    "set large-comm-list WORD delete",
    "set large-community REST",
    "set local-preference WORD",
    "set metric WORD",
    "set origin WORD",
    "set originator-id WORD",
    "set sr-te color N",
    "set table N",
    "set tag N",
    "set weight N",
};

std::string_view take_word(std::string_view& text) {
  size_t end = std::min(text.find(' '), text.size());
  std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

bool has_form(const Line& line, std::string_view form) {
  for (size_t i = 0; i < line.size(); ++i) {
    if (form.empty()) return false;
    std::string_view wanted = take_word(form);
    std::string_view word = line.word(i);
    if (wanted == "REST") return true;
    bool fits = wanted == "WORD" || (wanted == "N" ? number_of(word).has_value() : wanted.starts_with(word));
    if (!fits) return false;
  }
  return form.empty() || line.negated;  // `no` needs no values
}

// "8.4.4", "4.0+cl3u8".
std::optional<FrrVersion> version_of(std::string_view text) {
  size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  auto major = number_of(text.substr(0, dot));
  std::string_view rest = text.substr(dot + 1);
  auto minor = number_of(rest.substr(0, rest.find_first_not_of("0123456789")));
  return major && minor ? std::optional(FrrVersion{*major, *minor}) : std::nullopt;
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

FrrLine frr_line(const Line& line, std::optional<FrrVersion> version) {
  std::string_view what = line.word(0);
  if (what != "match" && what != "set" && what != "call") return FrrLine::taken;
  if (std::ranges::any_of(kForms, [&](std::string_view form) { return has_form(line, form); })) return FrrLine::taken;
  bool listed = version && *version >= FrrVersion{8, 0} && *version <= FrrVersion{8, 4};
  if (listed) return FrrLine::refused;
  // What versions with this form make of it is a named assumption.
  return has_form(line, "match community WORD any") ? FrrLine::taken : FrrLine::unknown;
}

}  // namespace bgproof::routemap
