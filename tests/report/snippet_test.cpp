#include "report/snippet.h"

#include <gtest/gtest.h>

#include "report/diagnostic_text.h"
#include "report/display.h"

namespace bgproof {
namespace {

SourceRange find(const SourceSet& sources, FileId file, std::string_view text) {
  size_t at = sources.file(file).text().find(text);
  EXPECT_NE(at, std::string_view::npos) << text;
  return {file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + text.size())};
}

TEST(Snippet, TwoFilesFarLinesAndRemarks) {
  SourceSet sources;
  FileId config = sources.add("edge.conf", "term A {\n    from x;\n    one;\n    two;\n    three;\n    accept;\n}\n");
  FileId intent = sources.add("t.intent", "export to role peer {\n}\n");
  Snippet snippet =
      render_snippet(sources,
                     {{SnippetLabel::Mark::beside, find(sources, config, "from x"), "the only condition"},
                      {SnippetLabel::Mark::at, find(sources, config, "accept"), "accepted here"},
                      {SnippetLabel::Mark::beside, find(sources, intent, "export to role peer {"), "closed"}},
                     Style{});
  EXPECT_EQ(snippet.text,
            "   --> edge.conf:6:5\n"
            "    |\n"
            "  2 |     from x;\n"
            "    |     ------ the only condition\n"
            "...\n"
            "  6 |     accept;\n"
            "    |     ^^^^^^ accepted here\n"
            "    |\n"
            "   ::: t.intent:1:1\n"
            "    |\n"
            "  1 | export to role peer {\n"
            "    | --------------------- closed\n"
            "    |\n");
}

TEST(Snippet, SeveralLabelsInOneLine) {
  SourceSet sources;
  FileId file = sources.add("f", "may prefix in own and len 24\n");
  Snippet snippet = render_snippet(sources,
                                   {{SnippetLabel::Mark::at, find(sources, file, "own"), "no such set"},
                                    {SnippetLabel::Mark::beside, find(sources, file, "24"), "here"}},
                                   Style{});
  EXPECT_EQ(snippet.text,
            "   --> f:1:15\n"
            "    |\n"
            "  1 | may prefix in own and len 24\n"
            "    |               ^^^         -- here\n"
            "    |               no such set\n"
            "    |\n");
}

TEST(Snippet, CaretsStandUnderTabsWideCharactersAndSecrets) {
  SourceSet sources;
  FileId file = sources.add("f", "\tname \"\xe6\x97\xa5\xe6\x9c\xac\" key7\npassword verylongsecretindeed wrong\n");
  Snippet first = render_snippet(sources, {{SnippetLabel::Mark::at, find(sources, file, "key7"), ""}}, Style{});
  EXPECT_NE(first.text.find("  1 |     name \"\xe6\x97\xa5\xe6\x9c\xac\" key7\n    |                 ^^^^\n"),
            std::string::npos)
      << first.text;
  Snippet second = render_snippet(sources, {{SnippetLabel::Mark::at, find(sources, file, "wrong"), ""}}, Style{});
  EXPECT_NE(second.text.find("  2 | password <redacted> wrong\n    |                     ^^^^^\n"), std::string::npos)
      << second.text;
  EXPECT_EQ(second.text.find("verylong"), std::string::npos);
}

TEST(Snippet, ControlCharactersNeverReachTheTerminal) {
  SourceSet sources;
  FileId file = sources.add("f\x1b[31m", "a \x1b]0;title\x07 b\xff\n");
  Snippet snippet = render_snippet(sources, {{SnippetLabel::Mark::at, {file, 0, 1}, "x\x1b[0m"}}, Style{});
  EXPECT_EQ(snippet.text.find('\x1b'), std::string::npos);
  EXPECT_EQ(snippet.text.find('\x07'), std::string::npos);
  EXPECT_EQ(snippet.text.find('\xff'), std::string::npos);
}

TEST(Snippet, LongLinesAreCutAroundTheLabel) {
  SourceSet sources;
  std::string line = std::string(5'000'000, 'a') + " here " + std::string(5'000'000, 'b');
  FileId file = sources.add("f", line + "\n");
  Snippet snippet = render_snippet(sources, {{SnippetLabel::Mark::at, {file, 5'000'001, 5'000'005}, "this"}}, Style{});
  EXPECT_LT(snippet.text.size(), 1000u);
  size_t row = snippet.text.find("here"), caret = snippet.text.find("^^^^ this");
  ASSERT_NE(row, std::string::npos);
  ASSERT_NE(caret, std::string::npos);
  EXPECT_EQ(row - snippet.text.rfind('\n', row), caret - snippet.text.rfind('\n', caret));
}

TEST(Snippet, ARangeOfManyLinesIsNamedByItsFirst) {
  SourceSet sources;
  FileId file = sources.add("f", "term A {\n  x;\n}\n");
  Snippet snippet = render_snippet(sources, {{SnippetLabel::Mark::at, {file, 0, 15}, "all of it"}}, Style{});
  EXPECT_NE(snippet.text.find("    | ^^^^^^^^ all of it (to line 3)\n"), std::string::npos) << snippet.text;
}

TEST(Snippet, EveryByteRangeRenders) {
  SourceSet sources;
  std::string text = "a\tb \xc3\xa9 password x\r\n\n \xe2\x82 end";
  FileId file = sources.add("f", text);
  for (uint32_t begin = 0; begin <= text.size(); ++begin)
    for (uint32_t end = begin; end <= text.size(); ++end)
      for (auto mark : {SnippetLabel::Mark::at, SnippetLabel::Mark::beside}) {
        Snippet snippet = render_snippet(sources, {{mark, {file, begin, end}, "m"}}, Style{});
        EXPECT_NE(snippet.text.find(" m"), std::string::npos);
      }
}

TEST(Snippet, WithoutAPlaceThereIsNone) { EXPECT_EQ(render_snippet({}, {{}}, Style{}).text, ""); }

TEST(DiagnosticText, HeaderSnippetAndNotes) {
  SourceSet sources;
  FileId file = sources.add("x.intent", "may prefix in ownn\n");
  Diagnostics diagnostics;
  diagnostics.error("BP205", find(sources, file, "ownn"), "`ownn` is not declared", "unknown")
      .notes.emplace_back("help", "did you mean `own`?");
  EXPECT_EQ(to_text(diagnostics.all()[0], sources, Style{}),
            "error[BP205]: `ownn` is not declared\n"
            "   --> x.intent:1:15\n"
            "    |\n"
            "  1 | may prefix in ownn\n"
            "    |               ^^^^ unknown\n"
            "    |\n"
            "    = help        did you mean `own`?\n\n");
  EXPECT_NE(to_text(diagnostics.all()[0], sources, Style{true}).find("\x1b[1;31merror[BP205]\x1b[0m"),
            std::string::npos);
}

TEST(Display, WidthCountsColumns) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("\xe6\x97\xa5"), 2u);
  EXPECT_EQ(display_width("e\xcc\x81"), 1u);
  EXPECT_EQ(harmless("a\nb\x01"), "a b\xef\xbf\xbd");
}

}  // namespace
}  // namespace bgproof
