#include "grammar/intent/reader.h"

#include <antlr4-runtime.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "IntentParser.h"
#include "base/check.h"
#include "grammar/intent/expected.h"
#include "grammar/intent/lexer.h"
#include "grammar/intent/syntax_error.h"
#include "grammar/intent/tree.h"

namespace bgproof::intent {
namespace {

using generated::IntentParser;

// Keywords and signs by the way they are written, from the grammar itself.
std::map<std::string, size_t, std::less<>> make_types(const antlr4::dfa::Vocabulary& vocabulary) {
  std::map<std::string, size_t, std::less<>> types;
  for (size_t type = 1; type <= vocabulary.getMaxTokenType(); ++type) {
    std::string literal = vocabulary.getLiteralName(type);
    if (literal.size() > 2) types[literal.substr(1, literal.size() - 2)] = type;
  }
  return types;
}

size_t type_of(const Token& token, std::string_view text, const std::map<std::string, size_t, std::less<>>& types) {
  switch (token.kind) {
    case TokenKind::word: {
      auto found = types.find(text);
      return found == types.end() ? size_t{IntentParser::NAME} : found->second;
    }
    case TokenKind::symbol:
      return types.find(text)->second;
    case TokenKind::integer:
      return IntentParser::INT;
    case TokenKind::asn:
      return IntentParser::ASN;
    case TokenKind::prefix:
      return IntentParser::PREFIX;
    case TokenKind::community:
      return IntentParser::COMM;
    case TokenKind::variable:
      return IntentParser::VAR;
    case TokenKind::string:
      return IntentParser::STRING;
    case TokenKind::path_regex:
      return IntentParser::PATHRE;
    case TokenKind::duration:
      return IntentParser::DURATION;
    case TokenKind::percent:
      return IntentParser::PERCENT;
    case TokenKind::date:
      return IntentParser::DATE;
    case TokenKind::prefix_list:
      return IntentParser::PREFIX_LIST;
    case TokenKind::end:
      return antlr4::Token::EOF;
    case TokenKind::bad:
    case TokenKind::comment:
      break;
  }
  return IntentParser::BAD;
}

// A parser that remembers where it stood when it last took a token. An error is at the next one, and what was expected
// there is what can follow that token; ANTLR's own answer forgets every optional part that it has already passed.
class RememberingParser : public IntentParser {
 public:
  using IntentParser::IntentParser;

  antlr4::Token* consume() override {
    state_ = getState();
    context_ = _ctx;
    taken_ = true;
    return IntentParser::consume();
  }

  std::set<std::string> expected() {
    antlr4::misc::IntervalSet types;
    if (taken_) {
      antlr4::atn::ATNState* from = getATN().states[state_];
      types = getATN().getExpectedTokens(from->transitions[0]->target->stateNumber, context_);
    } else {
      types = getATN().getExpectedTokens(getATN().ruleToStartState[RuleFile]->stateNumber, nullptr);
    }
    std::set<std::string> words;
    for (ssize_t type : types.toList()) {
      if (type == static_cast<ssize_t>(antlr4::Token::EOF) || type == -1) {
        words.insert("<EOF>");
        continue;
      }
      std::string literal = getVocabulary().getLiteralName(static_cast<size_t>(type));
      words.insert(literal.size() > 2 ? literal.substr(1, literal.size() - 2)
                                      : getVocabulary().getSymbolicName(static_cast<size_t>(type)));
    }
    return words;
  }

  // Where the row or the item starts in which the parser stands: one error is enough for each.
  size_t place() const {
    for (antlr4::tree::ParseTree* at = context_; at; at = at->parent) {
      auto* context = dynamic_cast<antlr4::ParserRuleContext*>(at);
      if (!context || (context->getRuleIndex() != RuleRow && context->getRuleIndex() != RuleItem)) continue;
      return context->start->getTokenIndex();
    }
    return SIZE_MAX;
  }

