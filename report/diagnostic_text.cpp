#include "report/diagnostic_text.h"

#include <fmt/format.h>

#include "report/display.h"
#include "report/snippet.h"

namespace bgproof {

namespace {

std::string heading(const Diagnostic& diagnostic, const Style& style) {
  switch (diagnostic.severity) {
    case Severity::error:
      return style.error(fmt::format("error[{}]", diagnostic.code));
    case Severity::warning:
      return style.warning(fmt::format("warning[{}]", diagnostic.code));
    case Severity::note:
      return style.note(fmt::format("note[{}]", diagnostic.code));
  }
  return {};
}

}  // namespace

std::string note_line(uint32_t gutter, const std::string& name, const std::string& value, const Style& style) {
  constexpr size_t kNameWidth = 10;
  std::string result = std::string(gutter + 1, ' ') + style.gutter("=") + " " + style.strong(name);
  if (!value.empty()) {
    if (name.size() < kNameWidth) result.append(kNameWidth - name.size(), ' ');
    result += "  " + harmless(redact(value));
  }
  return result + "\n";
}

std::string to_text(const Diagnostic& diagnostic, const SourceSet& sources, const Style& style) {
  std::vector<SnippetLabel> labels;
  for (const Label& label : diagnostic.labels)
    labels.push_back(
        {label.kind == Label::Kind::at ? SnippetLabel::Mark::at : SnippetLabel::Mark::beside, label.range, label.text});
  Snippet snippet = render_snippet(sources, labels, style, diagnostic.severity == Severity::error);
  std::string result =
      heading(diagnostic, style) + style.strong(": " + harmless(redact(diagnostic.message))) + "\n" + snippet.text;
  for (const auto& [name, value] : diagnostic.notes) result += note_line(snippet.gutter, name, value, style);
  return result + "\n";
}

}  // namespace bgproof
