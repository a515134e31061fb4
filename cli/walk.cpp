#include "cli/walk.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace bgproof {

namespace fs = std::filesystem;

bool Walk::add(const std::string& path, std::string& error) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) {
    error = std::strerror(errno);
    return false;
  }
  if (::access(path.c_str(), R_OK) != 0) {
    error = std::strerror(errno);
    return false;
  }
  if (!seen_.emplace(about.st_dev, about.st_ino).second) return true;
  if (S_ISDIR(about.st_mode))
    add_directory(path);
  else
    entries_.push_back({path, true, {}});
  return true;
}

void Walk::add_directory(const std::string& path) {
  std::error_code error;
  std::vector<std::string> names;
  fs::directory_iterator listing(path, error);
  if (!error)
    for (; listing != fs::directory_iterator(); listing.increment(error)) {
      if (error) break;
      names.push_back(listing->path().filename().string());
    }
  if (error) {
    entries_.push_back({path, false, error.message()});
    return;
  }
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (name.starts_with('.')) continue;
    std::string below = path == "." ? name : path.ends_with('/') ? path + name : path + "/" + name;
    if (project_.excludes(below)) continue;
    struct stat about {};
    if (::stat(below.c_str(), &about) != 0) {
      entries_.push_back({below, false, std::strerror(errno)});
      continue;
    }
    bool directory = S_ISDIR(about.st_mode);
    if (!directory && !S_ISREG(about.st_mode)) continue;  // opening a pipe or device could wait for ever
    if (!seen_.emplace(about.st_dev, about.st_ino).second) continue;
    if (directory)
      add_directory(below);
    else
      entries_.push_back({below, false, {}});
  }
}

}  // namespace bgproof
