// The stages by themselves: how fast a config is read and lowered, a prefix list looked up, a set of prefixes made
// canonical.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "encoder/prefix_diagram.h"
#include "grammar/junos/lower.h"
#include "grammar/junos/syntax.h"
#include "grammar/routemap/lower.h"
#include "grammar/routemap/syntax.h"
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

// Nothing but policy.
std::string route_maps() {
  std::string text = "version 15.7\nhostname bench\n!\n";
  for (int map = 0; map < 500; ++map) {
    text += fmt::format(
        "ip community-list standard C{0} permit 64500:{0}\nip prefix-list P{0} seq 5 permit 10.{1}.{2}.0/24\n", map,
        map / 256, map % 256);
    for (int entry = 1; entry <= 20; ++entry)
      text += fmt::format(
          "route-map M{0} {1} {2}\n description entry {2} of the map\n match ip address prefix-list P{0}\n"
          " match community C{0}\n match as-path 10\n set local-preference {3}\n set community 64500:{2} additive\n"
          " set as-path prepend 64500 64500\n!\n",
          map, entry % 3 ? "permit" : "deny", 10 * entry, 100 + entry);
  }
  return text + "ip as-path access-list 10 permit _64[5-9][0-9][0-9]_\nend\n";
}

// Interfaces, hardly any policy.
std::string interfaces() {
  std::string text = "version 15.7\nhostname bench\n!\n";
  for (int i = 0; i < 5000; ++i)
    text += fmt::format(
        "interface GigabitEthernet0/{0}\n description link {0}\n ip address 10.{1}.{2}.1 255.255.255.0\n"
        " ip access-group EDGE-IN in\n no ip redirects\n service-policy output QOS\n load-interval 30\n!\n",
        i, i / 256, i % 256);
  return text + "route-map M permit 10\n!\nend\n";
}

void read_ios(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    SourceSet sources;
    FileId file = sources.add("bench.cfg", text);
    Diagnostics diagnostics;
    routemap::Config config = routemap::read(sources, file, routemap::Dialect::ios, diagnostics);
    benchmark::DoNotOptimize(routemap::lower(config, sources, file, diagnostics));
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK_CAPTURE(read_ios, route_maps, route_maps())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_ios, interfaces, interfaces())->Unit(benchmark::kMillisecond);

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
