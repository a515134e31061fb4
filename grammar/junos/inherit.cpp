#include "grammar/junos/inherit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace bgproof::junos {

namespace {

struct Group {
  std::string name;
  std::vector<Node*> bodies;  // usually one
  size_t base = 0;            // containers above the system that defines it: its paths begin below them
  bool conditional = false;   // it holds at some times or on some parts of the device
};

using Groups = std::map<std::string, Group>;

// A place in a group whose content goes to the container at hand.
struct Source {
  const Node* node;
  const Group* group;
  SourceRange at;
  bool maybe = false;  // a pattern on the way was stripped: it may or may not concern the container
};

bool alive(const Node& node) { return !node.dead && !node.inactive; }
bool is_apply(const Node& node) {
  return !node.words.empty() && (node.words[0].text == "apply-groups" || node.words[0].text == "apply-groups-except");
}
// `re0`, `node1`, `lcc0-re1`: such a group is for one routing engine or member of the device.
bool is_part(std::string_view name) {
  for (std::string_view kind : {"re", "node", "member", "lcc", "sfc", "backup-router"}) {
    if (!name.starts_with(kind)) continue;
    std::string_view rest = name.substr(kind.size());
    size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (digits > 0 && (digits == rest.size() || (rest[digits] == '-' && is_part(rest.substr(digits + 1))))) return true;
  }
  return false;
}
bool is_conditional(const Node& group) {
  return is_part(group.words[0].text) || std::ranges::any_of(group.children, [](const auto& child) {
           return alive(*child) && !child->words.empty() && child->words[0].text == "when";
         });
}
// Where what holds only sometimes need not be told from what always does: it names the device and its addresses, or
// widens what may be in a table.
bool same_if_conditional(Level level, std::string_view keyword) {
  switch (level) {
    case Level::system:
    case Level::interfaces:
    case Level::interface:
    case Level::unit:
    case Level::address_family:
    case Level::routes:
    case Level::route:
    case Level::rib_groups:
      return true;
    case Level::routing_options:
      return keyword != "autonomous-system" && keyword != "confederation";
    case Level::instance:
      return keyword != "protocols" && keyword != "routing-options";
    case Level::root:
      return keyword == "version" || keyword == "system" || keyword == "interfaces";
    default:
      return false;
  }
}
// Blocks that are made although they may not hold; what they say stays open.
bool is_made_if_conditional(Level level, std::string_view keyword) {
  switch (level) {
    case Level::root:
    case Level::systems:
    case Level::instances:
    case Level::instance:
    case Level::protocols:
    case Level::policy_options:
      return true;
    case Level::bgp:
      return keyword != "family";
    default:
      return same_if_conditional(level, keyword);
  }
}
bool has_pattern(std::span<const Word> words) {
  return std::ranges::any_of(words, [](const Word& word) { return !word.quoted && is_pattern(word.text); });
}
bool fits(const Node& pattern, const Node& name) {
  return std::ranges::equal(pattern.head(), name.head(), [](const Word& p, const Word& n) {
    return p.quoted ? p.text == n.text : matches_pattern(p.text, n.text);
  });
}
// The head of a container whose name was stripped, so that it may stand for `name`.
bool may_fit(const Node& stripped, const Node& name) {
  return stripped.rule.nameless && (stripped.words[0].text.empty() || stripped.words[0].text == name.words[0].text);
}

class Inheritance {
 public:
  explicit Inheritance(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void run(Node& target, std::vector<Source> sources, const Groups& outer);
  bool lost() const { return lost_; }

 private:
  Groups collect(Node& root) const;
  std::vector<Source> own_sources(Node& target, const Groups& groups, std::vector<std::string>& except);
  void sources_of(const Word& name, const Groups& groups, Node& target, std::vector<Source>& sources);
  void add_nested(std::vector<Source>& sources, const Groups& groups, Node& target);
  void take(Node& target, const Node& leaf, const Source& source);
  static void unknown(Node& target, std::span<const Word> words, SourceRange range, SourceRange at);

  Diagnostics& diagnostics_;
  bool lost_ = false;
  std::vector<const Node*> path_;  // containers from the root (or the logical system) to the target
};

Groups Inheritance::collect(Node& root) const {
  Groups groups;
  for (auto& child : root.children) {
    if (child->dead || child->words.empty() || child->words[0].text != "groups") continue;
    for (auto& body : child->children) {
      if (!body->is_container() || child->inactive || !alive(*body)) continue;
      Group& group = groups[body->words[0].text];
      group.name = body->words[0].text;
      group.base = path_.size();
      group.bodies.push_back(body.get());
      group.conditional |= is_conditional(*body);
    }
    child->dead = true;
  }
  return groups;
}

// The containers of a group at the path of the target: those of the same words before those with patterns.
void match(const Node& at, std::span<const Node* const> path, bool maybe, const Group& group, SourceRange name,
           std::vector<Source>& found) {
  if (path.empty()) {
    if (std::ranges::find(found, &at, &Source::node) == found.end()) found.push_back({&at, &group, name, maybe});
    return;
  }
  for (bool patterns : {false, true}) {
    for (const auto& child : at.children) {
      if (!alive(*child) || !child->is_container() || has_pattern(child->head()) != patterns) continue;
      if (child->rule.nameless && may_fit(*child, *path[0]))
        match(*child, path.subspan(1), true, group, name, found);
      else if (fits(*child, *path[0]))
        match(*child, path.subspan(1), maybe, group, name, found);
    }
  }
}

void Inheritance::unknown(Node& target, std::span<const Word> words, SourceRange range, SourceRange at) {
  std::vector<Word> marker{{std::string(kUnreadable), range, false}};
  marker.insert(marker.end(), words.begin(), words.end());
  auto head = static_cast<uint32_t>(marker.size());
  Node& made = target.append(std::move(marker), {Shape::leaf, head, Level::plain, false});
  made.range = range;
  made.inherited_at = at;
}

void Inheritance::sources_of(const Word& name, const Groups& groups, Node& target, std::vector<Source>& sources) {
  // `${node}` is the name of the part that the device is.
  if (name.text.starts_with("${") && name.text.ends_with("}")) {
    bool found = false;
    for (const auto& [known, group] : groups) {
      if (!is_part(known) || !known.starts_with(name.text.substr(2, name.text.size() - 3))) continue;
      sources_of({known, name.range, false}, groups, target, sources);
      found = true;
    }
    if (found) return;
  }
  auto group = groups.find(name.text);
  if (group == groups.end()) {
    if (name.text == "junos-defaults") return;
    diagnostics_
        .error("BP104", name.range, fmt::format("no group `{}` is defined", name.text),
               "what is inherited here is not known")
        .notes.emplace_back("help", "define the group (it may be empty), or take its name away");
    unknown(target, {{Word{"apply-groups", name.range, false}, name}}, name.range, name.range);
    // It might change any statement here, the first one included. Further outside nobody meets the mark.
    std::ranges::rotate(target.children, target.children.end() - 1);
    Level level = target.rule.below;
    lost_ |= level == Level::root || level == Level::policy_options || level == Level::protocols ||
             level == Level::routing_options || level == Level::instances || level == Level::instance ||
             level == Level::systems;
    return;
  }
  for (const Node* body : group->second.bodies)
    match(*body, std::span(path_).subspan(group->second.base), group->second.conditional, group->second, name.range,
          sources);
}

std::vector<Source> Inheritance::own_sources(Node& target, const Groups& groups, std::vector<std::string>& except) {
  std::vector<Word> names;
  for (auto& child : target.children) {
    if (child->dead || !is_apply(*child)) continue;
    child->dead = true;
    if (child->inactive) continue;
    for (const Word& word : std::span(child->words).subspan(1))
      if (child->words[0].text == "apply-groups")
        names.push_back(word);
      else
        except.push_back(word.text);
  }
  std::vector<Source> sources;
  for (const Word& name : names) sources_of(name, groups, target, sources);
  return sources;
}

// Groups that are named inside a group come after it.
void Inheritance::add_nested(std::vector<Source>& sources, const Groups& groups, Node& target) {
  for (size_t i = 0; i < sources.size(); ++i) {
    std::vector<Source> nested;
    for (const auto& child : sources[i].node->children)
      if (alive(*child) && is_apply(*child) && child->words[0].text == "apply-groups")
        for (const Word& name : std::span(child->words).subspan(1)) sources_of(name, groups, target, nested);
    std::erase_if(nested, [&](const Source& source) {
      return std::ranges::find(sources, source.node, &Source::node) != sources.end();
    });
    sources.insert(sources.begin() + static_cast<std::ptrdiff_t>(i) + 1, nested.begin(), nested.end());
  }
}

void Inheritance::take(Node& target, const Node& leaf, const Source& source) {
  if (leaf.words[0].text == kUnreadable) {
    inherit_copy(target, leaf, source.at);
    return;
  }
  bool pattern = has_pattern(leaf.words);
  // No keyword is a pattern: what it would stand for is not known.
  if (pattern && is_pattern(leaf.words[0].text)) return unknown(target, leaf.words, leaf.range, source.at);
  if (pattern) {
    // A pattern in a statement that the tables do not know: it concerns what begins alike.
    auto alike = [&](const auto& child) { return alive(*child) && child->words[0].text == leaf.words[0].text; };
    bool may_be_sessions = target.rule.below == Level::bgp;
    if (!may_be_sessions && std::ranges::none_of(target.children, alike)) return;
  }
  Shape shape = leaf.rule.shape;
  Node* old = nullptr;
  if (shape == Shape::slot) {
    for (const auto& child : target.children)
      if (alive(*child) && child->rule.shape == Shape::slot &&
          then_slot(child->words[0].text) == then_slot(leaf.words[0].text))
        old = child.get();
  } else {
    old = target.find(leaf.head(), shape);
    if (old && old->inactive) old = nullptr;
  }
  if (old && !old->is_list()) return;
  bool same = source.group->conditional && same_if_conditional(target.rule.below, leaf.words[0].text);
  if ((source.maybe && !same) || pattern) return unknown(target, leaf.words, leaf.range, source.at);
  if (old)
    merge_list(*old, std::span(leaf.words).subspan(1));
  else
    inherit_copy(target, leaf, source.at).conditional = source.maybe;
}

void Inheritance::run(Node& target, std::vector<Source> sources, const Groups& outer) {
  Groups own;
  if (target.rule.below == Level::root) {
    own = collect(target);
    if (!own.empty()) own.insert(outer.begin(), outer.end());
  }
  const Groups& groups = own.empty() ? outer : own;
  std::vector<std::string> except;
  std::vector<Source> all = own_sources(target, groups, except);
  for (const Source& source : sources)
    if (std::ranges::find(except, source.group->name) == except.end() &&
        std::ranges::find(all, source.node, &Source::node) == all.end())
      all.push_back(source);
  add_nested(all, groups, target);

  std::map<const Node*, std::vector<Source>> inner;
  for (const Source& source : all) {
    for (const auto& child : source.node->children) {
      if (!alive(*child) || child->words.empty() || is_apply(*child)) continue;
      if (target.rule.below == Level::root && child->words[0].text == "when") continue;
      if (!child->is_container()) {
        take(target, *child, source);
      } else if (!has_pattern(child->head()) && !child->rule.nameless) {
        Node* place = target.find(child->head(), Shape::container);
        bool missing = !place || place->inactive;
        Level level = target.rule.below;
        const std::string& keyword = child->words[0].text;
        bool made = source.group->conditional && is_made_if_conditional(level, keyword);
        if (missing && source.maybe && !made) {
          unknown(target, child->words, child->range, source.at);
          continue;
        }
        if (missing) {
          place = &inherit_copy(target, *child, source.at);
          place->conditional = source.maybe;
          bool open = level == Level::policy_options || level == Level::bgp;
          if (source.maybe && open) unknown(*place, child->words, child->range, source.at);
        }
        inner[place].push_back({child.get(), source.group, source.at, source.maybe});
      }
    }
  }
  // Patterns come last, so that they see what other groups have brought; a plain name wins over them.
  for (const Source& source : all) {
    for (const auto& child : source.node->children) {
      if (!alive(*child) || !child->is_container()) continue;
      if (!has_pattern(child->head()) && !child->rule.nameless) continue;
      for (const auto& place : target.children) {
        if (!alive(*place) || !place->is_container()) continue;
        bool maybe = child->rule.nameless && may_fit(*child, *place);
        if (maybe || fits(*child, *place))
          inner[place.get()].push_back({child.get(), source.group, source.at, maybe || source.maybe});
      }
    }
  }
  for (size_t i = 0; i < target.children.size(); ++i) {
    Node& child = *target.children[i];
    if (!alive(child) || !child.is_container()) continue;
    auto found = inner.find(&child);
    path_.push_back(&child);
    run(child, found == inner.end() ? std::vector<Source>{} : std::move(found->second), groups);
    path_.pop_back();
  }
}

}  // namespace

bool inherit(Node& root, Diagnostics& diagnostics) {
  Inheritance inheritance(diagnostics);
  inheritance.run(root, {}, {});
  return !inheritance.lost();
}

}  // namespace bgproof::junos
