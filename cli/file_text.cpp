#include "cli/file_text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace bgproof {

namespace {

std::string reason(int error) {
  std::string text = std::strerror(error);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

}  // namespace

FileText read_file(const std::string& path, size_t limit) {
  Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) return {{}, reason(errno)};
  struct stat about {};
  if (::fstat(file.fd, &about) != 0) return {{}, reason(errno)};
  if (S_ISDIR(about.st_mode)) return {{}, reason(EISDIR)};
  if (S_ISREG(about.st_mode) && static_cast<size_t>(about.st_size) > limit) return {{}, "larger than 2 GiB"};
  std::string text;
  // One byte more than it should have shows the end without another round; pipes grow as they go.
  text.resize(S_ISREG(about.st_mode) ? static_cast<size_t>(about.st_size) + 1 : size_t{1} << 16);
  size_t filled = 0;
  while (true) {
    ssize_t got = ::read(file.fd, text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {{}, reason(errno)};
    if (got == 0) break;
    filled += static_cast<size_t>(got);
    if (filled > limit) return {{}, "larger than 2 GiB"};
    if (filled == text.size()) text.resize(text.size() * 2);
  }
  text.resize(filled);
  return {std::move(text), {}};
}

bool is_binary(const std::string& text) {
  std::string_view head = std::string_view(text).substr(0, 64 << 10);
  if (std::memchr(text.data(), 0, text.size()) != nullptr) return true;
  auto odd = std::count_if(head.begin(), head.end(), [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1b') || byte == 0x7f;
  });
  return static_cast<size_t>(odd) * 20 > head.size();
}

std::string write_file(const std::string& path, const std::string& text) {
  // What is there already and is no plain file (/dev/stdout, a pipe) is written as it is.
  struct stat about {};
  bool plain = ::stat(path.c_str(), &about) != 0 || S_ISREG(about.st_mode);
  std::string target = plain ? path + ".bgproof-new" : path;
  Descriptor file{::open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                         plain && about.st_mode ? about.st_mode & 0777 : 0666)};
  if (file.fd < 0) return reason(errno);
  size_t written = 0;
  int error = 0;
  while (written < text.size() && error == 0) {
    ssize_t now = ::write(file.fd, text.data() + written, text.size() - written);
    if (now >= 0)
      written += static_cast<size_t>(now);
    else if (errno != EINTR)
      error = errno;
  }
  int fd = file.fd;
  file.fd = -1;
  if (::close(fd) != 0 && error == 0) error = errno;
  if (error == 0 && plain && std::rename(target.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return {};
  if (plain) ::unlink(target.c_str());
  return reason(error);
}

}  // namespace bgproof
