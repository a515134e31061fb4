#include "base/codes.h"

#include <algorithm>

namespace bgproof {

// Sorted; a test says so.
const std::vector<CodeInfo>& codes() {
  static const std::vector<CodeInfo> kCodes = {
      {"BP101", "a config does not follow the form of statements and blocks"},
      {"BP102", "a config ends inside an open block, statement, string or comment"},
      {"BP103", "blocks of a config are nested too deep"},
      {"BP104", "a group that nothing defines is applied"},
      {"BP105", "an apply-path whose prefixes are not known"},
      {"BP106", "a block of a config without the name that belongs to it"},
      {"BP107", "a line of the set form that cannot be read"},
      {"BP108", "a set, delete or deactivate line that names nothing"},
      {"BP109", "a config that ends before its end: the `end` that its header promises is missing"},
      {"BP110", "a policy that nothing defines is attached or called; it may do anything"},
      {"BP111", "a prefix list or route filter list that nothing defines"},
      {"BP112", "a community that nothing defines"},
      {"BP113", "an AS path, AS path group, AS list or condition that nothing defines"},
      {"BP114", "a regular expression of a config that cannot be read"},
      {"BP115", "policies that call themselves, or each other too deep"},
      {"BP116", "a value or an expression of a config that cannot be read"},
      {"BP117", "a line of a config that is not modelled: a free choice"},
      {"BP118", "a route map that nothing defines"},
      {"BP119", "an access list that nothing defines"},
      {"BP130", "a path cannot be opened or read"},
      {"BP131", "no router config among the paths"},
      {"BP132", "a file is binary"},
      {"BP133", "a file of no known dialect"},
      {"BP134", "several files have the same host name"},
      {"BP135", "bgproof.toml cannot be used as it is"},
      {"BP136", "a command, option or value that does not exist"},
      {"BP137", "a file is empty"},
      {"BP138", "a report cannot be written"},
      {"BP139", "files that are no router configs were left out"},
      {"BP201", "an intent file does not follow the grammar"},
      {"BP202", "an included file or a data file that an intent names cannot be read"},
      {"BP203", "a name is declared twice"},
      {"BP204", "declarations or includes refer to each other in a circle"},
      {"BP205", "a name that nothing declares"},
      {"BP206", "a name of one kind stands where another kind is expected"},
      {"BP207", "a role word that is neither built in nor given to any neighbor"},
      {"BP208", "a construct of the intent language that this version does not check yet"},
      {"BP209", "a number, length or modifier that cannot hold or does not fit"},
      {"BP210", "a word that is not one of the possible values"},
      {"BP211", "a variable that does not exist or has no value here"},
      {"BP212", "a path expression that cannot be read"},
      {"BP213", "a community that cannot be read or cannot stand here"},
      {"BP214", "a set contributes nothing here: the modifier excludes some of its members"},
      {"BP215", "a block allows nothing: it has no may, must or except row"},
      {"BP216", "the contract of a tag or fact is not checked yet, and nothing is assumed from it"},
      {"BP217", "a version of the intent language that this program does not know"},
      {"BP218", "an allowing row that no offered route can meet"},
      {"BP219", "a set has no member of one family although the block checks both"},
      {"BP220", "the same row identifier is used twice in one block"},
      {"BP221", "an `only` obligation says nothing of some kinds of communities"},
      {"BP222", "a set from data is compared exactly, without a modifier"},
      {"BP230", "no intent file was found, or none with a block to check"},
      {"BP301", "a route passes that no row allows"},
      {"BP302", "a route passes although a `never` row forbids it"},
      {"BP401", "a route that a `must` row demands is rejected"},
      {"BP402", "a route that a `must` row demands passes without the obligations of that row"},
      {"BP501", "a route passes with a community that must be stripped"},
      {"BP502", "a route passes without a community that must be kept"},
      {"BP503", "a route passes without a community that must be added"},
      {"BP504", "a route passes with a community outside the only ones that may stay"},
      {"BP505", "a route passes with a local preference or MED outside the obligation, or without OTC"},
      {"BP506", "a route passes with a path that is not prepended as it must be"},
      {"BP507", "a route passes with a next hop other than the one that must be set"},
      {"BP508", "a route passes with an attribute changed that must stay as it is"},
      {"BP509", "a route passes with a private AS number in its path"},
      {"BP701", "a session in a claimed direction that no block selects"},
      {"BP702", "a block or policy name that selects nothing"},
      {"BP703", "a session exchanges address families that are not checked"},
      {"BP704", "a device could not be read whole, so nothing is checked there"},
      {"BP705", "a set breaks its guard, so the blocks that use it are not checked"},
      {"BP706", "an exception has ended and is ignored"},
      {"BP707", "an exception ends soon"},
      {"BP708", "a neighbor has two roles"},
      {"BP709", "the AS number of a neighbor differs between data and config"},
      {"BP710", "the group of a neighbor differs between data and config"},
      {"BP711", "a neighbor in the data has no session on its device"},
      {"BP712", "a neighbor list that cannot be read"},
      {"BP713", "an assumption about a clause has ended, or no such unmodelled clause exists"},
      {"BP714", "a data file that an intent names cannot be read, so the blocks that use it are not checked"},
      {"BP901", "bgproof itself is at fault"},
  };
  return kCodes;
}

const CodeInfo* find_code(std::string_view code) {
  const auto& all = codes();
  auto found = std::lower_bound(all.begin(), all.end(), code,
                                [](const CodeInfo& info, std::string_view wanted) { return info.code < wanted; });
  return found != all.end() && found->code == code ? &*found : nullptr;
}

}  // namespace bgproof
