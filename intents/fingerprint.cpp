#include "intents/fingerprint.h"

#include "intents/fingerprint_writer.h"

namespace bgproof {

std::string fingerprint(const Condition& condition) {
  FingerprintWriter writer;
  writer.condition(condition);
  return writer.take();
}

std::string fingerprint(const Program& program) {
  FingerprintWriter writer;
  writer.add("library {}", static_cast<const void*>(program.library.get()));
  writer.clauses(program.entry);
  writer.add("rewrite");
  writer.clauses(program.rewrite);
  return writer.take();
}

std::string fingerprint(const std::vector<TaskRow>& rows) {
  FingerprintWriter writer;
  writer.rows(rows);
  return writer.take();
}

}  // namespace bgproof
