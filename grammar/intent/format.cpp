#include "grammar/intent/format.h"

#include <algorithm>
#include <initializer_list>
#include <utility>
#include <vector>

#include "base/check.h"
#include "grammar/intent/lexer.h"

namespace bgproof::intent {

namespace {

constexpr size_t kWidth = 120;
constexpr size_t kCommentColumn = 96;  // remarks of rows are put into a column only up to here
constexpr std::string_view kIndent = "  ";

// A comment reaches to the end of its line, whose white space is not part of it.
std::string_view word_of(std::string_view text, const Token& token) {
  std::string_view word = text.substr(token.begin, token.end - token.begin);
  while (token.kind == TokenKind::comment && (word.ends_with('\r') || word.ends_with(' ') || word.ends_with('\t')))
    word.remove_suffix(1);
  return word;
}

// A run of tokens that stands together: a declaration, the head of a block, a row, a brace, or a comment of its own.
struct Unit {
  enum class Kind : uint8_t { declaration, head, row, close, comment } kind;
  size_t begin = 0, end = 0;  // tokens
  bool gap = false;           // an empty line in front of it
  size_t remark = SIZE_MAX;   // a comment token behind it in the same line
};

class Formatter {
 public:
  Formatter(std::string_view text, const File& file)
      : text_(text), tokens_(lex(text, 0, static_cast<uint32_t>(text.size()), false).all) {
    for (const Item& item : file.items) std::visit([&](const auto& is) { bounds(is); }, item);
    std::sort(bounds_.begin(), bounds_.end(), [](const Bound& a, const Bound& b) { return a.begin < b.begin; });
  }

  std::string run() {
    split();
    for (size_t i = 0; i < units_.size();) i = render(i);
    while (out_.ends_with("\n\n")) out_.pop_back();
    return std::move(out_);
  }

 private:
  struct Bound {
    uint32_t begin, end;
    Unit::Kind kind;
  };

  template <typename T>
  void bounds(const T& item) {
    bounds_.push_back({item.range.begin, item.range.end, Unit::Kind::declaration});
  }
  void bounds(const Block& block) {
    uint32_t end = block.rows.empty() ? block.range.end - 1 : block.rows.front().range.begin;
    bounds_.push_back({block.range.begin, end, Unit::Kind::head});
    for (const Row& row : block.rows) bounds_.push_back({row.range.begin, row.range.end, Unit::Kind::row});
    bounds_.push_back({block.range.end - 1, block.range.end, Unit::Kind::close});
  }

  std::string_view text_of(size_t token) const { return word_of(text_, tokens_[token]); }
  size_t line_ends_before(size_t token) const {
    uint32_t from = token == 0 ? 0 : tokens_[token - 1].end;
    return static_cast<size_t>(std::count(text_.begin() + from, text_.begin() + tokens_[token].begin, '\n'));
  }

  void split() {
    size_t bound = 0;
    for (size_t at = 0; tokens_[at].kind != TokenKind::end;) {
      bool gap = at > 0 && line_ends_before(at) > 1;
      if (tokens_[at].kind == TokenKind::comment) {
        if (!units_.empty() && line_ends_before(at) == 0 && units_.back().remark == SIZE_MAX &&
            units_.back().kind != Unit::Kind::comment)
          units_.back().remark = at;
        else
          units_.push_back({Unit::Kind::comment, at, at + 1, gap});
        ++at;
        continue;
      }
      BGPROOF_CHECK(bound < bounds_.size() && bounds_[bound].begin <= tokens_[at].begin,
                    "every word stands in a declaration");
      Unit unit{bounds_[bound].kind, at, at, gap};
      while (tokens_[unit.end].kind != TokenKind::end && tokens_[unit.end].begin < bounds_[bound].end) {
        bool opened = unit.kind == Unit::Kind::head && text_of(unit.end) == "{";
        ++unit.end;
        if (opened) break;  // comments behind the brace belong to the rows
      }
      ++bound;
      at = unit.end;
      units_.push_back(unit);
    }
  }

