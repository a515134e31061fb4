// What `diff` asks of git: the files of a commit and of the work tree below the current directory, and a trailer. The
// `git` program is run, without a shell; a name that the user gave is resolved to the number of a commit first, so that
// it never is an option or a path. Nothing is written, and no hook or monitor of the repository is started.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/discover.h"

namespace bgproof {

class Git {
 public:
  // nullopt, with error(): git is not there, this is no repository, or there is no such commit.
  std::optional<std::string> commit(const std::string& name);
  // All files below the current directory. A symbolic link is the file that it names, if the commit has that.
  std::optional<std::vector<NamedText>> files(const std::string& commit);
  // Those that are tracked, and others that are not ignored.
  std::optional<std::vector<NamedText>> work_tree();
  // What the commit's message says at its end as `Key: value`, and every line of it that looks alike elsewhere.
  struct Trailer {
    std::string key, value;
    bool real = true;  // one in git's eyes
  };
  std::optional<std::vector<Trailer>> trailers(const std::string& commit);

  const std::string& error() const { return error_; }

 private:
  std::optional<std::string> run(const std::vector<std::string>& arguments, const std::string& input = {});

  std::string error_;
};

}  // namespace bgproof
