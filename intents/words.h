// The intent language in its canonical words: what reports show of rows, selectors and blocks. Reading it again gives
// the same meaning. With a scope, variables show their values.
#pragma once

#include <string>

#include "intents/model.h"
#include "intents/scope.h"

namespace bgproof {

std::string to_words(const intent::Cond& cond, const Scope* scope = nullptr);
std::string to_words(const intent::Act& act, const Scope* scope = nullptr);
std::string to_words(const intent::Row& row, const Scope* scope = nullptr);  // without its comment
std::string to_words(const intent::NeighborSelector& neighbors);
std::string to_words(const intent::Block& block);  // its head
std::string to_words(const intent::Date& date);    // "2027-03-01"

}  // namespace bgproof
