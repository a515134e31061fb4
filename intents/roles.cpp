#include "intents/roles.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "intents/glob.h"

namespace bgproof {

using namespace intent;

std::string session_text(const Session& session) {
  return session.instance.empty() ? session.neighbor : session.neighbor + " vrf " + session.instance;
}

namespace {

bool same_neighbor(const std::string& text, const Session& session) {
  if (text == session.neighbor) return true;
  auto address = parse_address(text);
  if (address && session.address) return *address == *session.address;
  auto prefix = parse_prefix(text);
  auto range = parse_prefix(session.neighbor);
  return prefix && range && *prefix == *range;
}

class Assign {
 public:
  Assign(const Intents& intents, const std::vector<Device>& devices, Lowered& lowered, Diagnostics& diagnostics)
      : intents_(intents), lowered_(lowered), diagnostics_(diagnostics) {
    for (const Device& device : devices) {
      Place place;
      place.device = &device;
      for (const Session& session : device.sessions) place.neighbors.push_back({&session, nullptr, ""});
      places_.push_back(std::move(place));
    }
  }

  std::vector<Place> run() {
    for (const NeighborRow& row : intents_.neighbors.rows) attach(row);
    for (Place& place : places_) {
      set_site(place);
      for (Neighbor& neighbor : place.neighbors) {
        if (!neighbor.session->external)
          give(place, neighbor, "internal", neighbor.session->range, "is iBGP, and so internal");
        if (!neighbor.row) continue;
        compare(place, neighbor);
        std::string role = neighbor.row->value("role");
        if (!role.empty()) give(place, neighbor, role, neighbor.row->places.at("role"), "given here");
      }
    }
    role_lines();
    return std::move(places_);
  }

 private:
  // Finds the sessions that a row is about: one address may have one for each family. Without `vrf` they are those
  // outside of all instances, else those of the only instance that has this address.
  void attach(const NeighborRow& row) {
    for (Place& place : places_) {
      if (place.device->name != row.device) continue;
      std::vector<Neighbor*> found;
      for (Neighbor& neighbor : place.neighbors) {
        if (same_neighbor(row.neighbor, *neighbor.session)) found.push_back(&neighbor);
      }
      auto is_in = [](const std::string& name) {
        return [&name](Neighbor* n) { return n->session->instance == name; };
      };
      std::string instance = row.vrf;
      if (instance.empty() && !found.empty() && std::none_of(found.begin(), found.end(), is_in(instance)))
        instance = found.front()->session->instance;
      bool one_instance = row.vrf == instance || std::all_of(found.begin(), found.end(), is_in(instance));
      std::erase_if(found, std::not_fn(is_in(instance)));
      if (found.empty() || !one_instance) {
        if (place.device->not_checked.empty())
          diagnostics_.warning("BP711", row.range,
                               fmt::format("{} has no BGP session with {}{}", row.device, row.neighbor,
                                           row.vrf.empty() ? "" : " in vrf " + row.vrf),
                               "this row is about nothing");
        continue;
      }
      const NeighborRow* before = nullptr;
      for (Neighbor* neighbor : found) {
        if (neighbor->row) before = neighbor->row;
        if (!neighbor->row) neighbor->row = &row;
      }
      if (before != nullptr && before->columns != row.columns) {
        bool roles = before->value("role") != row.value("role");
        auto& error = diagnostics_.error(roles ? "BP708" : "BP712", row.range,
                                         fmt::format("neighbor {} on {} stands twice in the data, {}", row.neighbor,
                                                     row.device, roles ? "with two roles" : "with different values"),
                                         "the second row");
        error.labels.push_back({Label::Kind::beside, before->range, "the first row"});
      }
    }
  }

  // All rows of a device that name a site name the same one, else the device has none.
  void set_site(Place& place) {
    std::set<std::string> sites;
    for (const NeighborRow& row : intents_.neighbors.rows) {
      std::string site = row.device == place.device->name ? row.value("site") : "";
      if (!site.empty()) sites.insert(site);
    }
    if (sites.size() == 1) place.site = *sites.begin();
  }

  void compare(const Place& place, const Neighbor& neighbor) {
    const Session& session = *neighbor.session;
    const NeighborRow& row = *neighbor.row;
    if (row.asn && session.remote_as && *row.asn != *session.remote_as) {
      auto& error = diagnostics_.error("BP709", row.places.at("asn"),
                                       fmt::format("neighbor {} on {} is AS{} here and AS{} in the config",
                                                   row.neighbor, place.device->name, *row.asn, *session.remote_as),
                                       "differs from the config");
      error.labels.push_back({Label::Kind::beside, session.range, "configured here"});
    }
    std::string group = row.value("group");
    if (!group.empty() && group != session.group)
      diagnostics_
          .warning("BP710", row.places.at("group"),
                   fmt::format("neighbor {} on {} is of group `{}` here and of `{}` in the config", row.neighbor,
                               place.device->name, group, session.group),
                   "this one is used")
          .labels.push_back({Label::Kind::beside, session.range, "configured here"});
  }

