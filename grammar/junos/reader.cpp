// The only file that sees ANTLR: pieces of the text (scanner.h) that are not plain (plain.h) go through the generated
// lexer and parser. The tokens or the parse tree of each go into the statement tree (tree.h).
#include <antlr4-runtime.h>
#include <fmt/format.h>

#include <algorithm>

#include "JunosLexer.h"
#include "JunosParser.h"
#include "grammar/byte_stream.h"
#include "grammar/junos/apply_path.h"
#include "grammar/junos/edit.h"
#include "grammar/junos/inherit.h"
#include "grammar/junos/plain.h"
#include "grammar/junos/scanner.h"
#include "grammar/junos/syntax.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

namespace {

using generated::JunosLexer;
using generated::JunosParser;

constexpr size_t kMaxMistakes = 1000;  // in one file: it is something else, or broken beyond use

class Reader {
 public:
  Reader(const SourceFile& file, FileId id)
      : file_(file), id_(id), lexer_(&bytes_), tokens_(&lexer_), parser_(&tokens_) {
    root_.rule = {Shape::container, 0, Level::root, false};
    root_.range = {id, 0, static_cast<uint32_t>(file.text().size())};
    lexer_.removeErrorListeners();
    parser_.removeErrorListeners();
    parser_.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  }

  Config read();
  const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  using Tree = antlr4::tree::ParseTree;

  void load(SourceRange range, size_t mode);
  std::vector<Word> words_of(SourceRange range, bool* inactive = nullptr);
  void open(SourceRange head);
  void unknown(SourceRange head);
  void statements(SourceRange range);
  void lines(SourceRange range);

  void plain_statements(const std::vector<PlainToken>& tokens);
  void walk(Tree* statements);
  void statement(JunosParser::StatementContext& tree);
  void command(JunosParser::CommandContext& tree);
  static std::vector<Word> unreadable(std::span<const Word> lost, SourceRange at);
  void split_lines(std::vector<Word>& words, const std::vector<size_t>& items, SourceRange& whole);
  void list(Tree& tree, std::vector<Word>& words, std::vector<Word>& inactive);
  Word word(const antlr4::Token& token) const { return word(range(token)); }
  Word word(SourceRange range) const;
  SourceRange range(const antlr4::Token& token) const;
  void complain(SourceRange at, const char* message, const char* label);

  const SourceFile& file_;
  FileId id_;
  Diagnostics diagnostics_;
  ByteStream bytes_;
  JunosLexer lexer_;
  antlr4::CommonTokenStream tokens_;
  JunosParser parser_;

