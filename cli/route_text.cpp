#include "cli/route_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "intents/spelling.h"
#include "policy/number_text.h"

namespace bgproof {

namespace {

// "64501 64502 {64503 64504}", confederation segments "(64512)" and "[64512]" as reports write them.
bool read_path(const std::string& text, AsPath& path) {
  AsSegment open;
  char closes = 0;
  std::string word;
  auto end_word = [&] {
    if (word.empty()) return true;
    std::optional<Asn> asn = asn_behind_letters(word);
    word.clear();
    if (asn) open.asns.push_back(*asn);
    return asn.has_value();
  };
  auto end_segment = [&] {
    if (!open.asns.empty()) path.segments.push_back(open);
    open = AsSegment{};
  };
  for (char c : text + " ") {
    bool opens = c == '{' || c == '(' || c == '[';
    if (opens || c == ' ' || c == ',' || (closes && c == closes)) {
      if (!end_word()) return false;
    }
    if (opens) {
      if (closes) return false;
      end_segment();
      closes = c == '{' ? '}' : c == '(' ? ')' : ']';
      open.kind = c == '{'   ? AsSegment::Kind::set
                  : c == '(' ? AsSegment::Kind::confed_sequence
                             : AsSegment::Kind::confed_set;
    } else if (closes && c == closes) {
      if (open.asns.empty()) return false;
      end_segment();
      closes = 0;
    } else if (c != ' ' && c != ',') {
      word += c;
    }
  }
  end_segment();
  normalize(path);
  return closes == 0;
}

std::vector<std::string> split(const std::string& text, const char* separators) {
  std::vector<std::string> parts;
  size_t at = 0;
  while ((at = text.find_first_not_of(separators, at)) != std::string::npos) {
    size_t end = std::min(text.find_first_of(separators, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end;
  }
  return parts;
}

std::optional<Community> community_of(const std::string& text) {
  if (text == "no-export") return well_known::kNoExport;
  if (text == "no-advertise") return well_known::kNoAdvertise;
  if (text == "graceful-shutdown") return well_known::kGracefulShutdown;
  if (text == "blackhole") return well_known::kBlackhole;
  return parse_community(text);
}

bool read_communities(const std::string& text, std::set<CommunityKind> kinds, Route& route) {
  std::string inner = text;
  std::erase_if(inner, [](char c) { return c == '{' || c == '}'; });
  for (const std::string& word : split(inner, " ,")) {
    std::optional<Community> community = community_of(word);
    if (!community || !kinds.contains(community->kind)) return false;
    route.communities.insert(*community);
  }
  return true;
}

template <typename Enum>
bool read_word(const std::string& text, int count, Enum& value) {
  for (int i = 0; i < count; ++i)
    if (to_string(static_cast<Enum>(i)) == text) {
      value = static_cast<Enum>(i);
      return true;
    }
  return false;
}

bool read_next_hop(const std::string& text, NextHop& next_hop) {
  for (NextHop::Kind kind : {NextHop::Kind::self, NextHop::Kind::peer, NextHop::Kind::discard, NextHop::Kind::reject})
    if (to_string(NextHop{kind, {}}) == text) {
      next_hop = {kind, {}};
      return true;
    }
  std::optional<Address> address = parse_address(text);
  if (address) next_hop = {NextHop::Kind::address, *address};
  return address.has_value();
}

struct Key {
  std::string name;
  std::string_view example;
  std::function<bool(const std::string&, Route&)> read;
  std::function<void(const Route& from, Route& to)> put;
};

Key communities_key(const std::string& name, std::string_view example, std::set<CommunityKind> kinds) {
  return {name, example, [kinds](const std::string& text, Route& r) { return read_communities(text, kinds, r); },
          [kinds](const Route& from, Route& to) {
            for (const Community& community : from.communities)
              if (kinds.contains(community.kind)) to.communities.insert(community);
          }};
}

std::vector<Key> make_keys() {
  std::vector<Key> keys = {
      {"prefix", "192.0.2.0/24",
       [](const std::string& text, Route& r) {
         bool host_bits = false;
         std::optional<Prefix> prefix = parse_prefix(text, &host_bits);
         if (prefix) r.prefix = *prefix;
         return prefix && !host_bits;
       },
       [](const Route& from, Route& to) { to.prefix = from.prefix; }},
      {"as-path", "64501 64502 {64503 64504}",
       [](const std::string& text, Route& r) { return text == "empty" || read_path(text, r.as_path); },
       [](const Route& from, Route& to) { to.as_path = from.as_path; }},
      {"protocol", "bgp, static, direct, aggregate, ospf",
       [](const std::string& text, Route& r) { return read_word(text, kProtocols, r.protocol); },
       [](const Route& from, Route& to) { to.protocol = from.protocol; }},
      {"route-type", "internal, external or none",
       [](const std::string& text, Route& r) { return read_word(text, 3, r.route_type); },
       [](const Route& from, Route& to) { to.route_type = from.route_type; }},
      {"origin", "igp, egp or incomplete",
       [](const std::string& text, Route& r) { return read_word(text, 3, r.origin); },
       [](const Route& from, Route& to) { to.origin = from.origin; }},
      {"rpki", "valid, invalid or unknown",
       [](const std::string& text, Route& r) { return read_word(text, 3, r.rpki); },
       [](const Route& from, Route& to) { to.rpki = from.rpki; }},
      {"next-hop", "192.0.2.1, self, peer, discard or reject",
       [](const std::string& text, Route& r) { return read_next_hop(text, r.next_hop); },
       [](const Route& from, Route& to) { to.next_hop = from.next_hop; }},
      {"neighbor", "192.0.2.1",
       [](const std::string& text, Route& r) { return (r.neighbor = parse_address(text)).has_value(); },
       [](const Route& from, Route& to) { to.neighbor = from.neighbor; }},
      {"learned-from", "peer", [](const std::string& text, Route& r) { return !(r.learned_from = text).empty(); },
       [](const Route& from, Route& to) { to.learned_from = from.learned_from; }},
      {"interface", "ge-0/0/0.0", [](const std::string& text, Route& r) { return !(r.interface = text).empty(); },
       [](const Route& from, Route& to) { to.interface = from.interface; }},
      {"rib", "inet.0", [](const std::string& text, Route& r) { return !(r.rib = text).empty(); },
       [](const Route& from, Route& to) { to.rib = from.rib; }},
      communities_key("community", "64500:1,no-export", {CommunityKind::standard}),
      communities_key("large-community", "64500:1:2", {CommunityKind::large}),
      communities_key("ext-community", "rt:64500:1", {CommunityKind::extended}),
      communities_key("communities", "64500:1,64500:1:2",
                      {CommunityKind::standard, CommunityKind::large, CommunityKind::extended})};
  for (const NumberInfo& number : kNumbers)
    keys.push_back({std::string(number.name), "100",
                    [which = number.number](const std::string& text, Route& r) {
                      return (r[which] = number_of(text)).has_value();
                    },
                    [which = number.number](const Route& from, Route& to) { to[which] = from[which]; }});
  return keys;
}

const std::vector<Key>& keys() {
  static const std::vector<Key> kKeys = make_keys();
  return kKeys;
}

const Key* find_key(const std::string& name) {
  auto found = std::find_if(keys().begin(), keys().end(), [&](const Key& key) { return key.name == name; });
  return found == keys().end() ? nullptr : &*found;
}

std::string unknown_key(const std::string& word) {
  std::vector<std::string> names;
  for (const Key& key : keys()) names.push_back(key.name);
  std::string near = nearest_word(word, names);
  return near.empty() ? fmt::format("there is no `{}` in a route; there are {}", word, fmt::join(names, ", "))
                      : fmt::format("there is no `{}` in a route; did you mean `{}`?", word, near);
}

}  // namespace

std::optional<TypedRoute> read_route(const std::string& text, std::string& error) {
  // A word with `=` begins a key; what follows belongs to it until the next one.
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& word : split(text, " \t\n")) {
    size_t equals = word.find('=');
    if (equals != std::string::npos)
      pairs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    else if (pairs.empty())
      pairs.emplace_back("prefix", word);
    else
      pairs.back().second += " " + word;
  }
  TypedRoute typed;
  for (const auto& [name, value] : pairs) {
    const Key* key = find_key(name);
    if (!key)
      error = unknown_key(name);
    else if (!typed.given.insert(name).second)
      error = fmt::format("`{}` is given twice", name);
    else if (!key->read(value, typed.route))
      error = fmt::format("`{}={}` cannot be read; for example {}={}", name, value, name, key->example);
    if (!error.empty()) return std::nullopt;
  }
  if (!typed.given.contains("prefix")) {
    error = "`prefix` is missing";
    return std::nullopt;
  }
  return typed;
}

void put_given(const TypedRoute& typed, Route& route) {
  for (const Key& key : keys())
    if (typed.given.contains(key.name)) key.put(typed.route, route);
}

}  // namespace bgproof
