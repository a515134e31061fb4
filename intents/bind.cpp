#include "intents/bind.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "intents/assume.h"
#include "intents/fingerprint.h"
#include "intents/glob.h"
#include "intents/lower.h"
#include "intents/offered.h"
#include "intents/reach.h"
#include "intents/roles.h"
#include "intents/words.h"

namespace bgproof {

using namespace intent;

std::optional<uint32_t> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  uint32_t parts[3] = {};
  const size_t at[3] = {0, 5, 8};
  const size_t length[3] = {4, 2, 2};
  for (int i = 0; i < 3; ++i) {
    const char* end = text.data() + at[i] + length[i];
    auto result = std::from_chars(text.data() + at[i], end, parts[i]);
    if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  }
  constexpr uint32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0);
  if (parts[1] < 1 || parts[1] > 12 || parts[2] < 1) return std::nullopt;
  if (parts[2] > kDays[parts[1] - 1] + (leap && parts[1] == 2 ? 1 : 0)) return std::nullopt;
  return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

namespace {

// The rows of a block in one scope.
struct Rows {
  std::vector<TaskRow> rows;
  std::string failure;
  std::string failure_code;
  bool free = true;  // of variables: good for every session of the device
  struct OneFamily {
    std::string set;
    Family missing;
    SourceRange range;
  };
  std::vector<OneFamily> one_family;  // sets from data without a member of one family
};

struct Covered {
  std::set<Family> families;
  bool selected = false;
};

class Binder {
 public:
  Binder(const Intents& intents, const std::vector<Device>& devices, const BindOptions& options,
         Diagnostics& diagnostics)
      : intents_(intents),
        options_(options),
        diagnostics_(diagnostics),
        places_(assign_roles(intents, devices, lowered_, diagnostics)),
        assumed_(intents, devices, options.date, diagnostics),
        roles_(all_roles(intents, places_)),
        used_(intents.blocks.size()) {
    for (const Block* block : intents.blocks) {
      if (block->kind == Block::Kind::policy) continue;
      claimed_.insert(block->kind == Block::Kind::export_to ? Direction::export_to : Direction::import_from);
      for (const NeighborTerm& term : block->neighbors.of)
        names_internal_ = names_internal_ || (term.kind == NeighborTerm::Kind::role && term.word.text == "internal");
    }
    expired();
  }

  std::vector<Task> run() {
    for (const Place& place : places_) {
      if (!options_.device_glob.empty() && !glob_matches(options_.device_glob, place.device->name)) continue;
      size_t before = tasks_.size();
      covered_.clear();
      for (size_t i = 0; i < intents_.blocks.size(); ++i) {
        const Block& block = *intents_.blocks[i];
        bool used = block.kind == Block::Kind::policy ? bind_policies(block, place) : bind_sessions(block, place);
        used_[i] = used_[i] || used;
      }
      uncovered(place);
      if (tasks_.size() == before && !place.device->not_checked.empty() && !intents_.blocks.empty()) {
        Task task = empty_task(place, Direction::none);
        not_checked(task, "BP704", place.device->not_checked);
        tasks_.push_back(std::move(task));
      }
    }
    if (options_.device_glob.empty()) {
      selected_nothing();
      foreign_networks();
    }
    return std::move(tasks_);
  }

 private:
  // Exceptions that are over or nearly so, said once and not for each session.
  void expired() {
    for (const Block* block : intents_.blocks) {
      for (const Row& row : block->rows) {
        if (!row.meta) continue;
        if (is_dead(row)) {
          diagnostics_.warning("BP706", row.range,
                               fmt::format("this exception ended on {} and is ignored", to_words(row.meta->until)),
                               fmt::format("owner {}", row.meta->owner.text));
        } else if (days(row.meta->until.value) - days(options_.date) <= 14) {
          diagnostics_.note("BP707", row.range, fmt::format("this exception ends on {}", to_words(row.meta->until)),
                            fmt::format("owner {}", row.meta->owner.text));
        }
      }
    }
  }

  bool is_dead(const Row& row) const {
    return row.meta && row.kind == Row::Kind::except && options_.date > row.meta->until.value;
  }

