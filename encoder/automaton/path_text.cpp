// PathDfa::compile_text: an expression over the characters of a path as an automaton over its letters.
//
// The automaton of the characters is deterministic, so what it does with the digits of a number is a function of the
// number, and that is a diagram (asn_diagram.h): to each number the state behind its last digit. Between numbers stand
// one to three characters, told by what stands before and behind: a confederation closes its parenthesis only when the
// next letter comes. A place is a state of that automaton behind a number, or behind the end of a set, together with
// what stood there. Places that differ in nothing that can follow are one; they are the states of the PathDfa.
#include <map>
#include <set>

#include "encoder/automaton/path_dfa.h"
#include "encoder/automaton/text_regex_nfa.h"

namespace bgproof {
namespace {

constexpr std::string_view kCharacters = "0123456789 ,{}()[]";
static_assert(kCharacters.size() <= kTextSymbols);

constexpr size_t kMaxTextStates = 20'000;

AutomatonLimit too_large() {
  return {"more than " + std::to_string(kMaxTextStates) + " states for one expression over the characters of AS paths"};
}
AutomatonLimit too_many_kinds() {
  return {"too many kinds of AS numbers in one expression over the characters of AS paths"};
}

// What stands last. The first two are between letters.
enum class Last : uint8_t { number, confed_number, member, confed_member };

bool is_within_set(Last last) { return last == Last::member || last == Last::confed_member; }

// What comes behind a place, with the characters in front of its number.
struct Step {
  std::string_view characters;
  Last last;
};

std::vector<Step> steps_from(Last last, bool is_begin) {
  switch (last) {
    case Last::number:
      if (is_begin)
        return {{"", Last::number}, {"(", Last::confed_number}, {"{", Last::member}, {"[", Last::confed_member}};
      return {{" ", Last::number}, {" (", Last::confed_number}, {" {", Last::member}, {" [", Last::confed_member}};
    case Last::confed_number:
      return {{") ", Last::number}, {" ", Last::confed_number}, {") {", Last::member}, {") [", Last::confed_member}};
    case Last::member:
      return {{",", Last::member}};
    case Last::confed_member:
      return {{",", Last::confed_member}};
  }
  return {};
}

}  // namespace

class PathTextCompiler {
 public:
  explicit PathTextCompiler(TextDfa dfa) : dfa_(std::move(dfa)), dead_(static_cast<uint32_t>(dfa_.size())) {}

  PathDfa::Made run() {
    find_places();
    refine();
    if (builder_.overflowed()) return too_many_kinds();
    // What the steps tell apart together.
    Moves numbers, members;
    for (const auto& [edge, last] : used_) (is_within_set(last) ? members : numbers).add(builder_, edge);
    PathAlphabet alphabet;
    alphabet.tells_confed = true;
    if (!numbers.join(alphabet.asns) || !members.join(alphabet.members)) return too_many_kinds();
    using Key = PathDfa::Key;
    const auto step = [&](const Key& key, size_t which, uint32_t c) {
      const Place& place = places_[representatives_[key[0]]];
      const Edge edge = mapped(place.steps[which].first, place.steps[which].second);
      return Key{(is_within_set(place.steps[which].second) ? members : numbers).to(edge, c)};
    };
    return PathDfa::explore(alphabet,
                            {{classes_[0]},
                             [&](const Key& key, uint32_t c, bool confed) { return step(key, confed ? 1 : 0, c); },
                             [&](const Key& key, uint32_t c, bool confed) { return step(key, confed ? 3 : 2, c); },
                             [&](const Key& key, uint32_t c) { return step(key, 0, c); },
                             [&](const Key& key) { return Key{classes_[places_[representatives_[key[0]]].close]}; },
                             [&](const Key& key) { return places_[representatives_[key[0]]].accepts; }});
  }

 private:
  using Edge = AsnDiagram::Edge;
  static constexpr uint32_t kNoPlace = UINT32_MAX;

  struct Place {
    uint32_t text;
    Last last;
    bool accepts = false;
    uint32_t close = kNoPlace;                 // within a set: behind its end
    std::vector<std::pair<Edge, Last>> steps;  // the numbers that may follow, with the text states that they lead to
  };

  // Diagrams with the partition that they make together.
  struct Moves {
    std::map<Edge, size_t> which;
    std::vector<AsnPartition> partitions;
    std::vector<std::vector<uint32_t>> values;  // by class of each
    std::vector<std::vector<uint32_t>> tuples;  // by class of all

    void add(const AsnDiagramBuilder& builder, Edge edge) {
      if (!which.try_emplace(edge, partitions.size()).second) return;
      values.emplace_back();
      partitions.emplace_back(builder.take(edge), &values.back());
    }
    bool join(AsnPartition& into) {
      std::vector<const AsnPartition*> all;
      for (const AsnPartition& each : partitions) all.push_back(&each);
      std::optional<AsnPartition> joined = AsnPartition::join(all, &tuples);
      if (joined) into = *std::move(joined);
      return joined.has_value();
    }
    uint32_t to(Edge edge, uint32_t c) const {
      const size_t i = which.at(edge);
      return values[i][tuples[c][i]];
    }
  };