 private:
  size_t state_ = 0;
  antlr4::ParserRuleContext* context_ = nullptr;
  bool taken_ = false;
};

class Listener : public antlr4::BaseErrorListener {
 public:
  Listener(RememberingParser& parser, SyntaxErrors& errors) : parser_(parser), errors_(errors) {}

  void syntaxError(antlr4::Recognizer*, antlr4::Token* token, size_t, size_t, const std::string&,
                   std::exception_ptr) override {
    // Between declarations each error stands for itself.
    bool outside = parser_.getContext() && parser_.getContext()->getRuleIndex() == IntentParser::RuleFile;
    if (!places_.insert(outside ? SIZE_MAX - 1 - token->getTokenIndex() : parser_.place()).second) return;
    bool end = token->getType() == antlr4::Token::EOF;
    auto begin = static_cast<uint32_t>(token->getStartIndex());
    errors_.unexpected(begin, end ? begin : static_cast<uint32_t>(token->getStopIndex() + 1), parser_.expected());
  }

 private:
  RememberingParser& parser_;
  SyntaxErrors& errors_;
  std::set<size_t> places_;
};

// How reading goes on behind an error: at the next row of the block, or at the next declaration, which is taken for one
// only at the start of a line, because its word can be a name or an obligation elsewhere (`tag`, `set`, `role`).
class Recovery : public antlr4::DefaultErrorStrategy {
 public:
  explicit Recovery(std::string_view text) : text_(text) {}

  // What can follow somewhere plays no part: an error ends its row or declaration.
  void consumeUntil(antlr4::Parser* parser, const antlr4::misc::IntervalSet&) override {
    bool in_block = false;
    for (antlr4::RuleContext* at = parser->getContext(); at; at = static_cast<antlr4::RuleContext*>(at->parent))
      in_block = in_block || at->getRuleIndex() == IntentParser::RuleBlock;
    const auto& kinds = words(*parser);
    for (; parser->getCurrentToken()->getType() != antlr4::Token::EOF; parser->consume()) {
      size_t type = parser->getCurrentToken()->getType();
      if (in_block && kinds.rows.contains(type)) return;
      if (kinds.items.contains(type) && starts_line(parser->getCurrentToken()->getStartIndex())) return;
    }
  }

 protected:
  // A word too many is mostly the first of what comes next.
  antlr4::Token* singleTokenDeletion(antlr4::Parser*) override { return nullptr; }

  // ANTLR makes up a missing word, for which it wants the source of the characters. No tree of a file with errors is
  // used, so any token does.
  antlr4::Token* getMissingSymbol(antlr4::Parser* parser) override { return parser->getCurrentToken(); }

 private:
  struct Words {
    std::set<size_t> rows, items;
  };
  static const Words& words(const antlr4::Parser& parser) {
    static const Words kWords = [&] {
      auto types = make_types(parser.getVocabulary());
      Words made;
      for (const char* word : {"may", "must", "never", "always", "except", "}"})
        made.rows.insert(types.find(word)->second);
      for (const char* word : {"intent", "include", "network", "neighbors", "role", "set", "asns", "comms", "tag",
                               "fact", "class", "assume", "export", "import", "policy"})
        made.items.insert(types.find(word)->second);
      return made;
    }();
    return kWords;
  }
  bool starts_line(size_t offset) const {
    size_t before = text_.substr(0, offset).find_last_not_of(" \t");
    return before == std::string_view::npos || text_[before] == '\n';
  }

