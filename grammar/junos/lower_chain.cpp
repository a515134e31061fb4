#include <fmt/format.h>

#include <algorithm>

#include "grammar/junos/chain.h"

namespace bgproof::junos {

namespace {

struct Token {
  enum class Is { name, open, close, both, either, not_ } is = Is::name;
  std::string text;
  SourceRange range;
};

struct Expression {
  enum class Is { name, both, either, not_ } is = Is::name;
  std::string name;
  std::vector<Expression> of;
  SourceRange range;
};

// Splits words at the operators: `(A`, `&&`, `!B)` and "A && B" within one quoted word. A word that names a policy is
// that name, blanks and all.
std::vector<Token> tokens_of(Context& context, const std::vector<const Word*>& words) {
  std::vector<Token> tokens;
  for (const Word* word : words) {
    const std::string& text = word->text;
    if (!context.definitions(Kind::policy, text).empty()) {
      tokens.push_back({Token::Is::name, text, word->range});
      continue;
    }
    for (size_t at = 0; at < text.size();) {
      auto two = text.substr(at, 2);
      auto push = [&](Token::Is is, size_t size) {
        tokens.push_back({is, text.substr(at, size), word->range});
        at += size;
      };
      if (text[at] == ' ' || text[at] == '\t') {
        ++at;
      } else if (text[at] == '(') {
        push(Token::Is::open, 1);
      } else if (text[at] == ')') {
        push(Token::Is::close, 1);
      } else if (text[at] == '!') {
        push(Token::Is::not_, 1);
      } else if (two == "&&") {
        push(Token::Is::both, 2);
      } else if (two == "||") {
        push(Token::Is::either, 2);
      } else {
        size_t end = at;
        while (end < text.size() && std::string_view("() \t!").find(text[end]) == std::string_view::npos &&
               text.compare(end, 2, "&&") != 0 && text.compare(end, 2, "||") != 0)
          ++end;
        push(Token::Is::name, end - at);
      }
    }
  }
  return tokens;
}

class Parser {
 public:
  explicit Parser(const std::vector<Token>& tokens) : tokens_(tokens) {}

  bool more() const { return at_ < tokens_.size(); }
  bool failed() const { return failed_; }

  Expression either() {
    return binary(Token::Is::either, Expression::Is::either, [this] { return both(); });
  }

 private:
  static constexpr int kDeepest = 100;

  template <class Next>
  Expression binary(Token::Is token, Expression::Is is, Next next) {
    Expression left = next();
    while (more() && !failed_ && tokens_[at_].is == token) {
      ++at_;
      Expression right = next();
      SourceRange range = cover(left.range, right.range);
      left = {is, "", {std::move(left), std::move(right)}, range};
    }
    return left;
  }
  Expression both() {
    return binary(Token::Is::both, Expression::Is::both, [this] { return unit(); });
  }

  Expression unit() {
    if (!more() || ++depth_ > kDeepest) return fail();
    Token token = tokens_[at_++];
    Expression result;
    if (token.is == Token::Is::not_) {
      Expression inner = unit();
      SourceRange range = cover(token.range, inner.range);
      result = {Expression::Is::not_, "", {std::move(inner)}, range};
    } else if (token.is == Token::Is::open) {
      result = either();
      if (!more() || tokens_[at_].is != Token::Is::close) return fail();
      result.range = cover(token.range, tokens_[at_++].range);
    } else if (token.is == Token::Is::name) {
      result = {Expression::Is::name, token.text, {}, token.range};
    } else {
      return fail();
    }
    --depth_;
    return result;
  }
  Expression fail() {
    failed_ = true;
    at_ = tokens_.size();
    return {};
  }