  Node root_;
  Builder builder_{root_, false};
  Editor editor_{root_, diagnostics_};
  bool truncated_ = false;
  size_t nameless_ = 0;    // blocks whose braces follow nothing
  uint32_t text_end_ = 0;  // where the pieces end
};

SourceRange Reader::range(const antlr4::Token& token) const {
  if (token.getType() == antlr4::Token::EOF) {
    auto at = static_cast<uint32_t>(std::min(token.getStartIndex(), file_.text().size()));
    return {id_, at, at};
  }
  return {id_, static_cast<uint32_t>(token.getStartIndex()), static_cast<uint32_t>(token.getStopIndex() + 1)};
}

Word Reader::word(SourceRange range) const {
  Word made;
  made.range = range;
  std::string_view text = file_.text().substr(made.range.begin, made.range.end - made.range.begin);
  made.quoted = !text.empty() && text.front() == '"';
  if (!made.quoted) {
    made.text = text;
    return made;
  }
  text.remove_prefix(1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') break;
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    made.text += text[i];
  }
  return made;
}

void Reader::complain(SourceRange at, const char* message, const char* label) {
  if (truncated_ && at.begin >= text_end_) return;  // told already
  diagnostics_.error("BP101", at, message, label);
}

void Reader::load(SourceRange piece, size_t mode) {
  bytes_.set(file_.text(), piece.begin, piece.end);
  lexer_.setInputStream(&bytes_);
  bytes_.seek(piece.begin);
  if (mode != 0) lexer_.setMode(mode);
  tokens_.setTokenSource(&lexer_);
  parser_.setTokenStream(&tokens_);
}

void Reader::list(Tree& tree, std::vector<Word>& words, std::vector<Word>& inactive) {
  bool off = false;
  for (Tree* child : tree.children) {
    if (auto* missing = dynamic_cast<JunosParser::MissingEndContext*>(child)) {
      complain(range(*missing->getStart()), "a list has no end", "expected `]` before this");
      continue;
    }
    const antlr4::Token& token = *dynamic_cast<antlr4::tree::TerminalNode&>(*child).getSymbol();
    if (token.getType() == JunosLexer::TAG) {
      off = word(token).text == "inactive:";
    } else if (token.getType() == JunosLexer::WORD || token.getType() == JunosLexer::STRING ||
               token.getType() == JunosLexer::BROKEN) {
      (off ? inactive : words).push_back(word(token));
      off = false;
    }
  }
}

// The words in one: where a statement ends is not known, so that its first word says nothing of the others.
std::vector<Word> Reader::unreadable(std::span<const Word> lost, SourceRange at) {
  Word all{"", at, false};
  for (const Word& each : lost) all.text += (all.text.empty() ? "" : " ") + each.text;
  return {{std::string(kUnreadable), at, false}, std::move(all)};
}

// A statement that goes on with a keyword on a new line has lost its `;`: what stands before is set aside as
// unreadable, and the rest is what it seems to be.
void Reader::split_lines(std::vector<Word>& words, const std::vector<size_t>& items, SourceRange& whole) {
  for (size_t n = items.size(); n-- > 1;) {
    size_t i = items[n];
    if (i == 0 || i >= words.size() || words[i].quoted || !is_keyword(words[i].text)) continue;
    const Word& before = words[i - 1];
    std::string_view between = file_.text().substr(before.range.end, words[i].range.begin - before.range.end);
    if (between.find('\n') == std::string_view::npos) continue;
    complain(before.range, "a statement has no end", "expected `;` after this");
    std::vector<Word> lost(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i));
    SourceRange at = cover(lost.front().range, before.range);
    builder_.leaf(unreadable(lost, at), at, false);
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i));
    whole.begin = words.front().range.begin;
    return;
  }
}

void Reader::statement(JunosParser::StatementContext& tree) {
  std::vector<Word> words, inactive_members;
  std::vector<size_t> items;  // where in `words` they begin: a list is one item
  bool inactive = false, replace = false, remove = false, open_list = false;
  SourceRange whole{id_, 0, 0};
  JunosParser::BlockContext* block = nullptr;
  auto extend = [&](SourceRange more) { whole = whole.end == 0 ? more : cover(whole, more); };
  for (Tree* child : tree.children) {
    if (auto* item = dynamic_cast<JunosParser::ItemContext*>(child)) {
      Tree* inside = item->children.front();
      items.push_back(words.size());
      if (auto* members = dynamic_cast<antlr4::ParserRuleContext*>(inside)) {
        list(*members, words, inactive_members);
        open_list |= dynamic_cast<JunosParser::OpenListContext*>(inside) != nullptr;
        extend({id_, range(*members->getStart()).begin, range(*members->getStop()).end});
      } else {
        words.push_back(word(*dynamic_cast<antlr4::tree::TerminalNode&>(*inside).getSymbol()));
        extend(words.back().range);
      }
    } else if (auto* found = dynamic_cast<JunosParser::BlockContext*>(child)) {
      block = found;
    } else if (auto* missing = dynamic_cast<JunosParser::MissingEndContext*>(child)) {
      complain(range(*missing->getStart()), "a statement has no end", "expected `;` or `{` before this");
    } else {
      const antlr4::Token& token = *dynamic_cast<antlr4::tree::TerminalNode&>(*child).getSymbol();
      if (token.getType() != JunosLexer::TAG) continue;
      std::string tag = word(token).text;
      inactive |= tag == "inactive:";
      replace |= tag == "replace:";
      remove |= tag == "delete:";
    }
  }
  split_lines(words, items, whole);
  if (replace || remove) builder_.drop(words);
  if (remove) return;
  if (block) {
    SourceRange brace = range(*block->getStart());
    if (words.empty()) whole = {id_, brace.begin, brace.begin};
    nameless_ += words.empty();
    builder_.open(std::move(words), whole, inactive);
    walk(block);
    builder_.close();
    return;
  }
  if (words.empty()) return;
  if (open_list) words = unreadable(words, whole);
  Word keyword = words.front();
  if (words.size() > 1 || inactive_members.empty()) builder_.leaf(std::move(words), whole, inactive);
  for (const Word& member : inactive_members) builder_.leaf({keyword, member}, member.range, true);
}

