// What `--help` prints, and the names of the commands. Also why a reading of an assumption cannot be taken, which flags
// and bgproof.toml say alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bgproof {

const std::vector<std::string>& command_names();  // in the order of enum Command
std::string_view usage();

// "" if the assumption exists and has this value.
std::string why_not_reading(std::string_view name, std::string_view value);

}  // namespace bgproof
