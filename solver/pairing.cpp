#include "solver/pairing.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "intents/glob.h"
#include "intents/reach.h"
#include "intents/resolved_fingerprint.h"
#include "intents/roles.h"
#include "intents/served.h"
#include "policy/visit.h"

namespace bgproof {

std::string_view to_string(NetworkChange::Kind kind) {
  switch (kind) {
    case NetworkChange::Kind::device_added:
      return "device_added";
    case NetworkChange::Kind::device_removed:
      return "device_removed";
    case NetworkChange::Kind::session_added:
      return "session_added";
    case NetworkChange::Kind::session_removed:
      return "session_removed";
    case NetworkChange::Kind::policy_added:
      return "policy_added";
    case NetworkChange::Kind::policy_removed:
      return "policy_removed";
    case NetworkChange::Kind::chain_changed:
      return "chain_changed";
    case NetworkChange::Kind::attached:
      return "attached";
    case NetworkChange::Kind::detached:
      return "detached";
    case NetworkChange::Kind::table_changed:
      return "table_changed";
  }
  return {};
}

namespace {

using Kind = NetworkChange::Kind;

Side missing() {
  Side side;
  side.present = false;
  side.program.library = std::make_shared<const PolicyLibrary>();
  side.program.entry = {{"(missing)", {{Disposition{Decision::reject, 0}, {}}}, {}, {}}};
  return side;
}

Side side_of(const Attachment& attachment, const Session& session) {
  return {true,
          attachment.program,
          attachment.policies,
          session.families,
          attachment.facts,
          session.other_families,
          attachment.range.known() ? attachment.range : session.range,
          ""};
}

Side side_of(const NamedPolicy& policy) {
  return {true, policy.program, {policy.name}, policy.families, {}, {}, policy.range, ""};
}

// The policy of the library that a policy by itself runs.
std::optional<uint32_t> index_of(const NamedPolicy& policy) {
  std::optional<uint32_t> index;
  walk(policy.program.entry, [&](const Statement& statement) {
    if (const auto* call = std::get_if<Call>(&statement.is); call && !index) index = call->policy;
  });
  return index;
}

// Which sessions use a policy, by its index.
std::map<uint32_t, std::vector<std::string>> users_of(const Device& device) {
  std::map<uint32_t, std::vector<std::string>> users;
  for (const Session& session : device.sessions) {
    std::set<uint32_t> reached = reached_policies(session.import_from.program);
    reached.merge(reached_policies(session.export_to.program));
    for (uint32_t policy : reached) users[policy].push_back(session_text(session));
  }
  return users;
}

std::string in_words(const std::optional<Asn>& asn) { return asn ? fmt::format("AS {}", *asn) : "of no one number"; }

// What tells the two states of a session from each other and is in neither program.
std::vector<Dependency> outside_changes(const Session& old, const Session& now) {
  std::vector<Dependency> changes;
  if (old.remote_as != now.remote_as)
    changes.push_back(
        {now.range, fmt::format("the neighbor is {}, was {}", in_words(now.remote_as), in_words(old.remote_as))});
  if (old.local_as != now.local_as)
    changes.push_back(
        {now.range, fmt::format("this end is {}, was {}", in_words(now.local_as), in_words(old.local_as))});
  auto lacks = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) == names.end();
  };
  for (const std::string& family : now.other_families)
    if (lacks(old.other_families, family))
      changes.push_back({now.range, fmt::format("{} is exchanged now, which has no model", family)});
  for (const std::string& family : old.other_families)
    if (lacks(now.other_families, family))
      changes.push_back({old.range, fmt::format("{} is exchanged no longer, which has no model", family)});
  std::vector<const UnmodelledLine*> gone;
  for (const UnmodelledLine& line : old.outside) gone.push_back(&line);
  for (const UnmodelledLine& line : now.outside) {
    // The same line with a remark may mean another thing now.
    auto same = std::find_if(gone.begin(), gone.end(), [&](const UnmodelledLine* was) {
      return was->text == line.text || line.text.starts_with(was->text + " (");
    });
    bool known = same != gone.end();
    if (!known || (*same)->text != line.text)
      changes.push_back({line.range, fmt::format("`{}` {}has no model", line.text, known ? "" : "is new and ")});
    if (known) gone.erase(same);
  }
  for (const UnmodelledLine* line : gone)
    changes.push_back({line->range, fmt::format("`{}` is gone and has no model", line->text)});
  return changes;
}

