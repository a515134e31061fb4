// The stages by themselves: how fast a config is read and lowered, a prefix list looked up, a set of prefixes made
// canonical.
#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "encoder/prefix_diagram.h"
#include "grammar/junos/lower.h"
#include "grammar/junos/syntax.h"
#include "policy/prefix_list.h"

namespace bgproof {

namespace {

std::string miami() {
  std::ifstream file(std::string(BGPROOF_SOURCE_DIR) + "/examples/miami-2026/after/edge01.mia.conf", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void read_junos(benchmark::State& state) {
  std::string text = miami();
  for (auto _ : state) {
    SourceSet sources;
    FileId file = sources.add("edge01.mia.conf", text);
    Diagnostics diagnostics;
    junos::Config config = junos::read(sources, file, diagnostics);
    benchmark::DoNotOptimize(junos::lower(config, sources, file, diagnostics));
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK(read_junos)->Unit(benchmark::kMillisecond);

PrefixList list_of(size_t count, PrefixList::Mode mode) {
  std::mt19937_64 random(20261124);
  PrefixList list;
  list.mode = mode;
  for (size_t i = 0; i < count; ++i) {
    Family family = i % 2 ? Family::ipv6 : Family::ipv4;
    int length = 16 + static_cast<int>(random() % 9);
    Prefix prefix = prefix_of(Address{family, Bits{random() >> 1} << 64}, length);
    list.entries.push_back(
        {{prefix, static_cast<uint8_t>(length), static_cast<uint8_t>(length + random() % 8), {}}, 0, {}});
  }
  return list;
}

void prefix_set(benchmark::State& state) {
  PrefixList list = list_of(static_cast<size_t>(state.range(0)), PrefixList::Mode::any);
  for (auto _ : state) {
    PrefixDiagram diagrams;
    benchmark::DoNotOptimize(diagrams.of(list, {0}));
  }
  state.SetComplexityN(state.range(0));
}
BENCHMARK(prefix_set)->RangeMultiplier(10)->Range(1000, 100000)->Complexity()->Unit(benchmark::kMillisecond);

void longest_match(benchmark::State& state) {
  PrefixList list = list_of(static_cast<size_t>(state.range(0)), PrefixList::Mode::longest);
  for (auto _ : state) {
    PrefixDiagram diagrams;
    benchmark::DoNotOptimize(diagrams.of(list, {0}));
  }
  state.SetComplexityN(state.range(0));
}
BENCHMARK(longest_match)->RangeMultiplier(10)->Range(1000, 100000)->Complexity()->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace bgproof
