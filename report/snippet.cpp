#include "report/snippet.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/display.h"

namespace bgproof {

namespace {

using Mark = SnippetLabel::Mark;

// A label within one line.
struct LineLabel {
  uint32_t begin = 0, end = 0;  // bytes within the line
  Mark mark = Mark::at;
  std::string text;
};

struct FilePart {
  FileId file;
  LineColumn where;  // of the first label
  std::map<uint32_t, std::vector<LineLabel>> lines;
};

void place(FilePart& part, const SourceFile& file, const SnippetLabel& label) {
  LineColumn begin = file.position(label.range.begin), end = file.position(label.range.end);
  std::string_view line = file.line(begin.line);
  auto size = static_cast<uint32_t>(line.size());
  LineLabel placed{std::min(begin.column - 1, size), size, label.mark, label.text};
  if (end.line == begin.line) {
    placed.end = std::max(placed.begin, std::min(end.column - 1, size));
  } else if (label.mark != Mark::shown && !(end.column == 1 && end.line == begin.line + 1)) {
    uint32_t last = end.column == 1 ? end.line - 1 : end.line;
    if (!placed.text.empty()) placed.text += ' ';
    placed.text += fmt::format("(to line {})", last);
  }
  while (placed.end > placed.begin + 1 && (line[placed.end - 1] == ' ' || line[placed.end - 1] == '\t')) --placed.end;
  part.lines[begin.line].push_back(std::move(placed));
}

std::vector<FilePart> parts_of(const SourceSet& sources, const std::vector<SnippetLabel>& labels) {
  std::vector<FilePart> parts;
  // Files in the order of their labels, the file of the first `at` label in front.
  auto add = [&](const SnippetLabel& label) {
    const SourceFile& file = sources.file(label.range.file);
    auto part = std::find_if(parts.begin(), parts.end(), [&](const FilePart& p) { return p.file == label.range.file; });
    if (part == parts.end())
      part = parts.insert(parts.end(), FilePart{label.range.file, file.position(label.range.begin), {}});
    place(*part, file, label);
  };
  auto first = std::find_if(labels.begin(), labels.end(),
                            [](const SnippetLabel& l) { return l.range.known() && l.mark == Mark::at; });
  if (first != labels.end()) add(*first);
  for (auto label = labels.begin(); label != labels.end(); ++label)
    if (label->range.known() && label != first) add(*label);
  return parts;
}

class Renderer {
 public:
  Renderer(const SourceSet& sources, const Style& style, bool is_error, uint32_t gutter)
      : sources_(sources), style_(style), is_error_(is_error), gutter_(gutter) {}

  void add(const FilePart& part, bool first) {
    const SourceFile& file = sources_.file(part.file);
    std::string arrow = first ? "-->" : ":::";
    out_ += fmt::format("{}{} {}:{}:{}\n", std::string(gutter_, ' '), style_.gutter(arrow), harmless(file.path()),
                        part.where.line, part.where.column);
    bar("");
    lines(part);
  }

  void lines(const FilePart& part) {
    const SourceFile& file = sources_.file(part.file);
    uint32_t previous = 0;
    for (const auto& [number, labels] : part.lines) {
      if (previous != 0 && number == previous + 2) source_line(file, previous + 1, {});
      if (previous != 0 && number > previous + 2) out_ += style_.gutter("...") + "\n";
      source_line(file, number, labels);
      previous = number;
    }
  }

  void bar(const std::string& text) {
    out_ += std::string(gutter_ + 1, ' ') + style_.gutter("|");
    if (!text.empty()) out_ += " " + text;
    out_ += "\n";
  }

  std::string take() { return std::move(out_); }

