// Runs the program as a user does, in a directory of its own that goes away with the test.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace bgproof {

struct Ran {
  int status = -1;  // -1: died of a signal
  std::string out;
  std::string err;
};

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class ProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string shape = (std::filesystem::temp_directory_path() / "bgproof-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(shape.data()), nullptr);
    directory_ = shape;
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::filesystem::path path = directory_ / "work" / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::filesystem::path place_of(const std::string& name) const { return directory_ / "work" / name; }
  std::string read(const std::string& name) const { return slurp(directory_ / "work" / name); }

  // In the directory `work`; the environment has nothing of BGPROOF_*.
  Ran run(std::vector<std::string> arguments) const {
    std::filesystem::create_directories(directory_ / "work");
    std::filesystem::path out = directory_ / "stdout", err = directory_ / "stderr";
    pid_t child = ::fork();
    if (child == 0) {
      std::vector<char*> argv;
      std::string program = BGPROOF_BINARY;
      argv.push_back(program.data());
      for (std::string& argument : arguments) argv.push_back(argument.data());
      argv.push_back(nullptr);
      bool ready = redirect("/dev/null", O_RDONLY, 0) && redirect(out, O_WRONLY | O_CREAT | O_TRUNC, 1) &&
                   redirect(err, O_WRONLY | O_CREAT | O_TRUNC, 2) && ::chdir((directory_ / "work").c_str()) == 0;
      if (ready) ::execv(program.c_str(), argv.data());
      ::_exit(126);
    }
    int state = 0;
    ::waitpid(child, &state, 0);
    return {WIFEXITED(state) ? WEXITSTATUS(state) : -1, slurp(out), slurp(err)};
  }

 private:
  // In the child, without stdio, whose buffers it shares with the tests.
  static bool redirect(const std::filesystem::path& to, int flags, int fd) {
    int opened = ::open(to.c_str(), flags, 0600);
    return opened >= 0 && ::dup2(opened, fd) == fd;
  }

 protected:
  std::filesystem::path directory_;
};

}  // namespace bgproof
