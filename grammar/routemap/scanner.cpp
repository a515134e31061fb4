#include "grammar/routemap/scanner.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "grammar/routemap/bgp_frr.h"
#include "grammar/routemap/modes.h"

namespace bgproof::routemap {

namespace {

constexpr size_t kDeepest = 20;  // blocks within each other; real ones have four
constexpr size_t kHeader = 4096;

constexpr std::string_view kIndent = "indent the lines of each block, as the device itself shows them";

constexpr Lost kNotWrittenOut = {{},
                                 "is not written out",
                                 "is abbreviated, so that it is not known what the device does",
                                 "write the command as the device itself shows it"};
constexpr Lost kLeaves = {{},
                          "may belong to the block above it or end it",
                          "may belong to the block above it or end it, so that what stands behind it is not known",
                          kIndent};
constexpr Lost kOutside = {
    {},
    "is a line of a block and stands outside of it",
    "stands outside of the block of which it is a line, so that it is not known whether it counts",
    kIndent};
constexpr Lost kUnreadable = {{},
                              "holds characters that no command has",
                              "holds characters that no command has, so that it is not known what it says",
                              "fetch the file again, without a pager and with line ends of one kind"};
constexpr Lost kCarriageReturn = {{},
                                  "goes on behind a carriage return",
                                  "goes on behind a carriage return, so that it is not known where its lines end",
                                  kUnreadable.help};

constexpr Lost kLeavesProcess = {
    {},
    "leaves the process in which it stands",
    "leaves the process, since a line above it has left the address family, so that the lines behind it are not of it",
    "write the lines of the process in front of the address families"};

// A block whose lines say what becomes of a route.
bool matters(Mode mode) {
  return mode != Mode::root && mode != Mode::skipped && mode != Mode::interface && mode != Mode::vrf_definition;
}

class Scanner {
 public:
  Scanner(const SourceFile& file, FileId id, Dialect dialect, Diagnostics& diagnostics)
      : text_(file.text()), id_(id), dialect_(dialect), diagnostics_(diagnostics) {
    open_.push_back({Mode::root, -1, -1, 0});
  }

  Scan scan();

 private:
  struct Open {
    Mode mode;
    int64_t indent;          // of its head
    int64_t inside;          // of its first line; -1: none yet
    int64_t last;            // of its last line
    bool block = false;      // its last line may open a block without a mode
    Mode left = Mode::root;  // FRR: the block that bgpd stays in where it refuses the head of this one
    bool ended = false;      // a family that bgpd has left by its last line
  };

  void line(size_t begin, size_t end);
  void lose(const Lost& how, size_t begin, size_t end);
  void lose(const Lost& how, std::string_view at);
  void unknown(const Head& head, const Open& left, Mode before, size_t begin, size_t end);
  void close(Mode mode, Mode other);
  bool leaves(const Head& head, int64_t indent);
  bool belongs(const Head& head, int64_t indent) const;
  void keep(const Head& head, int64_t indent, size_t begin, size_t end);
  bool banner(const Head& head, size_t begin, size_t end);
  void finish();

