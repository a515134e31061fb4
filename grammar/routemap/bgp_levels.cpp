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

struct Inherited {
  std::string_view name;
  uint32_t order = 0;
};

// `inherit peer-policy NAME ORDER` and its like, the one that wins first.
std::vector<Inherited> inherited_of(const Knobs& knobs, std::string_view kind, Dialect dialect) {
  std::vector<Inherited> found;
  for (const Knob& knob : knobs) {
    if (knob.word(0) != "inherit" || knob.word(1) != kind) continue;
    if (knob.negated())
      std::erase_if(found, [&](const Inherited& each) { return each.name == knob.word(2); });
    else
      found.push_back({knob.word(2), number_of(knob.word(3)).value_or(0)});
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

  void follow(std::string_view name) {
    const Peer* next = parent(name);
    if (next == nullptr) return;
    levels.parents_.emplace_back(name);
    add(*next);
  }

  void add(const Peer& peer) {
    if (!met.insert(&peer).second) return;
    const Knobs* own = of_family(peer);
    if (own != nullptr) {
      levels.has_family_ = true;
      levels.levels_.push_back(own);
      for (const Inherited& each : inherited_of(*own, "peer-policy", dialect)) follow(each.name);
    }
    levels.levels_.push_back(&peer.session);
    if (!family.empty())
      for (const Inherited& each : inherited_of(peer.session, "peer-policy", dialect)) follow(each.name);
    for (const char* kind : {"peer-session", "peer"})
      for (const Inherited& each : inherited_of(peer.session, kind, dialect)) follow(each.name);
    std::string_view group;
    auto look = [&](const Knobs& knobs) {
      for (const Knob& knob : knobs)
        if (std::string_view name = group_of(knob); !name.empty()) group = knob.negated() ? std::string_view() : name;
    };
    look(peer.session);
    if (own != nullptr) look(*own);
    if (!group.empty()) follow(group);
  }
};

Levels::Levels(const BgpConfig& bgp, const BgpInstance& instance, const Peer& peer, std::string_view family,
               Dialect dialect) {
  Gather gather{bgp, instance, family, dialect, *this, {}};
  gather.add(peer);
}

const Knob* Levels::spoken(std::string_view keyword) const {
  for (const Knobs* level : levels_) {
    auto found =
        std::find_if(level->rbegin(), level->rend(), [&](const Knob& each) { return each.word(0) == keyword; });
    if (found != level->rend()) return &*found;
  }
  return nullptr;
}

const Knob* Levels::find(std::string_view keyword) const {
  const Knob* found = spoken(keyword);
  return found == nullptr || found->negated() ? nullptr : found;
}

const Knob* Levels::find(std::string_view keyword, std::string_view direction) const {
  for (const Knobs* level : levels_) {
    auto found = std::find_if(level->rbegin(), level->rend(), [&](const Knob& each) {
      return each.word(0) == keyword && each.word(each.size() - 1) == direction;
    });
    if (found != level->rend()) return found->negated() ? nullptr : &*found;
  }
  return nullptr;
}

std::vector<const Knob*> Levels::all(std::string_view keyword) const {
  std::vector<const Knob*> found;
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
    for (const Knob& each : **level)
      if (each.word(0) == keyword) found.push_back(&each);
  return found;
}

}  // namespace bgproof::routemap
