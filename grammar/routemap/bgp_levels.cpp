#include "grammar/routemap/bgp_levels.h"

#include <algorithm>
#include <set>

namespace bgproof::routemap {

namespace {

const Peer* find_peer(const std::vector<Peer>& peers, std::string_view name) {
  for (const Peer& each : peers)
    if (each.kind == Peer::Kind::group && each.name == name) return &each;
  return nullptr;
}

// `no neighbor X peer group`, whatever the group.
bool leaves_any_group(const Knob& knob) {
  bool nameless = (knob.word(0) == "peer-group" && knob.size() == 1) ||
                  (knob.word(0) == "peer" && knob.word(1) == "group" && knob.size() == 2);
  return knob.negated() && nameless;
}

struct Inherited {
  std::string_view name;
  uint32_t order = 0;
  const Knob* at = nullptr;
};

// `inherit peer-policy NAME ORDER` and its like, the one that wins first.
std::vector<Inherited> inherited_of(const Knobs& knobs, std::string_view kind, Dialect dialect) {
  std::vector<Inherited> found;
  for (const Knob& knob : knobs) {
    if (knob.word(0) != "inherit" || knob.word(1) != kind) continue;
    if (knob.negated())
      std::erase_if(found, [&](const Inherited& each) { return each.name == knob.word(2); });
    else
      found.push_back({knob.word(2), number_of(knob.word(3)).value_or(0), &knob});
  }
  std::stable_sort(found.begin(), found.end(), [&](const Inherited& a, const Inherited& b) {
    return dialect == Dialect::nxos ? a.order < b.order : a.order > b.order;
  });
  return found;
}

}  // namespace

struct Levels::Gather {
  const BgpConfig& bgp;
  const BgpInstance& instance;
  std::string_view family;
  Dialect dialect;
  Levels& levels;
  std::set<const Peer*> met;  // a circle of templates gives each once

  const Peer* parent(std::string_view name) const {
    if (const Peer* found = find_peer(bgp.templates, name)) return found;
    if (const Peer* found = find_peer(instance.peers, name)) return found;
    // EOS: groups of the process serve its VRFs.
    const BgpInstance* main = bgp.default_instance();
    return main == nullptr ? nullptr : find_peer(main->peers, name);
  }

  const Knobs* of_family(const Peer& peer) const {
    auto found = peer.families.find(family);
    return family.empty() || found == peer.families.end() ? nullptr : &found->second;
  }

  void follow(std::string_view name, const Knob& at) {
    const Peer* next = parent(name);
    if (next == nullptr) return levels.dangling_.push_back(&at);
    levels.parents_.push_back(next);
    add(*next);
  }

  void add(const Peer& peer) {
    if (!met.insert(&peer).second) return;
    const Knobs* own = of_family(peer);
    if (own != nullptr) {
      levels.has_family_ = true;
      levels.levels_.push_back(own);
      for (const Inherited& each : inherited_of(*own, "peer-policy", dialect)) follow(each.name, *each.at);
    }
    levels.levels_.push_back(&peer.session);
    if (!family.empty())
      for (const Inherited& each : inherited_of(peer.session, "peer-policy", dialect)) follow(each.name, *each.at);
    for (const char* kind : {"peer-session", "peer"})
      for (const Inherited& each : inherited_of(peer.session, kind, dialect)) follow(each.name, *each.at);
    const Knob* group = nullptr;
    auto look = [&](const Knobs& knobs) {
      for (const Knob& knob : knobs)
        if (leaves_any_group(knob))
          group = nullptr;
        else if (!group_of(knob).empty())
          group = knob.negated() ? nullptr : &knob;
    };
    look(peer.session);
    if (own != nullptr) look(*own);
    if (group != nullptr) follow(group_of(*group), *group);
  }
};

Levels::Levels(const BgpConfig& bgp, const BgpInstance& instance, const Peer& peer, std::string_view family,
               Dialect dialect)
    : dialect_(dialect) {
  Gather gather{bgp, instance, family, dialect, *this, {}};
  gather.add(peer);
  if (!instance.defaults.empty()) levels_.push_back(&instance.defaults);
}

const Knob* Levels::last_of(const Knobs& level, std::string_view keyword, std::string_view direction) const {
  auto found = std::find_if(level.rbegin(), level.rend(), [&](const Knob& each) {
    return !each.odd && each.word(0) == keyword && (direction.empty() || each.word(each.size() - 1) == direction);
  });
  return found == level.rend() ? nullptr : &*found;
}

bool Levels::goes_on(const Knob& knob) const {
  // A path may begin with any number where one line says that it need not.
  if (knob.word(0) == "enforce-first-as") return false;
  return knob.defaulted() || (knob.negated() && dialect_ == Dialect::frr);
}

const Knob* Levels::spoken(std::string_view keyword) const {
  for (const Knobs* level : levels_)
    if (const Knob* found = last_of(*level, keyword, {}); found != nullptr && !goes_on(*found)) return found;
  return nullptr;
}

const Knob* Levels::find(std::string_view keyword) const {
  const Knob* found = spoken(keyword);
  return found == nullptr || found->negated() ? nullptr : found;
}

const Knob* Levels::find(std::string_view keyword, std::string_view direction) const {
  for (const Knobs* level : levels_)
    if (const Knob* found = last_of(*level, keyword, direction); found != nullptr && !goes_on(*found))
      return found->negated() ? nullptr : found;
  return nullptr;
}

std::vector<const Knob*> Levels::doubtful() const {
  std::vector<const Knob*> found;
  if (dialect_ != Dialect::ios) return found;
  for (size_t i = 0; i + 1 < levels_.size(); ++i)
    for (const Knob& knob : *levels_[i]) {
      std::string_view word = knob.word(0), last = knob.word(knob.size() - 1);
      if (!knob.negated() || knob.defaulted() || word == "activate" || word == "shutdown") continue;
      std::string_view direction = last == "in" || last == "out" ? last : std::string_view();
      if (last_of(*levels_[i], word, direction) != &knob) continue;
      for (size_t below = i + 1; below < levels_.size(); ++below)
        if (const Knob* given = last_of(*levels_[below], word, direction); given != nullptr && !given->negated()) {
          found.push_back(&knob);
          break;
        }
    }
  return found;
}

}  // namespace bgproof::routemap
