#include "intents/scope.h"

#include <fmt/format.h>

#include <set>

#include "intents/spelling.h"

namespace bgproof {
namespace {

const std::set<std::string>& neighbor_fields() {
  static const std::set<std::string> kFields = {"address", "asn", "name", "group", "role", "as_set", "site", "owner"};
  return kFields;
}

std::optional<std::string> not_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<std::string> neighbor_value(const Scope& scope, std::string_view field) {
  const Neighbor& neighbor = *scope.neighbor;
  const Session& session = *neighbor.session;
  if (field == "address") return session.address ? to_string(*session.address) : session.neighbor;
  if (field == "role") return not_empty(neighbor.role);
  if (field == "group") return not_empty(group_of(neighbor));
  if (field == "site") return not_empty(site_of(neighbor, scope));
  if (neighbor.row) {
    if (field == "asn" && neighbor.row->asn) return std::to_string(*neighbor.row->asn);
    std::string value = neighbor.row->value(std::string(field));
    if (!value.empty()) return value;
  }
  if (field == "asn" && session.remote_as) return std::to_string(*session.remote_as);
  if (field == "name") return not_empty(session.description);
  return std::nullopt;
}

}  // namespace

std::string group_of(const Neighbor& neighbor) {
  std::string group = neighbor.row ? neighbor.row->value("group") : "";
  return group.empty() ? neighbor.session->group : group;
}

std::string site_of(const Neighbor& neighbor, const Scope& scope) {
  std::string site = neighbor.row ? neighbor.row->value("site") : "";
  return site.empty() ? scope.site : site;
}

std::optional<std::string> Scope::value(std::string_view path) const {
  if (path.substr(0, 9) == "neighbor." && neighbor) return neighbor_value(*this, path.substr(9));
  if (path == "device.name" && device) return device->name;
  if (path == "device.site") return not_empty(site);
  if (path == "device.asn" && device && device->local_as) return std::to_string(*device->local_as);
  return std::nullopt;
}

std::string unknown_variable(const Intents& intents, std::string_view path) {
  std::vector<std::string> known = {"device.name", "device.site", "device.asn"};
  for (const auto* names : {&neighbor_fields(), &intents.neighbors.columns}) {
    for (const std::string& name : *names) known.push_back("neighbor." + name);
  }
  for (const std::string& name : known) {
    if (name == path) return {};
  }
  std::string near = nearest_word(path, known);
  if (!near.empty()) return fmt::format("did you mean `${}`?", near);
  return "there are $neighbor.address, .asn, .name, .group, .role, .as_set, .site, .owner, every column of the "
         "neighbor lists, and "
         "$device.name, .site, .asn";
}

std::vector<std::string> variables_of(std::string_view text) {
  std::vector<std::string> paths;
  size_t at = 0;
  while ((at = text.find("${", at)) != std::string_view::npos) {
    size_t end = text.find('}', at);
    if (end == std::string_view::npos) end = text.size();
    paths.emplace_back(text.substr(at + 2, end - at - 2));
    at = end;
  }
  return paths;
}

std::optional<std::string> expand(std::string_view text, const Scope& scope, std::string& missing) {
  std::string result;
  while (!text.empty()) {
    size_t at = text.find("${");
    result += text.substr(0, at);
    if (at == std::string_view::npos) break;
    size_t end = text.find('}', at);
    std::string_view path = text.substr(at + 2, end == std::string_view::npos ? end : end - at - 2);
    auto value = scope.value(path);
    if (!value) {
      missing = path;
      return std::nullopt;
    }
    result += *value;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return result;
}

}  // namespace bgproof