  std::string_view text_;
};

// The parse tree in our own words (tree.h), so that all that builds the model needs no ANTLR.
Tree convert(antlr4::ParserRuleContext* root) {
  Tree tree;
  struct Open {
    antlr4::tree::ParseTree* node;
    uint32_t index;
    size_t next;
  };
  std::vector<Open> open;
  auto enter = [&](antlr4::ParserRuleContext* context) {
    auto index = static_cast<uint32_t>(tree.nodes.size());
    tree.nodes.push_back({static_cast<Rule>(context->getRuleIndex()), 0, 0, 0});
    open.push_back({context, index, 0});
  };
  enter(root);
  while (!open.empty()) {
    Open& top = open.back();
    if (top.next == top.node->children.size()) {
      Node& node = tree.nodes[top.index];
      node.end = static_cast<uint32_t>(tree.nodes.size());
      if (node.end >
          top.index + 1) {  // its text: from its first token, which follows it or its first child, to its last
        node.text_end = tree.nodes.back().text_end;
        uint32_t first = top.index + 1;
        while (tree.nodes[first].rule != Rule::token) ++first;
        node.text_begin = tree.nodes[first].text_begin;
      }
      open.pop_back();
      continue;
    }
    antlr4::tree::ParseTree* child = top.node->children[top.next++];
    if (auto* terminal = dynamic_cast<antlr4::tree::TerminalNode*>(child)) {
      const antlr4::Token* token = terminal->getSymbol();
      if (token->getType() == antlr4::Token::EOF) continue;
      auto next = static_cast<uint32_t>(tree.nodes.size() + 1);
      tree.nodes.push_back({Rule::token, next, static_cast<uint32_t>(token->getStartIndex()),
                            static_cast<uint32_t>(token->getStopIndex() + 1)});
    } else {
      enter(dynamic_cast<antlr4::ParserRuleContext*>(child));
    }
  }
  return tree;
}

static_assert(static_cast<size_t>(Rule::file) == IntentParser::RuleFile &&
                  static_cast<size_t>(Rule::reserved) == IntentParser::RuleReserved,
              "Rule lists the rules of Intent.g4 in their order");

std::optional<Tree> parse(std::string_view text, const Tokens& tokens, SyntaxErrors& errors) {
  std::vector<std::unique_ptr<antlr4::Token>> list;
  list.reserve(tokens.all.size());
  static const auto kTypes = [] {
    std::vector<std::unique_ptr<antlr4::Token>> only_end;
    only_end.push_back(std::make_unique<antlr4::CommonToken>(antlr4::Token::EOF));
    antlr4::ListTokenSource source(std::move(only_end));
    antlr4::CommonTokenStream stream(&source);
    return make_types(IntentParser(&stream).getVocabulary());
  }();
  for (const Token& token : tokens.all) {
    if (token.kind == TokenKind::comment) continue;
    auto made = std::make_unique<antlr4::CommonToken>(
        type_of(token, text.substr(token.begin, token.end - token.begin), kTypes));
    made->setStartIndex(token.begin);
    made->setStopIndex(token.end - 1);
    list.push_back(std::move(made));
  }
  antlr4::ListTokenSource source(std::move(list));
  antlr4::CommonTokenStream stream(&source);
  RememberingParser parser(&stream);
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  Listener listener(parser, errors);
  parser.setErrorHandler(std::make_shared<Recovery>(text));
  parser.removeErrorListeners();
  parser.addErrorListener(&listener);
  auto* file = parser.file();
  if (errors.any()) return std::nullopt;
  return convert(file);
}

}  // namespace

File read(const SourceSet& sources, FileId file, Diagnostics& diagnostics) {
  File result;
  result.file = file;
  std::string_view text = sources.file(file).text();
  SyntaxErrors errors(file, text, diagnostics);
  if (errors.is_binary()) {
    result.broken = true;
    return result;
  }
  Tokens tokens = lex(text, 0, static_cast<uint32_t>(text.size()), true);
  errors.report_lexical(tokens);
  if (errors.too_deep(tokens)) {
    result.broken = true;
    return result;
  }
  std::optional<Tree> tree;
  try {
    tree = parse(text, tokens, errors);
  } catch (const std::exception& error) {
    BGPROOF_CHECK(false, fmt::format("the generated parser failed: {}", error.what()));
  }
  if (!tree || errors.any()) {
    result.broken = true;
    return result;
  }
  result.items = build(*tree, text, file, diagnostics);
  return result;
}

}  // namespace bgproof::intent