  // Days since some day, by the usual count that starts years in March.
  static int64_t days(uint32_t date) {
    int64_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    year -= month <= 2;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day;
  }

  static void not_checked(Task& task, std::string_view code, std::string reason) {
    if (!task.not_checked.empty()) return;
    task.not_checked_code = code;
    task.not_checked = std::move(reason);
  }

  Task empty_task(const Place& place, Direction direction) const {
    Task task;
    task.device = place.device->name;
    task.direction = direction;
    task.roles = roles_;
    task.offered = always();
    return task;
  }

  Rows make_rows(const Block& block, const Scope& scope) {
    Rows result;
    Lowering lowering(intents_, scope, lowered_, diagnostics_);
    for (const Row& row : block.rows) {
      if (is_dead(row)) continue;
      TaskRow made;
      made.kind = static_cast<TaskRow::Kind>(row.kind);
      if (row.id) made.id = row.id->text;
      made.condition = row.condition ? lowering.condition(*row.condition) : always(row.range);
      for (const Act& act : row.acts) made.obligations.push_back(lowering.obligation(act));
      made.range = row.range;
      made.head = row.head;
      made.text = to_words(row, &scope);
      if (row.comment) made.comment = row.comment->text;
      result.rows.push_back(std::move(made));
    }
    result.failure = lowering.failure();
    result.failure_code = lowering.failure_code();
    result.free = !lowering.used_variables();
    for (const auto& used : lowering.used_sets()) {
      if (auto family = lowering.missing_family(*used.set))
        result.one_family.push_back({used.set->name.text, *family, used.range});
    }
    return result;
  }

  std::shared_ptr<const Rows> rows_for(const Block& block, const Place& place, const Scope& scope) {
    auto key = std::make_pair(&block, place.device);
    auto known = free_rows_.find(key);
    if (known != free_rows_.end()) return known->second;
    auto rows = std::make_shared<const Rows>(make_rows(block, scope));
    if (rows->free) free_rows_[key] = rows;
    return rows;
  }

  static bool at_matches(const Block& block, const Place& place, const std::string& site) {
    return block.at.empty() || std::any_of(block.at.begin(), block.at.end(), [&](const DeviceTerm& term) {
             return term.site ? !site.empty() && glob_matches(term.glob.text, site)
                              : glob_matches(term.glob.text, place.device->name);
           });
  }

  static std::set<Family> narrowed(std::set<Family> families, const Block& block) {
    if (block.family) std::erase_if(families, [&](Family family) { return family != *block.family; });
    return families;
  }

  bool bind_policies(const Block& block, const Place& place) {
    if (!at_matches(block, place, place.site)) return false;
    bool used = false;
    for (const NamedPolicy& policy : place.device->policies) {
      if (!glob_matches(block.policy.text, policy.name)) continue;
      Task task = empty_task(place, Direction::none);
      task.families = narrowed(policy.families, block);
      if (task.families.empty()) continue;
      used = true;
      task.policies = {policy.name};
      task.program = assumed_.apply(policy.program);
      task.facts.push_back(others_are_originated());
      task.facts.push_back(no_default_is_made());
      task.offered = conjunction(task.facts);
      for (Fact& fact : assumed_.facts(policy.program)) task.facts.push_back(std::move(fact));
      task.attachment = policy.range;
      task.block = block.head;
      auto rows = rows_for(block, place, place.scope());
      task.rows = rows->rows;
      if (!place.device->not_checked.empty()) not_checked(task, "BP704", place.device->not_checked);
      if (!rows->failure.empty()) not_checked(task, rows->failure_code, rows->failure);
      tasks_.push_back(std::move(task));
    }
    return used;
  }