void Reader::walk(Tree* tree) {
  for (Tree* child : tree->children) {
    if (auto* found = dynamic_cast<JunosParser::StatementContext*>(child)) {
      statement(*found);
    } else if (auto* close = dynamic_cast<JunosParser::StrayCloseContext*>(child)) {
      complain(range(*close->getStart()), "a `}` closes no block", "expected a statement");
    } else if (auto* stray = dynamic_cast<JunosParser::StrayCloseListContext*>(child)) {
      SourceRange at = range(*stray->getStart());
      complain(at, "a `]` closes no list", "expected a statement");
      builder_.leaf({{std::string(kUnreadable), at, false}}, at, false);
    }
  }
}

void Reader::plain_statements(const std::vector<PlainToken>& tokens) {
  using Is = PlainToken::Is;
  std::vector<Word> words;
  std::vector<size_t> items;
  SourceRange whole;
  bool in_list = false;
  for (const PlainToken& token : tokens) {
    SourceRange at{id_, token.begin, token.end};
    if (token.is == Is::close) {
      builder_.close();
      continue;
    }
    if (token.is != Is::open && token.is != Is::end) {
      if (!in_list) items.push_back(words.size());
      if (token.is == Is::open_list || token.is == Is::close_list)
        in_list = token.is == Is::open_list;
      else
        words.push_back(word(at));
      whole = whole.known() ? cover(whole, at) : at;
      continue;
    }
    split_lines(words, items, whole);
    if (token.is == Is::open) {
      if (words.empty()) whole = {id_, token.begin, token.begin};
      nameless_ += words.empty();
      builder_.open(std::move(words), whole, false);
    } else if (!words.empty()) {
      builder_.leaf(std::move(words), whole, false);
    }
    words.clear();
    items.clear();
    whole = {};
  }
}

void Reader::statements(SourceRange piece) {
  if (std::optional<std::vector<PlainToken>> tokens = plain_tokens(file_.text(), piece.begin, piece.end)) {
    plain_statements(*tokens);
    return;
  }
  load(piece, 0);
  walk(parser_.statements());
}

std::vector<Word> Reader::words_of(SourceRange range, bool* inactive) {
  bool ignored = false;
  if (inactive == nullptr) inactive = &ignored;
  load(range, 0);
  std::vector<Word> words;
  tokens_.fill();
  for (antlr4::Token* token : tokens_.getTokens()) {
    if (token->getType() == JunosLexer::TAG)
      *inactive |= word(*token).text == "inactive:";
    else if (token->getType() == JunosLexer::WORD || token->getType() == JunosLexer::STRING)
      words.push_back(word(*token));
  }
  return words;
}

void Reader::open(SourceRange head) {
  bool inactive = false;
  std::vector<Word> words = words_of(head, &inactive);
  builder_.open(std::move(words), head, inactive);
}

// A statement or block of no section: skipped, and said to be lost.
void Reader::unknown(SourceRange head) {
  bool inactive = false;
  std::vector<Word> words = words_of(head, &inactive);
  if (inactive || words.empty()) return;
  note_unknown(words.front(), diagnostics_);
  words.insert(words.begin(), Word{std::string(kUnreadable), words.front().range, false});
  builder_.leaf(std::move(words), head, false);
}

