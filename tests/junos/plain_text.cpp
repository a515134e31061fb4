#include <fmt/format.h>

#include "tests/junos/plain.h"

namespace bgproof::junos::plain {

namespace {

bool is_plain(char c) {
  return isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-_./:").find(c) != std::string_view::npos;
}

std::string quoted(const std::string& word) {
  for (char c : word)
    if (!is_plain(c)) return "\"" + word + "\"";
  return word;
}

std::string joined(const Words& words, size_t from = 0) {
  std::string text;
  for (size_t i = from; i < words.size(); ++i) text += (i == from ? "" : " ") + quoted(words[i]);
  return text;
}

std::string bracketed(const Words& words, size_t from = 0) {
  std::string list = joined(words, from);
  return words.size() - from == 1 ? list : "[ " + list + " ]";
}

// Several values of one keyword are a list; filters and the like are words in a row.
bool is_list(const Condition& condition) {
  const std::string& keyword = condition.words.front();
  return condition.words.size() > 2 && (keyword == "protocol" || keyword == "community" || keyword == "as-path" ||
                                        keyword == "neighbor" || keyword == "interface" || keyword == "as-path-group");
}

std::string curly(const Condition& condition) {
  std::string text =
      is_list(condition) ? condition.words.front() + " " + bracketed(condition.words, 1) : joined(condition.words);
  if (condition.actions.empty()) return text + ";\n";
  text += " {\n";
  for (const Words& action : condition.actions) text += joined(action) + ";\n";
  return text + "}\n";
}

void set_lines(const std::string& front, const Condition& condition, std::string& out) {
  if (is_list(condition)) {
    for (size_t i = 1; i < condition.words.size(); ++i)
      out += front + condition.words.front() + " " + quoted(condition.words[i]) + "\n";
    return;
  }
  if (condition.actions.empty()) out += front + joined(condition.words) + "\n";
  for (const Words& action : condition.actions) out += front + joined(condition.words) + " " + joined(action) + "\n";
}

std::string curly_policy(const Policy& policy) {
  std::string out = "policy-statement " + policy.name + " {\n";
  for (const Term& term : policy.terms) {
    out += "term " + term.name + " {\n";
    for (const auto& [side, conditions] : {std::pair{"from", &term.from}, std::pair{"to", &term.to}}) {
      if (conditions->empty()) continue;
      out += std::string(side) + " {\n";
      for (const Condition& each : *conditions) out += curly(each);
      out += "}\n";
    }
    if (term.then.size() == 1) out += "then " + joined(term.then.front()) + ";\n";
    if (term.then.size() > 1) {
      out += "then {\n";
      for (const Words& action : term.then) out += joined(action) + ";\n";
      out += "}\n";
    }
    out += "}\n";
  }
  return out + "}\n";
}

}  // namespace

std::string text_of(const Path& path) {
  std::string text;
  switch (path.is) {
    case Path::Is::numbers:
      for (const NumberRange& range : path.numbers) {
        if (!text.empty()) text += " ";
        text += fmt::format("{}", range.low);
        if (range.low != range.high) text += fmt::format("-{}", range.high);
      }
      return path.numbers.size() == 1 && path.numbers[0].low == path.numbers[0].high ? text : "[" + text + "]";
    case Path::Is::any:
      return ".";
    case Path::Is::sequence:
      for (const Path& each : path.of) text += (text.empty() ? "" : " ") + text_of(each);
      return path.of.empty() ? "()" : text;
    case Path::Is::either:
      // What `|` stands between is an assumption: parentheses leave nothing to it.
      for (const Path& each : path.of) {
        bool marked = each.is == Path::Is::sequence && each.of.size() > 1;
        text += (text.empty() ? "" : " | ") + (marked ? "(" + text_of(each) + ")" : text_of(each));
      }
      return "(" + text + ")";
    case Path::Is::repeat: {
      text = text_of(path.of[0]);
      if (path.of[0].is == Path::Is::sequence) text = "(" + text + ")";
      if (path.low == 0 && !path.high) return text + "*";
      if (path.low == 1 && !path.high) return text + "+";
      if (path.low == 0 && path.high == 1u) return text + "?";
      if (path.high == path.low) return text + fmt::format("{{{}}}", path.low);
      return text + (path.high ? fmt::format("{{{},{}}}", path.low, *path.high) : fmt::format("{{{},}}", path.low));
    }
  }
  return text;
}

std::string text_of(const Element& element) {
  switch (element.is) {
    case Element::Is::name:
      return element.name;
    case Element::Is::not_:
      return "!" + text_of(element.of[0]);
    case Element::Is::both:
      return "( " + text_of(element.of[0]) + " && " + text_of(element.of[1]) + " )";
    case Element::Is::either:
      return "( " + text_of(element.of[0]) + " || " + text_of(element.of[1]) + " )";
  }
  return "";
}

namespace {

std::string removal(const Config& config) {
  std::string text = "remove-private";
  for (const std::string& word : config.remove_private) text += " " + word;
  return text;
}

}  // namespace

std::string curly(const Config& config) {
  std::string out = "policy-options {\n";
  for (const auto& [name, members] : config.prefix_lists) {
    out += "prefix-list " + name + " {\n";
    for (const std::string& member : members) out += member + ";\n";
    out += "}\n";
  }
  for (const auto& [name, entries] : config.filter_lists) {
    out += "route-filter-list " + name + " {\n";
    for (const Condition& entry : entries) out += curly(entry);
    out += "}\n";
  }
  for (const auto& [name, community] : config.communities) {
    out += "community " + name + " {\n" + (community.invert ? "invert-match;\n" : "");
    out += "members " + bracketed(community.members) + ";\n}\n";
  }
  for (const auto& [name, path] : config.as_paths) out += "as-path " + name + " \"" + text_of(path) + "\";\n";
  for (const auto& [name, paths] : config.as_path_groups) {
    out += "as-path-group " + name + " {\n";
    for (const auto& [member, path] : paths) out += "as-path " + member + " \"" + text_of(path) + "\";\n";
    out += "}\n";
  }
  for (const auto& [name, members] : config.as_lists)
    out += "as-list " + name + " members " + bracketed(members) + ";\n";
  for (const auto& [name, lists] : config.as_list_groups) {
    out += "as-list-group " + name + " {\n";
    for (const auto& [member, numbers] : lists) out += "as-list " + member + " members " + bracketed(numbers) + ";\n";
    out += "}\n";
  }
  for (const Policy& policy : config.policies) out += curly_policy(policy);
  out += "}\nrouting-options { autonomous-system 64499; }\nprotocols { bgp { group G {\n";
  out += config.external ? "type external;\npeer-as 64501;\n" : "type internal;\n";
  if (config.removes) out += removal(config) + ";\n";
  out += config.import ? "import [" : "export [";
  for (const Element& element : config.chain) out += " " + text_of(element);
  return out + " ];\nneighbor 192.0.2.1;\nneighbor 2001:db8::1;\n} } }\n";
}

std::string display_set(const Config& config) {
  std::string out;
  const std::string options = "set policy-options ";
  for (const auto& [name, members] : config.prefix_lists) {
    if (members.empty()) out += options + "prefix-list " + name + "\n";
    for (const std::string& member : members) out += options + "prefix-list " + name + " " + member + "\n";
  }
  for (const auto& [name, entries] : config.filter_lists)
    for (const Condition& entry : entries) set_lines(options + "route-filter-list " + name + " ", entry, out);
  for (const auto& [name, community] : config.communities) {
    if (community.invert) out += options + "community " + name + " invert-match\n";
    for (const std::string& member : community.members)
      out += options + "community " + name + " members " + quoted(member) + "\n";
  }
  for (const auto& [name, path] : config.as_paths) out += options + "as-path " + name + " \"" + text_of(path) + "\"\n";
  for (const auto& [name, paths] : config.as_path_groups)
    for (const auto& [member, path] : paths)
      out += options + "as-path-group " + name + " as-path " + member + " \"" + text_of(path) + "\"\n";
  for (const auto& [name, members] : config.as_lists)
    for (const std::string& member : members) out += options + "as-list " + name + " members " + member + "\n";
  for (const auto& [name, lists] : config.as_list_groups)
    for (const auto& [member, numbers] : lists)
      for (const std::string& number : numbers)
        out += options + "as-list-group " + name + " as-list " + member + " members " + number + "\n";
  for (const Policy& policy : config.policies)
    for (const Term& term : policy.terms) {
      std::string front = options + "policy-statement " + policy.name + " term " + term.name + " ";
      if (term.from.empty() && term.to.empty() && term.then.empty()) out += front + "\n";
      for (const Condition& each : term.from) set_lines(front + "from ", each, out);
      for (const Condition& each : term.to) set_lines(front + "to ", each, out);
      for (const Words& action : term.then) out += front + "then " + joined(action) + "\n";
    }
  out += "set routing-options autonomous-system 64499\n";
  out += config.external ? "set protocols bgp group G type external\nset protocols bgp group G peer-as 64501\n"
                         : "set protocols bgp group G type internal\n";
  if (config.removes) out += "set protocols bgp group G " + removal(config) + "\n";
  for (const Element& element : config.chain)
    out += std::string("set protocols bgp group G ") + (config.import ? "import " : "export ") +
           quoted(text_of(element)) + "\n";
  return out + "set protocols bgp group G neighbor 192.0.2.1\nset protocols bgp group G neighbor 2001:db8::1\n";
}

}  // namespace bgproof::junos::plain