  // --- Words of a unit ---

  static bool joined(std::string_view left, std::string_view right) {
    return right == "," || right == ")" || right == "]" || left == "(" || left == "[" || left == ".." || right == "..";
  }

  // Pieces that are not broken apart; a comment within ends its line.
  struct Piece {
    std::string text;
    bool is_comment = false;
  };

  std::vector<Piece> pieces(size_t begin, size_t end) const {
    std::vector<Piece> result;
    for (size_t at = begin; at < end; ++at) {
      bool comment = tokens_[at].kind == TokenKind::comment;
      bool joins = at > begin && !comment && !result.back().is_comment && joined(text_of(at - 1), text_of(at));
      if (joins)
        result.back().text += text_of(at);
      else
        result.push_back({std::string(text_of(at)), comment});
    }
    return result;
  }

  // Writes pieces behind `line`, on as many lines as they need.
  std::string fill(std::string line, const std::vector<Piece>& words, size_t indent) const {
    std::string result;
    bool fresh = line.empty() || line.back() == ' ';
    auto next_line = [&] {
      while (line.ends_with(' ')) line.pop_back();
      result += line + "\n";
      line.assign(indent, ' ');
      fresh = true;
    };
    for (size_t i = 0; i < words.size(); ++i) {
      const Piece& word = words[i];
      if (!fresh && !word.is_comment && line.size() + 1 + word.text.size() > kWidth) next_line();
      if (!fresh) line += word.is_comment ? "  " : " ";
      line += word.text;
      fresh = false;
      if (word.is_comment && i + 1 < words.size()) next_line();
    }
    return result + line;
  }

  // --- Lines ---

  void write(const Unit& unit, std::string lines) {
    if (unit.gap && !out_.empty() && !after_open_ && unit.kind != Unit::Kind::close) out_ += "\n";
    if (unit.remark != SIZE_MAX) lines += "  " + std::string(text_of(unit.remark));
    out_ += lines + "\n";
    after_open_ = unit.kind == Unit::Kind::head;
  }

  // Writes the unit at `i`, with those that share its columns; the index behind them.
  size_t render(size_t i) {
    const Unit& unit = units_[i];
    switch (unit.kind) {
      case Unit::Kind::comment:
        write(unit, std::string(inside_ ? kIndent : "") + std::string(text_of(unit.begin)));
        return i + 1;
      case Unit::Kind::head:
        write(unit, fill("", pieces(unit.begin, unit.end), 4));
        inside_ = true;
        measure_rows(i + 1);
        return i + 1;
      case Unit::Kind::close:
        write(unit, "}");
        inside_ = false;
        return i + 1;
      case Unit::Kind::row:
        write(unit, row(unit));
        return i + 1;
      case Unit::Kind::declaration:
        return declarations(i);
    }
    return i + 1;
  }

  bool is_assignment(const Unit& unit) const {
    return unit.kind == Unit::Kind::declaration && unit.end - unit.begin > 3 && text_of(unit.begin + 2) == "=" &&
           tokens_[unit.begin + 1].kind != TokenKind::comment;
  }

  // Neighbouring lines `set NAME = ...` share the columns of the name and of the sign.
  size_t declarations(size_t i) {
    if (!is_assignment(units_[i])) {
      write(units_[i], fill("", pieces(units_[i].begin, units_[i].end), 4));
      return i + 1;
    }
    size_t end = i, keyword = 0, name = 0;
    while (end < units_.size() && is_assignment(units_[end]) && (end == i || !units_[end].gap)) {
      keyword = std::max(keyword, text_of(units_[end].begin).size());
      name = std::max(name, text_of(units_[end].begin + 1).size());
      ++end;
    }
    for (; i < end; ++i) {
      std::string line =
          padded(text_of(units_[i].begin), keyword) + " " + padded(text_of(units_[i].begin + 1), name) + " =";
      write(units_[i], fill(line, pieces(units_[i].begin + 3, units_[i].end), 4));
    }
    return end;
  }

