// Random tasks: a random program with random rows, over one pool of constants.
#pragma once

#include "intents/task.h"
#include "tests/generator/generate.h"

namespace bgproof {

struct RandomTask {
  Pool pool;
  Task task;
};

RandomTask random_task(uint64_t seed, const Features& features);

}  // namespace bgproof
