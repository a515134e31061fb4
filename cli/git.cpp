#include "cli/git.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>
#include <thread>

#include "cli/file_text.h"

namespace bgproof {

namespace {

constexpr int kNoProgram = 127;

struct Pipe {
  int in = -1, out = -1;  // what is written to `in` is read from `out`
  bool open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    out = ends[0];
    in = ends[1];
    return true;
  }
  static void close(int& fd) {
    if (fd >= 0) ::close(fd);
    fd = -1;
  }
  ~Pipe() {
    close(in);
    close(out);
  }
};

void write_all(int fd, const std::string& text) {
  sigset_t broken;  // git may end before it has read everything
  sigemptyset(&broken);
  sigaddset(&broken, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &broken, nullptr);
  for (size_t at = 0; at < text.size();) {
    ssize_t wrote = ::write(fd, text.data() + at, text.size() - at);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return;
    at += static_cast<size_t>(wrote);
  }
}

void read_both(int out_fd, int err_fd, std::string& out, std::string& err) {
  pollfd fds[2] = {{out_fd, POLLIN, 0}, {err_fd, POLLIN, 0}};
  std::string* to[2] = {&out, &err};
  char buffer[1 << 16];
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    if (::poll(fds, 2, -1) < 0 && errno != EINTR) return;
    for (int i = 0; i < 2; ++i) {
      if (fds[i].fd < 0 || fds[i].revents == 0) continue;
      ssize_t got = ::read(fds[i].fd, buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0)
        fds[i].fd = -1;
      else
        to[i]->append(buffer, static_cast<size_t>(got));
    }
  }
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find(separator, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

}  // namespace

std::optional<std::string> Git::run(const std::vector<std::string>& arguments, const std::string& input) {
  std::vector<std::string> words = {"git", "--no-pager",          "--no-optional-locks", "-c", "core.fsmonitor=false",
                                    "-c",  "core.quotePath=false"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  Pipe to, from, errors;
  if (!to.open() || !from.open() || !errors.open()) {
    error_ = fmt::format("git cannot be run: {}", std::strerror(errno));
    return std::nullopt;
  }
  pid_t child = ::fork();
  if (child < 0) {
    error_ = fmt::format("git cannot be run: {}", std::strerror(errno));
    return std::nullopt;
  }
  if (child == 0) {
    if (::dup2(to.out, 0) == 0 && ::dup2(from.in, 1) == 1 && ::dup2(errors.in, 2) == 2) ::execvp("git", argv.data());
    ::_exit(kNoProgram);
  }
  Pipe::close(to.out);
  Pipe::close(from.in);
  Pipe::close(errors.in);
  std::thread writer([&] {
    write_all(to.in, input);
    Pipe::close(to.in);
  });
  std::string out, err;
  read_both(from.out, errors.out, out, err);
  writer.join();
  int state = 0;
  while (::waitpid(child, &state, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(state) && WEXITSTATUS(state) == 0) return out;
  error_ = WIFEXITED(state) && WEXITSTATUS(state) == kNoProgram ? "the program `git` is not installed"
                                                                : "git says: " + err.substr(0, err.find('\n'));
  return std::nullopt;
}

std::optional<std::string> Git::commit(const std::string& name) {
  if (name.empty() || name.front() == '-') {
    error_ = fmt::format("`{}` is no name of a commit", name);
    return std::nullopt;
  }
  std::optional<std::string> said = run({"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"});
  if (!said) {
    if (error_ == "git says: ") error_ = fmt::format("there is no commit `{}`", name);
    return std::nullopt;
  }
  return said->substr(0, said->find('\n'));
}

std::optional<std::vector<NamedText>> Git::files(const std::string& commit) {
  std::optional<std::string> listing = run({"ls-tree", "-r", "-z", commit});
  if (!listing) return std::nullopt;
  struct Entry {
    std::string mode, type, object;
  };
  std::map<std::string, Entry> entries;  // by path
  for (const std::string& line : split(*listing, '\0')) {
    size_t tab = line.find('\t');
    std::vector<std::string> fields = split(line.substr(0, tab), ' ');
    if (tab != std::string::npos && fields.size() == 3)
      entries[line.substr(tab + 1)] = {fields[0], fields[1], fields[2]};
  }
  std::string wanted;
  std::vector<std::string> paths;
  for (const auto& [path, entry] : entries) {
    if (entry.type != "blob") continue;  // of a submodule the repository holds no files
    wanted += entry.object + "\n";
    paths.push_back(path);
  }
  std::optional<std::string> objects = run({"cat-file", "--batch"}, wanted);
  if (!objects) return std::nullopt;
  std::map<std::string, std::string> texts;
  size_t at = 0;
  for (const std::string& path : paths) {
    size_t end = objects->find('\n', at);
    std::vector<std::string> fields =
        end == std::string::npos ? std::vector<std::string>() : split(objects->substr(at, end - at), ' ');
    if (fields.size() != 3) {
      error_ = fmt::format("git does not give the file {}", path);
      return std::nullopt;
    }
    size_t size = std::stoull(fields[2]);
    texts[path] = objects->substr(end + 1, size);
    at = end + 1 + size + 1;
  }
  std::vector<NamedText> files;
  for (const std::string& path : paths) {
    NamedText file{path, texts[path], ""};
    if (entries[path].mode == "120000") {
      std::string target = (std::filesystem::path(path).parent_path() / texts[path]).lexically_normal().string();
      auto below = texts.lower_bound(target + "/");
      bool is_directory = below != texts.end() && below->first.starts_with(target + "/");
      // What it leads to is read by its own name.
      if (is_directory || (texts.contains(target) && entries[target].mode != "120000")) continue;
      file.error = "it is a symbolic link to what this commit does not have here";
    }
    files.push_back(std::move(file));
  }
  return files;
}

std::optional<std::vector<NamedText>> Git::work_tree() {
  std::optional<std::string> listing = run({"ls-files", "-z", "--cached", "--others", "--exclude-standard"});
  if (!listing) return std::nullopt;
  std::vector<NamedText> files;
  std::vector<std::string> listed = split(*listing, '\0');
  std::set<std::string> paths(listed.begin(), listed.end());
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) continue;  // taken away
    bool is_directory = std::filesystem::is_directory(path, ignored);
    if (std::filesystem::is_symlink(path, ignored)) {
      std::filesystem::path real = std::filesystem::weakly_canonical(path, ignored);
      std::string target = real.lexically_relative(std::filesystem::canonical(".", ignored)).string();
      auto below = paths.lower_bound(target + "/");
      // What it leads to is read by its own name.
      if (paths.contains(target) || (below != paths.end() && below->starts_with(target + "/"))) continue;
      if (is_directory) files.push_back({path, "", "it is a symbolic link to a directory that git does not have"});
    }
    if (is_directory) continue;  // a submodule, where it is no link
    FileText read = read_file(path);
    files.push_back({path, std::move(read.text), std::move(read.error)});
  }
  return files;
}

std::optional<std::vector<Git::Trailer>> Git::trailers(const std::string& commit) {
  std::optional<std::string> real = run({"log", "-1", "--format=%(trailers:only,unfold)", commit});
  std::optional<std::string> all = run({"log", "-1", "--format=%B", commit});
  if (!real || !all) return std::nullopt;
  std::vector<Trailer> trailers;
  auto take = [&](const std::string& text, bool is_real) {
    for (const std::string& line : split(text, '\n')) {
      size_t colon = line.find(':');
      if (colon == std::string::npos || colon == 0) continue;
      Trailer found{line.substr(0, line.find_last_not_of(" \t", colon - 1) + 1), line.substr(colon + 1), is_real};
      found.value.erase(0, found.value.find_first_not_of(" \t"));
      found.value.erase(found.value.find_last_not_of(" \t\r") + 1);
      bool known = std::any_of(trailers.begin(), trailers.end(), [&](const Trailer& other) {
        return other.real && other.key == found.key && other.value == found.value;
      });
      if (is_real || !known) trailers.push_back(std::move(found));
    }
  };
  take(*real, true);
  take(*all, false);
  return trailers;
}

}  // namespace bgproof