  std::string_view text_;
  FileId id_;
  Dialect dialect_;
  Diagnostics& diagnostics_;
  Scan result_;
  std::vector<Open> open_;
  size_t next_ = 0;        // where the next line begins
  size_t last_begin_ = 0;  // the last line that is not blank
  size_t last_end_ = 0;
  bool joined_ = false;
  bool ended_ = false;
  bool indented_ = false;          // some block of interest has its lines indented
  std::optional<Mode> suspected_;  // the block that was left by a line that may not have left it
  std::optional<Lost> hollow_;     // likewise, behind a block without a line
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\0'; }

void Scanner::lose(const Lost& how, size_t begin, size_t end) {
  if (result_.lost) return;
  result_.lost = how;
  result_.lost->at = {id_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

void Scanner::lose(const Lost& how, std::string_view at) {
  size_t begin = static_cast<size_t>(at.data() - text_.data());
  lose(how, begin, begin + at.size());
}

// Leaves the innermost block of either mode, if there is one.
void Scanner::close(Mode mode, Mode other) {
  for (size_t i = open_.size(); i-- > 1;)
    if (open_[i].mode == mode || open_[i].mode == other) return open_.resize(i);
}

// `exit` and its like. Blocks whose head is indented deeper were left before.
bool Scanner::leaves(const Head& head, int64_t indent) {
  std::string_view word = head.word[0];
  if (head.negated) return false;
  if (word == "end" && head.count == 1) {
    open_.resize(1);
    suspected_.reset();
    ended_ = true;
    return true;
  }
  bool exits = word == "exit" || (word == "quit" && dialect_ == Dialect::frr);
  if (!exits && !word.starts_with("exit")) return false;
  if (word == "exit-address-family") {
    close(Mode::family, Mode::neighbor_family);
  } else if (word == "exit-peer-policy" || word == "exit-peer-session") {
    close(Mode::peer_template, Mode::peer_template);
  } else if (word == "exit-vrf") {
    close(Mode::vrf_definition, Mode::vrf_definition);
  } else if (!exits) {
    // Of a block without a mode: it ends no other.
    if (open_.back().mode == Mode::nested) open_.pop_back();
  } else {
    while (open_.size() > 1 && open_.back().indent > indent) open_.pop_back();
    if (open_.size() == 1) return true;
    Open& top = open_.back();
    bool among = matters(top.mode) && indent > top.indent;
    if (among && top.last > indent) {
      top.last = indent;  // the deeper lines before it were a block
      return true;
    }
    if (among)
      suspected_ = top.mode;
    else
      suspected_.reset();
    if (top.ended) lose(kLeavesProcess, head.word[0]);
    open_.pop_back();
  }
  return true;
}

bool Scanner::belongs(const Head& head, int64_t indent) const {
  const Open& top = open_.back();
  if (indent > top.indent) return !is_of_root(head);
  if (top.mode == Mode::skipped || indent < top.indent || top.inside > top.indent) return false;
  if (!knows(top.mode, dialect_, head)) return false;
  // Within a block that is indented, these two indent further ones too.
  const Open& outer = open_[open_.size() - 2];
  bool indents = dialect_ == Dialect::nxos || dialect_ == Dialect::eos;
  return !indents || outer.mode == Mode::root || outer.inside <= outer.indent;
}

// A banner runs to its second delimiter, on EOS to a line `EOF`.
bool Scanner::banner(const Head& head, size_t begin, size_t end) {
  if (head.negated || head.word[0] != "banner" || head.count < 2) return false;
  size_t type_end = static_cast<size_t>(head.word[1].data() + head.word[1].size() - text_.data());
  size_t from = text_.find_first_not_of(" \t\r", type_end);
  bool no_more = from == std::string_view::npos || from >= end;
  size_t close = std::string_view::npos;
  if (no_more) {
    if (dialect_ != Dialect::eos) return true;
    size_t at = end;
    while (at < text_.size()) {
      size_t stop = std::min(text_.find('\n', at + 1), text_.size());
      std::string_view each = text_.substr(at + 1, stop - at - 1);
      while (!each.empty() && is_blank(each.back())) each.remove_suffix(1);
      while (!each.empty() && is_blank(each.front())) each.remove_prefix(1);
      at = stop;
      if (each == "EOF") {
        close = stop;
        break;
      }
    }
  } else {
    if (dialect_ == Dialect::frr) return true;  // names a file or a line
    size_t size = text_.substr(from).starts_with("^C") ? 2 : 1;
    close = text_.find(text_.substr(from, size), from + size);
    if (close != std::string_view::npos) close = std::min(text_.find('\n', close), text_.size());
  }
  if (close == std::string_view::npos) {
    SourceRange at{id_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    diagnostics_.error("BP102", at, "the configuration ends inside a banner", "this banner has no end")
        .notes.emplace_back("help", "what follows is unknown, so nothing can be proved of this device");
    result_.truncated = true;
    next_ = text_.size();
    return true;
  }
  next_ = std::max(next_, std::min(close + 1, text_.size()));
  return true;
}

// Whether what is indented deeper than a line stands in a block of it that this reader has no mode for. To the device
// depth means nothing, so where no such block is known a deeper line is one like those before it.
bool opens_unknown_block(Mode mode, const Head& head) {
  switch (mode) {
    case Mode::bgp:
    case Mode::bgp_vrf:
    case Mode::family: {
      constexpr std::array<std::string_view, 6> kBlocks = {"evpn", "monitoring",        "rpki",
                                                           "vlan", "vlan-aware-bundle", "vpws"};
      return std::ranges::find(kBlocks, head.word[0]) != kBlocks.end();
    }
    case Mode::skipped:
    case Mode::interface:
    case Mode::vrf_definition:
    case Mode::nested:
      return true;
    case Mode::root:
    case Mode::route_map:
    case Mode::list:
    case Mode::neighbor:
    case Mode::peer_template:
    case Mode::neighbor_family:
      return false;
  }
  return false;
}

void Scanner::keep(const Head& head, int64_t indent, size_t begin, size_t end) {
  Open& top = open_.back();
  bool indents = dialect_ == Dialect::nxos || dialect_ == Dialect::eos;
  if (indents && top.block && indent > top.last && open_.size() < kDeepest) {
    open_.push_back({Mode::nested, top.last, indent, indent});
  } else {
    if (top.inside < 0) top.inside = indent;
    top.last = indent;
    top.block = opens_unknown_block(top.mode, head);
  }
  ScannedLine kept;
  kept.begin = static_cast<uint32_t>(begin);
  kept.end = static_cast<uint32_t>(end);
  kept.depth = static_cast<uint32_t>(open_.size() - 1);
  Mode mode = open_.back().mode;
  bool of_list = (mode == Mode::root || mode == Mode::list) && is_list_line(head);
  std::optional<Mode> opened = opens(mode, dialect_, head);
  kept.list = of_list || mode == Mode::interface || opened == Mode::interface;
  kept.joined = joined_;
  result_.lines.push_back(kept);
  joined_ = true;
  if (of_list || mode == Mode::route_map || mode == Mode::list || opened == Mode::route_map || opened == Mode::list)
    ++result_.policy_lines;
  if (mode == Mode::root) suspected_.reset();
  if (matters(mode) && indent > open_.back().indent) indented_ = true;
  if (dialect_ == Dialect::frr && mode == Mode::family) open_.back().ended = leaves_family(head);
  if (opened && open_.size() < kDeepest) open_.push_back({*opened, indent, -1, -1});
}

// A line at the outermost level that it does not know. `left`: the outermost block that it has left; `before`: the mode
// of the innermost.
void Scanner::unknown(const Head& head, const Open& left, Mode before, size_t begin, size_t end) {
  if (is_abbreviated(before, dialect_, head)) return lose(kNotWrittenOut, begin, end);
  if (dialect_ == Dialect::frr) {
    if (head.word[0] == "n") return lose(kNotWrittenOut, begin, end);
    bool described = head.word[0] == "description";
    if (!described && knows(Mode::route_map, dialect_, head)) return lose(kOutside, begin, end);
  }
  bool readable = std::ranges::all_of(head.word[0], [](char c) { return c > ' ' && c <= '~'; });
  if (!readable || head.word[0].starts_with("--More--")) return lose(kUnreadable, begin, end);
  if (is_elsewhere(head)) return suspected_.reset();
  if (suspected_ && knows(*suspected_, dialect_, head)) return lose(kOutside, begin, end);
  if (!matters(before)) return;
  if (knows(before, dialect_, head)) return lose(kOutside, begin, end);
  suspected_ = before;
  if (left.inside == left.indent) return lose(kLeaves, begin, end);
  if (left.inside >= 0 || hollow_) return;
  hollow_ = kLeaves;
  hollow_->at = {id_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

void Scanner::line(size_t begin, size_t end) {
  while (end > begin && is_blank(text_[end - 1])) --end;
  int64_t indent = 0;
  for (; begin < end && is_blank(text_[begin]); ++begin)
    indent = text_[begin] == '\t' ? (indent / 8 + 1) * 8 : indent + 1;
  if (begin == end) return;
  last_begin_ = begin;
  last_end_ = end;
  if (size_t stop = text_.substr(begin, end - begin).find('\r'); stop != std::string_view::npos)
    lose(kCarriageReturn, begin, begin + stop);
  char first = text_[begin];
  if (first == '!' || first == '#') return;
  // Most lines of a file end here.
  const Open& top = open_.back();
  bool skips = top.mode == Mode::skipped && indent > top.indent && top.left == Mode::root;
  if (skips && first != 'r' && first != 'i' && first != 'b') {
    joined_ = false;
    return;
  }
  Head head = head_of(text_.substr(begin, end - begin));
  if (head.word[0] == "do" || head.count == 0) {
    joined_ = false;
    return;
  }
  if (leaves(head, indent) || banner(head, begin, end)) {
    joined_ = false;
    return;
  }
  Open left = open_.back();
  Mode before = left.mode;
  // The block that is left, or that bgpd stays in.
  Mode stays = dialect_ != Dialect::frr ? Mode::root : before == Mode::skipped ? left.left : before;
  for (; open_.size() > 1 && !belongs(head, indent); open_.pop_back()) left = open_.back();
  Mode mode = open_.back().mode;
  bool is_unknown = mode == Mode::root && !knows(Mode::root, dialect_, head);
  if (is_unknown) {
    unknown(head, left, before, begin, end);
    open_.push_back({Mode::skipped, indent, -1, -1});
    if (matters(stays) && opens_nothing(head)) open_.back().left = stays;
  } else if (mode == Mode::skipped && matters(open_.back().left) && knows(open_.back().left, dialect_, head)) {
    lose(kOutside, begin, end);
  }
  // bgpd leaves a process by `exit` alone, and has most of these lines there too.
  bool may_stay = mode == Mode::root && left.mode == Mode::bgp && head.word[0] == "bgp" && !is_list_line(head);
  if (may_stay) lose(kOutside, begin, end);
  // To IOS and bgpd depth means nothing: without `exit-address-family` a line that the family has is still one of it.
  bool in_family = (dialect_ == Dialect::ios || dialect_ == Dialect::frr) && left.mode == Mode::family && !left.ended &&
                   (mode == Mode::bgp || mode == Mode::bgp_vrf);
  if (in_family && head.word[0] != "address-family" && !leaves_family(head) && knows(Mode::family, dialect_, head))
    lose(kOutside, begin, end);
  if (is_unknown || mode == Mode::skipped || (mode == Mode::interface && !knows(mode, dialect_, head))) {
    joined_ = false;
    return;
  }
  // bgpd takes a list's line there, too, and cut short, and leaves the block.
  bool of_list = dialect_ == Dialect::frr && mode != Mode::root && shortens_list(head);
  if (of_list) lose(kNotWrittenOut, begin, end);
  keep(head, indent, begin, end);
}

void Scanner::finish() {
  std::string_view header = text_.substr(0, kHeader);
  auto says = [&](std::string_view words) { return header.find(words) != std::string_view::npos; };
  bool promised = says("Current configuration") || (says("! Command: show running-config") && says("! device: "));
  if (!promised || ended_ || result_.truncated) return;
  SourceRange at{id_, static_cast<uint32_t>(last_begin_), static_cast<uint32_t>(last_end_)};
  diagnostics_.error("BP109", at, "the configuration ends without `end`", "the last line")
      .notes.emplace_back(
          "help",
          "its header says that it is a whole one, so what follows is lost and nothing can be proved of "
          "this device; fetch the file again");
  result_.truncated = true;
}

Scan Scanner::scan() {
  if (text_.starts_with("\xEF\xBB\xBF")) next_ = 3;
  while (next_ < text_.size()) {
    size_t begin = next_;
    size_t end = std::min(text_.find('\n', begin), text_.size());
    next_ = end + 1;
    line(begin, end);
  }
  if (hollow_ && !indented_ && !result_.lost) result_.lost = hollow_;
  finish();
  return std::move(result_);
}

}  // namespace

Scan scan(const SourceFile& file, FileId id, Dialect dialect, Diagnostics& diagnostics) {
  return Scanner(file, id, dialect, diagnostics).scan();
}

}  // namespace bgproof::routemap
