#include "cli/pages.h"

#include <algorithm>

namespace bgproof {

namespace {

// Where the rules come from, shared by many pages.
constexpr std::string_view kReading = "reading of configs (docs/cli.md, \"Exit status\")";
constexpr std::string_view kLanguage = "the intent language (docs/intents.md)";
constexpr std::string_view kUpper = "upper bound (docs/intents.md, \"Meaning\"): what passes must meet an allowing row";
constexpr std::string_view kLower = "lower bound (docs/intents.md, \"Meaning\"): what a must row names has to pass";
constexpr std::string_view kDuty = "obligations (docs/intents.md, \"Words\"), after `then` and in `always` rows";
constexpr std::string_view kCoverage = "coverage (docs/intents.md, \"Coverage\")";
constexpr std::string_view kData = "data beside the intents (docs/intents.md, \"Neighbors and roles\")";
constexpr std::string_view kSmell = "smells in configs (docs/lint.md): no intent is needed, and no verdict changes";
constexpr std::string_view kDiff = "comparison of two states (docs/cli.md, \"What an edit does\")";
constexpr std::string_view kJunos = "Junos (docs/semantics/junos.md)";
constexpr std::string_view kRouteMap = "route maps (docs/semantics/routemap.md)";
constexpr std::string_view kSessions = "sessions of the route-map dialects (docs/semantics/routemap-sessions.md)";
constexpr std::string_view kConfigs = "the dialect (docs/semantics/)";

}  // namespace

const std::vector<Page>& pages() {
  static const std::vector<Page> kPages = {
      {"BP101",
       "A statement or block does not have the form that it must have. Reading goes on behind it; if what was lost "
       "could\nmatter, the device is not checked.",
       kJunos, "correct the place that is shown, or give the config as the device shows it"},
      {"BP102",
       "The text stops before its blocks are closed, as a copy that was cut does. What is missing is unknown, so the "
       "device is not checked.",
       kConfigs, "give the whole config"},
      {"BP103",
       "No real config nests blocks this deep. Nothing behind the place is read, and the device is not checked.",
       kJunos, "check where the file comes from"},
      {"BP104",
       "`apply-groups` names a group that the config does not define; a device refuses that. What it would add is "
       "unknown.",
       kJunos, "give the whole config, with its groups"},
      {"BP105",
       "The prefixes of an `apply-path` stand in a part of the config that is not read, or its path cannot be "
       "followed. The list may\nhold anything.",
       kJunos, "write the prefixes out, or accept what is possible"},
      {"BP106", "A block such as `term` or `group` should have a name.", kJunos, "name it"},
      {"BP107", "A line of the `set` form has an open list or string, or words that belong nowhere.", kJunos,
       "correct the line"},
      {"BP108", "The lines before do not define what this one changes, so it changes nothing.", kJunos,
       "remove the line, or put it behind the definition"},
      {"BP109",
       "The text says at its begin that it is a whole configuration, which ends with the line `end`, and that line is "
       "missing: the\ncopy was cut. What is lost is unknown, so the device is not checked.",
       kRouteMap, "give the whole config"},
      {"BP110",
       "The policy that is attached or called here is defined nowhere. A device refuses to commit that, so it is not "
       "known\nwhat the policy would do: it may do anything.",
       kJunos, "give the whole config, or correct the name"},
      {"BP111",
       "A prefix list or route filter list is used and defined nowhere. Whether a route is in it is free, or what the "
       "dialect makes of it:\nFRR matches nothing, for IOS, NX-OS and EOS it is a named assumption.",
       kConfigs, "give the whole config, or correct the name"},
      {"BP112",
       "A community or community list is used and defined nowhere. What it matches or changes is free, or what the "
       "dialect makes of it.",
       kConfigs, "give the whole config, or correct the name"},
      {"BP113",
       "An AS path, AS path list, AS list or condition is used and defined nowhere. Whether it matches is free, or "
       "what "
       "the dialect makes of it.",
       kConfigs, "give the whole config, or correct the name"},
      {"BP114", "A regular expression of the config cannot be read. Whether it matches is free.", kConfigs,
       "correct the expression"},
      {"BP115", "Policies call themselves, or each other deeper than any device would. The call may do anything.",
       kConfigs, "break the circle"},
      {"BP116",
       "A value or expression cannot be read, so the line that holds it is free; or the device is known to refuse the "
       "line, so that it has\nno effect. The message says which.",
       kConfigs, "correct the value"},
      {"BP117",
       "bgproof has no model for this line. It is a free choice: verdicts that depend on it are possible, never proved "
       "by luck.",
       kConfigs, "nothing, or state its effect with `assume` in the intents"},
      {"BP118",
       "The route map that is attached or called here is defined nowhere. The dialects differ: IOS, NX-OS and FRR "
       "reject every\nroute, EOS accepts every route as it is.",
       kRouteMap, "define it, or correct the name"},
      {"BP119",
       "An access list is used and defined nowhere. What a match on it means is a named assumption where the dialect "
       "leaves it open.",
       kRouteMap, "define it, or correct the name"},
      {"BP120",
       "The word is no section or statement of the place where it stands: misspelt, of a release that bgproof does not "
       "know, or\nan abbreviation, which a device takes for the whole word. What the line or block says is unknown: "
       "where "
       "it could define or\nattach a policy the device is not checked, within a session or a policy that is free.",
       kJunos, "write the word in full, as the device shows it"},
      {"BP122",
       "A neighbor is said to be in a peer group or to inherit a template that nothing defines, or a line speaks of a "
       "name that is\nneither an address nor a peer group. What such a group gives may do anything; such a name counts "
       "as "
       "a neighbor.",
       kSessions, "define the group, or correct the name"},
      {"BP130",
       "A path that was named, or a file in a directory, cannot be opened or read. What was named ends the run with "
       "status\n"
       "2; what stands in a directory makes its device not checked.",
       kReading, "check the name and the permissions"},
      {"BP131", "None of the paths holds a router config, so there is nothing to prove.", kReading,
       "name config files or a directory of them; `bgproof parse` says how each file was read"},
      {"BP132",
       "The file holds bytes that no text has. It may be a config that was damaged, so its device is not checked.",
       kReading, "replace it by the config as text, or exclude it in bgproof.toml"},
      {"BP133", "Neither content nor name nor bgproof.toml says which dialect the file is written in.", kReading,
       "name the dialect under [dialects] in bgproof.toml, or exclude the file"},
      {"BP134",
       "Two files say that they are the same host: two states of one device, or a copy that was not renamed. Each is a "
       "device of\n"
       "its own, named by its path; a neighbor list that names the host applies to none of them.",
       kReading, "check one state at a time, or change one of the host names"},
      {"BP135", "bgproof.toml has a syntax error, a setting that does not exist or a value of the wrong kind.",
       kReading, "correct the line that is shown"},
      {"BP136", "The command line names something that does not exist.", "bgproof --help", "see bgproof --help"},
      {"BP137", "The file is empty where a config was expected, as a backup that failed leaves it.", kReading,
       "put the config there, or exclude the file in bgproof.toml"},
      {"BP138", "A report cannot be written to where --out says.", kReading, "check the directory and its permissions"},
      {"BP139", "Some text files are no router configs by name and content. They were left out.", kReading,
       "nothing, or exclude them in bgproof.toml"},
      {"BP140",
       "`diff` was asked to compare commits, and git is not installed, this is no repository, or there is no such "
       "commit.",
       kReading, "check the name with `git log`; a path that does not exist is taken for a commit"},
      {"BP141",
       "What stands in the file could be of more than one dialect, and neither its name nor bgproof.toml says which. "
       "It "
       "is read in the likeliest;\n"
       "the same lines can mean something else in another, such as a route map that nothing defines.",
       kReading, "name the dialect under [dialects] in bgproof.toml"},
      {"BP201",
       "The text does not follow the grammar. Intents with such an error are not used at all: the run ends with status "
       "2.",
       kLanguage, "correct the place that is shown; the message says what was expected there"},
      {"BP202", "An intent file, a file that it includes or a data file cannot be read.", kLanguage,
       "paths in an intent file are relative to that file"},
      {"BP203", "Sets, asns, comms, tags, facts and classes share one namespace, and this name stands in it twice.",
       kLanguage, "rename one"},
      {"BP204", "Declarations or includes lead back to themselves, so that they have no value.", kLanguage,
       "break the circle"},
      {"BP205", "The name is declared nowhere in the intents that were loaded.", kLanguage,
       "declare it, or correct the spelling"},
      {"BP206", "The name exists but is of another kind: a set where a class is expected, for example.", kLanguage,
       "write what the message suggests"},
      {"BP207",
       "A role word must be built in (customer, provider, peer, rs, rs-client, internal, collector) or given to some "
       "neighbor.",
       kLanguage, "give the role to a neighbor, in the neighbor list or with `role NAME = ...`"},
      {"BP208",
       "The grammar has the construct, but this version cannot check it yet. It is refused rather than taken for true "
       "or false.",
       kLanguage, "leave the row out for now"},
      {"BP209", "A number, prefix length or modifier lies outside of what it can be.", kLanguage, "correct the number"},
      {"BP210", "The word is none of those that may stand here.", kLanguage, "the message lists them"},
      {"BP211", "A variable does not exist, or the neighbor it is read of has no such value.", kLanguage,
       "fill the column in the neighbor list"},
      {"BP212", "The path expression between < and > cannot be read.", kLanguage,
       "correct it; names in it are `asns` and $neighbor.asn"},
      {"BP213", "The community cannot be read, or its kind cannot stand here.", kLanguage,
       "write 64500:1, 64500:1:2, rt:64500:1 or a well-known name"},
      {"BP214", "A modifier such as `le 24` excludes some members of the set: they are longer, or of the other family.",
       kLanguage, "check the numbers"},
      {"BP215",
       "A block without may, must or except allows nothing: every route that passes is a finding. That is legal.",
       kLanguage, "add the rows that allow, or `may any`"},
      {"BP216",
       "`means` states a contract across the network, which this version does not check and therefore does not use.",
       kLanguage, "nothing; `means opaque` says that there is none"},
      {"BP217", "The line `intent N` names a version of the language that is not known here.", kLanguage,
       "write `intent 1`, or take a newer bgproof"},
      {"BP218",
       "No route that can be offered meets the row, in any session it is checked for. Under `must` nothing is then "
       "promised, so the\n"
       "block's checks are not checked.",
       kLanguage, "correct the row's condition, or remove it"},
      {"BP219", "The block checks IPv4 and IPv6, but a set has members of one family alone.", kLanguage,
       "add the other family, or say `afi`"},
      {"BP220", "Reports name rows by identifier, and this one names two.", kLanguage, "rename one"},
      {"BP221", "`only` speaks of the kinds of communities that it names; the others are left free.", kLanguage,
       "name the other kinds too"},
      {"BP222", "A member of a set without a modifier is exact: more specific routes are not covered.", kLanguage,
       "write `exact`, `orlonger` or `le N`"},
      {"BP223",
       "Every route that the row allows is allowed by another row of the block too, which asks no more of it. The "
       "stricter row, with\nwhat it asks after `then`, never counts.",
       kLanguage, "narrow the weaker row, or remove the idle one"},
      {"BP224",
       "The row of an export block names prefixes and says nothing of where a route comes from. It also speaks of a "
       "route for such a\nprefix that a neighbor sends: a `must` row obliges to pass on a hijack.",
       kLanguage, "add `and originated`, `and learned-from ...` or `and tagged ...`"},
      {"BP225",
       "No route that can be offered meets this `never` row and a row that allows. What no row allows is forbidden "
       "anyway, so the row\nchanges no verdict: a second lock, or a condition that means something else.",
       kLanguage, "read its condition again; keep it if it is meant for rows to come"},
      {"BP230", "Without intents there is nothing to prove.", "docs/cli.md",
       "name them with --intents or in bgproof.toml, or put *.intent files into intents/ beside the configs"},
      {"BP301",
       "The route passes, and the condition of no may, must or except row holds for it. Rows of kind never that it "
       "meets too are\n"
       "shown as `crosses`.",
       kUpper, "narrow the clause that is shown, or allow the route with a row if it should pass"},
      {"BP302", "The route passes and some row allows it, but a never row forbids it, and never wins.", kUpper,
       "reject the route in the policy, or narrow the never row"},
      {"BP310",
       "The edit was announced to do one thing (--expect, or Route-Effect in the commit message) and does another.",
       kDiff, "look at the causes that are listed; correct the edit, or announce what it does"},
      {"BP311",
       "A route passes that was rejected, or not offered, before the edit. The lines that changed are shown with those "
       "that\nnow decide; these are often unchanged: a condition that is gone leaves the others alone.",
       kDiff, "if it is not meant, put back what rejected the route"},
      {"BP401", "The policy rejects a route that a must row promises.", kLower,
       "look for the clause above that takes the route away"},
      {"BP402", "The route passes as promised, but not with the attributes that the must row asks for.", kLower,
       "set the attributes in the clause that accepts"},
      {"BP411", "A route that passed before the edit no longer does.", kDiff,
       "if it is not meant, put back what accepted the route"},
      {"BP501", "After the policy the route still carries a community that `strip` forbids.", kDuty,
       "delete the communities before the route leaves"},
      {"BP502", "`keep` asks that communities of the set survive, and one was deleted.", kDuty, "narrow the deletion"},
      {"BP503", "`add` (or `then tag`) asks for a community that the route does not carry afterwards.", kDuty,
       "add it in the clause that accepts"},
      {"BP504", "`only` names all communities that may stay, and the route carries another.", kDuty,
       "delete the others"},
      {"BP505", "Local preference or MED lies outside the range after the policy, or is absent; or OTC is.", kDuty,
       "set it in the clause that accepts"},
      {"BP506", "The path afterwards is not the path before behind so many copies of one AS number.", kDuty,
       "correct the prepend"},
      {"BP507", "The next hop afterwards is not what the obligation asks for.", kDuty,
       "set the next hop in the policy or on the session"},
      {"BP508", "An attribute that must stay as it was differs afterwards.", kDuty,
       "do not set it there, or allow it with `then`"},
      {"BP509", "The path afterwards holds an AS number of RFC 6996.", kDuty,
       "remove private AS numbers on the session"},
      {"BP511", "A route passes before and after the edit, and comes out with other attributes.", kDiff,
       "if it is not meant, put back what set the attributes that are named"},
      {"BP701", "Some export (or import) block exists, but none selects this session, so nothing is known about it.",
       kCoverage, "give the session's neighbor a role that a block names, or write a block for it"},
      {"BP702",
       "A block, or a `policy` name, selects nothing on the devices that were read, or none of them is of the AS that "
       "`network` names.",
       kCoverage, "correct the name or number, or remove the block"},
      {"BP703", "The session carries address families (VPN, EVPN, multicast and such) that are not checked.", kCoverage,
       "know that they are not covered"},
      {"BP704", "The config ends inside an open block, is binary or cannot be read; what is missing is unknown.",
       kCoverage, "give the whole config"},
      {"BP705", "A set is empty, too small, too old or shrank too much; proving against it would be worth nothing.",
       kData, "renew the data, or correct the guard; `min 0` says that a set may be empty"},
      {"BP706", "The last day of an `except` row is past, so it allows nothing any more.", kLanguage,
       "remove the row, or decide on a new date"},
      {"BP707", "An `except` row ends within days.", kLanguage, "finish what it is for, or decide on a new date"},
      {"BP708", "Data and `role` lines give one neighbor two roles.", kData, "decide on one"},
      {"BP709", "The AS number in the neighbor list is not that of the config.", kData,
       "correct the one that is wrong"},
      {"BP710", "The group in the neighbor list is not that of the config; the list wins.", kData,
       "correct the one that is wrong"},
      {"BP711", "The neighbor list has a neighbor that no session of its device has.", kData,
       "remove the row, or correct the address"},
      {"BP712", "The neighbor list cannot be read.", kData,
       "CSV with a header row: device,neighbor,asn,role,group,name,as_set,site,owner"},
      {"BP713", "The time of an `assume` line is past, or no unmodelled clause of that name exists.", kLanguage,
       "remove the line"},
      {"BP714", "The blocks that use the file are not checked, because its content is unknown.", kData,
       "put the file there"},
      {"BP715",
       "Between the two states a line changed that no program holds and that may let routes in or out all the same: "
       "the "
       "AS number of\neither end, a loop check, damping, an address family without a model. The comparison of the rest "
       "stands; `equal` is not said.",
       kDiff, "look at that line yourself"},
      {"BP801",
       "The clause has a `from` without any active line: what was in it has been removed or deactivated, and the "
       "clause "
       "now meets\nevery route. Removing the last condition widens a clause; deactivating the clause would have "
       "narrowed "
       "the policy.",
       kSmell, "deactivate or remove the whole term, or give it the condition that it lost"},
      {"BP802",
       "For every legal route of both families the clause does nothing: the clauses before it decide all that would "
       "meet it, or its\nconditions exclude each other. This is proved, whatever unmodelled lines do.",
       kSmell, "move the clause up, correct its conditions, or remove it"},
      {"BP803",
       "Nothing comes past the clause, so what stands behind it never counts. An accept that has lost its condition "
       "looks "
       "like that.",
       kSmell, "give the clause its condition, move it to the end, or remove what stands behind it"},
      {"BP804",
       "Without the clause the policy accepts the same routes and gives them the same attributes, whatever comes "
       "behind it,\nwhich is proved as `diff` proves it. Clauses that only reject are not told: an explicit reject in "
       "front of the end is\ngood style.",
       kSmell, "remove the clause, or give it what it was meant to do"},
      {"BP805",
       "Two policies have the same name but for the family in it and nearly the same clauses, and one has a clause, a "
       "condition or\nan action that the other lacks. Prefixes, families and next hops are not compared.",
       kSmell, "make both alike, or give names apart to policies that are meant to differ"},
      {"BP806",
       "What no clause before it has decided is accepted by the last one, whatever it is. A policy that names what may "
       "pass and rejects the\nrest keeps out what nobody has thought of.",
       kSmell, "name what is accepted, and reject at the end, if the policy is meant to let only that pass"},
      {"BP807",
       "The name stands nowhere else in the text of the file. A policy that was detached by mistake looks like that.",
       kSmell, "remove it, or attach it where it was meant to be"},
      {"BP808",
       "The name of the list stands nowhere else in the text of the file. A list whose last use was deleted by mistake "
       "looks like that.",
       kSmell, "remove it, or name it where it was meant to be"},
      {"BP901",
       "An invariant of bgproof does not hold, or an answer did not survive its replay. No verdict of such a run "
       "counts.",
       "bgproof", "please report the message with the command and, if possible, the files"},
  };
  return kPages;
}

const Page* find_page(std::string_view code) {
  const auto& all = pages();
  auto found = std::find_if(all.begin(), all.end(), [&](const Page& page) { return page.code == code; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace bgproof
