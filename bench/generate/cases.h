// The cases of the benchmark: each writes a config (or a fleet of them) and intents into a folder, the same bytes for
// the same arguments on every machine. `proved.intent` holds; `violated.intent` leaves one network, row or pattern out.
#pragma once

#include <cstddef>
#include <filesystem>

namespace bgproof::bench {

using Folder = std::filesystem::path;

// A prefix list of `count` entries, halves of count/2 networks, half of them IPv6; the intent says the same routes in
// another way: what lies under each network.
void prefixes(size_t count, const Folder& folder);
// `count` terms, each with a prefix and a community, and rows that say the same.
void rows(size_t count, const Folder& folder);
// `count` terms with overlapping AS-path patterns `.* X .*`, and rows that say the same.
void patterns(size_t count, const Folder& folder);
// One community with `count` members to match, each in a name of its own, and the intent with all of them.
void communities(size_t count, const Folder& folder);

// IOS: a prefix list of `count` lines and the intent's set of the same networks.
void ios_prefixes(size_t count, const Folder& folder);
// IOS: `count` entries with overlapping AS-path patterns `_X_`, written in characters, and rows that say the same.
void ios_patterns(size_t count, const Folder& folder);
// IOS: a route map of `count` entries that each continue with the next.
void ios_continue(size_t count, const Folder& folder);
// IOS: `count` routers of about 1,100 lines with ten route maps and ten sessions each (`wide`: 20 sessions), a
// neighbors.csv and one intent for all. Only proved.intent.
void ios_fleet(size_t count, bool wide, const Folder& folder);
// One IOS router of `count` lines that are mostly not policy, to be read.
void ios_reading(size_t count, const Folder& folder);

}  // namespace bgproof::bench
