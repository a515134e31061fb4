// A configuration of the route-map dialects (IOS and IOS-XE, NX-OS, EOS, FRR) as a tree of lines. Only the reader
// (reader.cpp) sees ANTLR; only what may concern policy or BGP is kept: the rest is skipped by a scanner that keeps
// every offset right.
//
//   router bgp 64500
//    neighbor 192.0.2.1 remote-as 64501        [router bgp 64500] > [neighbor ...] [address-family ipv4] > [neighbor
//    ...] address-family ipv4
//     neighbor 192.0.2.1 route-map IN in
//
// These dialects do not mark where a block ends. A line belongs to the innermost open block that it is indented below;
// where a text is not indented, to the innermost block that knows its first word (modes.h), as on the device itself.
// `exit`, `exit-address-family` and their like, `end`, comments, banners, certificates and `do` lines have had their
// effect and are gone. A block that is said in pieces stays in pieces, in the order of the text: later lines win.
//
// A `no` line is kept where it stands, `negated` and without the word `no` (likewise `default`): what it undoes is for
// those to say who know the command. Words are views into the text of the SourceSet, which must outlive the tree.
#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace bgproof::routemap {

enum class Dialect : uint8_t { ios, nxos, eos, frr };  // ios: IOS-XE too
std::string_view to_string(Dialect dialect);           // "ios", "nxos", "eos", "frr"
std::optional<Dialect> dialect_of(std::string_view name);

// Which of the dialects a text is in, by its content; nullopt: none of them (IOS-XR, SR OS, BIRD and OpenBGPD are not).
// `certain`: something in it is of that dialect alone; else it could be another one. Looks at the first 256 KiB.
struct Detected {
  Dialect dialect;
  bool certain;
};
std::optional<Detected> detect(std::string_view text);

struct Word {
  std::string_view text;  // without quotes
  SourceRange range;
};

// FRR: what bgpd makes of a line of a list or of a route map (frr_lines.h).
enum class Standing : uint8_t { taken, refused, unknown };

struct Line {
  std::vector<Word> words;  // at least one but at the root, which has none
  std::vector<Line> children;
  SourceRange range;       // of the line alone, a leading `no` included
  bool negated = false;    // `no ...` or `default ...`
  bool defaulted = false;  // `default ...`
  bool rewritten = false;  // its words stand in Config::written, one blank between
  Standing standing = Standing::taken;

  size_t size() const { return words.size(); }
  std::string_view word(size_t i) const;                            // "" beyond the end
  bool begins(std::initializer_list<std::string_view> with) const;  // the first words
  SourceRange range_of(size_t first) const;   // words from `first` to the end; the line if there are none
  std::string_view rest(size_t first) const;  // the same as text, blanks as written
  SourceRange whole() const;                  // with all children
};

// Why nobody knows what a device does although its text was read to the end: the line at which it was lost.
struct Lost {
  SourceRange at;
  std::string_view message;  // "is not written out", behind the line
  std::string_view reason;   // likewise, of the device that is not checked
  std::string_view help;
};

struct Config {
  Dialect dialect = Dialect::ios;
  std::vector<Line> lines;    // of the outermost level, in order of the text
  std::string host_name;      // "" if there is none
  bool truncated = false;     // the text ends before its end: what follows is unknown
  std::optional<Lost> lost;   // the first line of which it is not known what it does to those behind it
  uint32_t line_count = 0;    // lines of the file
  uint32_t policy_lines = 0;  // lines of route maps and lists
  // FRR: lines as the device shows them, where they were written otherwise. Shared by the copies of a tree.
  std::shared_ptr<std::deque<std::string>> written;
};

// Reads one file. Never throws on bad input. What is cut off becomes a BP1xx diagnostic.
Config read(const SourceSet& sources, FileId file, Dialect dialect, Diagnostics& diagnostics);

// Words of one line as the grammar sees them: the cheap path for long lists, and for tests. FRR knows no quotes: they
// are part of a word.
void split_words(std::string_view line, FileId file, uint32_t offset, std::vector<Word>& words, bool quotes = true);

}  // namespace bgproof::routemap
