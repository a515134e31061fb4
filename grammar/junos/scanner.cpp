#include "grammar/junos/scanner.h"

#include <algorithm>
#include <array>
#include <utility>

#include "grammar/junos/greeting.h"
#include "grammar/junos/sections.h"

namespace bgproof::junos {

namespace {

constexpr uint32_t kPieceSize = 64 * 1024;
constexpr uint32_t kNone = UINT32_MAX;

constexpr auto kDelimiter = [] {
  std::array<bool, 256> made{};
  for (unsigned char c : std::string_view(" \t\r\n\f{}[];\"")) made[c] = true;
  made[0] = true;
  return made;
}();

bool is_delimiter(char c) { return kDelimiter[static_cast<unsigned char>(c)]; }
bool is_blank(char c) { return is_delimiter(c) && std::string_view("{}[];\"").find(c) == std::string_view::npos; }

class Scanner {
 public:
  Scanner(const SourceFile& file, FileId id, Diagnostics& diagnostics)
      : text_(file.text()), id_(id), diagnostics_(diagnostics), end_(static_cast<uint32_t>(text_.size())) {
    frames_.push_back({Part::root, true, false, 0, 0, kNone});
  }

  Scan scan();

 private:
  struct Frame {
    Part part;
    bool open;            // its `open` piece has been written
    bool policy_options;  // its lines are counted
    uint32_t head_begin, head_end;
    uint32_t run;  // begin of the kept text that no piece holds yet; kNone: there is none
  };

  void line_start();
  bool begins_anew();
  bool take_line();
  bool leave_prompt(uint32_t end);
  void word_at();
  bool string_at();
  bool comment_at();
  void open_block();
  void close_block();
  void end_statement();
  void finish();

  void keep_statement(Frame& frame, bool keep);
  void take_statement(Frame& frame);
  void write(Piece::Is is, uint32_t begin, uint32_t end);
  void flush_run(Frame& frame, uint32_t until);
  void flush_all(uint32_t until);
  void flush_lines();
  SourceRange range(uint32_t begin, uint32_t end) const { return {id_, begin, end}; }
  std::string_view line_at(uint32_t at) const;
  uint32_t line_end(uint32_t at) const;
  uint32_t count_lines(uint32_t begin, uint32_t end) const;

