#include "grammar/intent/layout.h"

#include <algorithm>

namespace bgproof::intent {
namespace {

// Text that grows line by line, without blanks at the ends of lines.
class Lines {
 public:
  explicit Lines(std::string first) : text_(std::move(first)), fresh_(false) {
    size_t newline = text_.rfind('\n');
    line_begin_ = newline == std::string::npos ? 0 : newline + 1;
  }

  void put(std::string_view word, bool blank) {
    if (fresh_) {
      text_.append(indent_, ' ');
    } else if (blank && !text_.empty() && text_.back() != ' ') {
      text_ += ' ';
    }
    text_ += word;
    fresh_ = false;
  }
  void newline(size_t indent) {
    indent_ = indent;
    if (fresh_) return;
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
    text_ += '\n';
    line_begin_ = text_.size();
    fresh_ = true;
  }
  // A comment ends its line.
  void comment(const Mark& mark, size_t indent) {
    if (mark.own_line) newline(indent);
    put(mark.text, true);
    newline(indent);
  }
  bool fresh() const { return fresh_; }
  size_t column() const { return fresh_ ? indent_ : text_.size() - line_begin_; }
  std::string take() {
    while (!text_.empty() && (text_.back() == ' ' || text_.back() == '\n')) text_.pop_back();
    return std::move(text_);
  }

 private:
  std::string text_;
  size_t line_begin_ = 0;
  size_t indent_ = 0;
  bool fresh_;
};

}  // namespace

bool blank_between(std::string_view left, std::string_view right) {
  if (left.empty() || right == "," || right == "]" || right == ")" || right == "..") return false;
  if (left == "[" || left == "(" || left == "..") return false;
  return !(left == "{" && right == "}");
}

std::string one_line(const std::vector<Mark>& marks) {
  std::string text;
  std::string_view left;
  for (size_t i = 0; i < marks.size(); ++i) {
    // A comma in front of a closing brace says nothing on one line.
    if (marks[i].text == "," && i + 1 < marks.size() && marks[i + 1].text == "}") continue;
    if (blank_between(left, marks[i].text)) text += ' ';
    text += marks[i].text;
    left = marks[i].text;
  }
  return text;
}

bool has_comment(const std::vector<Mark>& marks) {
  return std::any_of(marks.begin(), marks.end(), [](const Mark& mark) { return mark.comment; });
}

std::string with_broken_lists(std::string first, const std::vector<Mark>& marks) {
  Lines lines(std::move(first));
  std::string_view left = "=";
  size_t depth = 0;
  for (size_t i = 0; i < marks.size(); ++i) {
    const Mark& mark = marks[i];
    size_t indent = depth > 0 ? 2 : 4;
    if (mark.comment) {
      lines.comment(mark, indent);
      continue;
    }
    size_t next = i + 1;
    while (next < marks.size() && marks[next].comment) ++next;
    bool closes_next = next < marks.size() && marks[next].text == "}";
    bool trailing_comment = i + 1 < marks.size() && marks[i + 1].comment && !marks[i + 1].own_line;
    if (mark.text == "{") {
      if (closes_next && next == i + 1) {
        lines.put("{", true);
        left = "{";
        continue;
      }
      lines.put("{", blank_between(left, "{"));
      ++depth;
      if (!trailing_comment) lines.newline(2);
    } else if (mark.text == "}") {
      if (depth > 0) {
        --depth;
        lines.newline(0);
      }
      lines.put("}", false);
    } else if (mark.text == "," && depth > 0) {
      lines.put(",", false);
      if (!trailing_comment) lines.newline(2);
    } else {
      lines.put(mark.text, blank_between(left, mark.text));
      if (depth > 0 && closes_next) {
        lines.put(",", false);
        if (!trailing_comment) lines.newline(2);
      }
    }
    left = mark.text;
  }
  return lines.take();
}

std::string filled(std::string first, const std::vector<Segment>& segments, size_t indent) {
  Lines lines(std::move(first));
  std::string_view left = "[";  // no blank in front of the first mark: `first` ends where it starts
  bool opened = false;
  for (const Segment& segment : segments) {
    std::vector<Mark> words;
    for (const Mark& mark : segment.marks) {
      if (!mark.comment) words.push_back(mark);
    }
    bool too_long = lines.column() + 1 + one_line(words).size() > kLineWidth;
    if (opened && (segment.starts_line || too_long)) lines.newline(indent);
    for (const Mark& mark : segment.marks) {
      if (mark.comment) {
        lines.comment(mark, indent);
        continue;
      }
      lines.put(mark.text, blank_between(left, mark.text));
      left = mark.text;
      opened = true;
    }
  }
  return lines.take();
}

}  // namespace bgproof::intent
