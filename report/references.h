// What a line without a model may depend on, told from the text alone, since nobody knows what the line means.
//
// Two states of a config are compared with one free choice for an unmodelled line that reads alike on both sides. That
// is sound only if what the line may refer to is the same as well. So everything that it names counts: each of its
// words but the usual keywords that nothing has for a name; anything, if one is a pattern; each definition whose head
// has such a word, with all that stands in it; what is named there in turn. A line that changed and has one of these
// words, or stands below one that does, may change what the line means. So may a changed line that sets something for
// the whole device, such as its version. Too many are suspected, never too few.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "report/hunks.h"

namespace bgproof {

// A config as lines of words, each with the lines around it.
class ConfigLines {
 public:
  // `braces`: blocks are told by them, else by indentation.
  ConfigLines(const SourceFile& file, bool braces);

  struct Line {
    std::vector<std::string_view> words;
    std::vector<uint32_t> around;  // numbers of the lines that open the blocks around it, outermost first
    uint32_t end = 0;              // the first line behind what stands in it
  };
  uint32_t count() const { return static_cast<uint32_t>(lines_.size()) - 1; }
  const Line& at(uint32_t number) const { return lines_.at(number); }  // 1-based
  bool flat() const {
    return flat_;
  }  // no line stands in a block, though some should: what belongs together is unknown

 private:
  void by_braces(const SourceFile& file);
  void by_indentation(const SourceFile& file);

  std::vector<Line> lines_;
  bool flat_ = false;
};

std::vector<std::string_view> words_of(std::string_view text);

class References {
 public:
  References(const SourceFile& before, const SourceFile& after, const std::vector<Hunk>& hunks, bool braces);

  struct Changed {
    size_t side;  // 0: stood before, 1: stands now
    uint32_t line;
  };
  // A changed line on which `words`, those of an unmodelled line, may depend. `environment`: the line is understood and
  // asks for a value of the network, so that only what it names counts.
  std::optional<Changed> dependency(const std::vector<std::string_view>& words, bool environment) const;
  // Changed lines of definitions that these words name, or that are named there in turn.
  std::vector<Changed> of_names(const std::vector<std::string_view>& words) const;
  // Changed lines that make routes of the device's own or move them between tables.
  std::vector<Changed> of_tables() const;
  // The words of lines, changed or not, that attach policies to something else than BGP: another protocol, a table, a
  // VRF. Among them are the names of these policies.
  std::set<std::string_view> attached_beside_bgp() const;

 private:
  bool is_name(std::string_view word) const;
  std::set<std::string_view> reached(const std::vector<std::string_view>& words) const;
  bool mentions(const Changed& changed, const std::set<std::string_view>& names) const;
  bool is_global(const Changed& changed) const;
  std::vector<std::string_view> path(const Changed& changed) const;  // the words around it, then its own

  std::vector<ConfigLines> texts_;
  bool braces_;
  std::vector<Changed> changed_;
  std::set<std::string_view> defined_;
  std::map<std::string_view, std::vector<Changed>> heads_;  // by word: lines that may define it
};

}  // namespace bgproof
