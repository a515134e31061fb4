#include "grammar/routemap/entries.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

constexpr uint32_t kDefaultSequence = 10;

struct Head {
  std::optional<bool> permit;
  std::optional<uint32_t> sequence;
  bool readable = true;
};

// `route-map NAME [permit|deny] [SEQUENCE]`; EOS writes `statement NAME` behind it, NX-OS nothing else.
Head read_head(const Line& line) {
  Head head;
  size_t at = 2;
  // People abbreviate them.
  for (std::string_view action : {std::string_view("permit"), std::string_view("deny")})
    if (at == 2 && !line.word(at).empty() && action.starts_with(line.word(at))) {
      head.permit = action == "permit";
      ++at;
    }
  if (at < line.size()) {
    head.sequence = number_of(line.word(at));
    head.readable = head.sequence.has_value();
  }
  return head;
}

bool same_words(const Line& a, const Line& b) {
  return std::ranges::equal(a.words, b.words, {}, &Word::text, &Word::text);
}

bool begins_with(const Line& line, const Line& with) {
  return line.size() >= with.size() && std::equal(with.words.begin(), with.words.end(), line.words.begin(),
                                                  [](const Word& a, const Word& b) { return a.text == b.text; });
}

size_t words_of(std::string_view text) {
  return text.empty() ? 0 : static_cast<size_t>(std::ranges::count(text, ' ')) + 1;
}

class Gatherer {
 public:
  Gatherer(Context& context, std::string_view name) : context_(context), name_(name) {}

  void piece(const Line& line);
  std::vector<Entry> take();

 private:
  Entry* enter(const Line& line, const Head& head);
  void add(Entry& entry, const Line& line);
  void undo(Entry& entry, const Line& line, const std::string& subject) const;

  Context& context_;
  std::string_view name_;
  std::vector<Entry> entries_;
  std::optional<uint32_t> open_;
};

Entry* Gatherer::enter(const Line& line, const Head& head) {
  bool frr = context_.dialect() == Dialect::frr;
  if (frr && (!head.readable || !head.permit || !head.sequence)) {
    context_.refused(line.range, "a route-map line that cannot be read");
    return nullptr;
  }
  if (!head.readable) {  // an entry of which nothing is known, in front of all others
    entries_.push_back({0, true, line.range, line.range, {&line}});
    return &entries_.back();
  }
  auto known = entries_.end();
  if (head.sequence)
    known = std::ranges::find(entries_, *head.sequence, &Entry::sequence);
  else if (context_.dialect() == Dialect::ios)  // C4: the first one is meant
    known = std::ranges::min_element(entries_, {}, &Entry::sequence);
  else
    known = std::ranges::find(entries_, kDefaultSequence, &Entry::sequence);
  if (known == entries_.end()) {
    uint32_t sequence = head.sequence.value_or(kDefaultSequence);
    entries_.push_back({sequence, head.permit.value_or(true), line.range, line.range, {}});
    return &entries_.back();
  }
  bool permit = head.permit.value_or(true);
  if (permit != known->permit) {
    known->permit = permit;
    known->head = line.range;
  }
  return &*known;
}

// FRR: whatever its value. The forms of `set ip next-hop` are undone by their own words; by others is open.
void Gatherer::undo(Entry& entry, const Line& line, const std::string& subject) const {
  bool by_words = line.begins({"set", "ip", "next-hop"}) && line.size() == 4 && !address_of(line.word(3), Family::ipv4);
  auto is_of_subject = [&](const Line* each) { return subject_of(*each, Dialect::frr) == subject; };
  auto found = std::ranges::find_if(entry.lines, is_of_subject);
  if (found != entry.lines.end() && by_words && !same_words(**found, line)) return entry.lines.push_back(&line);
  std::erase_if(entry.lines, is_of_subject);
}

void Gatherer::add(Entry& entry, const Line& line) {
  bool frr = context_.dialect() == Dialect::frr;
  if (line.standing == Standing::refused) {
    std::string_view no = line.defaulted ? "default " : line.negated ? "no " : "";
    context_.refused(line.range, fmt::format("bgpd refuses `{}{}`; the entry stays as it is", no, line.rest(0)));
    return;
  }
  // An unknown one that undoes something stands for what it may have undone.
  if (!line.negated || line.standing == Standing::unknown) {
    entry.lines.push_back(&line);
    entry.range = cover(entry.range, line.whole());
    return;
  }
  // `no set metric` takes back every line that it is the begin of, `no set metric 5` of a line `set metric 5`; in FRR
  // of the same subject, whatever the value. Elsewhere values that are some of a line's, or others, leave something of
  // it or nothing, which no model here says: in place of the lines of this subject stands one that is open.
  size_t before = entry.lines.size();
  std::string subject = subject_of(line, context_.dialect());
  bool has_values = line.size() > words_of(subject);
  bool open = false;
  if (frr) return undo(entry, line, subject);
  std::erase_if(entry.lines, [&](const Line* each) {
    bool same_subject = !subject.empty() && subject_of(*each, context_.dialect()) == subject;
    if (!same_subject || !has_values || same_words(*each, line)) return begins_with(*each, line);
    open = true;
    return true;
  });
  if (!open && entry.lines.size() == before && line.word(0) != "description") {
    open = std::ranges::any_of(entry.lines, [&](const Line* each) {
      return each->size() > 2 && line.size() > 2 && each->word(0) == line.word(0) && each->word(1) == line.word(1);
    });
  }
  if (open) entry.lines.push_back(&line);
}