  static std::string padded(std::string_view text, size_t width) {
    std::string result(text);
    if (result.size() < width) result.append(width - result.size(), ' ');
    return result;
  }

  bool has_id(const Unit& unit) const { return unit.end - unit.begin > 3 && text_of(unit.begin + 1) == "["; }
  std::string id_of(const Unit& unit) const {
    return has_id(unit) ? "[" + std::string(text_of(unit.begin + 2)) + "]" : "";
  }
  // The user's remark ends a row as its last token.
  bool has_text(const Unit& unit) const {
    return tokens_[unit.end - 1].kind == TokenKind::string &&
           !is_one_of(text_of(unit.end - 2), {"owner", "ticket", "in", "matches"});
  }
  static bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  }

  // "may   [own]", without the padding behind it. Long words stand out rather than push all others to the right.
  std::string label_of(const Unit& unit) const {
    std::string_view word = text_of(unit.begin);
    return has_id(unit) ? padded(word, is_long(word) ? 0 : word_width_) + " " + id_of(unit) : std::string(word);
  }
  static bool is_long(std::string_view word) { return word == "always" || word == "except"; }
  std::string head_of(const Unit& unit) const {
    return std::string(kIndent) + padded(label_of(unit), label_width_) + " ";
  }
  std::string body_of(const Unit& unit) const {
    size_t begin = unit.begin + (has_id(unit) ? 4 : 1), end = unit.end - (has_text(unit) ? 1 : 0);
    return fill(head_of(unit), pieces(begin, end), head_of(unit).size());
  }

  void measure_rows(size_t first) {
    word_width_ = label_width_ = text_column_ = 0;
    std::vector<const Unit*> rows;
    for (size_t i = first; i < units_.size() && units_[i].kind != Unit::Kind::close; ++i)
      if (units_[i].kind == Unit::Kind::row) rows.push_back(&units_[i]);
    for (const Unit* row : rows)
      if (!is_long(text_of(row->begin))) word_width_ = std::max(word_width_, text_of(row->begin).size());
    for (const Unit* row : rows) label_width_ = std::max(label_width_, label_of(*row).size());
    for (const Unit* row : rows) {
      if (!has_text(*row)) continue;
      std::string body = body_of(*row);
      if (body.find('\n') == std::string::npos && body.size() < kCommentColumn)
        text_column_ = std::max(text_column_, body.size() + 2);
    }
  }

  std::string row(const Unit& unit) const {
    std::string body = body_of(unit);
    if (!has_text(unit)) return body;
    std::string remark(text_of(unit.end - 1));
    bool one_line = body.find('\n') == std::string::npos;
    size_t last = one_line ? body.size() : body.size() - body.rfind('\n') - 1;
    if (one_line && body.size() < text_column_ && text_column_ + remark.size() <= kWidth)
      return padded(body, text_column_) + remark;
    if (tokens_[unit.end - 2].kind != TokenKind::comment && last + 2 + remark.size() <= kWidth)
      return body + "  " + remark;
    return body + "\n" + std::string(head_of(unit).size(), ' ') + remark;
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<Bound> bounds_;
  std::vector<Unit> units_;
  std::string out_;
  bool inside_ = false, after_open_ = false;
  size_t word_width_ = 0, label_width_ = 0, text_column_ = 0;
};

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (const Token& token : lex(text, 0, static_cast<uint32_t>(text.size()), false).all)
    words.push_back(word_of(text, token));
  return words;
}

}  // namespace

std::string format(const SourceSet& sources, const File& file) {
  BGPROOF_CHECK(!file.broken, "only what was understood is formatted");
  std::string_view text = sources.file(file.file).text();
  std::string result = Formatter(text, file).run();
  BGPROOF_CHECK(words_of(result) == words_of(text), "formatting changes white space alone");
  return result;
}

}  // namespace bgproof::intent