void Reader::command(JunosParser::CommandContext& tree) {
  std::vector<Word> words, ignored;
  SourceRange whole{id_, range(*tree.getStart()).begin, range(*tree.getStop()).end};
  bool broken = false;
  for (Tree* child : tree.children) {
    if (auto* members = dynamic_cast<JunosParser::LineListContext*>(child)) {
      list(*members, words, ignored);
      continue;
    }
    if (auto* members = dynamic_cast<JunosParser::OpenLineListContext*>(child)) {
      broken = true;
      diagnostics_.error("BP107", range(*members->getStart()), "a list has no end on its line", "expected `]`");
      for (Tree* inside : members->children)
        if (auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(inside);
            leaf && leaf->getSymbol()->getType() == JunosLexer::WORD)
          words.push_back(word(*leaf->getSymbol()));
      continue;
    }
    const antlr4::Token& token = *dynamic_cast<antlr4::tree::TerminalNode&>(*child).getSymbol();
    if (token.getType() == JunosLexer::BROKEN) {
      diagnostics_.error("BP107", {id_, range(token).begin, range(token).begin + 1}, "a string has no end on its line",
                         "expected a closing `\"`");
      broken = true;
    } else if (token.getType() == JunosLexer::CLOSE_LIST) {
      diagnostics_.error("BP107", range(token), "a `]` closes no list", "expected a word");
      broken = true;
    } else {
      words.push_back(word(token));
    }
  }
  if (broken)
    editor_.broken(words, whole);
  else
    editor_.apply(words, whole);
}

void Reader::lines(SourceRange piece) {
  load(piece, JunosLexer::LINES);
  JunosParser::LinesContext* tree = parser_.lines();
  for (auto* line : tree->command()) command(*line);
  truncated_ |= editor_.lost();
}

// Publishers strip `<...>` as if it were a tag; what stood there is not known.
void note_nameless(const Node& node, uint32_t& count, SourceRange& first) {
  for (const auto& child : node.children) {
    if (child->dead) continue;
    if (child->rule.nameless) {
      ++count;
      if (!first.known() || child->range.begin < first.begin) first = child->range;
    }
    note_nameless(*child, count, first);
  }
}

Config Reader::read() {
  Scan found = scan(file_, id_, diagnostics_);
  truncated_ = found.truncated;
  for (const Piece& piece : found.pieces) text_end_ = std::max(text_end_, piece.range.end);
  for (const Piece& piece : found.pieces) {
    if (diagnostics_.all().size() + nameless_ > kMaxMistakes) {
      diagnostics_.error("BP101", {id_, piece.range.begin, piece.range.begin},
                         "too many mistakes; the rest is not read");
      truncated_ = true;
      break;
    }
    switch (piece.is) {
      case Piece::Is::open:
        open(piece.range);
        break;
      case Piece::Is::close:
        builder_.close();
        break;
      case Piece::Is::statements:
        statements(piece.range);
        break;
      case Piece::Is::lines:
        lines(piece.range);
        break;
      case Piece::Is::place:
        editor_.place(words_of(piece.range));
        break;
      case Piece::Is::unknown:
        unknown(piece.range);
        break;
    }
  }
  while (builder_.depth() > 0) builder_.close();
  uint32_t nameless = 0;
  SourceRange first;
  note_nameless(root_, nameless, first);
  if (nameless > 0) {
    auto at = file_.text().substr(first.begin, 1) == "{" ? SourceRange{id_, first.begin, first.begin + 1} : first;
    diagnostics_.note("BP106", at, fmt::format("{} {} without a name", nameless, nameless == 1 ? "block" : "blocks"),
                      "the first one; what it stands for is not known");
  }
  mark_unknown(root_, diagnostics_);
  truncated_ |= !inherit(root_, diagnostics_);
  expand_apply_paths(root_, truncated_, diagnostics_);
  Config config;
  config.root = to_statement(std::move(root_));
  config.truncated = truncated_;
  config.lines = file_.line_count();
  config.policy_lines = found.policy_lines;
  if (const Statement* system = config.root.find("system"))
    if (const Statement* name = system->find("host-name")) config.host_name = name->name();
  return config;
}

}  // namespace

Config read(const SourceSet& sources, FileId file, Diagnostics& diagnostics) {
  Reader reader(sources.file(file), file);
  Config config = reader.read();
  diagnostics.append(reader.diagnostics());
  return config;
}

}  // namespace bgproof::junos
