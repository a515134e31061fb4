// Random tasks: a random program with random rows, each with random obligations, over one pool of constants.
#pragma once

#include "intents/task.h"
#include "tests/generator/generate.h"

namespace bgproof {

Obligation random_obligation(Random& random, const Pool& pool, const Features& features);
Task random_task(Random& random, const Pool& pool, const Features& features, const Shape& shape);

}  // namespace bgproof
