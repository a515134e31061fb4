// Replays every corpus, and mutations of it that are the same in each run: truncations, changed bytes, repeated and
// exchanged pieces. A crash, an exception (InternalError above all) or a hang of any target fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/fuzz/targets.h"
#include "tests/generator/random.h"

namespace bgproof::fuzz {

namespace {

namespace fs = std::filesystem;

struct Input {
  std::string name;
  std::string bytes;
};

std::vector<Input> corpus(std::string_view target) {
  std::vector<Input> inputs;
  fs::path folder = fs::path(BGPROOF_SOURCE_DIR) / "tests/fuzz/corpus" / target;
  if (!fs::exists(folder)) return inputs;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    inputs.push_back({entry.path().filename().string(), {std::istreambuf_iterator<char>(file), {}}});
  }
  std::sort(inputs.begin(), inputs.end(), [](const Input& a, const Input& b) { return a.name < b.name; });
  return inputs;
}

// False, with a failure that can be reproduced, if the target throws.
void run(const Target& target, const std::string& bytes, const std::string& what) {
  try {
    target.run(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  } catch (const std::exception& error) {
    ADD_FAILURE() << target.name << ", " << what << ": " << error.what() << "\n" << bytes.substr(0, 4000);
  }
}

// Bytes that mean something to some reader.
constexpr char kTelling[] = {'{', '}', '[', ']', ';', '"', '\'', '/', '*', '#', '<', '>', '\n', '\r',   '\0',  '\\',
                             ',', ':', '-', '0', '9', ' ', '(',  ')', '|', '&', '!', '.', '$',  '\x80', '\xff'};

std::string mutate(std::string bytes, const std::vector<Input>& others, Random& random) {
  for (uint32_t change = random.between(1, 4); change > 0; --change) {
    if (bytes.empty()) return bytes;
    size_t at = random.below(bytes.size());
    switch (random.below(6)) {
      case 0:
        bytes[at] = kTelling[random.below(sizeof kTelling)];
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        break;
      case 2:
        bytes.insert(bytes.begin() + static_cast<ptrdiff_t>(at), kTelling[random.below(sizeof kTelling)]);
        break;
      case 3:
        bytes.erase(at, random.between(1, 20));
        break;
      case 4: {  // a piece once more, somewhere else
        std::string piece = bytes.substr(at, random.between(1, 60));
        bytes.insert(random.below(bytes.size()), piece);
        break;
      }
      default: {  // a piece of another file
        const std::string& other = random.pick(others).bytes;
        if (!other.empty()) bytes.insert(at, other.substr(random.below(other.size()), random.between(1, 200)));
      }
    }
  }
  return bytes;
}

class Corpus : public testing::TestWithParam<Target> {};

TEST_P(Corpus, Replays) {
  std::vector<Input> inputs = corpus(GetParam().name);
  ASSERT_FALSE(inputs.empty()) << "a target without a corpus tests nothing";
  for (const Input& input : inputs) run(GetParam(), input.bytes, input.name);
}

TEST_P(Corpus, ReplaysTruncated) {
  constexpr size_t kCuts = 150;
  for (const Input& input : corpus(GetParam().name)) {
    size_t step = std::max<size_t>(1, input.bytes.size() / kCuts);
    for (size_t end = 0; end < input.bytes.size(); end += step)
      run(GetParam(), input.bytes.substr(0, end), input.name + " cut at " + std::to_string(end));
  }
}

TEST_P(Corpus, ReplaysMutated) {
  constexpr int kMutations = 150;
  std::vector<Input> inputs = corpus(GetParam().name);
  Random random(20261124);
  for (const Input& input : inputs)
    for (int i = 0; i < kMutations; ++i)
      run(GetParam(), mutate(input.bytes, inputs, random), input.name + ", mutation " + std::to_string(i));
}

TEST_P(Corpus, ReplaysNonsense) {
  Random random(7);
  for (int i = 0; i < 200; ++i) {
    std::string bytes;
    for (uint32_t size = random.below(300); size > 0; --size) bytes += static_cast<char>(random.below(256));
    run(GetParam(), bytes, "random bytes " + std::to_string(i));
  }
  for (char c : kTelling) {
    run(GetParam(), std::string(100'000, c), "one byte repeated");
    run(GetParam(), "a" + std::string(2'000, c) + "a", "one byte repeated");
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, Corpus, testing::ValuesIn(targets()),
                         [](const auto& made) { return std::string(made.param.name); });

}  // namespace

}  // namespace bgproof::fuzz
