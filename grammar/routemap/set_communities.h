// Changes of communities. Each takes one `set` line of an entry.
#pragma once

#include "grammar/routemap/context.h"

namespace bgproof::routemap {

// `set community ...`, `set large-community ...`
Body set_communities(Context& context, const Line& line, CommunityKind kind);
// `set extcommunity rt|soo|none ...`
Body set_extended(Context& context, const Line& line);
// `set comm-list L delete` and its like: the list is word 2.
Body delete_list(Context& context, const Line& line, Kind list);

// The line is one that deletes communities.
bool is_deletion(const Line& line);

Act free_communities(Context& context, SourceRange range, const std::string& what);

}  // namespace bgproof::routemap
