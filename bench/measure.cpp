// Runs a program and prints "STATUS WALL_MILLISECONDS CPU_MILLISECONDS PEAK_KIB", of the program alone; the CPU time is that of all
// its threads, user and system. Its output goes to the file that is the first argument.
//
//   bench_measure out.txt PROGRAM ARGUMENT...
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  auto start = std::chrono::steady_clock::now();
  pid_t child = fork();
  if (child == 0) {
    int out = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (out < 0) _exit(126);
    dup2(out, 1);
    dup2(out, 2);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = 0;
  struct rusage usage = {};
  if (child < 0 || wait4(child, &status, 0, &usage) < 0) return 2;
  std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
  auto milliseconds = [](const timeval& time) {
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
  };
  printf("%d %.1f %.1f %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128, wall.count(),
         milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), usage.ru_maxrss);
  return 0;
}