// By the key, and of several with one key (a session for each family of a neighbor) by the families first.
template <class Item, class Key>
std::vector<std::pair<const Item*, const Item*>> pairs_by(const std::vector<Item>& before,
                                                          const std::vector<Item>& after, Key key) {
  std::map<std::string, std::vector<const Item*>> old_items;
  for (const Item& item : before) old_items[key(item)].push_back(&item);
  std::vector<std::pair<const Item*, const Item*>> pairs;
  for (const Item& item : after) pairs.emplace_back(nullptr, &item);
  std::set<const Item*> taken;
  for (bool same_families : {true, false})
    for (auto& [old, now] : pairs) {
      if (old) continue;
      std::vector<const Item*>& with_key = old_items[key(*now)];
      auto found = std::find_if(with_key.begin(), with_key.end(), [&, wanted = now](const Item* item) {
        return !same_families || item->families == wanted->families;
      });
      if (found == with_key.end()) continue;
      old = *found;
      taken.insert(old);
      with_key.erase(found);
    }
  for (const Item& item : before)
    if (!taken.count(&item)) pairs.emplace_back(&item, nullptr);
  return pairs;
}

class Pairer {
 public:
  Pairer(const NetworkState& before, const NetworkState& after, const std::string& device_glob)
      : before_(before), after_(after), glob_(device_glob) {}

  Pairing run() {
    for (const auto& [before, after] : devices()) {
      const std::string& name = after ? after->name : before->name;
      if (!glob_.empty() && !glob_matches(glob_, name)) continue;
      device_ = name;
      shared_.clear();
      // One text, which stands on both sides: it means the same, whatever of it cannot be read.
      if (before && after && before->path == after->path && !before->not_checked.empty()) continue;
      unread_ = before && !before->not_checked.empty() ? before->not_checked : after ? after->not_checked : "";
      size_t first = result_.comparisons.size();
      if (!before || !after) note(before ? Kind::device_removed : Kind::device_added, name);
      sessions(before, after);
      policies(before, after);
      if (!unread_.empty() && result_.comparisons.size() == first) {
        Comparison comparison;
        comparison.sides = {missing(), missing()};
        add(std::move(comparison));
      }
    }
    return std::move(result_);
  }

 private:
  std::vector<std::pair<const Device*, const Device*>> devices() const {
    std::vector<std::pair<const Device*, const Device*>> pairs;
    std::set<const Device*> taken;
    auto find = [&](auto matches) -> const Device* {
      for (size_t i = 0; i < before_.devices.size(); ++i)
        if (!taken.count(&before_.devices[i]) && matches(i)) return &before_.devices[i];
      return nullptr;
    };
    for (const Device& device : after_.devices) {
      const Device* old = find([&](size_t i) { return before_.devices[i].name == device.name; });
      if (old) taken.insert(old);
      pairs.emplace_back(old, &device);
    }
    for (size_t i = 0; i < pairs.size(); ++i) {
      if (pairs[i].first) continue;
      pairs[i].first = find([&](size_t old) { return before_.relative[old] == after_.relative[i]; });
      if (pairs[i].first) taken.insert(pairs[i].first);
    }
    for (const Device& device : before_.devices)
      if (!taken.count(&device)) pairs.emplace_back(&device, nullptr);
    return pairs;
  }

