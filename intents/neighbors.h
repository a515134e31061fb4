// Who the neighbors are: one row per session from CSV, YAML or JSON with the columns device, neighbor, asn, role,
// group, name, as_set, site, owner and, optional, vrf. Unknown columns are kept and become `$neighbor.<column>`. A role
// never follows from an ASN.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "policy/address.h"
#include "policy/as_path.h"

namespace bgproof {

struct NeighborRow {
  std::string device;
  std::string neighbor;  // as written
  std::string vrf;
  std::optional<Asn> asn;
  std::map<std::string, std::string> columns;  // all that are not empty, "asn" and "role" included
  SourceRange range;                           // the row
  std::map<std::string, SourceRange> places;   // of the columns
  std::string value(const std::string& column) const;
};

struct Neighbors {
  std::vector<NeighborRow> rows;
  std::set<std::string> columns;  // of all files
};

// Adds the rows of a file; the format is known by the name (.yaml, .yml, .json, else CSV).
void read_neighbors(const SourceSet& sources, FileId file, Neighbors& neighbors, Diagnostics& diagnostics);

}  // namespace bgproof
