// Runs the program as a user does, in a directory of its own that goes away with the test.
#pragma once

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
      bool ready = std::freopen("/dev/null", "r", stdin) && std::freopen(out.c_str(), "w", stdout) &&
                   std::freopen(err.c_str(), "w", stderr) && ::chdir((directory_ / "work").c_str()) == 0;
      if (ready) ::execv(program.c_str(), argv.data());
      ::_exit(126);
    }
    int state = 0;
    ::waitpid(child, &state, 0);
    return {WIFEXITED(state) ? WEXITSTATUS(state) : -1, slurp(out), slurp(err)};
  }

  std::filesystem::path directory_;
};

}  // namespace bgproof
