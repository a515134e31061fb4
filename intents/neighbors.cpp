#include "intents/neighbors.h"

#include <fmt/format.h>

#include <algorithm>

#include "intents/data_value.h"
#include "intents/spelling.h"
#include "policy/number_text.h"

namespace bgproof {

std::string NeighborRow::value(const std::string& column) const {
  auto found = columns.find(column);
  return found == columns.end() ? std::string() : found->second;
}

namespace {

struct Field {
  std::string text;
  SourceRange range;
};

// RFC 4180: fields between commas, quotes around those that hold commas, quotes or line ends. Lines that are empty or
// start with `#` are left out. Blanks around a field are not part of it.
class Csv {
 public:
  Csv(std::string_view text, FileId file, Diagnostics& diagnostics)
      : text_(text), file_(file), diagnostics_(diagnostics) {
    if (text_.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;
  }

  bool next(std::vector<Field>& fields) {
    fields.clear();
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '\n' || c == '\r') {
        ++at_;
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        break;
      }
    }
    if (at_ >= text_.size()) return false;
    while (true) {
      fields.push_back(field());
      if (at_ >= text_.size() || text_[at_] != ',') break;
      ++at_;
    }
    return true;
  }

 private:
  static bool blank(char c) { return c == ' ' || c == '\t'; }
  bool at_end() const { return at_ >= text_.size() || text_[at_] == ',' || text_[at_] == '\n' || text_[at_] == '\r'; }

  Field field() {
    while (at_ < text_.size() && blank(text_[at_])) ++at_;
    size_t begin = at_;
    Field result;
    if (at_ < text_.size() && text_[at_] == '"') {
      quoted(result.text);
      result.range = {file_, static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)};
      while (!at_end() && blank(text_[at_])) ++at_;
      if (!at_end())
        diagnostics_.error("BP712", {file_, static_cast<uint32_t>(at_), static_cast<uint32_t>(at_ + 1)},
                           "expected `,` behind a quoted field");
      while (!at_end()) ++at_;
      return result;
    }
    while (!at_end()) ++at_;
    size_t end = at_;
    while (end > begin && blank(text_[end - 1])) --end;
    result.text = text_.substr(begin, end - begin);
    result.range = {file_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    return result;
  }

  void quoted(std::string& out) {
    size_t begin = at_++;
    while (at_ < text_.size()) {
      if (text_[at_] == '"') {
        ++at_;
        if (at_ >= text_.size() || text_[at_] != '"') return;
      }
      out += text_[at_++];
    }
    diagnostics_.error("BP712", {file_, static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + 1)},
                       "this quoted field has no end");
  }

  std::string_view text_;
  FileId file_;
  Diagnostics& diagnostics_;
  size_t at_ = 0;
};

// Checks a row and takes it in.
void add_row(std::vector<std::pair<std::string, Field>> columns, const SourceRange& range, Neighbors& neighbors,
             Diagnostics& diagnostics) {
  NeighborRow row;
  row.range = range;
  for (auto& [name, field] : columns) {
    if (field.text.empty()) continue;
    row.places[name] = field.range;
    row.columns[name] = field.text;
  }
  row.device = row.value("device");
  row.neighbor = row.value("neighbor");
  row.vrf = row.value("vrf");
  if (row.device.empty() || row.neighbor.empty()) {
    diagnostics.error("BP712", range, fmt::format("this row names no {}", row.device.empty() ? "device" : "neighbor"));
    return;
  }
  if (!parse_address(row.neighbor) && !parse_prefix(row.neighbor)) {
    diagnostics.error("BP712", row.places["neighbor"],
                      fmt::format("`{}` is not the address of a neighbor", row.neighbor), "not an address");
    return;
  }
  std::string asn = row.value("asn");
  if (!asn.empty()) {
    row.asn = asn_behind_letters(asn);
    if (!row.asn)
      diagnostics.error("BP712", row.places["asn"], fmt::format("`{}` is not an AS number", asn), "not an AS number");
  }
  neighbors.rows.push_back(std::move(row));
}

void read_csv(const SourceSet& sources, FileId file, Neighbors& neighbors, Diagnostics& diagnostics) {
  Csv csv(sources.file(file).text(), file, diagnostics);
  std::vector<Field> header, fields;
  if (!csv.next(header)) {
    diagnostics.error("BP712", {file, 0, 0}, "this neighbor list has no header row",
                      "expected device,neighbor,asn,role,...");
    return;
  }
  std::vector<std::string> names;
  for (const Field& field : header) {
    names.push_back(field.text);
    if (field.text.empty()) diagnostics.error("BP712", field.range, "a column has no name");
    if (!field.text.empty() && !neighbors.columns.insert(field.text).second &&
        std::count(names.begin(), names.end(), field.text) > 1)
      diagnostics.error("BP712", field.range, fmt::format("the column `{}` stands twice in this header", field.text));
  }
  for (const char* wanted : {"device", "neighbor"}) {
    if (std::find(names.begin(), names.end(), std::string(wanted)) != names.end()) continue;
    auto& error = diagnostics.error("BP712", cover(header.front().range, header.back().range),
                                    fmt::format("this neighbor list has no column `{}`", wanted), "the header row");
    std::string near = nearest_word(wanted, names);
    if (!near.empty()) error.notes.emplace_back("help", fmt::format("is it called `{}` here?", near));
    return;
  }
  while (csv.next(fields)) {
    SourceRange range = cover(fields.front().range, fields.back().range);
    if (fields.size() > names.size()) {
      diagnostics.error("BP712", range,
                        fmt::format("this row has {} fields, the header {}", fields.size(), names.size()),
                        "too many fields");
      continue;
    }
    std::vector<std::pair<std::string, Field>> columns;
    for (size_t i = 0; i < fields.size(); ++i) columns.emplace_back(names[i], fields[i]);
    add_row(std::move(columns), range, neighbors, diagnostics);
  }
}

void read_list(const SourceSet& sources, FileId file, Neighbors& neighbors, Diagnostics& diagnostics) {
  DataReading reading = read_data(sources, file);
  if (!reading.error.empty()) {
    diagnostics.error("BP712", reading.where, fmt::format("this neighbor list cannot be read: {}", reading.error));
    return;
  }
  const DataValue* list = &reading.value;
  if (const DataValue* inner = list->field("neighbors")) list = inner;
  if (list->kind != DataValue::Kind::list) {
    diagnostics.error("BP712", list->range.known() ? list->range : SourceRange{file, 0, 0},
                      "this neighbor list is not a list", "expected a list of neighbors");
    return;
  }
  for (const DataValue& item : list->items) {
    std::vector<std::pair<std::string, Field>> columns;
    for (const auto& [name, value] : item.fields) {
      if (value.kind == DataValue::Kind::list || value.kind == DataValue::Kind::map) {
        diagnostics.error("BP712", value.range, fmt::format("`{}` is not a plain value", name));
        continue;
      }
      neighbors.columns.insert(name);
      columns.emplace_back(name, Field{value.text, value.range});
    }
    add_row(std::move(columns), item.range, neighbors, diagnostics);
  }
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

void read_neighbors(const SourceSet& sources, FileId file, Neighbors& neighbors, Diagnostics& diagnostics) {
  const std::string& path = sources.file(file).path();
  bool list = ends_with(path, ".yaml") || ends_with(path, ".yml") || ends_with(path, ".json");
  if (list) {
    read_list(sources, file, neighbors, diagnostics);
  } else {
    read_csv(sources, file, neighbors, diagnostics);
  }
}

}  // namespace bgproof
