// All intents of a run: the files with everything that they include, one namespace, the neighbors. What `load` gives
// back without an error is well-formed: every name is declared and of the right kind, no declaration needs itself,
// every word is one of its vocabulary, and nothing is in it that this version does not check. What depends on a device
// or a neighbor comes with `bind`.
//
// Errors in `diagnostics` mean that nothing can be checked (exit status 2); warnings and notes never do.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "intents/model.h"
#include "intents/neighbors.h"

namespace bgproof {

// The world outside, so that tests need no files. Paths are as the user wrote them, joined to the directory of the file
// that names them.
struct IntentLoader {
  std::function<std::optional<std::string>(const std::string& path)> read;    // nullopt: it can't be read
  std::function<std::optional<int64_t>(const std::string& path)> modified;    // seconds since 1970
  std::function<intent::File(const SourceSet&, FileId, Diagnostics&)> parse;  // grammar/intent/reader.h
  int64_t now = 0;                                                            // seconds since 1970, for `max-age`
};

struct Symbol {
  std::variant<const intent::SetDeclaration*, const intent::AsnsDeclaration*, const intent::CommsDeclaration*,
               const intent::TagItem*, const intent::FactItem*, const intent::ClassItem*>
      is;
  const intent::Name& name() const;
  std::string_view kind() const;  // "a set", "a tag"
};

class DataFiles;  // intents/data.h

struct Intents {
  std::vector<std::shared_ptr<const intent::File>> files;  // symbols, blocks and the like point into them
  std::map<std::string, Symbol, std::less<>> symbols;
  std::vector<const intent::Block*> blocks;
  std::vector<const intent::RoleItem*> roles;
  std::vector<const intent::AssumeItem*> assumes;
  std::set<Asn> network;
  Neighbors neighbors;
  std::set<std::string> known_roles;  // built in, in the data, in `role` lines
  std::shared_ptr<DataFiles> data;
  const SourceSet* sources = nullptr;
};

// Reads `paths` and all they include. `sources` must outlive the result, and so must the loader's functions.
Intents load_intents(const std::vector<std::string>& paths, const IntentLoader& loader, SourceSet& sources,
                     Diagnostics& diagnostics);

// `path` as seen from the file that names it.
std::string relative_to(const std::string& file, const std::string& path);

const std::set<std::string>& builtin_roles();

}  // namespace bgproof
