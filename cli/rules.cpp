#include "cli/rules.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "cli/embedded.h"
#include "policy/assumption.h"

namespace bgproof {

namespace {

std::string trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1));
}

// The cells of a line "| a | b |"; `\|` is no separator.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell += line[++i];
    } else if (line[i] == '|') {
      cells.push_back(trimmed(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

bool is_ruler(std::string_view line) { return line.find_first_not_of("|-: ") == std::string_view::npos; }

// Calls `row` with the columns' names and the cells of each row of each table, and the heading above it.
template <typename Row>
void each_row(std::string_view text, Row row) {
  std::vector<std::string> columns;
  std::string section;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("#")) section = trimmed(line.substr(line.find_first_not_of('#')));
    if (!line.starts_with("|")) {
      columns.clear();
    } else if (columns.empty()) {
      columns = cells_of(line);
    } else if (!is_ruler(line)) {
      row(section, columns, cells_of(line));
    }
  }
}

// The constructs that a cell names: each in backticks, else its whole text.
std::vector<std::string> constructs(const std::string& cell) {
  std::vector<std::string> found;
  size_t at = 0;
  while ((at = cell.find('`', at)) != std::string::npos) {
    size_t end = cell.find('`', at + 1);
    if (end == std::string::npos) break;
    found.push_back(cell.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  if (found.empty()) found.push_back(cell);
  return found;
}

// "J4", "J12a", "C3": a capital letter and a number.
std::vector<std::string> traps_of(const std::string& source) {
  std::vector<std::string> traps;
  std::string word;
  for (char c : source + " ") {
    if (std::isalnum(static_cast<unsigned char>(c))) {
      word += c;
      continue;
    }
    bool is_trap = word.size() > 1 && word.size() < 5 && std::isupper(static_cast<unsigned char>(word[0])) &&
                   std::isdigit(static_cast<unsigned char>(word[1]));
    if (is_trap) traps.push_back(word);
    word.clear();
  }
  return traps;
}

void add_name(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

// What several rows speak of means the one that speaks of nothing else. A row that has no name then is called by its
// whole first cell.
void name_apart(std::vector<Rule>& all) {
  std::map<std::string, size_t> rows;
  for (const Rule& rule : all)
    for (const std::string& name : rule.names) ++rows[name];
  for (Rule& rule : all) {
    std::string whole = dialect_of(rule) + slug(rule.cells.front().second);
    for (const std::string& name : rule.names)
      if (rows[name] == 1 || name == whole) rule.own.push_back(name);
    if (rule.own.empty()) rule.own.push_back(whole);
    add_name(rule.names, rule.own.front());
  }
}

std::vector<Rule> read_rules() {
  std::vector<Rule> all;
  const std::string_view folder = "docs/semantics/";
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with(folder)) continue;
    std::string dialect(file.path.substr(folder.size()));
    dialect = dialect.substr(0, dialect.rfind('.'));
    each_row(file.text, [&](const std::string& section, const std::vector<std::string>& columns,
                            const std::vector<std::string>& cells) {
      Rule rule;
      rule.section = section;
      for (size_t i = 0; i < cells.size() && i < columns.size(); ++i) {
        rule.cells.emplace_back(columns[i], cells[i]);
        if (columns[i] == "source") rule.traps = traps_of(cells[i]);
      }
      if (rule.cells.size() < 3) return;  // no construct with what it does and why
      for (const std::string& construct : constructs(cells.front())) {
        if (slug(construct).empty()) continue;  // signs alone
        add_name(rule.names, dialect + "/" + slug(construct));
      }
      if (rule.names.empty()) rule.names.push_back(dialect + "/" + slug(cells.front()));
      all.push_back(std::move(rule));
    });
  }
  name_apart(all);
  return all;
}

std::vector<Samples> read_samples() {
  std::vector<Samples> all;
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path != "docs/explain.md") continue;
    each_row(file.text, [&](const std::string&, const std::vector<std::string>&, std::vector<std::string> cells) {
      cells.resize(4);
      for (std::string& cell : cells) std::erase(cell, '`');
      for (std::string* path : {&cells[1], &cells[2]})
        if (*path == "-") path->clear();
      all.push_back({cells[0], cells[1], cells[2], cells[3]});
    });
  }
  return all;
}

// A row names an assumption whole, without the dialect, or with an X for each of several dialects.
bool names_assumption(const std::string& cell, std::string_view assumption) {
  std::string_view name = assumption.substr(assumption.find('.') + 1);
  auto has = [&](const std::string& text) { return cell.find('`' + text + '`') != std::string::npos; };
  return has(std::string(assumption)) || has("X." + std::string(name)) || has(std::string(name));
}

const Samples* samples_of_assumption(const Rule& rule) {
  bool is_junos = rule.names.front().starts_with("junos/");
  for (const auto& [column, cell] : rule.cells)
    for (const Assumption& assumption : assumptions())
      if (column != "construct" && is_junos == assumption.name.starts_with("junos.") &&
          names_assumption(cell, assumption.name))
        if (const Samples* found = find_samples(assumption.name)) return found;
  return nullptr;
}

}  // namespace

std::string dialect_of(const Rule& rule) { return rule.names.front().substr(0, rule.names.front().find('/') + 1); }

std::string slug(std::string_view text) {
  std::string out;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte))
      out += static_cast<char>(std::tolower(byte));
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> kRules = read_rules();
  return kRules;
}

const std::vector<Samples>& samples() {
  static const std::vector<Samples> kSamples = read_samples();
  return kSamples;
}

const Samples* find_samples(std::string_view page) {
  const auto& all = samples();
  auto found = std::find_if(all.begin(), all.end(), [&](const Samples& each) { return each.page == page; });
  return found == all.end() ? nullptr : &*found;
}

const Samples* samples_of(const Rule& rule) {
  for (const std::string& name : rule.own)
    if (const Samples* found = find_samples(name)) return found;
  if (std::set<std::string>(rule.traps.begin(), rule.traps.end()).size() == 1)
    if (const Samples* found = find_samples(dialect_of(rule) + rule.traps.front())) return found;
  return samples_of_assumption(rule);
}

std::string_view sample_text(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return file.text;
  return {};
}

}  // namespace bgproof
