// `policy-options community`: what its members mean in a match and in an action (J12 of the design).
//
// A member is a literal ("64500:1", "no-export", "large:64500:1:2", "target:64500:1"), has fields that are `*` (any
// number), or is a regular expression over the text of the community. Whether such an expression is searched in the
// text or has to match the whole of it is the assumption junos.community-regex; a member has both readings where they
// can differ.
// `.*:.*` and `*:*` stand for every community of every kind in a delete (observed), and by junos.any-community in a
// match.
#pragma once

#include <string>
#include <vector>

#include "grammar/junos/context.h"
#include "policy/community.h"

namespace bgproof::junos {

struct CommunityMember {
  std::vector<CommunityPattern> searched;  // the likelier reading; the union of the patterns
  std::vector<CommunityPattern> whole;
  bool readings_differ = false;
  bool everything = false;  // `.*:.*`
  bool known = false;       // false: the member has no meaning here
  bool quoted = false;
  std::string text;
  SourceRange range;
};

struct CommunityDefinition {
  std::vector<CommunityMember> members;
  bool invert = false;
  bool known = true;  // false: undefined, without members, or in the dynamic database
  std::string why;    // why it is not known
};

// One member as it stands after `members`. Tells BP114 and BP116.
CommunityMember community_member(const Word& word, Diagnostics& diagnostics);

const CommunityDefinition& community_definition(Context& context, const std::string& name, SourceRange use);

// `from community NAME`.
Condition community_matches(Context& context, const std::string& name, SourceRange use);

enum class CommunityOperation { add, set, remove };
// `then community add NAME`.
void apply_community(Context& context, CommunityOperation operation, const std::string& name, SourceRange use,
                     Body& out);

}  // namespace bgproof::junos
