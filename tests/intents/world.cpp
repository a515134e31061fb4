#include "world.h"

#include <fmt/format.h>

namespace bgproof {

World::World() {
  loader.read = [this](const std::string& path) -> std::optional<std::string> {
    auto found = files.find(path);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  };
  loader.modified = [this](const std::string& path) -> std::optional<int64_t> {
    auto found = modified.find(path);
    return found == modified.end() ? std::nullopt : std::optional(found->second);
  };
  loader.parse = [](const SourceSet& set, FileId file, Diagnostics& to) { return intent::read(set, file, to); };
}

Intents& World::load(std::string text) {
  files["main.intent"] = std::move(text);
  intents = load_intents({"main.intent"}, loader, sources, diagnostics);
  return intents;
}

std::vector<Task> World::bind(const std::vector<Device>& devices, uint32_t date, std::string device_glob) {
  return bgproof::bind(intents, devices, {date, std::move(device_glob)}, diagnostics);
}

namespace {

std::string shown(const Diagnostic& diagnostic, const SourceSet& sources) {
  std::string text = diagnostic.code;
  text += diagnostic.severity == Severity::error     ? " error"
          : diagnostic.severity == Severity::warning ? " warning"
                                                     : " note";
  SourceRange where = diagnostic.where();
  if (where.known()) {
    LineColumn at = sources.begin(where);
    text += fmt::format(" {}:{}:{}", sources.file(where.file).path(), at.line, at.column);
  }
  text += ": " + diagnostic.message;
  if (!diagnostic.labels.empty() && !diagnostic.labels[0].text.empty()) text += " [" + diagnostic.labels[0].text + "]";
  for (const auto& [name, note] : diagnostic.notes) text += " (" + name + ": " + note + ")";
  return text;
}

}  // namespace

std::vector<std::string> World::said() const {
  std::vector<std::string> result;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) result.push_back(shown(diagnostic, sources));
  return result;
}

std::vector<std::string> World::said(Severity severity) const {
  std::vector<std::string> result;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    if (diagnostic.severity == severity) result.push_back(shown(diagnostic, sources));
  }
  return result;
}

std::vector<std::string> World::codes() const {
  std::vector<std::string> result;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) result.push_back(diagnostic.code);
  return result;
}

Program accept_all(std::shared_ptr<const PolicyLibrary> library) {
  Program program;
  program.library = std::move(library);
  Clause clause;
  clause.name = "(default)";
  clause.body.push_back({Disposition{Decision::accept, 0}, {}});
  program.entry.push_back(std::move(clause));
  return program;
}

Session session(std::string neighbor, Asn remote_as, std::shared_ptr<const PolicyLibrary> library, bool external) {
  Session result;
  result.neighbor = neighbor;
  result.address = parse_address(neighbor);
  result.remote_as = remote_as;
  result.local_as = 64500;
  result.external = external;
  result.group = external ? "EBGP" : "IBGP";
  result.families = {Family::ipv4, Family::ipv6};
  result.import_from.program = accept_all(library);
  result.import_from.policies = {"IN"};
  result.export_to.program = accept_all(library);
  result.export_to.policies = {"OUT"};
  return result;
}

Device edge() {
  Device device;
  device.name = "edge01.mia";
  device.dialect = "junos";
  device.local_as = 64500;
  auto library = std::make_shared<PolicyLibrary>();
  library->policies.push_back({"OUT", {}, {}});
  device.library = library;
  device.sessions.push_back(session("192.0.2.1", 64501, library));
  device.sessions.push_back(session("192.0.2.2", 64502, library));
  device.sessions.push_back(session("2001:db8:1::1", 64503, library));
  device.sessions.push_back(session("10.0.0.2", 64500, library, false));
  device.policies.push_back({"OUT", accept_all(library), {Family::ipv4, Family::ipv6}, {}});
  device.policies.push_back({"6-TELIA-ACCEPT-EXPORT", accept_all(library), {Family::ipv6}, {}});
  device.addresses = {*parse_address("192.0.2.100")};
  return device;
}

std::string edge_neighbors() {
  return "device,neighbor,asn,role,group,name,as_set,site,owner,tier\n"
         "edge01.mia,192.0.2.1,64501,provider,,Telia,AS-TELIA,mia,noc,1\n"
         "edge01.mia,192.0.2.2,64502,peer,,Peer Two,,mia,,\n"
         "edge01.mia,2001:db8:1::1,AS64503,customer,,Cust,AS-CUST,mia,,3\n";
}

}  // namespace bgproof
