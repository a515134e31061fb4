#include "grammar/junos/lower.h"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/junos/context.h"
#include "grammar/junos/lines.h"
#include "grammar/junos/session.h"
#include "grammar/junos/tree.h"
#include "network/families.h"
#include "network/neighbors.h"

namespace bgproof::junos {

namespace {

struct LocalAs {
  std::optional<Asn> asn;
  SourceRange at;
  std::string text;  // of a line that says more than the number
};

LocalAs local_as_of(const Statement& holder) {
  for (const Statement* options : holder.all("routing-options"))
    for (const Line& line : lines_of(*options))
      if (line.word(0) == "autonomous-system")
        if (auto asn = asn_of(line.word(1))) return {asn, line.range, line.size() > 2 ? line.text() : ""};
  return {};
}

void read_confederation(const Statement& holder, Instance& instance) {
  for (const Statement* options : holder.all("routing-options"))
    for (const Line& line : lines_of(*options)) {
      if (line.word(0) != "confederation") continue;
      for (size_t i = 1; i < line.size(); ++i) {
        auto asn = asn_of(line.word(i));
        if (!asn) continue;
        if (i == 1)
          instance.confederation = asn;
        else
          instance.members.insert(*asn);
      }
    }
}

// The instances of one system that run BGP, the default one first.
std::vector<Instance> instances_of(const Statement& system, const LocalAs& of_system) {
  std::vector<Instance> instances;
  auto add = [&](const Statement& holder, const std::string& name) {
    for (const Statement* protocols : holder.all("protocols")) {
      const Statement* bgp = protocols->find("bgp");
      if (bgp == nullptr || bgp->find("disable") != nullptr) continue;
      Instance instance;
      instance.name = name;
      instance.bgp = bgp;
      LocalAs own = local_as_of(holder);
      if (!own.asn) own = of_system;
      instance.local_as = own.asn;
      instance.local_as_at = own.at;
      instance.local_as_text = own.text;
      read_confederation(holder, instance);
      if (instance.members.empty()) read_confederation(system, instance);
      instance.tables = tables_of(system, name);
      instances.push_back(std::move(instance));
    }
  };
  add(system, "");
  for (const Statement* all : system.all("routing-instances"))
    for (const Statement& each : all->children)
      if (!each.inactive && !each.words.empty()) add(each, each.keyword());
  return instances;
}

// The addresses that the device itself has: of its interfaces and sessions.
void collect_addresses(const Statement& statement, std::set<Address>& out) {
  const std::string& keyword = statement.keyword();
  if ((keyword == "address" || keyword == "local-address") && statement.words.size() > 1) {
    const std::string& text = statement.name();
    if (auto address = parse_address(text.substr(0, text.find('/')))) out.insert(*address);
  }
  for (const Statement& child : statement.children)
    if (!child.inactive) collect_addresses(child, out);
}

void share_library(Device& device, const std::shared_ptr<const PolicyLibrary>& library) {
  device.library = library;
  for (NamedPolicy& policy : device.policies) policy.program.library = library;
  for (Session& session : device.sessions) {
    session.import_from.program.library = library;
    session.export_to.program.library = library;
  }
}

bool has_neighbors(const Statement& bgp) {
  auto is_neighbor = [](const Statement& child) {
    const std::string& keyword = child.keyword();
    bool names_one = keyword == "neighbor" || keyword == "dynamic-neighbor" || keyword == "allow";
    return !child.inactive && (names_one || (keyword == "group" && has_neighbors(child)));
  };
  return std::any_of(bgp.children.begin(), bgp.children.end(), is_neighbor);
}

const Statement* mark(const Statement& holder) { return holder.find(kUnreadable); }

// Sessions meet the unknown lines of their levels; where there are none, such a line may be all that there is of one.
const Statement* unread_sessions(const Statement& protocols) {
  auto unmet = [](const Statement& level) -> const Statement* {
    if (has_neighbors(level)) return nullptr;
    auto found = std::find_if(level.children.begin(), level.children.end(),
                              [](const Statement& child) { return !child.inactive && is_unknown_knob(child); });
    return found == level.children.end() ? nullptr : &*found;
  };
  for (const Statement* bgp : protocols.all("bgp")) {
    if (const Statement* found = unmet(*bgp)) return found;
    for (const Statement* group : bgp->all("group"))
      if (const Statement* found = unmet(*group)) return found;
  }
  return nullptr;
}

// A mark of the reader at a level where nobody else would meet it: what was lost there may define or attach anything.
const Statement* unread(const Statement& system) {
  if (const Statement* found = mark(system)) return found;
  for (const char* part : {"policy-options", "protocols", "routing-options", "routing-instances"})
    for (const Statement* holder : system.all(part)) {
      if (const Statement* found = mark(*holder)) return found;
      if (const Statement* found = unread_sessions(*holder)) return found;
    }
  for (const Statement* all : system.all("routing-instances"))
    for (const Statement& instance : all->children) {
      if (instance.inactive) continue;
      if (const Statement* found = mark(instance)) return found;
      for (const char* part : {"protocols", "routing-options"})
        for (const Statement* holder : instance.all(part)) {
          if (const Statement* found = mark(*holder)) return found;
          if (const Statement* found = unread_sessions(*holder)) return found;
        }
    }
  return nullptr;
}

Device lower_system(const Statement& system, const std::string& logical_system, const LocalAs& inherited,
                    Diagnostics& diagnostics) {
  Device device;
  device.dialect = "junos";
  auto library = std::make_shared<PolicyLibrary>();
  Context context(system, *library, diagnostics);
  LocalAs local_as = local_as_of(system);
  if (!local_as.asn) local_as = inherited;
  device.local_as = local_as.asn;
  device.lists = context.lists();
  std::vector<Instance> instances = instances_of(system, local_as);
  std::vector<std::vector<SessionSetup>> setups;
  bool removes = false;
  for (const Instance& instance : instances) {
    setups.push_back(find_sessions(context, instance));
    for (const SessionSetup& setup : setups.back()) {
      if (setup.levels.has("metric-out") || adds_own_as(setup)) context.tracks_metric = true;
      removes = removes || setup.levels.has("remove-private");
    }
  }
  context.tracks_prepends = context.has_action("as-path-prepend") && (removes || context.has_action("as-path-expand"));
  std::vector<uint32_t> indices;
  for (const std::string& name : context.policy_names())
    indices.push_back(context.policy(name, context.definitions(Kind::policy, name).front()->head()));
  for (size_t i = 0; i < instances.size(); ++i) {
    std::vector<const Session*> clients;
    for (const SessionSetup& setup : setups[i])
      if (setup.client) clients.push_back(&setup.session);
    auto reflected = clients.empty() ? nullptr : neighbors_of(clients);
    for (SessionSetup& setup : setups[i]) {
      attach(context, instances[i], setup, reflected);
      setup.session.logical_system = logical_system;
      device.sessions.push_back(std::move(setup.session));
    }
  }
  std::vector<std::set<Family>> families = families_of_policies(*library, device.sessions);
  for (size_t i = 0; i < indices.size(); ++i) {
    const std::string& name = context.policy_names()[i];
    SourceRange range = library->policies[indices[i]].range;
    std::set<Family> used = families[indices[i]];
    if (used.empty()) used = {Family::ipv4, Family::ipv6};
    Program program;
    program.entry = {{name, {act(Call{Call::As::chain, indices[i], 0, nullptr}, range)}, range, {}},
                     default_clause(false)};
    device.policies.push_back({name, std::move(program), std::move(used), range});
  }
  share_library(device, library);
  for (const char* part : {"interfaces", "protocols", "routing-instances"})
    for (const Statement* each : system.all(part)) collect_addresses(*each, device.addresses);
  return device;
}

}  // namespace

std::vector<Device> lower(const Config& config, const SourceSet& sources, FileId file, Diagnostics& diagnostics) {
  std::string path = sources.file(file).path();
  std::string name = config.host_name;
  if (name.empty()) name = path.substr(path.find_last_of('/') + 1);
  std::vector<Device> devices;
  auto add = [&](const Statement& system, const std::string& logical_system, const LocalAs& inherited) {
    Device device = lower_system(system, logical_system, inherited, diagnostics);
    device.name = logical_system.empty() ? name : name + ":" + logical_system;
    device.path = path;
    if (config.truncated)
      device.not_checked = "the text ends inside an open block, or a mistake hides what follows";
    else if (const Statement* lost = unread(system))
      device.not_checked =
          fmt::format("line {} cannot be read, and what it would define is unknown", sources.begin(lost->range).line);
    devices.push_back(std::move(device));
  };
  add(config.root, "", {});
  devices.front().lines = config.lines;
  devices.front().policy_lines = config.policy_lines;
  LocalAs main = local_as_of(config.root);
  for (const char* kind : {"logical-systems", "tenants"})
    for (const Statement* systems : config.root.all(kind))
      for (const Statement& system : systems->children)
        if (!system.inactive && !system.words.empty()) add(system, system.keyword(), main);
  return devices;
}

}  // namespace bgproof::junos
