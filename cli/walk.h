// The files below a path, in the order of names, each real directory and file once.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/project_file.h"

namespace bgproof {

class Walk {
 public:
  explicit Walk(const ProjectFile& project) : project_(project) {}

  struct Entry {
    std::string path;
    bool named = false;
    std::string error;  // not empty: a directory or link that cannot be followed
  };

  // Adds `path` or all below it. False, with `error`, if it cannot be opened.
  bool add(const std::string& path, std::string& error);
  std::vector<Entry> take() { return std::move(entries_); }

 private:
  void add_directory(const std::string& path);

  const ProjectFile& project_;
  std::set<std::pair<uint64_t, uint64_t>> seen_;  // device and inode
  std::vector<Entry> entries_;
};

}  // namespace bgproof