  const std::vector<Token>& tokens_;
  size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
};

std::string to_text(const Expression& expression) {
  switch (expression.is) {
    case Expression::Is::name:
      return expression.name;
    case Expression::Is::not_:
      return "!" + to_text(expression.of[0]);
    case Expression::Is::both:
      return fmt::format("( {} && {} )", to_text(expression.of[0]), to_text(expression.of[1]));
    case Expression::Is::either:
      return fmt::format("( {} || {} )", to_text(expression.of[0]), to_text(expression.of[1]));
  }
  return "";
}

Act call(Call::As as, uint32_t policy, FlagId flag, SourceRange range) {
  // Only for a test: what stays undecided in a condition follows the protocol's default.
  auto undecided = std::make_shared<const Condition>(condition(ProtocolIn{{Protocol::bgp}}, range));
  return act(Call{as, policy, flag, as == Call::As::test ? undecided : nullptr}, range);
}

uint32_t policy_of(Context& context, const Expression& expression);

void defaults_in(const Body& body, std::vector<std::pair<SourceRange, bool>>& defaults, std::vector<uint32_t>& called) {
  for (const Act& each : body) {
    if (const auto* set = std::get_if<SetDefault>(&each.is)) defaults.emplace_back(each.range, set->accept);
    if (const auto* next = std::get_if<Call>(&each.is); next && next->as == Call::As::chain)
      called.push_back(next->policy);
    if (const auto* branch = std::get_if<If>(&each.is)) {
      defaults_in(branch->then, defaults, called);
      defaults_in(branch->otherwise, defaults, called);
    }
  }
}

// A `default-action` in an operand that is tested may be forgotten with the test, or hold for the chain behind it. In
// that reading whether the route has met the line is left free.
void keep_defaults(Context& context, uint32_t operand, SourceRange range, Body& body) {
  std::vector<std::pair<SourceRange, bool>> defaults;
  std::vector<uint32_t> called = {operand};
  for (size_t at = 0; at < called.size(); ++at)
    for (const Clause& clause : context.library().policies[called[at]].clauses) {
      std::vector<uint32_t> found;
      defaults_in(clause.body, defaults, found);
      for (uint32_t policy : found)
        if (std::find(called.begin(), called.end(), policy) == called.end()) called.push_back(policy);
    }
  Body kept;
  for (const auto& [at, accept] : defaults) {
    Condition met = context.unmodelled(at, "default-action in an operand of a policy expression");
    kept.push_back(act(If{std::move(met), {act(SetDefault{accept}, at)}, {}}, at));
  }
  if (kept.empty()) return;
  Condition reading = condition(AssumptionIs{"junos.default-action-in-expression", "kept"}, range);
  body.push_back(act(If{std::move(reading), std::move(kept), {}}, range));
}

// Runs the operand and leaves in `truth` whether it is TRUE, in `undecided` whether it is so by next policy.
Body test_operand(Context& context, const Expression& operand, FlagId truth, FlagId undecided) {
  SourceRange range = operand.range;
  uint32_t inner = policy_of(context, operand);
  std::string name = fmt::format("({})", to_text(operand));
  Clause run{to_text(operand), {call(Call::As::chain, inner, 0, range)}, range, {}};
  Clause rest{"(next policy)", {act(SetFlag{undecided, always()}, range), decide(Decision::accept, range)}, range, {}};
  uint32_t wrapped = context.add({name, {std::move(run), std::move(rest)}, range});
  Body body = {act(SetFlag{undecided, never()}, range), call(Call::As::test, wrapped, truth, range)};
  keep_defaults(context, inner, range, body);
  return body;
}

uint32_t policy_of(Context& context, const Expression& expression) {
  if (expression.is == Expression::Is::name) return context.policy(expression.name, expression.range);
  std::string text = to_text(expression);
  if (auto known = context.expressions.find(text); known != context.expressions.end()) return known->second;
  SourceRange range = expression.range;
  FlagId truth = context.new_flag();
  FlagId undecided = context.new_flag();
  Body body = test_operand(context, expression.of[0], truth, undecided);
  Condition holds = condition(FlagIsSet{truth}, expression.of[0].range);
  Condition by_next = condition(FlagIsSet{undecided}, expression.of[0].range);
  auto second = [&] { return call(Call::As::chain, policy_of(context, expression.of[1]), 0, expression.of[1].range); };
  Act accept = decide(Decision::accept, range);
  Act reject = decide(Decision::reject, range);
  Act next = decide(Decision::next_policy, range);
  switch (expression.is) {
    case Expression::Is::name:
      break;
    case Expression::Is::not_:
      body.push_back(act(If{holds, {reject}, {accept}}, range));
      break;
    case Expression::Is::both:
      body.push_back(act(If{holds, {second()}, {reject}}, range));
      break;
    case Expression::Is::either:
      body.push_back(act(If{holds, {act(If{by_next, {next}, {accept}}, range)}, {second()}}, range));
      break;
  }
  uint32_t index = context.add({text, {{text, std::move(body), range, {}}}, range});
  context.expressions[text] = index;
  return index;
}

std::vector<std::pair<Expression, bool>> expressions_of(Context& context, const std::vector<const Word*>& words) {
  std::vector<Token> tokens = tokens_of(context, words);
  Parser parser(tokens);
  std::vector<std::pair<Expression, bool>> result;
  while (parser.more()) {
    Expression one = parser.either();
    if (parser.failed()) {
      SourceRange range = cover(words.front()->range, words.back()->range);
      context.diagnostics().warning("BP116", range, "this policy expression is not understood", "it may do anything");
      return {{Expression{Expression::Is::name, "(not understood)", {}, range}, false}};
    }
    result.emplace_back(std::move(one), true);
  }
  return result;
}

}  // namespace

std::vector<ChainElement> lower_chain(Context& context, const std::vector<const Word*>& words) {
  std::vector<ChainElement> chain;
  for (const auto& [expression, understood] : expressions_of(context, words)) {
    uint32_t policy = understood ? policy_of(context, expression)
                                 : context.free_policy(expression.name, expression.range,
                                                       "a policy expression that is not understood");
    chain.push_back({to_text(expression), policy, expression.range});
  }
  return chain;
}

Body call_subroutines(Context& context, const std::vector<const Word*>& words, SourceRange range, FlagId& flag) {
  std::vector<ChainElement> elements = lower_chain(context, words);
  flag = context.new_flag();
  if (elements.empty()) return {act(SetFlag{flag, context.unmodelled(range, "from policy without a name")}, range)};
  if (elements.size() == 1) return {call(Call::As::test, elements[0].policy, flag, elements[0].range)};
  // Several names: a chain, or alternatives; nobody says which.
  Policy chain{"", {}, range};
  for (const ChainElement& each : elements) {
    chain.name += (chain.name.empty() ? "" : " ") + each.text;
    chain.clauses.push_back({each.text, {call(Call::As::chain, each.policy, 0, each.range)}, each.range, {}});
  }
  uint32_t index = context.add(std::move(chain));
  Body any;
  for (size_t i = elements.size(); i-- > 0;) {
    Body next = {call(Call::As::test, elements[i].policy, flag, elements[i].range)};
    if (!any.empty()) next.push_back(act(If{condition(FlagIsSet{flag}, range), {}, std::move(any)}, range));
    any = std::move(next);
  }
  return {act(If{condition(AssumptionIs{"junos.from-policy-list", "chain"}, range),
                 {call(Call::As::test, index, flag, range)},
                 std::move(any)},
              range)};
}

}  // namespace bgproof::junos
