// Data that other tools write and intents read: lists in YAML and JSON, `bgpq4 -j`, the built-in lists. Each file is
// read once.
//
// A file that can't be read, or a set that breaks its guards, is no reason to stop and never an empty set: the value
// says why (`failure`), and the blocks that use it are not checked.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "intents/intents.h"
#include "intents/model.h"
#include "policy/prefix_list.h"

namespace bgproof {

struct PrefixData {
  std::vector<intent::SetMember> members;  // prefixes alone
  std::string failure;                     // not empty: why there is no data
  bool unreadable = false;                 // it failed because the file can't be read, not because of a guard
};

struct AsnData {
  std::vector<NumberRange> ranges;
  std::string failure;
  bool unreadable = false;
};

// What is wrong with data of this size and age, "" if nothing: "has 3 entries, fewer than min 10".
std::string broken_guard(const intent::Guard& guard, size_t size, std::optional<int64_t> modified, int64_t now);

struct DataValue;

class DataFiles {
 public:
  DataFiles(const IntentLoader& loader, SourceSet& sources);
  ~DataFiles();

  // `path` and `key` have their variables replaced and are relative to the intent file; mistakes inside the file are
  // errors.
  PrefixData prefixes(const intent::DataSource& source, const std::string& path, const std::string& key,
                      Diagnostics& diagnostics);
  AsnData asns(const intent::DataSource& source, const std::string& path, const std::string& key,
               Diagnostics& diagnostics);

 private:
  struct Parsed;
  const Parsed& parsed(const std::string& path);
  void read_list(const intent::DataSource& source, const std::string& path, const std::string& key,
                 const std::string& a_what, const std::function<bool(const DataValue&)>& take, std::string& failure,
                 Diagnostics& diagnostics);
  std::string guard_failure(const intent::DataSource& source, const std::string& path, size_t size) const;
  std::string told_guard_failure(const intent::DataSource& source, const std::string& path, size_t size,
                                 Diagnostics& diagnostics) const;

  const IntentLoader loader_;
  SourceSet& sources_;
  std::map<std::string, std::unique_ptr<Parsed>> files_;
};

// "bogons"; nullptr if there is no such list.
const std::vector<Prefix>* builtin_prefixes(const std::string& name);
const std::vector<NumberRange>* builtin_asns(const std::string& name);

}  // namespace bgproof
