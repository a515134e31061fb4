#include "intents/data_value.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <optional>
#include <sstream>

namespace bgproof {
namespace {

constexpr int kDeepest = 64;
constexpr size_t kMostValues = 1'000'000;  // of YAML: yaml-cpp is slow, and aliases multiply

// JSON by hand: lists of 100,000 entries are usual, and yaml-cpp takes seconds for them.
class Json {
 public:
  Json(std::string_view text, FileId file) : text_(text), file_(file) {}

  std::optional<DataValue> read() {
    DataValue value;
    if (!read_value(value, 0)) return std::nullopt;
    skip();
    if (at_ != text_.size()) return std::nullopt;
    return value;
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  SourceRange from(size_t begin) const { return {file_, static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)}; }

  bool read_value(DataValue& value, int depth) {
    skip();
    size_t begin = at_;
    if (at_ >= text_.size() || depth > kDeepest) return false;
    char c = text_[at_];
    if (c == '{' || c == '[') {
      ++at_;
      value.range = from(begin);
      return c == '{' ? read_map(value, depth) : read_list(value, depth);
    }
    value.kind = DataValue::Kind::scalar;
    if (c == '"') {
      if (!read_string(value.text)) return false;
    } else {
      while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) ||
                                    std::string_view("+-.").find(text_[at_]) != std::string_view::npos))
        ++at_;
      value.text = text_.substr(begin, at_ - begin);
      if (value.text.empty()) return false;
      bool number = value.text[0] == '-' || (value.text[0] >= '0' && value.text[0] <= '9');
      if (!number && value.text != "true" && value.text != "false" && value.text != "null") return false;
      if (value.text == "null") value.kind = DataValue::Kind::nothing;
    }
    value.range = from(begin);
    return true;
  }

  bool read_list(DataValue& value, int depth) {
    value.kind = DataValue::Kind::list;
    if (take(']')) return true;
    do {
      value.items.emplace_back();
      if (!read_value(value.items.back(), depth + 1)) return false;
    } while (take(','));
    return take(']');
  }

  bool read_map(DataValue& value, int depth) {
    value.kind = DataValue::Kind::map;
    if (take('}')) return true;
    do {
      skip();
      value.fields.emplace_back();
      if (!read_string(value.fields.back().first) || !take(':')) return false;
      if (!read_value(value.fields.back().second, depth + 1)) return false;
    } while (take(','));
    return take('}');
  }

  // Escapes of characters beyond ASCII stay as they are written: no value here has any.
  bool read_string(std::string& out) {
    if (at_ >= text_.size() || text_[at_] != '"') return false;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\n') return false;
      if (text_[at_] != '\\') {
        out += text_[at_];
        continue;
      }
      if (++at_ >= text_.size()) return false;
      switch (text_[at_]) {
        case 'n':
          out += '\n';
          break;
        case 't':
          out += '\t';
          break;
        case 'r':
        case 'b':
        case 'f':
          out += ' ';
          break;
        case 'u':
          out += "\\u";
          break;
        default:
          out += text_[at_];
          break;
      }
    }
    if (at_ >= text_.size()) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  FileId file_;
  size_t at_ = 0;
};

struct TooLarge {};
struct SecondDocument {
  YAML::Mark at;
};

DataValue convert(const YAML::Node& node, FileId file, int depth, size_t& count) {
  // An alias is a copy here, and copies of copies multiply.
  if (depth > kDeepest || ++count > kMostValues) throw TooLarge{};
  DataValue value;
  YAML::Mark mark = node.Mark();
  if (mark.pos >= 0) value.range = {file, static_cast<uint32_t>(mark.pos), static_cast<uint32_t>(mark.pos) + 1};
  switch (node.Type()) {
    case YAML::NodeType::Undefined:
    case YAML::NodeType::Null:
      break;
    case YAML::NodeType::Scalar:
      value.kind = DataValue::Kind::scalar;
      value.text = node.Scalar();
      value.range.end = value.range.begin + static_cast<uint32_t>(value.text.size());
      break;
    case YAML::NodeType::Sequence:
      value.kind = DataValue::Kind::list;
      for (const YAML::Node& item : node) value.items.push_back(convert(item, file, depth + 1, count));
      break;
    case YAML::NodeType::Map:
      value.kind = DataValue::Kind::map;
      for (const auto& field : node) {
        if (field.first.IsScalar())
          value.fields.emplace_back(field.first.Scalar(), convert(field.second, file, depth + 1, count));
      }
      break;
  }
  return value;
}

