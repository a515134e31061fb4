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
  for (const TaskRow& row : rows) {
    writer.add("row {} {}", static_cast<int>(row.kind), row.range.begin);
    writer.text("text", row.text);
    writer.condition(row.condition);
    for (const Obligation& obligation : row.obligations) writer.obligation(obligation);
  }
  return writer.take();
}

}  // namespace bgproof