  std::string_view text_;
  FileId id_;
  Diagnostics& diagnostics_;
  uint32_t at_ = 0;
  uint32_t end_;
  Scan result_;
  std::vector<Frame> frames_;
  uint32_t statement_ = kNone;   // begin of the statement under way in the innermost block
  uint32_t statement_end_ = 0;   // end of its last token
  std::string_view first_word_;  // its first word that is no tag
  bool has_first_word_ = false;
  uint32_t lines_begin_ = kNone;  // run of `set` lines that are kept
  uint32_t lines_end_ = 0;
  bool stopped_ = false;
  bool seen_ = false;        // a statement, block or line of the outermost level
  bool greeted_ = false;     // told that the text begins with something else
  bool below_edit_ = false;  // after an `edit` line paths are relative: every line is kept
};

void Scanner::write(Piece::Is is, uint32_t begin, uint32_t end) { result_.pieces.push_back({is, range(begin, end)}); }

void Scanner::flush_lines() {
  if (lines_begin_ != kNone) write(Piece::Is::lines, lines_begin_, lines_end_);
  lines_begin_ = kNone;
}

void Scanner::flush_run(Frame& frame, uint32_t until) {
  if (frame.run != kNone && frame.run < until) write(Piece::Is::statements, frame.run, until);
  frame.run = kNone;
}

// Writes what is complete before `until`, which is a place between two statements of the innermost block.
void Scanner::flush_all(uint32_t until) {
  for (size_t i = 0; i < frames_.size(); ++i) {
    Frame& frame = frames_[i];
    if (!frame.open) {
      write(Piece::Is::open, frame.head_begin, frame.head_end);
      frame.open = true;
    }
    if (i + 1 < frames_.size()) {
      if (!frames_[i + 1].open && frames_[i + 1].part == Part::keep) flush_run(frame, frames_[i + 1].head_begin);
    } else {
      flush_run(frame, until);
    }
  }
}

void Scanner::keep_statement(Frame& frame, bool keep) {
  if (keep && frame.run == kNone) frame.run = statement_;
  if (!keep) flush_run(frame, statement_);
}

// A statement without a block is complete.
void Scanner::take_statement(Frame& frame) {
  Part part = below(frame.part, has_first_word_ ? first_word_ : std::string_view{});
  keep_statement(frame, part != Part::skip && part != Part::unknown);
  if (part == Part::unknown && !result_.truncated) write(Piece::Is::unknown, statement_, statement_end_);
}

std::string_view Scanner::line_at(uint32_t at) const { return text_.substr(at, line_end(at) - at); }

uint32_t Scanner::line_end(uint32_t at) const {
  size_t end = text_.find('\n', at);
  return end == std::string_view::npos || end > end_ ? end_ : static_cast<uint32_t>(end);
}

uint32_t Scanner::count_lines(uint32_t begin, uint32_t end) const {
  return static_cast<uint32_t>(std::count(text_.begin() + begin, text_.begin() + end, '\n')) + 1;
}

// Takes away what a device has put in front of a command. False if nothing is left that says anything.
bool Scanner::leave_prompt(uint32_t end) {
  flush_lines();
  at_ += static_cast<uint32_t>(role_end(text_.substr(at_, end - at_)));
  while (at_ < end && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  std::string_view line = text_.substr(at_, end - at_);
  if (size_t close = line.find(']'); line.starts_with("[edit") && close != line.npos) {
    write(Piece::Is::place, at_ + 5, at_ + static_cast<uint32_t>(close));
    below_edit_ = true;
    return false;
  }
  std::string_view rest = line, word;
  if (!line_words(rest, word)) return false;
  size_t prompt = prompt_end(word);
  if (prompt == 0) return false;
  bool edits = word[prompt - 1] == '#';
  at_ += static_cast<uint32_t>(prompt);
  rest = text_.substr(at_, end - at_);
  if (!line_words(rest, word) || has_no_effect(word)) return false;
  if (!edits) {
    // `set cli ...` is no configuration; `set protocols ...` is none here either, but was meant to be.
    std::string_view section;
    if (!is_command(word) || !line_words(rest, section)) return false;
    Part part = below(Part::root, section);
    if (part == Part::skip || part == Part::unknown) return false;
    lines_begin_ = at_ - 1;
    lines_end_ = end;
    return false;
  }
  at_ = end - static_cast<uint32_t>(rest.size() + word.size());
  if (is_command(word)) return true;
  // Nobody knows what it has done.
  lines_begin_ = at_;
  lines_end_ = end;
  return false;
}

// What stands between statements of the outermost level line by line: `set` lines, prompts, comments of collectors.
bool Scanner::take_line() {
  uint32_t end = line_end(at_);
  std::string_view rest = text_.substr(at_, end - at_);
  std::string_view word;
  if (!line_words(rest, word)) return false;
  if (is_greeting(text_.substr(at_, end - at_)) && !leave_prompt(end)) {
    at_ = end;
    return true;
  }
  rest = text_.substr(at_, end - at_);
  if (!line_words(rest, word) || !is_command(word)) return false;
  seen_ = true;
  Part part = Part::root;
  bool policy = false;
  if (word == "replace" || word == "load" || word == "rollback" || word == "wildcard")
    part = Part::keep;  // told as not understood
  if (word == "edit" || word == "top" || word == "up" || word == "exit" || word == "quit") {
    below_edit_ = true;
    part = Part::keep;
  }
  while (part != Part::keep && part != Part::skip && part != Part::unknown && line_words(rest, word)) {
    if (part == Part::root && word == "policy-options") policy = true;
    part = below(part, word);
  }
  if (part != Part::skip || below_edit_) {
    if (lines_begin_ == kNone) lines_begin_ = at_;
    lines_end_ = end;
    result_.policy_lines += policy;
    if (lines_end_ - lines_begin_ > kPieceSize) flush_lines();
  } else {
    flush_lines();
  }
  at_ = end;
  return true;
}

// A statement is under way where a line begins with a command or with the head of a block that is read: it has lost its
// end, and would swallow what follows.
bool Scanner::begins_anew() {
  std::string_view rest = line_at(at_);
  std::string_view word;
  if (!line_words(rest, word)) return false;
  if (frames_.size() == 1 && (is_command(word) || is_greeting(line_at(at_)))) return true;
  std::string_view next;
  if (word.back() == '{')
    word.remove_suffix(1);
  else if (!line_words(rest, next) || next.front() != '{')
    return false;
  Part part = below(frames_.back().part, word);
  return !word.empty() && !is_delimiter(word.front()) && part != Part::skip && part != Part::unknown;
}

void Scanner::line_start() {
  while (at_ < end_ && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
  if (at_ >= end_ || text_[at_] == '\n') return;
  bool filtered = frames_.back().part != Part::keep && frames_.back().part != Part::skip;
  if (statement_ != kNone && filtered && begins_anew()) {
    SourceRange lost = range(statement_, statement_end_);
    if (!seen_ && !holds_command(text_.substr(statement_, statement_end_ - statement_))) {  // the greeting of a device
      if (!std::exchange(greeted_, true))
        diagnostics_.warning("BP101", lost, "the text begins with what is no statement", "skipped");
    } else if (!result_.truncated) {
      diagnostics_.error("BP101", lost, "a statement has no end", "expected `;` or `{` after this")
          .notes.emplace_back("help", "what it swallows is unknown, so nothing can be proved of this device");
      result_.truncated = true;
    }
    flush_run(frames_.back(), statement_);
    statement_ = kNone;
    has_first_word_ = false;
  }
  if (statement_ != kNone || frames_.size() > 1) return;
  flush_run(frames_.back(), at_);
  if (!take_line()) flush_lines();
}

bool Scanner::comment_at() {
  if (text_[at_] == '#') {
    at_ = line_end(at_);
    return true;
  }
  if (text_.compare(at_, 2, "/*") != 0) return false;
  size_t close = text_.find("*/", at_ + 2);
  if (close == std::string_view::npos || close + 2 > end_) {
    diagnostics_.error("BP102", range(at_, at_ + 2), "the configuration ends inside a comment", "opened here");
    result_.truncated = true;
    stopped_ = true;
    end_ = at_;
    return true;
  }
  at_ = static_cast<uint32_t>(close + 2);
  return true;
}

bool Scanner::string_at() {
  uint32_t begin = at_;
  bool over_line = false;
  for (++at_; at_ < end_ && text_[at_] != '"'; ++at_) {
    if (text_[at_] == '\\')
      ++at_;
    else if (text_[at_] == '\n')
      over_line = true;
  }
  if (at_ >= end_) {
    diagnostics_.error("BP102", range(begin, begin + 1), "the configuration ends inside a string", "opened here");
    result_.truncated = true;
    stopped_ = true;
    end_ = begin;
    at_ = begin;
    return false;
  }
  ++at_;
  // A quote that was forgotten swallows statements up to the next one.
  if (over_line && frames_.back().part == Part::keep && !result_.truncated) {
    diagnostics_.error("BP101", range(begin, begin + 1), "a string runs over the end of its line",
                       "expected a closing `\"` on this line");
    result_.truncated = true;
  }
  return true;
}

void Scanner::word_at() {
  uint32_t begin = at_;
  while (at_ < end_) {
    char c = text_[at_];
    if (!is_delimiter(c)) {
      ++at_;
      continue;
    }
    // `{2,3}` and `[0-9]` directly behind a character belong to the word.
    if (at_ == begin || (c != '{' && c != '[')) break;
    uint32_t close = at_ + 1;
    if (c == '{') {
      while (close < end_ && text_[close] >= '0' && text_[close] <= '9') ++close;
      bool digits = close > at_ + 1;
      if (digits && close < end_ && text_[close] == ',') {
        ++close;
        while (close < end_ && text_[close] >= '0' && text_[close] <= '9') ++close;
      }
      if (!digits || close >= end_ || text_[close] != '}') break;
    } else {
      while (close < end_ && !is_delimiter(text_[close])) ++close;
      if (close >= end_ || text_[close] != ']') break;
    }
    at_ = close + 1;
  }
  if (statement_ == kNone) statement_ = begin;
  statement_end_ = at_;
  if (!has_first_word_) {
    std::string_view word = text_.substr(begin, at_ - begin);
    if (!is_tag(word)) {
      first_word_ = word;
      has_first_word_ = true;
    }
  }
}

void Scanner::open_block() {
  Frame& outer = frames_.back();
  if (frames_.size() > kMaxDepth) {
    diagnostics_.error("BP103", range(at_, at_ + 1), "blocks are nested more than 200 deep", "this one is too deep");
    result_.truncated = true;
    stopped_ = true;
    end_ = statement_ == kNone ? at_ : statement_;
    at_ = end_;
    return;
  }
  seen_ = true;
  uint32_t head_begin = statement_ == kNone ? at_ : statement_;
  uint32_t head_end = statement_ == kNone ? at_ : statement_end_;
  Part part = below(outer.part, has_first_word_ ? first_word_ : std::string_view{});
  if (outer.part == Part::skip) part = Part::skip;
  bool unknown = part == Part::unknown;
  if (unknown) part = Part::skip;
  bool policy_options =
      outer.part == Part::root && part == Part::keep && first_word_ == "policy-options" && has_first_word_;
  if (outer.part != Part::skip) {
    statement_ = head_begin;
    keep_statement(outer, part == Part::keep);
  }
  if (unknown && !result_.truncated) write(Piece::Is::unknown, head_begin, head_end);
  bool filtered = part != Part::keep && part != Part::skip;
  if (filtered) write(Piece::Is::open, head_begin, head_end);
  frames_.push_back({part, filtered, policy_options, head_begin, head_end, kNone});
  statement_ = kNone;
  has_first_word_ = false;
  ++at_;
}

void Scanner::close_block() {
  if (frames_.size() == 1) {
    if (!result_.truncated)
      diagnostics_.error("BP101", range(at_, at_ + 1), "a `}` closes no block",
                         "expected a statement or the end of the text");
    result_.truncated = true;
    flush_run(frames_.back(), statement_ == kNone ? at_ : statement_);
    statement_ = kNone;
    has_first_word_ = false;
    ++at_;
    return;
  }
  Frame frame = frames_.back();
  if (frame.open && frame.part != Part::skip) {
    if (statement_ != kNone) take_statement(frame);  // its `;` is missing
    flush_run(frame, at_);
    write(Piece::Is::close, at_, at_);
  }
  if (frame.policy_options) result_.policy_lines += count_lines(frame.head_begin, at_);
  frames_.pop_back();
  ++at_;
  statement_ = kNone;
  has_first_word_ = false;
  Frame& outer = frames_.back();
  if (frame.open && outer.part != Part::skip) outer.run = kNone;
  // A long run is cut here, between two statements of a block.
  if (outer.run != kNone && at_ - outer.run > kPieceSize) flush_all(at_);
}

void Scanner::end_statement() {
  Frame& frame = frames_.back();
  seen_ = true;
  ++at_;
  if (statement_ != kNone && frame.part != Part::skip) take_statement(frame);
  statement_ = kNone;
  has_first_word_ = false;
  if (frame.part != Part::keep) return;
  uint32_t oldest = at_;
  for (const Frame& each : frames_)
    if (each.run != kNone) oldest = std::min(oldest, each.run);
  if (at_ - oldest > kPieceSize) flush_all(at_);
}

void Scanner::finish() {
  flush_lines();
  if (!result_.truncated && frames_.size() > 1) {
    const Frame& inner = frames_.back();
    Diagnostic& told =
        diagnostics_.error("BP102", range(inner.head_begin, std::max(inner.head_end, inner.head_begin + 1)),
                           "the configuration ends inside an open block", "this block is not closed");
    if (frames_.size() > 2) {
      const Frame& outer = frames_[1];
      told.labels.push_back({Label::Kind::beside, range(outer.head_begin, outer.head_end), "the outermost open block"});
    }
    told.notes.emplace_back("help",
                            "what follows is unknown, so nothing can be proved of this device; fetch the file again");
    result_.truncated = true;
  } else if (!result_.truncated && statement_ != kNone && frames_.size() == 1) {
    diagnostics_.error("BP102", range(statement_, statement_end_), "the configuration ends inside a statement",
                       "expected `;` or `{` after this");
    result_.truncated = true;
  }
  for (const Frame& frame : frames_)
    if (frame.policy_options) result_.policy_lines += count_lines(frame.head_begin, end_);
  // The pending text, with its blocks open, goes to the parser as it is.
  bool written = false;
  for (Frame& frame : frames_) {
    if (frame.run == kNone || written) continue;
    flush_run(frame, end_);
    written = true;
  }
}

Scan Scanner::scan() {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  bool fresh_line = true;
  while (at_ < end_ && !stopped_) {
    if (std::exchange(fresh_line, false)) {
      line_start();
      continue;
    }
    char c = text_[at_];
    if (c == '\n') {
      fresh_line = true;
      ++at_;
    } else if (is_blank(c)) {
      ++at_;
    } else if (c == '{') {
      open_block();
    } else if (c == '}') {
      close_block();
    } else if (c == ';') {
      end_statement();
    } else if (c == '"') {
      uint32_t begin = at_;
      if (string_at()) {
        if (statement_ == kNone) statement_ = begin;
        statement_end_ = at_;
        if (!has_first_word_) {
          first_word_ = text_.substr(begin + 1, at_ - begin - 2);
          has_first_word_ = true;
        }
      }
    } else if (c == '[' || c == ']') {
      if (statement_ == kNone) statement_ = at_;
      statement_end_ = ++at_;
    } else if ((c != '#' && c != '/') || !comment_at()) {
      word_at();
    }
  }
  finish();
  return std::move(result_);
}

}  // namespace

Scan scan(const SourceFile& file, FileId id, Diagnostics& diagnostics) { return Scanner(file, id, diagnostics).scan(); }

}  // namespace bgproof::junos