  uint32_t read(uint32_t text, std::string_view characters) const {
    for (char character : characters) {
      if (text == dead_) return dead_;
      const TextDfa::State to = dfa_.next(text, static_cast<uint32_t>(kCharacters.find(character)));
      text = to == TextDfa::kNone ? dead_ : to;
    }
    return text;
  }

  bool accepts(uint32_t text) const { return text != dead_ && dfa_.accepts_at(text); }

  uint32_t place(uint32_t text, Last last) {
    const auto [it, is_new] = ids_.try_emplace({text, last}, static_cast<uint32_t>(places_.size()));
    if (is_new) places_.push_back({text, last, false, kNoPlace, {}});
    return it->second;
  }

  // To each number the text state behind its digits.
  Edge numbers_from(uint32_t text) {
    const auto [it, is_new] = diagrams_.try_emplace(text, 0);
    if (is_new) {
      it->second =
          text == dead_ ? AsnDiagramBuilder::value(dead_) : builder_.read(text, [&](uint32_t state, uint32_t digit) {
            return read(state, kCharacters.substr(digit, 1));
          });
    }
    return it->second;
  }

  void find_places() {
    // The begin is a place of its own: nothing stands in front of what follows.
    places_.push_back({dfa_.empty() ? dead_ : TextDfa::start(), Last::number, false, kNoPlace, {}});
    for (uint32_t at = 0; at < places_.size() && !builder_.overflowed(); ++at) {
      const uint32_t text = places_[at].text;
      const Last last = places_[at].last;
      places_[at].accepts = !is_within_set(last) && accepts(last == Last::confed_number ? read(text, ")") : text);
      if (is_within_set(last)) {
        const uint32_t close = place(read(text, last == Last::member ? "}" : "]"), Last::number);
        places_[at].close = close;
      }
      for (const Step& step : steps_from(last, at == 0)) {
        const Edge edge = numbers_from(read(text, step.characters));
        places_[at].steps.emplace_back(edge, step.last);
        for (const auto& [value, lowest] : builder_.take(edge).lowest()) place(value, step.last);
      }
    }
  }

  // The diagram with the classes of places instead of text states.
  Edge mapped(Edge edge, Last last) {
    const auto [it, is_new] = mapped_.try_emplace({edge, last}, 0);
    if (is_new) it->second = builder_.map(edge, [&](uint32_t text) { return classes_[ids_.at({text, last})]; });
    return it->second;
  }

  void refine() {
    for (const Place& each : places_) classes_.push_back(is_within_set(each.last) ? 2 : each.accepts ? 1 : 0);
    for (size_t count = 0; !builder_.overflowed();) {
      mapped_.clear();
      std::map<std::vector<uint32_t>, uint32_t> numbers;
      std::vector<uint32_t> refined;
      representatives_.clear();
      for (uint32_t at = 0; at < places_.size(); ++at) {
        const Place& each = places_[at];
        std::vector<uint32_t> key = {classes_[at], each.close == kNoPlace ? kNoPlace : classes_[each.close]};
        for (const auto& [edge, last] : each.steps) key.push_back(mapped(edge, last));
        const auto [it, is_new] = numbers.try_emplace(std::move(key), static_cast<uint32_t>(numbers.size()));
        if (is_new) representatives_.push_back(at);
        refined.push_back(it->second);
      }
      classes_ = std::move(refined);
      if (numbers.size() == count) break;
      count = numbers.size();
    }
    mapped_.clear();
    for (uint32_t at : representatives_) {
      for (const auto& [edge, last] : places_[at].steps) used_.emplace(mapped(edge, last), last);
    }
  }

  const TextDfa dfa_;
  const uint32_t dead_;
  AsnDiagramBuilder builder_{AsnDiagramBuilder::kMaxNodes};
  std::map<std::pair<uint32_t, Last>, uint32_t> ids_;
  std::vector<Place> places_;
  std::map<uint32_t, Edge> diagrams_;      // by text state
  std::vector<uint32_t> classes_;          // of places
  std::vector<uint32_t> representatives_;  // by class
  std::map<std::pair<Edge, Last>, Edge> mapped_;
  std::set<std::pair<Edge, Last>> used_;
};

PathDfa::Made PathDfa::compile_plain_text(const std::string& expression) {
  TextNfa nfa;
  const TextNfa::State from = nfa.add_state(), to = nfa.add_state();
  nfa.set_start(from);
  nfa.set_accept(to);
  add_text_regex(nfa, from, to, expression, true, kCharacters);
  std::optional<TextDfa> dfa = determinize(nfa, nullptr, kMaxTextStates);
  if (!dfa) return too_large();
  return PathTextCompiler(*std::move(dfa)).run();
}

}  // namespace bgproof