  NetworkChange& note(Kind kind, const std::string& name) {
    NetworkChange& change = result_.changes.emplace_back();
    change.kind = kind;
    change.device = device_;
    change.name = name;
    return change;
  }

  void sessions(const Device* before, const Device* after) {
    static const std::vector<Session> kNone;
    auto key = [](const Session& session) { return session.logical_system + "\n" + session_text(session); };
    for (const auto& [old, now] : pairs_by(before ? before->sessions : kNone, after ? after->sessions : kNone, key)) {
      if ((!old || !now) && unread_.empty()) {
        NetworkChange& change =
            note(old ? Kind::session_removed : Kind::session_added, session_text(old ? *old : *now));
        (old ? change.before : change.after) = (old ? old : now)->range;
      }
      for (Direction direction : {Direction::import_from, Direction::export_to}) session(old, now, direction);
    }
  }

  static const Attachment& attachment_of(const Session& session, Direction direction) {
    return direction == Direction::export_to ? session.export_to : session.import_from;
  }

  void session(const Session* old, const Session* now, Direction direction) {
    Comparison comparison;
    comparison.direction = direction;
    comparison.sessions = {session_text(now ? *now : *old)};
    comparison.sides = {old ? side_of(attachment_of(*old, direction), *old) : missing(),
                        now ? side_of(attachment_of(*now, direction), *now) : missing()};
    comparison.policies = now ? comparison.after().policies : comparison.before().policies;
    if (old && now) comparison.outside = outside_changes(*old, *now);
    if (old && now && comparison.before().policies != comparison.after().policies) {
      NetworkChange& change = note(Kind::chain_changed, comparison.sessions.front());
      change.direction = direction;
      change.was = comparison.before().policies;
      change.is = comparison.after().policies;
      change.before = comparison.before().attachment;
      change.after = comparison.after().attachment;
    }
    add(std::move(comparison));
  }

  void policies(const Device* before, const Device* after) {
    if (!before || !after) return;
    auto old_users = users_of(*before), users = users_of(*after);
    auto key = [](const NamedPolicy& policy) { return policy.name; };
    for (const auto& [old, now] : pairs_by(before->policies, after->policies, key)) {
      auto uses = [](auto& all, const NamedPolicy* policy) {
        std::optional<uint32_t> index = policy ? index_of(*policy) : std::nullopt;
        return index ? all[*index] : std::vector<std::string>();
      };
      std::vector<std::string> was = uses(old_users, old), is = uses(users, now);
      if (!old || !now) {
        if (!unread_.empty()) continue;
        NetworkChange& change = note(old ? Kind::policy_removed : Kind::policy_added, (old ? old : now)->name);
        (old ? change.before : change.after) = (old ? old : now)->range;
        continue;
      }
      bool unused = was.empty() && is.empty();
      if (unused || is_used_beside_bgp(now->name)) {
        Comparison comparison;
        comparison.policies = {now->name};
        comparison.sides = {side_of(*old), side_of(*now)};
        comparison.open_end = true;
        // Of what else uses it the families are not known.
        if (!unused)
          for (Side& side : comparison.sides) side.families = {Family::ipv4, Family::ipv6};
        add(std::move(comparison));
      }
      if (was.empty() != is.empty() && unread_.empty()) {
        NetworkChange& change = note(was.empty() ? Kind::attached : Kind::detached, now->name);
        change.was = was;
        change.is = is;
        change.before = old->range;
        change.after = now->range;
      }
    }
  }

  bool is_used_beside_bgp(const std::string& policy) const {
    auto of_device = after_.used_beside_bgp.find(device_);
    return of_device != after_.used_beside_bgp.end() && of_device->second.contains(policy);
  }

