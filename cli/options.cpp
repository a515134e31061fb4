#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include "cli/usage.h"
#include "report/report.h"

namespace bgproof {

namespace {

// What the options hold before they are checked.
struct Raw {
  std::vector<std::string> assume;
  std::vector<std::string> out;
  std::string colour = "auto";
};

bool fail(const std::string& message, const std::string& help) {
  fmt::print(stderr, "error[BP136]: {}\n    = help        {}\n", message, help);
  return false;
}

bool read_assumptions(const Raw& raw, Options& options) {
  for (const std::string& text : raw.assume) {
    size_t equals = text.find('=');
    std::string name = text.substr(0, equals), value = equals == std::string::npos ? "" : text.substr(equals + 1);
    if (std::string why = why_not_reading(name, value); !why.empty())
      return fail(fmt::format("--assume {}: {}", text, why),
                  "write --assume NAME=VALUE; `bgproof explain assumptions` lists them");
    options.readings[name] = value;
  }
  return true;
}

bool read_outputs(const Raw& raw, Options& options) {
  size_t to_stdout = 0;
  for (const std::string& text : raw.out) {
    size_t equals = text.find('=');
    std::string name = text.substr(0, equals);
    Output output;
    if (name == "text")
      output.format = Format::text;
    else if (name == "json")
      output.format = Format::json;
    else if (name == "md" && options.command == Command::diff)
      output.format = Format::md;
    else
      return fail(fmt::format("--out {}: there is no format `{}`", text, name),
                  options.command == Command::diff ? "formats are text, json and md, as FORMAT or FORMAT=FILE"
                                                   : "formats are text and json, as FORMAT or FORMAT=FILE");
    if (equals != std::string::npos) {
      output.file = text.substr(equals + 1);
      if (output.file.empty())
        return fail(fmt::format("--out {}: the file name is missing", text), "write FORMAT=FILE");
    }
    if (output.file.empty() && ++to_stdout > 1)
      return fail("two formats would go to stdout", "give all but one a file: --out text --out json=report.json");
    options.outputs.push_back(output);
  }
  if (options.outputs.empty()) options.outputs.push_back({});
  return true;
}

bool read_colour(const Raw& raw, Options& options) {
  if (raw.colour == "auto")
    options.colour = Colour::automatic;
  else if (raw.colour == "always")
    options.colour = Colour::always;
  else if (raw.colour == "never")
    options.colour = Colour::never;
  else
    return fail(fmt::format("--color {}: not a choice", raw.colour), "choices are auto, always and never");
  return true;
}

std::optional<std::chrono::sys_days> parse_day(const std::string& text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (text.size() != kShape.size()) return std::nullopt;
  for (size_t i = 0; i < text.size(); ++i)
    if (kShape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != '-') return std::nullopt;
  using namespace std::chrono;
  year_month_day date{year{std::stoi(text.substr(0, 4))}, month(static_cast<unsigned>(std::stoi(text.substr(5, 2)))),
                      day(static_cast<unsigned>(std::stoi(text.substr(8, 2))))};
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

std::string today() {
  using namespace std::chrono;
  year_month_day date{floor<days>(system_clock::now())};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

bool check_values(const Raw& raw, Options& options) {
  if (!read_assumptions(raw, options) || !read_outputs(raw, options) || !read_colour(raw, options)) return false;
  bool given = !options.date.empty();
  if (!given) options.date = today();
  auto date = parse_day(options.date);
  if (!date)
    return fail(fmt::format("--date {}: not a date", options.date), "write YYYY-MM-DD, for example 2026-11-24");
  using namespace std::chrono;
  options.now = given ? seconds(date->time_since_epoch()).count()
                      : duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
  if (options.jobs == 0) options.jobs = std::max(1u, std::thread::hardware_concurrency());
  if (options.jobs > 256) return fail(fmt::format("--jobs {}: too many", options.jobs), "give at most 256");
  return true;
}

void add_output_options(CLI::App* app, Raw& raw) {
  app->add_option("--out", raw.out, "text or json, as FORMAT or FORMAT=FILE; may be repeated")
      ->envname("BGPROOF_OUT")
      ->allow_extra_args(false);
  app->add_option("--color", raw.colour, "auto, always or never")->envname("BGPROOF_COLOR");
}

void add_reading_options(CLI::App* app, Options& options) {
  app->add_option("PATH", options.paths, "config files and directories; default: the current directory");
  app->add_option("-j,--jobs", options.jobs, "threads; default: one for each core")->envname("BGPROOF_JOBS");
  app->add_option("--device", options.device, "only devices whose name matches this glob")->envname("BGPROOF_DEVICE");
}

void add_intent_options(CLI::App* app, Options& options, Raw& raw) {
  app->add_option("--intents", options.intents, "an intent file or directory; may be repeated")
      ->envname("BGPROOF_INTENTS")
      ->allow_extra_args(false);
  app->add_option("--date", options.date, "today, as YYYY-MM-DD")->envname("BGPROOF_DATE");
  app->add_option("--assume", raw.assume, "NAME=VALUE: settles a named assumption; may be repeated")
      ->allow_extra_args(false);
}

void add_question_options(CLI::App* query, CLI::App* trace, Options& options) {
  query->add_flag("--rejects", options.rejects, "ask for a route that is rejected");
  query->add_option("--then", options.obligation, "obligations that the result has to fulfil");
  trace->add_option("--route", options.route, "a route, as KEY=VALUE KEY=VALUE ...");
  trace->add_option("--policy", options.policy, "NAME@DEVICE");
  trace->add_option("--neighbor", options.neighbor, "NEIGHBOR@DEVICE");
  for (CLI::App* each : {query, trace}) {
    each->add_flag("--import", options.is_import, "of a session: what comes in");
    each->add_flag("--export", options.is_export, "of a session: what goes out");
  }
}

// What `query` and `trace` are asked stands in front of the paths.
bool read_question(Options& options) {
  std::vector<std::string>& words = options.paths;
  auto take = [&] {
    std::string word = words.front();
    words.erase(words.begin());
    return word;
  };
  if (options.command == Command::trace) {
    bool by_route = !options.route.empty() || !options.policy.empty() || !options.neighbor.empty();
    if (!by_route && words.empty())
      return fail("trace needs the id of a finding, or a route and what it goes through",
                  "for example: bgproof trace --route 'prefix=192.0.2.0/24' --policy NAME@DEVICE configs/");
    if (!by_route) {
      options.subject = take();
      return true;
    }
    if (options.route.empty())
      return fail("--route is missing", "for example: --route 'prefix=192.0.2.0/24 as-path=64501 64502'");
    if (options.policy.empty() == options.neighbor.empty())
      return fail("trace goes through one policy or one session",
                  "give --policy NAME@DEVICE or --neighbor NEIGHBOR@DEVICE");
    return true;
  }
  if (options.command != Command::query) return true;
  if (!words.empty()) options.subject = take();
  if (!words.empty() && (words.front() == "import" || words.front() == "export"))
    (take() == "import" ? options.is_import : options.is_export) = true;
  if (!words.empty()) options.condition = take();
  if (options.condition.empty())
    return fail("query needs a policy and a condition",
                "for example: bgproof query TO-PEER@edge01 'prefix in { 192.0.2.0/24 } orlonger' configs/");
  if (options.is_import && options.is_export) return fail("one direction at a time", "give import or export");
  if (options.rejects && !options.obligation.empty())
    return fail("--then asks of a result, and what is rejected has none", "give --then or --rejects");
  return true;
}

void add_diff_options(CLI::App* diff, Options& options, Raw& raw) {
  diff->add_option("STATE", options.paths, "two paths, FILE:POLICY twice, or one or two commits");
  diff->add_option("-j,--jobs", options.jobs, "threads; default: one for each core")->envname("BGPROOF_JOBS");
  diff->add_option("--device", options.device, "only devices whose name matches this glob")->envname("BGPROOF_DEVICE");
  diff->add_option("--expect", options.expect, "none, narrower, wider, attrs; several with commas")
      // An empty variable of a script must not look like no expectation.
      ->check([](const std::string& text) {
        return text.empty() ? std::string("no effect is named: none, narrower, wider, attrs") : std::string();
      });
  diff->add_option("--assume", raw.assume, "NAME=VALUE: settles a named assumption; may be repeated")
      ->allow_extra_args(false);
}

// The word that is meant as a command: the first that is no option.
bool knows_command(int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return true;
  std::string word = argv[1];
  const auto& names = command_names();
  if (std::find(names.begin(), names.end(), word) != names.end()) return true;
  fail(fmt::format("there is no command `{}`", word),
       fmt::format("commands are {}; see bgproof --help", fmt::join(names, ", ")));
  return false;
}

}  // namespace

std::optional<Options> parse_options(int argc, const char* const* argv, int& status) {
  status = 2;
  if (!knows_command(argc, argv)) return std::nullopt;
  if (argc < 2) {
    fmt::print(stderr, "{}", usage());
    return std::nullopt;
  }
  Options options;
  options.jobs = 0;
  Raw raw;
  CLI::App app;
  app.set_help_flag();
  bool help = false, show_version = false;
  app.add_flag("-h,--help", help);
  app.add_flag("--version", show_version);
  app.require_subcommand(0, 1);

  std::vector<CLI::App*> commands;
  for (const std::string& name : command_names()) {
    commands.push_back(app.add_subcommand(name, ""));
    commands.back()->set_help_flag();
    commands.back()->add_flag("-h,--help", help);
  }
  auto command = [&](Command which) { return commands[static_cast<size_t>(which)]; };
  CLI::App *check = command(Command::check), *lint = command(Command::lint), *parse = command(Command::parse);
  CLI::App *fmt_ = command(Command::fmt), *explain = command(Command::explain), *diff = command(Command::diff);
  for (CLI::App* each : {check, lint, command(Command::query), command(Command::trace)}) {
    add_reading_options(each, options);
    add_output_options(each, raw);
    add_intent_options(each, options, raw);
  }
  check->add_option("--dump-queries", options.dump_queries, "writes every question to a solver into this directory");
  check->add_flag("--cross-check", options.cross_check, "asks every question of cvc5 too");
  for (CLI::App* each : {check, lint}) each->add_flag("--strict", options.strict, "a smell is status 1");
  for (CLI::App* each : {check, diff, command(Command::query)})
    each->add_option("--steps", options.steps, "steps of the solver for one block and session; more take longer")
        ->check([](const std::string& text) {
          bool number = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
          bool positive = number && text.find_first_not_of('0') != std::string::npos;
          return positive ? std::string() : fmt::format("`{}` is no number of steps", text);
        });
  add_question_options(command(Command::query), command(Command::trace), options);
  add_diff_options(diff, options, raw);
  add_output_options(diff, raw);
  add_reading_options(parse, options);
  add_output_options(parse, raw);
  fmt_->add_option("PATH", options.paths, "intent files and directories; default: the current directory");
  fmt_->add_flag("--check", options.only_check, "write nothing; status 1 if a file would change");
  fmt_->add_option("--color", raw.colour, "auto, always or never")->envname("BGPROOF_COLOR");
  explain->add_option("CODE", options.paths, "a code (BP301) or the name of an assumption")->expected(1);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (!help) {
      fail(error.what(), "see bgproof --help");
      return std::nullopt;
    }
  }
  if (help || show_version) {
    status = 0;
    if (help)
      fmt::print("{}", usage());
    else
      fmt::print("bgproof {}\n", version());
    return std::nullopt;
  }
  for (size_t i = 0; i < commands.size(); ++i)
    if (commands[i]->parsed()) options.command = static_cast<Command>(i);
  if (options.command == Command::explain && options.paths.empty()) {
    fail("explain needs a code", "for example: bgproof explain BP301");
    return std::nullopt;
  }
  if (options.command == Command::diff && (options.paths.empty() || options.paths.size() > 2)) {
    fail("diff compares two things", "give OLD and NEW, two files or directories, or one or two commits");
    return std::nullopt;
  }
  if (!check_values(raw, options) || !read_question(options)) return std::nullopt;
  return options;
}

}  // namespace bgproof
