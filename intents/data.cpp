#include "intents/data.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "intents/data_value.h"
#include "intents/path_regex.h"
#include "policy/number_text.h"

namespace bgproof {

using namespace intent;

struct DataFiles::Parsed {
  DataReading reading;
  std::optional<int64_t> modified;
};

DataFiles::DataFiles(const IntentLoader& loader, SourceSet& sources) : loader_(loader), sources_(sources) {}
DataFiles::~DataFiles() = default;

std::string broken_guard(const Guard& guard, size_t size, std::optional<int64_t> modified, int64_t now) {
  switch (guard.kind) {
    case Guard::Kind::min:
      if (size >= guard.value) return {};
      return fmt::format("has {} {}, fewer than min {}", size, size == 1 ? "entry" : "entries", guard.value);
    case Guard::Kind::max_age: {
      if (!modified) return "has no known age, and max-age asks for one";
      int64_t age = now - *modified;
      if (age < 0 || static_cast<uint64_t>(age) <= guard.value) return {};
      return fmt::format("is {} hours old, more than max-age {} hours", age / 3600, guard.value / 3600);
    }
    case Guard::Kind::max_shrink:
      return "cannot be compared with its last good size: there is no lock file yet";
  }
  return {};
}

const DataFiles::Parsed& DataFiles::parsed(const std::string& path) {
  auto& place = files_[path];
  if (place) return *place;
  place = std::make_unique<Parsed>();
  auto text = loader_.read(path);
  if (!text) {
    place->reading.error = "it cannot be opened";
    return *place;
  }
  if (loader_.modified) place->modified = loader_.modified(path);
  place->reading = read_data(sources_, sources_.add(path, std::move(*text)));
  return *place;
}

namespace {

// "site.mia" in { site: { mia: ... } }; a field whose own name has dots is found too.
const DataValue* find_key(const DataValue& value, const std::string& key) {
  if (const DataValue* whole = value.field(key)) return whole;
  for (size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1)) {
    const DataValue* outer = value.field(key.substr(0, dot));
    if (!outer) continue;
    if (const DataValue* inner = find_key(*outer, key.substr(dot + 1))) return inner;
  }
  return nullptr;
}

// "192.0.2.0/24", with a modifier behind it as in the intent language.
std::optional<SetMember> member_of_text(const std::string& text, const SourceRange& range) {
  std::istringstream words(text);
  std::string word;
  if (!(words >> word)) return std::nullopt;
  SetMember member;
  member.range = range;
  bool host_bits = false;
  if (auto address = parse_address(word)) {
    member.is = prefix_of(*address, width(address->family));
  } else if (auto prefix = parse_prefix(word, &host_bits); prefix && !host_bits) {
    member.is = *prefix;
  } else {
    return std::nullopt;
  }
  while (words >> word) {
    if (word == "exact" || word == "orlonger" || word == "longer") {
      if (member.modifier) return std::nullopt;
      member.modifier = Modifier{word == "exact"    ? Modifier::Kind::exact
                                 : word == "longer" ? Modifier::Kind::longer
                                                    : Modifier::Kind::orlonger,
                                 {},
                                 {},
                                 range};
      continue;
    }
    bool low = word == "ge";
    if ((!low && word != "le") || (member.modifier && member.modifier->kind != Modifier::Kind::bounds))
      return std::nullopt;
    if (!(words >> word)) return std::nullopt;
    auto number = number_of(word);
    if (!number || *number > 128) return std::nullopt;
    if (!member.modifier) member.modifier = Modifier{Modifier::Kind::bounds, {}, {}, range};
    (low ? member.modifier->ge : member.modifier->le) = *number;
  }
  return member;
}

// { "prefix": "192.0.2.0/24", "exact": false, "greater-equal": 25, "less-equal": 28 } as bgpq4 writes it.
std::optional<SetMember> member_of_map(const DataValue& value) {
  const DataValue* prefix = value.field("prefix");
  if (!prefix) return std::nullopt;
  auto member = member_of_text(prefix->text, prefix->range);
  if (!member) return std::nullopt;
  Modifier bounds{Modifier::Kind::bounds, {}, {}, prefix->range};
  for (const auto& [key, field] : value.fields) {
    if (key == "prefix" || key == "exact") continue;
    auto number = number_of(field.text);
    if (!number || *number > 128) return std::nullopt;
    if (key == "greater-equal")
      bounds.ge = *number;
    else if (key == "less-equal")
      bounds.le = *number;
    else
      return std::nullopt;
  }
  const DataValue* exact = value.field("exact");
  bool is_exact = !exact || exact->text == "true";
  if (is_exact != (!bounds.ge && !bounds.le)) return std::nullopt;
  if (!is_exact) member->modifier = bounds;
  return member;
}

struct List {
  const DataValue* value = nullptr;
  std::string failure;
};

// The list that a source means within its file.
List list_in(const DataSource& source, const std::string& path, const std::string& key, const DataReading& reading) {
  if (!reading.error.empty()) return {nullptr, fmt::format("`{}` cannot be read: {}", path, reading.error)};
  const DataValue* value = &reading.value;
  if (source.key) {
    value = find_key(*value, key);
    if (!value) return {nullptr, fmt::format("`{}` has no key `{}`", path, key)};
  } else if (source.kind == DataSource::Kind::bgpq4) {
    if (value->kind != DataValue::Kind::map || value->fields.size() != 1)
      return {nullptr, fmt::format("`{}` is not what `bgpq4 -j` writes: one name with a list", path)};
    value = &value->fields[0].second;
  }
  if (value->kind == DataValue::Kind::list) return {value, {}};
  if (!source.key && value->kind == DataValue::Kind::map)
    return {nullptr, fmt::format("`{}` is not a list; name one in it with `key`", path)};
  return {nullptr, fmt::format("`{}`{} is not a list", path, key.empty() ? "" : " key `" + key + "`")};
}

}  // namespace

