// The whole program but its last line of defence (main.cpp): options, then one of the commands.
#pragma once

namespace bgproof {

// The exit status as in docs/cli.md.
int run(int argc, const char* const* argv);

}  // namespace bgproof