// A key that stands twice in one map: readers differ in which of its values counts.
const std::pair<std::string, DataValue>* doubled(const DataValue& value) {
  std::map<std::string_view, size_t> keys;
  for (const auto& field : value.fields) {
    if (++keys[field.first] > 1) return &field;
    if (const auto* inner = doubled(field.second)) return inner;
  }
  for (const DataValue& item : value.items)
    if (const auto* inner = doubled(item)) return inner;
  return nullptr;
}

// Where the first event of a document stands that says something.
class FirstEvent final : public YAML::EventHandler {
 public:
  std::optional<YAML::Mark> at;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { note(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string&) override {
    note(mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    note(mark);
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    note(mark);
  }
  void OnMapEnd() override {}

 private:
  void note(const YAML::Mark& mark) {
    if (!at) at = mark;
  }
};

// The first document, if no other says something. YAML::LoadAll does not end on some texts, as behind a list that
// something follows, so the next documents are only asked whether they say something.
YAML::Node only_document(const std::string& text) {
  constexpr int kMostEmpty = 8;
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  FirstEvent first, next;
  parser.HandleNextDocument(first);
  for (int i = 0; i < kMostEmpty && parser.HandleNextDocument(next); ++i)
    if (next.at) throw SecondDocument{*next.at};
  return YAML::Load(text);
}

// Marks count characters of the decoded text; places must not lie outside of the file whatever it is made of.
void clip(DataValue& value, uint32_t size) {
  value.range.begin = std::min(value.range.begin, size);
  value.range.end = std::min(value.range.end, size);
  for (DataValue& item : value.items) clip(item, size);
  for (auto& field : value.fields) clip(field.second, size);
}

}  // namespace

const DataValue* DataValue::field(const std::string& name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return &value;
  }
  return nullptr;
}

DataReading read_data(const SourceSet& sources, FileId file) {
  DataReading reading;
  std::string_view text = sources.file(file).text();
  reading.where = {file, 0, 0};
  auto size = static_cast<uint32_t>(text.size());
  if (text.find('\0') != std::string_view::npos) {
    reading.error = "it is not a text file";
    return reading;
  }
  try {
    if (auto json = Json(text, file).read()) {
      reading.value = std::move(*json);
    } else {
      size_t count = 0;
      reading.value = convert(only_document(std::string(text)), file, 0, count);
      clip(reading.value, size);
    }
    if (const auto* field = doubled(reading.value)) {
      reading.error = fmt::format("the key `{}` stands twice in one map", field->first);
      reading.where = field->second.range;
    }
  } catch (const TooLarge&) {
    reading.error = "it is too deep or too large";
  } catch (const SecondDocument& second) {
    reading.error = "a second document begins in it, and nothing says which of them is meant";
    uint32_t at = second.at.pos < 0 ? 0 : std::min(static_cast<uint32_t>(second.at.pos), size);
    reading.where = {file, at, at};
  } catch (const YAML::Exception& error) {
    reading.error = fmt::format("it is neither JSON nor YAML: {}", error.msg);
    uint32_t at = error.mark.pos < 0 ? 0 : std::min(static_cast<uint32_t>(error.mark.pos), size);
    reading.where = {file, at, at};
  }
  return reading;
}

}  // namespace bgproof