 private:
  void source_line(const SourceFile& file, uint32_t number, std::vector<LineLabel> labels) {
    std::stable_sort(labels.begin(), labels.end(),
                     [](const LineLabel& a, const LineLabel& b) { return a.begin < b.begin; });
    std::string_view line = file.line(number);
    uint32_t focus = labels.empty() ? 0 : labels.front().begin;
    uint32_t focus_end = labels.empty() ? 0 : labels.front().end;
    DisplayLine shown = display(line, find_secrets(file, number), focus, focus_end);
    out_ += style_.gutter(fmt::format("{:>{}} |", number, gutter_));
    if (!shown.text.empty()) out_ += " " + shown.text;
    out_ += "\n";
    underline(shown, labels);
  }

  // The marks of all labels in one row, the rightmost label's text behind it, the others' texts below, right to left.
  void underline(const DisplayLine& shown, const std::vector<LineLabel>& labels) {
    std::string marks;
    std::vector<const LineLabel*> texts;
    for (Mark mark :
         {Mark::beside, Mark::holds, Mark::fails, Mark::at})  // the place itself is drawn over what explains it
      for (const LineLabel& label : labels) {
        if (label.mark != mark) continue;
        uint32_t begin = shown.column[label.begin];
        uint32_t end = std::max(begin + 1, shown.column[label.end]);
        if (marks.size() < end) marks.resize(end, ' ');
        std::fill(marks.begin() + begin, marks.begin() + end, mark == Mark::at ? '^' : '-');
      }
    if (marks.empty()) return;
    for (const LineLabel& label : labels)
      if (label.mark != Mark::shown && !label.text.empty()) texts.push_back(&label);
    std::string row = paint(marks);
    if (!texts.empty() &&
        std::max(shown.column[texts.back()->begin] + 1, shown.column[texts.back()->end]) == marks.size()) {
      row += " " + text_of(*texts.back());
      texts.pop_back();
    }
    bar(row);
    for (auto label = texts.rbegin(); label != texts.rend(); ++label)
      bar(std::string(shown.column[(*label)->begin], ' ') + text_of(**label));
  }

  std::string text_of(const LineLabel& label) const {
    std::string text = harmless(redact(label.text));
    if (label.mark == Mark::holds) return style_.good(text);
    if (label.mark == Mark::fails) return style_.error(text);
    if (label.mark != Mark::at) return style_.gutter(text);
    return is_error_ ? style_.error(text) : style_.warning(text);
  }

  std::string paint(const std::string& marks) const {
    if (!style_.colour) return marks;
    std::string result;
    for (size_t at = 0; at < marks.size();) {
      size_t end = marks.find_first_not_of(marks[at], at);
      if (end == std::string::npos) end = marks.size();
      std::string run = marks.substr(at, end - at);
      result += run[0] == '^'   ? (is_error_ ? style_.error(run) : style_.warning(run))
                : run[0] == '-' ? style_.gutter(run)
                                : run;
      at = end;
    }
    return result;
  }

  const SourceSet& sources_;
  const Style& style_;
  bool is_error_;
  uint32_t gutter_;
  std::string out_;
};

}  // namespace

Snippet render_snippet(const SourceSet& sources, const std::vector<SnippetLabel>& labels, const Style& style,
                       bool is_error) {
  std::vector<FilePart> parts = parts_of(sources, labels);
  if (parts.empty()) return {"", 3};
  uint32_t widest = 0;
  for (const FilePart& part : parts) widest = std::max(widest, part.lines.rbegin()->first);
  uint32_t gutter = std::max<uint32_t>(3, static_cast<uint32_t>(std::to_string(widest).size()));
  Renderer renderer(sources, style, is_error, gutter);
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) renderer.bar("");
    renderer.add(parts[i], i == 0);
  }
  renderer.bar("");
  return {renderer.take(), gutter};
}

std::string render_lines(const SourceSet& sources, const std::vector<SnippetLabel>& labels, const Style& style,
                         uint32_t gutter) {
  Renderer renderer(sources, style, false, gutter);
  for (const FilePart& part : parts_of(sources, labels)) renderer.lines(part);
  return renderer.take();
}

}  // namespace bgproof