  bool bind_sessions(const Block& block, const Place& place) {
    Direction direction = block.kind == Block::Kind::export_to ? Direction::export_to : Direction::import_from;
    std::map<std::string, size_t> shared;  // fingerprint -> task
    bool used = false;
    for (size_t i = 0; i < place.neighbors.size(); ++i) {
      const Session& session = *place.neighbors[i].session;
      Scope scope = place.scope(i);
      if (!at_matches(block, place, site_of(place.neighbors[i], scope))) continue;
      if (!selects(block.neighbors, place, i, intents_, lowered_, diagnostics_)) continue;
      std::set<Family> families = narrowed(session.families, block);
      Covered& covered = covered_[{direction, i}];
      if (families.empty()) {
        if (!session.families.empty()) continue;  // only `afi` leaves it out
        used = covered.selected = true;
        tasks_.push_back(unchecked_families(place, direction, session, block.head));
        continue;
      }
      used = covered.selected = true;
      covered.families.insert(families.begin(), families.end());
      other_families(session);
      bind_session(block, place, i, direction, families, shared);
    }
    return used;
  }

  void bind_session(const Block& block, const Place& place, size_t index, Direction direction,
                    const std::set<Family>& families, std::map<std::string, size_t>& shared) {
    Scope scope = place.scope(index);
    const Session& session = *place.neighbors[index].session;
    const Attachment& attachment = direction == Direction::export_to ? session.export_to : session.import_from;
    auto rows = rows_for(block, place, scope);
    std::vector<Fact> facts = attachment.facts;
    for (Fact& fact : learned_from_facts(direction, place, index)) facts.push_back(std::move(fact));
    // Which neighbor a route comes from matters only where the policy asks.
    bool neighbor_matters = tests_neighbor(attachment.program);
    std::string key = fingerprint(attachment.program);
    for (const std::string& policy : attachment.policies) key += policy + '\n';
    for (Family family : families) key += to_string(family);
    for (const Fact& fact : facts) {
      if (neighbor_matters || !std::holds_alternative<NeighborIn>(fact.condition.is))
        key += '\n' + fingerprint(fact.condition);
    }
    if (!rows->free) key += '\n' + fingerprint(rows->rows);
    key += '\n' + rows->failure;
    auto [place_in_map, fresh] = shared.try_emplace(std::move(key), tasks_.size());
    if (!fresh) {
      tasks_[place_in_map->second].sessions.push_back(session_text(session));
      return;
    }
    Task task = empty_task(place, direction);
    task.policies = attachment.policies;
    task.sessions = {session_text(session)};
    task.families = families;
    lint_families(*rows, families);
    task.program = assumed_.apply(attachment.program);
    task.attachment = attachment.range;
    task.block = block.head;
    task.rows = rows->rows;
    task.offered = conjunction(facts);
    task.facts = std::move(facts);
    for (Fact& fact : assumed_.facts(attachment.program)) task.facts.push_back(std::move(fact));
    if (!place.device->not_checked.empty()) not_checked(task, "BP704", place.device->not_checked);
    if (!rows->failure.empty()) not_checked(task, rows->failure_code, rows->failure);
    tasks_.push_back(std::move(task));
  }

  void lint_families(const Rows& rows, const std::set<Family>& families) {
    if (families.size() < 2) return;
    for (const auto& one : rows.one_family)
      diagnostics_.note("BP219", one.range,
                        fmt::format("`{}` has no {} member, and this block checks both families", one.set,
                                    one.missing == Family::ipv4 ? "IPv4" : "IPv6"));
  }

  void other_families(const Session& session) {
    if (session.other_families.empty() || !said_.insert(&session).second) return;
    diagnostics_.note("BP703", session.range,
                      fmt::format("of session {} only unicast IPv4 and IPv6 are checked, not {}", session_text(session),
                                  fmt::join(session.other_families, ", ")));
  }

  Task unchecked_families(const Place& place, Direction direction, const Session& session,
                          const SourceRange& block) const {
    Task task = empty_task(place, direction);
    const Attachment& attachment = direction == Direction::export_to ? session.export_to : session.import_from;
    task.policies = attachment.policies;
    task.sessions = {session_text(session)};
    task.attachment = attachment.range.known() ? attachment.range : session.range;
    task.block = block;
    if (!place.device->not_checked.empty()) not_checked(task, "BP704", place.device->not_checked);
    not_checked(task, "BP703",
                session.other_families.empty()
                    ? std::string("this session exchanges no routes of unicast IPv4 or IPv6")
                    : fmt::format("this session exchanges only families that are not checked: {}",
                                  fmt::join(session.other_families, ", ")));
    return task;
  }

