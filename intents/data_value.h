// A YAML or JSON file as plain data with its places: what the readers of lists and neighbors work on. Only
// data_value.cpp sees yaml-cpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/source.h"

namespace bgproof {

struct DataValue {
  enum class Kind : uint8_t { nothing, scalar, list, map } kind = Kind::nothing;
  std::string text;                                       // scalar
  std::vector<DataValue> items;                           // list
  std::vector<std::pair<std::string, DataValue>> fields;  // map, in the order of the text
  SourceRange range;                                      // a scalar whole, else its first byte

  const DataValue* field(const std::string& name) const;  // nullptr if there is none
};

struct DataReading {
  DataValue value;
  std::string error;  // not empty: what is wrong
  SourceRange where;
};

// JSON if it is that, else YAML. Depth and size are limited; a file cannot make this run long or crash.
DataReading read_data(const SourceSet& sources, FileId file);

}  // namespace bgproof
