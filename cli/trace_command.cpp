#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/decide.h"
#include "cli/question.h"
#include "cli/route_text.h"
#include "cli/terminal.h"
#include "intents/roles.h"
#include "report/trace_report.h"
#include "solver/example.h"

namespace bgproof {

namespace {

class TraceRun {
 public:
  explicit TraceRun(const Options& options) : options_(options) {}

  int run() {
    if (!can_write(options_.outputs)) return 2;
    bool fine = options_.subject.empty() ? trace_route() : trace_finding();
    report_.diagnostics = inputs_.diagnostics.sorted();
    if (!fine) print_to_stderr(errors_of(inputs_.diagnostics), inputs_.sources, options_.colour);
    for (const Output& output : options_.outputs) {
      if (output.format == Format::text && !fine) continue;
      std::string text = output.format == Format::json
                             ? to_json(report_, inputs_.sources)
                             : to_text(report_, inputs_.sources, style_of(output, options_.colour));
      if (!write_output(output, text)) return 2;
    }
    return fine ? exit_status(report_) : 2;
  }

 private:
  bool fail(const std::string& message, const std::string& help) {
    inputs_.diagnostics.error("BP136", {}, message).notes.emplace_back("help", help);
    return false;
  }

  CheckOptions how() const {
    CheckOptions how;
    how.readings = settled_readings(options_, inputs_.project);
    return how;
  }

  bool trace_route() {
    std::string error;
    std::optional<TypedRoute> typed = read_route(options_.route, error);
    if (!typed)
      return fail("--route: " + error,
                  "for example: --route 'prefix=192.0.2.0/24 as-path=64501 64502 community=64500:1'");
    if (!read_network(options_, inputs_)) return false;
    std::vector<Task> tasks;
    for (Direction direction : directions()) {
      PolicyQuestion question{read_subject(options_.policy.empty() ? options_.neighbor : options_.policy, direction),
                              "any", ""};
      if (!bind_question(options_, question, inputs_, tasks)) return false;
    }
    for (Task& task : tasks)
      if (!add(std::move(task), *typed)) return false;
    if (!report_.traces.empty()) return true;
    return fail(fmt::format("no route of that family is exchanged with {}", options_.neighbor),
                "give a prefix of the other family, or --policy");
  }

  std::vector<Direction> directions() const {
    if (!options_.policy.empty()) return {Direction::none};
    std::vector<Direction> all;
    if (options_.is_import || !options_.is_export) all.push_back(Direction::import_from);
    if (options_.is_export || !options_.is_import) all.push_back(Direction::export_to);
    return all;
  }

  bool add(Task task, const TypedRoute& typed) {
    if (!task.not_checked.empty())
      return fail(fmt::format("{} cannot be traced: {}", task.device, task.not_checked), "see bgproof parse");
    if (task.direction != Direction::none && !task.families.contains(typed.route.prefix.family)) return true;
    Route route = completed(task, typed);
    if (!is_legal(route))
      return fail(
          fmt::format("no network has such a route: {}", to_string(route)),
          "a BGP route has a route-type (external: with an as-path that is not empty) and a neighbor; a route of "
          "another protocol has route-type none and no neighbor; inet.0 holds IPv4, inet6.0 IPv6");
    task.roles.insert(route.learned_from);
    Trace traced = trace(task, route, {}, how());
    report_.traces.push_back({std::move(task), std::move(traced), "", taken(typed, route)});
    return true;
  }

