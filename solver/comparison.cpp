#include "solver/comparison.h"

namespace bgproof {

std::string_view to_string(Effect effect) {
  switch (effect) {
    case Effect::equal:
      return "equal";
    case Effect::narrower:
      return "narrower";
    case Effect::wider:
      return "wider";
    case Effect::incomparable:
      return "incomparable";
    case Effect::changed:
      return "changed";
    case Effect::unknown:
      return "unknown";
  }
  return {};
}

std::string_view to_string(Change change) {
  switch (change) {
    case Change::newly_accepted:
      return "newly_accepted";
    case Change::newly_rejected:
      return "newly_rejected";
    case Change::changed:
      return "changed";
  }
  return {};
}

}  // namespace bgproof
