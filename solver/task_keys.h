// Which tasks ask the same question, so that what is proved of one is proved of all. Two grades:
//
//   of(task)           equal for tasks that are equal in all that matters, on whatever device and with whatever names of
//                      policies.
//   by_relations(task) equal also where lists of prefixes differ, as long as the same of them can hold together. A
//                      question sees a prefix through its sets alone (encoder/encode.h): with each set a Boolean, it is
//                      the same formula, and the cells that exist (prefix_cells.h) say which values the Booleans can
//                      have. Same formula, same values: the one is unsatisfiable iff the other is. So customers whose
//                      policies differ in the list that an IRR gave are one question.
//
// Keys are whole texts, not hashes: no two questions can be mistaken for each other.
#pragma once

#include <string>

#include "intents/resolved_fingerprint.h"
#include "intents/task.h"

namespace bgproof {

class TaskKeys {
 public:
  std::string of(const Task& task);
  // "" if the sets of the task are too many, or no diagrams can hold them. Only after of(task); from then on many threads
  // may ask at once.
  std::string by_relations(const Task& task) const;

 private:
  ResolvedFingerprints resolved_;
};

}  // namespace bgproof