  std::string fingerprint(const Side& side) {
    if (!side.present) return "";
    std::string text = fingerprints_.of(side.program);
    for (Family family : side.families) text += " " + std::string(to_string(family));
    // Which neighbor a route comes from matters only where the policy asks.
    bool neighbor_matters = tests_neighbor(side.program);
    for (const Fact& fact : side.facts)
      if (neighbor_matters || !std::holds_alternative<NeighborIn>(fact.condition.is))
        text += " " + fingerprints_.of(fact.condition);
    return text;
  }

  void add(Comparison comparison) {
    comparison.device = device_;
    for (Side& side : comparison.sides) side.fingerprint = fingerprint(side);
    const auto& [old, now] = comparison.sides;
    if (!unread_.empty()) {
      comparison.not_compared = unread_;
      comparison.not_compared_code = "BP704";
    } else if (old.present && now.present && old.fingerprint != now.fingerprint && old.families.empty() &&
               now.families.empty()) {
      comparison.not_compared = "this session exchanges only families that are not modelled, and its policies changed";
      comparison.not_compared_code = "BP703";
    } else if (old.present && now.present && old.fingerprint != now.fingerprint) {
      for (const std::string& family : now.other_families) {
        if (std::find(old.other_families.begin(), old.other_families.end(), family) == old.other_families.end())
          continue;
        bool served = serves(old.program, old.families, family) && serves(now.program, now.families, family);
        (served ? comparison.unless_equal : comparison.outside)
            .push_back({now.attachment,
                        fmt::format("{} is exchanged too, which has no model, and the policies changed", family)});
      }
    }
    if (comparison.not_compared.empty() && !(comparison.outside.empty() && comparison.unless_equal.empty()))
      comparison.not_compared_code = "BP715";
    std::string key = fmt::format("{} {} {} {} {}", static_cast<int>(comparison.direction), old.present, now.present,
                                  old.fingerprint, now.fingerprint);
    for (const Side& side : comparison.sides)
      for (const std::string& policy : side.policies) key += "\n" + policy;
    for (const auto* some : {&comparison.outside, &comparison.unless_equal})
      for (const Dependency& each : *some) key += "\n" + each.text;
    if (comparison.sessions.empty()) key += fmt::format("\n{}", result_.comparisons.size());
    auto [at, fresh] = shared_.emplace(std::move(key), result_.comparisons.size());
    if (fresh)
      result_.comparisons.push_back(std::move(comparison));
    else
      result_.comparisons[at->second].sessions.push_back(comparison.sessions.front());
  }

  const NetworkState& before_;
  const NetworkState& after_;
  const std::string& glob_;
  ResolvedFingerprints fingerprints_;
  std::string device_, unread_;
  std::map<std::string, size_t> shared_;  // comparisons of the present device
  Pairing result_;
};

}  // namespace

Pairing pair(const NetworkState& before, const NetworkState& after, const std::string& device_glob) {
  return Pairer(before, after, device_glob).run();
}

Comparison compare_policies(const Device& before, const NamedPolicy& old_policy, const Device& after,
                            const NamedPolicy& new_policy, bool beside_bgp) {
  Comparison comparison;
  comparison.device = before.name == after.name ? after.name : before.name + " and " + after.name;
  comparison.policies = {new_policy.name};
  comparison.sides = {side_of(old_policy), side_of(new_policy)};
  auto is_used = [](const Device& device, const NamedPolicy& policy) {
    std::optional<uint32_t> index = index_of(policy);
    return index && users_of(device).contains(*index);
  };
  comparison.open_end = beside_bgp || (!is_used(before, old_policy) && !is_used(after, new_policy));
  ResolvedFingerprints fingerprints;
  for (Side& side : comparison.sides) {
    side.families = {Family::ipv4, Family::ipv6};
    side.fingerprint = fingerprints.of(side.program);
  }
  for (const Device* device : {&before, &after})
    if (!device->not_checked.empty()) {
      comparison.not_compared = device->not_checked;
      comparison.not_compared_code = "BP704";
    }
  return comparison;
}

}  // namespace bgproof
