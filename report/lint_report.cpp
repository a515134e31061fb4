#include "report/lint_report.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/codes.h"
#include "report/diagnostic_text.h"
#include "report/finding_parts.h"
#include "report/json_parts.h"

namespace bgproof {

std::string to_text(const LintReport& report, const SourceSet& sources, const Style& style) {
  std::string out;
  std::map<std::string, size_t> counts;
  for (const Diagnostic& smell : report.smells) {
    out += to_text(smell, sources, style);
    ++counts[smell.code];
  }
  for (const auto& [code, count] : counts) {
    const CodeInfo* info = find_code(code);
    out += fmt::format("{:>5}  {}  {}\n", count, style.strong(code), info ? info->title : "");
  }
  std::string line =
      fmt::format("{} on {}, {}", plural(report.smells.size(), "smell", "smells"),
                  plural(report.devices, "device", "devices"), plural(report.policies, "policy", "policies"));
  if (report.not_checked)
    line +=
        fmt::format("; {} not looked at, see bgproof parse", plural(report.not_checked, "device was", "devices were"));
  return out + (report.smells.empty() ? style.good(line) : style.warning(line)) + "\n";
}

std::string to_json(const LintReport& report, const SourceSet& sources) {
  Json json = begin_json("bgproof.lint/1");
  json["devices"] = report.devices;
  json["policies"] = report.policies;
  json["not_checked"] = report.not_checked;
  json["diagnostics"] = diagnostics_json(report.smells, sources);
  return dump(json);
}

}  // namespace bgproof