  void give(const Place& place, Neighbor& neighbor, const std::string& role, const SourceRange& where,
            const std::string& how) {
    auto [first, fresh] = given_.try_emplace(&neighbor, Given{where, how});
    if (fresh) {
      neighbor.role = role;
      return;
    }
    if (neighbor.role == role) return;
    auto& error =
        diagnostics_.error("BP708", where,
                           fmt::format("neighbor {} on {} has two roles, {} and {}", session_text(*neighbor.session),
                                       place.device->name, neighbor.role, role),
                           how);
    error.labels.push_back(
        {Label::Kind::beside, first->second.range, fmt::format("{} ({})", first->second.how, neighbor.role)});
  }

  // A line that names roles waits for the lines that give them.
  void role_lines() {
    std::vector<const RoleItem*> waiting = intents_.roles;
    while (!waiting.empty()) {
      std::vector<const RoleItem*> later;
      std::vector<const RoleItem*> now;
      for (const RoleItem* item : waiting) {
        bool waits = false;
        for (const auto* terms : {&item->neighbors.of, &item->neighbors.minus}) {
          for (const NeighborTerm& term : *terms) {
            if (term.kind != NeighborTerm::Kind::role) continue;
            waits = waits || std::any_of(waiting.begin(), waiting.end(),
                                         [&](const RoleItem* other) { return other->name.text == term.word.text; });
          }
        }
        (waits ? later : now).push_back(item);
      }
      if (now.empty()) {
        for (const RoleItem* item : later)
          diagnostics_.error("BP204", item->range, fmt::format("the role `{}` needs itself", item->name.text),
                             "in this line");
        return;
      }
      for (const RoleItem* item : now) apply(*item);
      waiting = std::move(later);
    }
  }

  void apply(const RoleItem& item) {
    for (Place& place : places_) {
      for (size_t i = 0; i < place.neighbors.size(); ++i) {
        if (selects(item.neighbors, place, i, intents_, lowered_, diagnostics_))
          give(place, place.neighbors[i], item.name.text, item.range, "given by this line");
      }
    }
  }

  struct Given {
    SourceRange range;
    std::string how;
  };

  const Intents& intents_;
  Lowered& lowered_;
  Diagnostics& diagnostics_;
  std::vector<Place> places_;
  std::map<const Neighbor*, Given> given_;
};

bool term_selects(const NeighborTerm& term, const Place& place, size_t session, const Intents& intents,
                  Lowered& lowered, Diagnostics& diagnostics) {
  const Neighbor& neighbor = place.neighbors[session];
  switch (term.kind) {
    case NeighborTerm::Kind::any:
      return true;
    case NeighborTerm::Kind::role:
      return neighbor.role == term.word.text;
    case NeighborTerm::Kind::group:
      return glob_matches(term.word.text, group_of(neighbor));
    case NeighborTerm::Kind::neighbor:
      return glob_matches(term.word.text, neighbor.session->neighbor) ||
             (neighbor.row && !neighbor.row->value("name").empty() &&
              glob_matches(term.word.text, neighbor.row->value("name")));
    case NeighborTerm::Kind::as:
      break;
  }
  std::optional<Asn> asn = neighbor.session->remote_as;
  if (neighbor.row && neighbor.row->asn) asn = neighbor.row->asn;
  Scope scope = place.scope(session);
  Lowering lowering(intents, scope, lowered, diagnostics);
  std::vector<NumberRange> asns = lowering.asns(term.asns);
  if (!lowering.failure().empty())
    diagnostics.error(lowering.failure_code(), term.range,
                      fmt::format("neighbors cannot be selected: {}", lowering.failure()));
  return asn && std::any_of(asns.begin(), asns.end(), [&](const NumberRange& range) { return range.contains(*asn); });
}

}  // namespace

std::vector<Place> assign_roles(const Intents& intents, const std::vector<Device>& devices, Lowered& lowered,
                                Diagnostics& diagnostics) {
  return Assign(intents, devices, lowered, diagnostics).run();
}

bool selects(const NeighborSelector& neighbors, const Place& place, size_t session, const Intents& intents,
             Lowered& lowered, Diagnostics& diagnostics) {
  auto any = [&](const std::vector<NeighborTerm>& terms) {
    return std::any_of(terms.begin(), terms.end(), [&](const NeighborTerm& term) {
      return term_selects(term, place, session, intents, lowered, diagnostics);
    });
  };
  return any(neighbors.of) && !any(neighbors.minus);
}

}  // namespace bgproof
