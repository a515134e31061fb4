#include "policy/as_path_regex.h"

#include <fmt/format.h>

#include <algorithm>

#include "policy/derivative.h"

namespace bgproof {
namespace {

using Kind = AsPathRegex::Kind;

// A number of a sequence (one member) or a set.
struct PathLetter {
  bool is_set = false;
  std::vector<Asn> members;
};

struct PathAtom {
  Kind kind = Kind::any_letter;
  std::vector<NumberRange> ranges;
};

bool accepts(const PathAtom& atom, const PathLetter& letter) {
  if (atom.kind == Kind::any_letter) return true;
  if (letter.is_set != (atom.kind == Kind::set_letter)) return false;
  if (letter.is_set && atom.ranges.empty()) return true;
  return std::any_of(letter.members.begin(), letter.members.end(), [&](Asn asn) {
    return std::any_of(atom.ranges.begin(), atom.ranges.end(), [&](const NumberRange& r) { return r.contains(asn); });
  });
}

using Matcher = DerivativeMatcher<PathAtom, PathLetter>;

Matcher::Node build(Matcher& matcher, const AsPathRegex& regex) {
  switch (regex.kind) {
    case Kind::nothing:
      return matcher.nothing();
    case Kind::empty:
      return matcher.empty();
    case Kind::asns:
    case Kind::any_letter:
    case Kind::set_letter:
      return matcher.letter({regex.kind, regex.ranges});
    case Kind::repeat:
      return matcher.repeat(build(matcher, regex.of[0]), regex.low, regex.high);
    case Kind::sequence: {
      Matcher::Node node = matcher.empty();
      for (auto part = regex.of.rbegin(); part != regex.of.rend(); ++part)
        node = matcher.sequence(build(matcher, *part), node);
      return node;
    }
    case Kind::alternative: {
      std::vector<Matcher::Node> members;
      for (const AsPathRegex& part : regex.of) members.push_back(build(matcher, part));
      return matcher.alternative(members);
    }
  }
  return matcher.nothing();
}

std::vector<PathLetter> letters_of(const AsPath& path) {
  std::vector<PathLetter> letters;
  for (const AsSegment& segment : path.segments) switch (segment.kind) {
      case AsSegment::Kind::sequence:
      case AsSegment::Kind::confed_sequence:
        for (Asn asn : segment.asns) letters.push_back({false, {asn}});
        break;
      case AsSegment::Kind::set:
      case AsSegment::Kind::confed_set:
        letters.push_back({true, segment.asns});
        break;
    }
  return letters;
}

std::string ranges_to_string(const std::vector<NumberRange>& ranges) {
  std::string text;
  for (const NumberRange& range : ranges) {
    if (!text.empty()) text += ' ';
    text += range.low == range.high ? fmt::format("{}", range.low) : fmt::format("{}-{}", range.low, range.high);
  }
  return text;
}

std::string repetition_to_string(uint32_t low, uint32_t high) {
  if (high == AsPathRegex::kUnbounded) return low == 0 ? "*" : low == 1 ? "+" : fmt::format("{{{},}}", low);
  if (low == 0 && high == 1) return "?";
  return low == high ? fmt::format("{{{}}}", low) : fmt::format("{{{},{}}}", low, high);
}

// How tightly the text of an expression binds: an alternative loosest, a single letter tightest.
int tightness(const AsPathRegex& regex) {
  if (regex.kind == Kind::alternative && regex.of.size() > 1) return 0;
  if (regex.kind == Kind::sequence && regex.of.size() > 1) return 1;
  if (regex.kind == Kind::repeat) return 2;
  return 3;
}

std::string print(const AsPathRegex& regex, int at_least);

std::string joined(const std::vector<AsPathRegex>& of, std::string_view between, int at_least) {
  std::string text;
  for (const AsPathRegex& part : of) {
    if (!text.empty()) text += between;
    text += print(part, at_least);
  }
  return text;
}

std::string print(const AsPathRegex& regex, int at_least) {
  if (tightness(regex) < at_least) return '(' + print(regex, 0) + ')';
  switch (regex.kind) {
    case Kind::nothing:
      return "[]";
    case Kind::empty:
      return "()";
    case Kind::any_letter:
      return ".";
    case Kind::set_letter:
      return regex.ranges.empty() ? "{.}" : '{' + ranges_to_string(regex.ranges) + '}';
    case Kind::asns: {
      bool one_number = regex.ranges.size() == 1 && regex.ranges[0].low == regex.ranges[0].high;
      return one_number ? ranges_to_string(regex.ranges) : '[' + ranges_to_string(regex.ranges) + ']';
    }
    case Kind::sequence:
      if (regex.of.empty()) return "()";
      return regex.of.size() == 1 ? print(regex.of[0], at_least) : joined(regex.of, " ", 2);
    case Kind::alternative:
      if (regex.of.empty()) return "[]";
      return regex.of.size() == 1 ? print(regex.of[0], at_least) : joined(regex.of, " | ", 1);
    case Kind::repeat:
      return print(regex.of[0], 3) + repetition_to_string(regex.low, regex.high);
  }
  return {};
}

}  // namespace

bool AsPathRegex::operator==(const AsPathRegex& other) const {
  return kind == other.kind && ranges == other.ranges && of == other.of &&
         (kind != Kind::repeat || (low == other.low && high == other.high));
}

bool matches(const AsPathRegex& regex, const AsPath& path) {
  Matcher matcher;
  return matcher.matches(build(matcher, regex), letters_of(path));
}

std::string to_string(const AsPathRegex& regex) { return print(regex, 0); }

}  // namespace bgproof