void Gatherer::piece(const Line& line) {
  Head head = read_head(line);
  if (line.negated) {
    if (head.sequence) std::erase_if(entries_, [&](const Entry& e) { return e.sequence == *head.sequence; });
    return;
  }
  Entry* entry = enter(line, head);
  if (entry != nullptr) {
    entry->range = cover(entry->range, line.range);
    open_ = entry->sequence;
  }
  // What stands below a line that FRR refuses goes to the entry that was open before (of this map, as far as is known).
  auto open = std::ranges::find_if(entries_, [&](const Entry& each) { return each.sequence == open_; });
  for (const Line& child : line.children)
    if (open != entries_.end()) add(*open, child);
}

std::vector<Entry> Gatherer::take() {
  std::ranges::stable_sort(entries_, {}, &Entry::sequence);
  return std::move(entries_);
}

// Forms of one command of FRR, which loses a form that stands further right in this order to one that does not
// (docs/semantics/frr.md).
int form_of(const Line& line) {
  std::string_view what = line.word(1), value = line.word(2);
  if (what == "metric") {
    char sign = value.empty() ? '\0' : value.front();
    int form = sign == '+' ? 1 : sign == '-' ? 2 : 0;
    return value.ends_with("rtt") ? form + 3 : form;
  }
  if (what == "community" || what == "large-community") return value == "none" ? 0 : 1;
  if (what == "as-path" && value == "prepend") return line.word(3) == "last-as" ? 1 : 0;
  return 0;
}

// FRR, EOS: a line takes the place of an earlier one of its subject; where the text is the same the earlier one stays.
// In FRR a line that was lost is the last one of its subject all the same: said again it changes nothing.
void settle(Entry& entry, Dialect dialect) {
  std::vector<const Line*> kept;
  std::map<std::string, const Line*> last;  // of each subject
  for (const Line* line : entry.lines) {
    bool open = line->negated || line->standing == Standing::unknown;
    std::string subject = open ? std::string() : subject_of(*line, dialect);
    bool nothing = dialect == Dialect::frr && line->begins({"match", "metric", "0"});
    if (subject.empty() || nothing) {
      kept.push_back(line);
      continue;
    }
    auto [before, first] = last.try_emplace(subject, line);
    if (first) {
      kept.push_back(line);
      continue;
    }
    const Line* replaced = std::exchange(before->second, line);
    if (same_words(*replaced, *line)) {
      before->second = replaced;
      continue;
    }
    // EOS: which of two matches counts is asked where they are used.
    if (dialect == Dialect::eos && line->word(0) == "match") {
      kept.push_back(line);
      continue;
    }
    std::erase(kept, replaced);
    bool lost = dialect == Dialect::frr && line->word(0) == "set" && form_of(*line) < form_of(*replaced);
    if (!lost) kept.push_back(line);
  }
  entry.lines = std::move(kept);
  // What an unknown line changes comes last: those of its subject may have lost to it.
  std::ranges::stable_partition(entry.lines, [](const Line* each) { return each->standing != Standing::unknown; });
}

}  // namespace

std::string subject_of(const Line& line, Dialect dialect) {
  std::string_view first = line.word(0), second = line.word(1), third = line.word(2), fourth = line.word(3);
  auto joined = [&](size_t count) {
    std::string text(line.word(0));
    for (size_t i = 1; i < count && i < line.size(); ++i) (text += ' ') += line.word(i);
    return text;
  };
  if (first == "continue" || first == "on-match") return "continue";
  if (first == "call" || first == "sub-route-map" || first == "description") return joined(1);
  if (first == "match") {
    if (second == "ip" || second == "ipv6") {
      bool kind = fourth == "prefix-list" || fourth == "access-list" || fourth == "address" || fourth == "prefix-len" ||
                  (dialect == Dialect::frr && fourth == "type");
      return joined(kind ? 4 : 3);
    }
    if (second == "invert-result") return joined(3);
    return joined(2);
  }
  if (first != "set") return {};
  if (second == "as-path" && third == "prepend") {
    // Another command in FRR, which the two do not stand beside (docs/semantics/frr.md).
    return fourth == "last-as" && dialect != Dialect::frr ? joined(4) : joined(3);
  }
  if (second == "extcommunity") return joined(3);
  if (second == "as-path") return joined(3);
  if (second == "ip" || second == "ipv6") {
    if (third != "next-hop" || (dialect == Dialect::frr && second == "ip")) return joined(3);
    bool word = fourth == "peer-address" || fourth == "unchanged" || fourth == "prefer-global" || fourth == "global" ||
                fourth == "local";
    return joined(word ? 4 : 3);
  }
  // Lists of communities may be said in several lines (EOS).
  if (dialect == Dialect::eos && (second == "community" || second == "large-community")) return {};
  return joined(2);
}

std::vector<Entry> entries_of(Context& context, std::string_view route_map) {
  Gatherer gatherer(context, route_map);
  for (const Line* line : context.definitions(Kind::route_map, route_map)) gatherer.piece(*line);
  std::vector<Entry> entries = gatherer.take();
  if (context.dialect() == Dialect::frr || context.dialect() == Dialect::eos)
    for (Entry& entry : entries) settle(entry, context.dialect());
  return entries;
}

}  // namespace bgproof::routemap
