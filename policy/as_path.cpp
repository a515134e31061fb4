#include "policy/as_path.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace bgproof {
namespace {

bool is_set(const AsSegment& segment) {
  return segment.kind == AsSegment::Kind::set || segment.kind == AsSegment::Kind::confed_set;
}

std::string print(const AsPath& path, std::string_view between_members) {
  std::string text;
  for (const AsSegment& segment : path.segments) {
    if (!text.empty()) text += ' ';
    std::string numbers = fmt::format("{}", fmt::join(segment.asns, is_set(segment) ? between_members : " "));
    switch (segment.kind) {
      case AsSegment::Kind::sequence:
        text += numbers;
        break;
      case AsSegment::Kind::set:
        text += '{' + numbers + '}';
        break;
      case AsSegment::Kind::confed_sequence:
        text += '(' + numbers + ')';
        break;
      case AsSegment::Kind::confed_set:
        text += '[' + numbers + ']';
        break;
    }
  }
  return text;
}

}  // namespace

AsPath path_of(std::vector<Asn> sequence) {
  AsPath path;
  if (!sequence.empty()) path.segments.push_back({AsSegment::Kind::sequence, std::move(sequence)});
  return path;
}

uint32_t length(const AsPath& path) {
  uint32_t count = 0;
  for (const AsSegment& segment : path.segments) switch (segment.kind) {
      case AsSegment::Kind::sequence:
        count += static_cast<uint32_t>(segment.asns.size());
        break;
      case AsSegment::Kind::set:
        count += 1;
        break;
      case AsSegment::Kind::confed_sequence:
      case AsSegment::Kind::confed_set:
        break;
    }
  return count;
}

std::optional<Asn> first_asn(const AsPath& path) {
  if (path.empty() || is_set(path.segments.front())) return std::nullopt;
  return path.segments.front().asns.front();
}

std::optional<Asn> origin_asn(const AsPath& path) {
  if (path.empty() || is_set(path.segments.back())) return std::nullopt;
  return path.segments.back().asns.back();
}

void prepend(AsPath& path, const std::vector<Asn>& asns) {
  if (asns.empty()) return;
  if (path.empty() || path.segments.front().kind != AsSegment::Kind::sequence)
    path.segments.insert(path.segments.begin(), AsSegment{});
  std::vector<Asn>& front = path.segments.front().asns;
  front.insert(front.begin(), asns.begin(), asns.end());
}

void normalize(AsPath& path) {
  std::vector<AsSegment> result;
  for (AsSegment& segment : path.segments) {
    if (is_set(segment)) {
      std::sort(segment.asns.begin(), segment.asns.end());
      segment.asns.erase(std::unique(segment.asns.begin(), segment.asns.end()), segment.asns.end());
    }
    if (segment.asns.empty()) continue;
    if (!result.empty() && !is_set(segment) && result.back().kind == segment.kind)
      result.back().asns.insert(result.back().asns.end(), segment.asns.begin(), segment.asns.end());
    else
      result.push_back(std::move(segment));
  }
  path.segments = std::move(result);
}

bool is_well_formed(const AsPath& path) {
  AsPath normal = path;
  normalize(normal);
  return normal == path;
}

bool is_private(Asn asn) { return (64512 <= asn && asn <= 65534) || (4200000000 <= asn && asn <= 4294967294); }

std::string text_form(const AsPath& path) { return print(path, ","); }

std::string to_string(const AsPath& path) { return print(path, " "); }

}  // namespace bgproof
