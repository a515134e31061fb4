// What the lists of a device permit, as conditions. They are first-match lists: the first line that matches decides,
// none means deny. Each function wants a list that Context::defined knows (an undefined one permits nothing here): what
// an undefined list means depends on who asks. `match` in a route map asks through match.h; a session that filters with
// a list asks here and says itself what undefined and empty mean.
#pragma once

#include <memory>
#include <string_view>

#include "grammar/routemap/context.h"

namespace bgproof::routemap {

// The prefix of the route (a prefix list, an access list in the way of route filters).
Condition permits_prefix(Context& context, Kind list, std::string_view name, SourceRange use);
// The list without a single entry: only a description, say.
bool is_empty(Context& context, Kind list, std::string_view name);
// The address of the next hop or of the neighbor, as /32 or /128.
Condition permits_next_hop(Context& context, Kind list, std::string_view name, SourceRange use);
Condition permits_neighbor(Context& context, Kind list, std::string_view name, SourceRange use);

// The AS path.
Condition permits_path(Context& context, std::string_view name, SourceRange use);

// The communities, of the kind of the list; `exact`: and no others of that kind.
Condition permits_communities(Context& context, Kind list, std::string_view name, bool exact, SourceRange use);
// The communities that the list permits, each looked at for itself (as a deletion does), as a union of sets; nullopt:
// not known.
std::optional<std::vector<CommunitySet>> contained_communities(Context& context, Kind list, std::string_view name,
                                                               bool in_words = false);

}  // namespace bgproof::routemap