  // What the user left open is as usual, and as the session needs it.
  Route completed(const Task& task, const TypedRoute& typed) const {
    Route route;
    route.prefix = typed.route.prefix;
    bool v4 = route.prefix.family == Family::ipv4;
    bool bgp = !typed.given.contains("protocol") || typed.route.protocol == Protocol::bgp;
    route.route_type = bgp ? RouteType::external : RouteType::none;
    if (bgp) {
      route.neighbor = parse_address(v4 ? "192.0.2.1" : "2001:db8::1");
      route.as_path = path_of({64496});
      route[Number::local_pref] = info(Number::local_pref).usual;
    }
    auto device = std::find_if(inputs_.devices.begin(), inputs_.devices.end(),
                               [&](const Device& it) { return it.name == task.device; });
    if (device != inputs_.devices.end() && device->dialect == "junos") route.rib = v4 ? "inet.0" : "inet6.0";
    if (bgp && task.direction == Direction::import_from && device != inputs_.devices.end())
      for (const Session& session : device->sessions)
        if (session_text(session) == task.sessions.front() && session.address) route.neighbor = session.address;
    put_given(typed, route);
    for (const Fact& fact : task.facts) fit(fact.condition, typed, route);
    if (bgp && !typed.given.contains("next-hop") && route.neighbor)
      route.next_hop = {NextHop::Kind::address, *route.neighbor};
    return route;
  }

  // Changes what the user left open so that the condition holds, if a guess does that.
  static void fit(const Condition& condition, const TypedRoute& typed, Route& route) {
    if (holds(condition, route)) return;
    std::vector<Route> guesses = {guess(condition, route)};
    if (const Any* any = std::get_if<Any>(&condition.is))
      for (const Condition& one : any->of) guesses.push_back(guess(one, route));
    for (Route& fitting : guesses) {
      put_given(typed, fitting);
      if (!holds(condition, fitting) || !is_legal(fitting)) continue;
      route = fitting;
      return;
    }
  }

  static std::string taken(const TypedRoute& typed, const Route& route) {
    std::string text;
    auto say = [&](const std::string& key, const std::string& value) {
      if (!typed.given.contains(key) && !value.empty())
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key, value);
    };
    if (route.protocol == Protocol::bgp) say("route-type", std::string(to_string(route.route_type)));
    say("as-path", to_string(route.as_path));
    if (route.neighbor) say("neighbor", to_string(*route.neighbor));
    if (route.next_hop.kind != NextHop::Kind::unset) say("next-hop", to_string(route.next_hop));
    say("learned-from", route.learned_from == "originated" ? "" : route.learned_from);
    if (route[Number::local_pref]) say("local-pref", std::to_string(*route[Number::local_pref]));
    say("rib", route.rib);
    return text;
  }

  bool trace_finding() {
    std::vector<Check> checks;
    bool fine = read_network(options_, inputs_) && read_intents(options_, true, {}, inputs_) &&
                bind_checks(options_, inputs_, checks);
    if (!fine) return false;
    decide(options_, inputs_, checks);
    struct Found {
      const Check* check;
      const Finding* finding;
    };
    std::vector<Found> all, found;
    for (const Check& check : checks)
      for (const Finding& finding : check.result.findings) {
        if (finding.verdict == Verdict::unknown) continue;
        all.push_back({&check, &finding});
        if (finding.id.starts_with(options_.subject)) found.push_back(all.back());
      }
    auto list = [](const std::vector<Found>& some) {
      std::string text;
      constexpr size_t kShown = 8;
      for (size_t i = 0; i < some.size() && i < kShown; ++i)
        text += fmt::format("{}{} ({} {} {})", i ? ", " : "", some[i].finding->id, some[i].finding->code,
                            some[i].check->task.device, some[i].finding->clause);
      return some.size() > kShown ? text + fmt::format(" and {} more", some.size() - kShown) : text;
    };
    if (found.empty())
      return fail(fmt::format("no finding has an id that begins with `{}`", options_.subject),
                  all.empty() ? "there are no findings" : "there are " + list(all));
    if (found.size() > 1)
      return fail(fmt::format("{} findings have an id that begins with `{}`", found.size(), options_.subject),
                  list(found));
    auto [check, finding] = found.front();
    report_.traces.push_back(
        {check->task, trace(check->task, finding->input, finding->choices, how()), finding->id, ""});
    return true;
  }

  const Options& options_;
  Inputs inputs_;
  TraceReport report_;
};

}  // namespace

int run_trace(const Options& options) { return TraceRun(options).run(); }

}  // namespace bgproof
