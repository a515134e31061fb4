#include "base/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace bgproof {

SourceRange Diagnostic::where() const {
  for (const Label& label : labels)
    if (label.kind == Label::Kind::at) return label.range;
  return {};
}

Diagnostic& Diagnostics::add(std::string code, Severity severity, SourceRange where, std::string message,
                             std::string label) {
  Diagnostic& added = all_.emplace_back();
  added.code = std::move(code);
  added.severity = severity;
  added.message = std::move(message);
  if (where.known()) added.labels.push_back({Label::Kind::at, where, std::move(label)});
  return added;
}

Diagnostic& Diagnostics::error(std::string code, SourceRange where, std::string message, std::string label) {
  return add(std::move(code), Severity::error, where, std::move(message), std::move(label));
}

Diagnostic& Diagnostics::warning(std::string code, SourceRange where, std::string message, std::string label) {
  return add(std::move(code), Severity::warning, where, std::move(message), std::move(label));
}

Diagnostic& Diagnostics::note(std::string code, SourceRange where, std::string message, std::string label) {
  return add(std::move(code), Severity::note, where, std::move(message), std::move(label));
}

bool Diagnostics::has_errors() const {
  return std::any_of(all_.begin(), all_.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void Diagnostics::append(const Diagnostics& other) { all_.insert(all_.end(), other.all_.begin(), other.all_.end()); }

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result = all_;
  auto key = [](const Diagnostic& d) { return std::make_tuple(d.where(), d.code, d.message); };
  std::stable_sort(result.begin(), result.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  result.erase(std::unique(result.begin(), result.end(),
                           [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); }),
               result.end());
  return result;
}

}  // namespace bgproof