  // Sessions, and families of sessions, in a claimed direction that no block selects.
  void uncovered(const Place& place) {
    for (Direction direction : {Direction::import_from, Direction::export_to}) {
      if (!claimed_.contains(direction)) continue;
      for (size_t i = 0; i < place.neighbors.size(); ++i) {
        const Session& session = *place.neighbors[i].session;
        const Covered& covered = covered_[{direction, i}];
        if (!covered.selected && !session.external && !names_internal_) continue;
        std::set<Family> left;
        for (Family family : session.families) {
          if (!covered.families.contains(family)) left.insert(family);
        }
        if (covered.selected && left.empty()) continue;
        if (left.empty()) {
          tasks_.push_back(unchecked_families(place, direction, session, {}));
          continue;
        }
        Task task = empty_task(place, direction);
        const Attachment& attachment = direction == Direction::export_to ? session.export_to : session.import_from;
        task.policies = attachment.policies;
        task.sessions = {session_text(session)};
        task.families = left;
        task.program = attachment.program;
        task.attachment = attachment.range.known() ? attachment.range : session.range;
        if (!place.device->not_checked.empty()) not_checked(task, "BP704", place.device->not_checked);
        const std::string& role = place.neighbors[i].role;
        not_checked(task, "BP701",
                    fmt::format("no {} block selects {}{}", to_string(direction),
                                covered.selected ? (left.contains(Family::ipv4) ? "the IPv4 routes of this session"
                                                                                : "the IPv6 routes of this session")
                                                 : "this session",
                                role.empty() ? ", which has no role" : fmt::format(" (role {})", role)));
        tasks_.push_back(std::move(task));
      }
    }
  }

  void selected_nothing() {
    for (size_t i = 0; i < intents_.blocks.size(); ++i) {
      if (used_[i]) continue;
      const Block& block = *intents_.blocks[i];
      Task task;
      task.direction = block.kind == Block::Kind::policy      ? Direction::none
                       : block.kind == Block::Kind::export_to ? Direction::export_to
                                                              : Direction::import_from;
      task.block = block.head;
      task.roles = roles_;
      task.offered = always();
      not_checked(
          task, "BP702",
          fmt::format("`{}` selects no {}", to_words(block), block.kind == Block::Kind::policy ? "policy" : "session"));
      tasks_.push_back(std::move(task));
    }
  }

  // A network that none of the devices is of. Where one's AS is not known, or that of its confederation, nobody knows.
  void foreign_networks() {
    std::set<Asn> own;
    for (const Place& place : places_) {
      const Device& device = *place.device;
      if (!device.not_checked.empty() || (!device.local_as && !device.sessions.empty())) return;
      if (device.local_as) own.insert(*device.local_as);
      for (const Session& session : device.sessions) {
        if (!session.local_as || (!session.external && session.remote_as != session.local_as)) return;
        own.insert(*session.local_as);
      }
    }
    if (own.empty()) return;
    for (const auto& file : intents_.files)
      for (const Item& item : file->items)
        if (const auto* network = std::get_if<NetworkItem>(&item); network && !own.contains(network->asn))
          diagnostics_.warning("BP702", network->range, fmt::format("no device that was read is of AS{}", network->asn),
                               "whose network is this?");
  }

  const Intents& intents_;
  const BindOptions& options_;
  Diagnostics& diagnostics_;
  Lowered lowered_;
  std::vector<Place> places_;
  Assumed assumed_;
  std::set<std::string> roles_;
  std::vector<bool> used_;
  std::set<Direction> claimed_;
  bool names_internal_ = false;
  std::map<std::pair<const Block*, const Device*>, std::shared_ptr<const Rows>> free_rows_;
  std::map<std::pair<Direction, size_t>, Covered> covered_;  // of the present device
  std::set<const Session*> said_;
  std::vector<Task> tasks_;
};

}  // namespace

std::vector<Task> bind(const Intents& intents, const std::vector<Device>& devices, const BindOptions& options,
                       Diagnostics& diagnostics) {
  return Binder(intents, devices, options, diagnostics).run();
}

}  // namespace bgproof
