// The report of `diff` for people: one block for each cause, with the changed lines and those that they made mean
// something else; what is attached elsewhere; what could not be decided; the summary.
#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "report/diff_report.h"
#include "report/style.h"

namespace bgproof {

std::string to_text(const DiffReport& report, const SourceSet& sources, const Style& style);

// "session 192.0.2.1 on edge01 is gone".
std::string to_words(const NetworkChange& change);

// Without the sessions of devices that are new or gone themselves.
std::vector<NetworkChange> shown_changes(const DiffReport& report);

// What else is possible by the same lines, each kind once: "routes no longer leave".
std::vector<std::string> also_possible(const DiffCause& cause);

// "next-hop self  no communities": what of the route comes out otherwise; "" if nothing does.
std::string what_changes(const Route& before, const Route& after);

// "wider, expected narrower (--expect)": the whole of it in one line.
std::string effect_line(const DiffReport& report);

}  // namespace bgproof
