// Pieces of text that everything which shows a finding shares: the lines of the config that decide, the region, who
// has it in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "report/report.h"
#include "report/snippet.h"
#include "report/style.h"

namespace bgproof {

std::string plural(size_t count, std::string_view one, std::string_view many);  // "1 policy", "2 policies"

// The part of the range that stands in its first line.
SourceRange first_line(const SourceSet& sources, const SourceRange& range);
bool lies_within(const SourceRange& inner, const SourceRange& outer);

// The statement that decides, the conditions of its clause and what it changes.
void add_config_labels(std::vector<SnippetLabel>& labels, const Finding& finding, const Task& task,
                       const SourceSet& sources);

// "= region  ..."; few lines, and how many there are more.
std::string region_lines(uint32_t gutter, const std::string& name, const Region& region, const Style& style);
// "= at  ...": device, direction, chain and sessions of each check, in as few lines as it takes.
std::string place_lines(uint32_t gutter, const std::vector<const Task*>& tasks, const Style& style);
// "= depends on  ..." for each line and assumption that a possible verdict rests on.
std::string dependency_lines(uint32_t gutter, const Finding& finding, const SourceSet& sources, const Style& style);

std::string after_word(Direction direction);  // "sent as"
std::string replay_note(const Finding& finding);

}  // namespace bgproof
