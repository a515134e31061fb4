#include "solver/second_solver.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/check.h"

extern char** environ;

namespace bgproof {

namespace {

constexpr const char* kProgram = "cvc5";
constexpr const char* kLimit = "--rlimit-per=20000000";

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { close(); }
  void close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

// A file without a name that holds the text, read from its beginning.
int file_of(const std::string& text) {
  int file = ::memfd_create("questions", MFD_CLOEXEC);
  if (file < 0) return -1;
  for (size_t done = 0; done < text.size();) {
    ssize_t written = ::write(file, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return ::close(file), -1;
    done += static_cast<size_t>(written);
  }
  ::lseek(file, 0, SEEK_SET);
  return file;
}

// What the program writes, both ways, or nothing if it can't be run.
std::string run(std::vector<const char*> arguments, const std::string& input) {
  File in(file_of(input));
  std::array<int, 2> pipe{};
  if (in.get() < 0 || ::pipe2(pipe.data(), O_CLOEXEC) != 0) return {};
  File out(pipe[0]), to_us(pipe[1]);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in.get(), 0);
  ::posix_spawn_file_actions_adddup2(&actions, to_us.get(), 1);
  ::posix_spawn_file_actions_adddup2(&actions, to_us.get(), 2);
  arguments.push_back(nullptr);
  pid_t child = 0;
  int failed = ::posix_spawnp(&child, arguments[0], &actions, nullptr, const_cast<char**>(arguments.data()), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  to_us.close();
  if (failed != 0) return {};
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    ssize_t got = ::read(out.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(buffer.data(), static_cast<size_t>(got));
  }
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

std::string second_solver() {
  std::vector<std::string> said = lines_of(run({kProgram, "--version"}, ""));
  if (said.empty()) return {};
  const std::string& first = said.front();
  size_t version = first.find("version ");
  return version == std::string::npos ? first : std::string(kProgram) + " " + first.substr(version + 8);
}

CrossCheck cross_check(const std::vector<Question>& questions, const std::string& of_what) {
  CrossCheck result;
  std::string script;
  std::vector<const Question*> asked;
  for (const Question& question : questions) {
    if (question.answer == Question::Answer::unknown) continue;
    if (!asked.empty()) script += "(reset)\n";
    script += question.text;
    asked.push_back(&question);
  }
  if (asked.empty()) return result;
  std::vector<std::string> answers = lines_of(run({kProgram, "--lang=smt2", kLimit}, script));
  bool broken = false;
  for (size_t i = 0; i < asked.size(); ++i) {
    std::string answer = broken ? "not asked" : i < answers.size() ? answers[i] : "no answer";
    if (answer != "sat" && answer != "unsat") {
      // After an error cvc5 says no more than that.
      broken = broken || answer != "unknown";
      result.undecided.push_back(asked[i]->name + ": " + answer);
    } else if (answer == to_string(asked[i]->answer)) {
      ++result.agreed;
    } else {
      throw InternalError(
          fmt::format("Z3 says {} and cvc5 says {} to the question `{}` of {} ({}); please report it with "
                      "the file that --dump-queries DIR writes for it",
                      to_string(asked[i]->answer), answer, asked[i]->name, of_what, asked[i]->meaning));
    }
  }
  return result;
}

}  // namespace bgproof
