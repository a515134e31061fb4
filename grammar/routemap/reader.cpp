// The only file that sees ANTLR: kept lines (scanner.h) that may hold a quoted word go through the generated lexer and
// parser, in runs; all others, and long lists, through `split_words`, which is many times as fast and splits alike. The
// words go into the tree of lines.
#include <antlr4-runtime.h>

#include <algorithm>
#include <array>

#include "RouteMapLexer.h"
#include "RouteMapParser.h"
#include "base/check.h"
#include "grammar/byte_stream.h"
#include "grammar/routemap/frr_lines.h"
#include "grammar/routemap/modes.h"
#include "grammar/routemap/scanner.h"
#include "grammar/routemap/syntax.h"

namespace bgproof::routemap {

namespace {

using generated::RouteMapLexer;
using generated::RouteMapParser;

constexpr uint32_t kRunSize = 64 * 1024;  // of text that the parser holds at once

class Reader {
 public:
  Reader(const SourceFile& file, FileId id, Dialect dialect)
      : text_(file.text()),
        id_(id),
        quotes_(dialect != Dialect::frr),
        lexer_(&bytes_),
        tokens_(&lexer_),
        parser_(&tokens_) {
    lexer_.removeErrorListeners();
    parser_.removeErrorListeners();
    parser_.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  }

  std::vector<Line> lines(const std::vector<ScannedLine>& scanned);

 private:
  void parse(const ScannedLine* first, const ScannedLine* last, Line* into);
  Word word(const antlr4::Token& token) const;
  void complete(Line& line) const;

  std::string_view text_;
  FileId id_;
  bool quotes_;
  ByteStream bytes_;
  RouteMapLexer lexer_;
  antlr4::CommonTokenStream tokens_;
  RouteMapParser parser_;
};

Word Reader::word(const antlr4::Token& token) const {
  auto begin = static_cast<uint32_t>(token.getStartIndex());
  auto end = static_cast<uint32_t>(token.getStopIndex() + 1);
  bool quoted = token.getType() == RouteMapLexer::STRING;
  uint32_t quote = quoted ? 1 : 0;
  return {text_.substr(begin + quote, end - begin - 2 * quote), {id_, begin, end}};
}

// The lines first..last stand one after the other; each is a command.
void Reader::parse(const ScannedLine* first, const ScannedLine* last, Line* into) {
  bytes_.set(text_, first->begin, last->end);
  lexer_.setInputStream(&bytes_);
  bytes_.seek(first->begin);
  tokens_.setTokenSource(&lexer_);
  parser_.setTokenStream(&tokens_);
  std::vector<RouteMapParser::CommandContext*> commands = parser_.lines()->command();
  BGPROOF_CHECK(commands.size() == static_cast<size_t>(last - first) + 1,
                "the grammar sees the lines that the scanner sees");
  for (RouteMapParser::CommandContext* command : commands) {
    for (antlr4::tree::ParseTree* child : command->children)
      into->words.push_back(word(*dynamic_cast<antlr4::tree::TerminalNode&>(*child).getSymbol()));
    ++into;
  }
}

// Its place, and what a leading `no` means.
void Reader::complete(Line& line) const {
  line.range = cover(line.words.front().range, line.words.back().range);
  std::string_view first = line.words.front().text;
  line.defaulted = line.words.size() > 1 && first == "default";
  line.negated = line.defaulted || (line.words.size() > 1 && first == "no");
  if (line.negated) line.words.erase(line.words.begin());
}

// Within a block, the commands that say most are understood where people abbreviate them.
void write_out(Line& line, const Line& block) {
  constexpr std::array<std::string_view, 3> kOfRouteMap = {"match", "set", "continue"};
  constexpr std::array<std::string_view, 2> kOfBgp = {"neighbor", "address-family"};
  constexpr size_t kShortest = 2;
  auto expand = [&](const auto& commands) {
    std::string_view said = line.word(0);
    for (std::string_view command : commands)
      if (said.size() >= kShortest && said.size() < command.size() && command.starts_with(said))
        line.words.front().text = command;
  };
  if (block.word(0) == "route-map") expand(kOfRouteMap);
  if (block.begins({"router", "bgp"})) expand(kOfBgp);
}

std::vector<Line> Reader::lines(const std::vector<ScannedLine>& scanned) {
  std::vector<Line> flat(scanned.size());
  auto text_of = [&](const ScannedLine& line) { return text_.substr(line.begin, line.end - line.begin); };
  auto is_simple = [&](const ScannedLine& line) {
    return line.list || !quotes_ || text_of(line).find('"') == std::string_view::npos;
  };
  for (size_t i = 0; i < scanned.size();) {
    if (is_simple(scanned[i])) {
      split_words(text_of(scanned[i]), id_, scanned[i].begin, flat[i].words, quotes_);
      ++i;
      continue;
    }
    size_t last = i;
    while (last + 1 < scanned.size() && !is_simple(scanned[last + 1]) && scanned[last + 1].joined &&
           scanned[last + 1].end - scanned[i].begin < kRunSize)
      ++last;
    parse(&scanned[i], &scanned[last], &flat[i]);
    i = last + 1;
  }
  std::vector<Line> roots;
  std::vector<Line*> path;  // the last line of each depth
  for (size_t i = 0; i < flat.size(); ++i) {
    complete(flat[i]);
    path.resize(std::min<size_t>(path.size(), scanned[i].depth));
    if (!path.empty()) write_out(flat[i], *path.front());
    std::vector<Line>& level = path.empty() ? roots : path.back()->children;
    level.push_back(std::move(flat[i]));
    path.push_back(&level.back());
  }
  return roots;
}

}  // namespace

Config read(const SourceSet& sources, FileId file, Dialect dialect, Diagnostics& diagnostics) {
  const SourceFile& source = sources.file(file);
  Scan found = scan(source, file, dialect, diagnostics);
  Config config;
  config.dialect = dialect;
  config.truncated = found.truncated;
  config.lost = found.lost;
  config.line_count = source.line_count();
  config.policy_lines = found.policy_lines;
  config.lines = Reader(source, file, dialect).lines(found.lines);
  if (dialect == Dialect::frr) judge_frr_lines(config, source.text());
  for (const Line& line : config.lines)
    if (!line.negated && (line.word(0) == "hostname" || line.word(0) == "switchname") && line.size() > 1)
      config.host_name = line.word(1);
  return config;
}

}  // namespace bgproof::routemap
