// Which changed lines made a difference: those within the clauses that did it or within members of their lists; else
// those at what attaches the policy; else those that define something that the clauses name.
#include <algorithm>
#include <array>
#include <string_view>

#include "report/diff_report.h"

namespace bgproof {

namespace {

constexpr size_t kFew = 3;
}  // namespace

std::vector<GuiltyHunk> guilty_hunks(const DiffReport& report, const DiffCause& cause, const SourceSet& sources) {
  const DiffFinding& finding = *cause.finding;
  std::vector<GuiltyHunk> found;
  auto collect = [&](bool named, auto is_guilty) {
    for (const ChangedFile& file : report.files)
      for (const Hunk& hunk : file.hunks)
        if (is_guilty(file, hunk)) found.push_back({file.before, file.after, hunk, named});
  };
  auto touching = [&](const std::array<std::vector<SourceRange>, 2>& ranges) {
    return [&, ranges](const ChangedFile& file, const Hunk& hunk) {
      auto any = [&](size_t side, FileId id, uint32_t begin, uint32_t end) {
        return std::any_of(ranges[side].begin(), ranges[side].end(),
                           [&](const SourceRange& range) { return touches(range, id, begin, end, sources); });
      };
      return any(0, file.before, hunk.old_begin, hunk.old_end) || any(1, file.after, hunk.new_begin, hunk.new_end);
    };
  };
  std::array<std::vector<SourceRange>, 2> clauses, members, attached, decided;
  for (size_t side : {0, 1}) {
    const SideOutcome& it = finding.sides[side];
    clauses[side] = it.guilty;
    members[side] = it.members;
    attached[side] = {cause.check->comparison.sides[side].attachment};
    decided[side] = {it.clause_range};
  }
  collect(false, touching(clauses));
  if (found.empty()) collect(true, touching(members));
  if (!found.empty()) return found;
  if (!clauses[0].empty() || !clauses[1].empty()) {
    std::vector<std::string_view> words;
    for (const auto& ranges : clauses)
      for (const SourceRange& range : ranges)
        for (std::string_view word : words_of(sources.text(range))) words.push_back(word);
    for (const ChangedFile& file : report.files)
      if (file.references) {
        std::vector<References::Changed> lines = file.references->of_names(words);
        for (const Hunk& hunk : file.hunks)
          if (std::any_of(lines.begin(), lines.end(), [&](const References::Changed& it) {
                return it.side == 0 ? hunk.old_begin <= it.line && it.line < hunk.old_end
                                    : hunk.new_begin <= it.line && it.line < hunk.new_end;
              }))
            found.push_back({file.before, file.after, hunk, true});
      }
  }
  if (found.empty()) collect(false, touching(attached));
  if (found.empty()) collect(false, touching(decided));
  if (found.empty() && report.files.size() == 1 && report.files[0].hunks.size() <= kFew)
    collect(false, [](const ChangedFile&, const Hunk&) { return true; });
  return found;
}

}  // namespace bgproof
