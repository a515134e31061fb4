// A range of a file for ANTLR's lexers. ANTLR's own streams decode UTF-8, throw on what is none and count characters; here an
// index is an offset of a byte in the file. Included by the readers alone, which see ANTLR.
#pragma once

#include <antlr4-runtime.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace bgproof {

class ByteStream final : public antlr4::CharStream {
 public:
  void set(std::string_view file, uint32_t begin, uint32_t end) {
    file_ = file;
    at_ = begin;
    end_ = end;
  }

  void consume() override { ++at_; }
  size_t LA(ssize_t i) override {
    size_t at = i > 0 ? at_ + static_cast<size_t>(i) - 1 : at_ - static_cast<size_t>(-i);
    return at < end_ ? static_cast<unsigned char>(file_[at]) : IntStream::EOF;
  }
  ssize_t mark() override { return -1; }
  void release(ssize_t) override {}
  size_t index() override { return at_; }
  void seek(size_t index) override { at_ = std::min(index, end_); }
  size_t size() override { return end_; }
  std::string getSourceName() const override { return "config"; }
  std::string getText(const antlr4::misc::Interval& interval) override {
    if (interval.a < 0 || interval.b < interval.a) return {};
    return std::string(file_.substr(static_cast<size_t>(interval.a), static_cast<size_t>(interval.b - interval.a) + 1));
  }
  std::string toString() const override { return {}; }

 private:
  std::string_view file_;
  size_t at_ = 0;
  size_t end_ = 0;
};

}  // namespace bgproof