std::string DataFiles::guard_failure(const DataSource& source, const std::string& path, size_t size) const {
  auto file = files_.find(path);
  for (const Guard& guard : source.guards) {
    std::string broken =
        broken_guard(guard, size, file == files_.end() ? std::nullopt : file->second->modified, loader_.now);
    if (!broken.empty()) return fmt::format("`{}` {}", path, broken);
  }
  // Mostly it is the source of the data that had a fault; nothing is proved against an empty list that nobody meant.
  bool is_guarded = std::ranges::any_of(source.guards, [](const Guard& g) { return g.kind == Guard::Kind::min; });
  if (size == 0 && !is_guarded) return fmt::format("`{}` is empty, and no `min 0` says that it may be", path);
  return {};
}

std::string DataFiles::told_guard_failure(const DataSource& source, const std::string& path, size_t size,
                                          Diagnostics& diagnostics) const {
  std::string failure = guard_failure(source, path, size);
  if (!failure.empty()) diagnostics.warning("BP705", source.range, failure, "its blocks are not checked");
  return failure;
}

// `take` keeps one entry; false: it is not `a_what`.
void DataFiles::read_list(const DataSource& source, const std::string& path, const std::string& key,
                          const std::string& a_what, const std::function<bool(const DataValue&)>& take,
                          std::string& failure, Diagnostics& diagnostics) {
  List list = list_in(source, path, key, parsed(path).reading);
  failure = list.failure;
  if (!list.value) {
    diagnostics.warning("BP714", source.range, failure, "its blocks are not checked");
    return;
  }
  for (const DataValue& item : list.value->items) {
    if (take(item)) continue;
    failure = fmt::format("`{}` has an entry that is not {}{}", path, a_what,
                          item.text.empty() ? "" : ": `" + item.text + "`");
    auto& warning = diagnostics.warning("BP714", item.range, failure, "not " + a_what);
    warning.labels.push_back({Label::Kind::beside, source.range, "read from here"});
    return;
  }
}

PrefixData DataFiles::prefixes(const DataSource& source, const std::string& path, const std::string& key,
                               Diagnostics& diagnostics) {
  PrefixData data;
  if (source.kind == DataSource::Kind::builtin) {
    const auto* list = builtin_prefixes(path);
    if (!list) {
      data.failure = fmt::format("the built-in set `{}` has no prefixes", path);
      diagnostics.error("BP206", source.path.range, data.failure);
      return data;
    }
    for (const Prefix& prefix : *list) data.members.push_back({prefix, std::nullopt, source.range});
    data.failure = guard_failure(source, path, data.members.size());
    return data;
  }
  auto take = [&](const DataValue& item) {
    auto member = item.kind == DataValue::Kind::map ? member_of_map(item) : member_of_text(item.text, item.range);
    if (member) data.members.push_back(std::move(*member));
    return member.has_value();
  };
  read_list(source, path, key, "a prefix", take, data.failure, diagnostics);
  data.unreadable = !data.failure.empty();
  if (!data.unreadable) data.failure = told_guard_failure(source, path, data.members.size(), diagnostics);
  return data;
}

AsnData DataFiles::asns(const DataSource& source, const std::string& path, const std::string& key,
                        Diagnostics& diagnostics) {
  AsnData data;
  if (source.kind == DataSource::Kind::builtin) {
    const auto* list = builtin_asns(path);
    if (list) {
      data.ranges = *list;
    } else {
      data.failure = fmt::format("the built-in set `{}` has no AS numbers", path);
      diagnostics.error("BP206", source.path.range, data.failure);
    }
    return data;
  }
  auto take = [&](const DataValue& item) {
    auto asn = asn_behind_letters(item.text);
    if (asn) data.ranges.push_back({*asn, *asn});
    return asn.has_value();
  };
  read_list(source, path, key, "an AS number", take, data.failure, diagnostics);
  data.unreadable = !data.failure.empty();
  if (!data.unreadable) data.failure = told_guard_failure(source, path, data.ranges.size(), diagnostics);
  return data;
}

}  // namespace bgproof
