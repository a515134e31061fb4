#include <fmt/format.h>

#include <filesystem>

#include "base/check.h"
#include "intents/data.h"
#include "intents/intents.h"
#include "intents/resolve.h"
#include "intents/spelling.h"

namespace bgproof {

using namespace intent;

std::string relative_to(const std::string& file, const std::string& path) {
  std::filesystem::path target(path);
  if (target.is_relative()) target = std::filesystem::path(file).parent_path() / target;
  return target.lexically_normal().string();
}

const std::set<std::string>& builtin_roles() {
  static const std::set<std::string> kRoles = {"customer",  "provider", "peer",     "rs",
                                               "rs-client", "internal", "collector"};
  return kRoles;
}

const Name& Symbol::name() const {
  return std::visit([](const auto* declaration) -> const Name& { return declaration->name; }, is);
}

std::string_view Symbol::kind() const {
  struct Kind {
    std::string_view operator()(const SetDeclaration*) const { return "a set of prefixes"; }
    std::string_view operator()(const AsnsDeclaration*) const { return "a set of AS numbers"; }
    std::string_view operator()(const CommsDeclaration*) const { return "a set of communities"; }
    std::string_view operator()(const TagItem*) const { return "a tag"; }
    std::string_view operator()(const FactItem*) const { return "a fact"; }
    std::string_view operator()(const ClassItem*) const { return "a class"; }
  };
  return std::visit(Kind{}, is);
}

namespace {

class IntentFiles {
 public:
  IntentFiles(const IntentLoader& loader, SourceSet& sources, Diagnostics& diagnostics, Intents& out)
      : loader_(loader), sources_(sources), diagnostics_(diagnostics), out_(out) {}

  bool broken() const { return broken_; }

  void read(const std::string& path, const SourceRange& from) {
    for (size_t i = 0; i < open_.size(); ++i) {
      if (open_[i] != path) continue;
      diagnostics_.error("BP204", from, fmt::format("`{}` includes itself", path), "this include closes the circle");
      broken_ = true;
      return;
    }
    if (!seen_.insert(path).second) return;
    auto text = loader_.read(path);
    if (!text) {
      diagnostics_.error("BP202", from, fmt::format("the intent file `{}` cannot be read", path), "named here");
      broken_ = true;
      return;
    }
    FileId id = sources_.add(path, std::move(*text));
    auto file = std::make_shared<const File>(loader_.parse(sources_, id, diagnostics_));
    broken_ = broken_ || file->broken;
    out_.files.push_back(file);
    open_.push_back(path);
    for (const Item& item : file->items) {
      if (const auto* include = std::get_if<IncludeItem>(&item)) follow(path, *include);
    }
    open_.pop_back();
  }

 private:
  void follow(const std::string& path, const IncludeItem& include) {
    if (!include.builtin) return read(relative_to(path, include.path.text), include.path.range);
    diagnostics_.error("BP208", include.range,
                       fmt::format("there is no built-in pack `{}`: packs are not implemented yet", include.path.text));
    broken_ = true;
  }

  const IntentLoader& loader_;
  SourceSet& sources_;
  Diagnostics& diagnostics_;
  Intents& out_;
  std::vector<std::string> open_;
  std::set<std::string> seen_;
  bool broken_ = false;
};

// Puts each item where it belongs.
class Collect {
 public:
  Collect(const IntentLoader& loader, SourceSet& sources, Diagnostics& diagnostics, Intents& out)
      : loader_(loader), sources_(sources), diagnostics_(diagnostics), out_(out) {}

  void operator()(const VersionItem& item) {
    if (item.version != 1)
      diagnostics_.error(
          "BP217", item.range,
          fmt::format("version {} of the intent language is not known; this program reads 1", item.version));
  }
  void operator()(const IncludeItem&) {}
  void operator()(const NetworkItem& item) { out_.network.insert(item.asn); }
  void operator()(const NeighborsItem& item) {
    const std::string& from = sources_.file(item.range.file).path();
    std::string path = relative_to(from, item.path.text);
    auto text = loader_.read(path);
    if (!text) {
      diagnostics_.error("BP202", item.path.range, fmt::format("the neighbor list `{}` cannot be read", path),
                         "named here");
      return;
    }
    FileId id = sources_.add(path, std::move(*text));
    size_t before = out_.neighbors.rows.size();
    read_neighbors(sources_, id, out_.neighbors, diagnostics_);
    check_guards(item, path, out_.neighbors.rows.size() - before);
  }
  void operator()(const RoleItem& item) {
    out_.roles.push_back(&item);
    out_.known_roles.insert(item.name.text);
  }
  void operator()(const SetDeclaration& item) { declare({&item}); }
  void operator()(const AsnsDeclaration& item) { declare({&item}); }
  void operator()(const CommsDeclaration& item) { declare({&item}); }
  void operator()(const TagItem& item) { declare({&item}); }
  void operator()(const FactItem& item) { declare({&item}); }
  void operator()(const ClassItem& item) { declare({&item}); }
  void operator()(const AssumeItem& item) { out_.assumes.push_back(&item); }
  void operator()(const Block& item) { out_.blocks.push_back(&item); }

 private:
  void declare(Symbol symbol) {
    const Name& name = symbol.name();
    auto [place, fresh] = out_.symbols.emplace(name.text, symbol);
    if (fresh) return;
    auto& error =
        diagnostics_.error("BP203", name.range, fmt::format("`{}` is declared twice", name.text), "declared again");
    error.labels.push_back({Label::Kind::beside, place->second.name().range,
                            fmt::format("first declared here, as {}", place->second.kind())});
  }

  // A neighbor list that breaks its guards is of no use to anybody: roles would be missing.
  void check_guards(const NeighborsItem& item, const std::string& path, size_t size) {
    for (const Guard& guard : item.guards) {
      std::string broken =
          broken_guard(guard, size, loader_.modified ? loader_.modified(path) : std::nullopt, loader_.now);
      if (!broken.empty()) diagnostics_.error("BP705", guard.range, fmt::format("`{}` {}", path, broken));
    }
  }

  const IntentLoader& loader_;
  SourceSet& sources_;
  Diagnostics& diagnostics_;
  Intents& out_;
};

}  // namespace

Intents load_intents(const std::vector<std::string>& paths, const IntentLoader& loader, SourceSet& sources,
                     Diagnostics& diagnostics) {
  Intents intents;
  intents.sources = &sources;
  intents.known_roles = builtin_roles();
  intents.data = std::make_shared<DataFiles>(loader, sources);
  IntentFiles files(loader, sources, diagnostics, intents);
  for (const std::string& path : paths) files.read(std::filesystem::path(path).lexically_normal().string(), {});
  // Names of a file with syntax errors are missing; complaints about them would only hide the cause.
  if (files.broken()) return intents;
  Collect collect(loader, sources, diagnostics, intents);
  for (const auto& file : intents.files) {
    for (const Item& item : file->items) std::visit(collect, item);
  }
  for (const NeighborRow& row : intents.neighbors.rows) {
    std::string role = row.value("role");
    if (!role.empty()) intents.known_roles.insert(role);
  }
  resolve(intents, diagnostics);
  return intents;
}

}  // namespace bgproof
