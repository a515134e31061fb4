// Work on many things at once whose results are wanted in order: each index is worked on by one thread, and the caller
// puts results where the index says. The first exception by index, not by time, is thrown on, so that two runs fail
// alike.
#pragma once

#include <cstddef>
#include <functional>

namespace bgproof {

void for_each_index(size_t count, unsigned threads, const std::function<void(size_t)>& work);

}  // namespace bgproof
