// What bgproof tells a user about a place in a config or an intent. Codes are stable (`BP` and three digits, families in
// the table of base/codes.h) and never change their meaning. Functions that can meet mistakes take a
// `Diagnostics&` and go on, so that one run reports as many as it can.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"

namespace bgproof {

enum class Severity { error, warning, note };

// A range to underline with a short remark. `at` is the main place of the message; `beside` explains it.
struct Label {
  enum class Kind { at, beside } kind = Kind::at;
  SourceRange range;
  std::string text;
};

struct Diagnostic {
  std::string code;  // "BP104"
  Severity severity = Severity::error;
  std::string message;        // one line, no final full stop
  std::vector<Label> labels;  // the first `at` label is the location; may be empty
  std::vector<std::pair<std::string, std::string>> notes;  // "help" -> "write `prefix in own`"

  SourceRange where() const;
};

class Diagnostics {
 public:
  Diagnostic& error(std::string code, SourceRange where, std::string message, std::string label = {});
  Diagnostic& warning(std::string code, SourceRange where, std::string message, std::string label = {});
  Diagnostic& note(std::string code, SourceRange where, std::string message, std::string label = {});
  bool has_errors() const;
  // Sorted by file, position, code; equal entries once.
  std::vector<Diagnostic> sorted() const;
  const std::vector<Diagnostic>& all() const { return all_; }
  void append(const Diagnostics& other);

 private:
  Diagnostic& add(std::string code, Severity severity, SourceRange where, std::string message, std::string label);
  std::vector<Diagnostic> all_;
};

}  // namespace bgproof
