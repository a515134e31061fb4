#include "network/neighbors.h"

namespace bgproof {

std::shared_ptr<const PrefixList> neighbors_of(const std::vector<const Session*>& sessions) {
  auto list = std::make_shared<PrefixList>();
  auto add = [&](const Prefix& within, SourceRange range) {
    auto longest = static_cast<uint8_t>(width(within.family));
    list->entries.push_back({{within, within.length, longest, std::nullopt}, 0, range});
  };
  for (const Session* session : sessions) {
    if (session->address)
      add(prefix_of(*session->address, width(session->address->family)), {});
    else if (auto range = parse_prefix(session->neighbor, nullptr, true))
      add(*range, session->range);
    else
      for (Family family : {Family::ipv4, Family::ipv6}) add(Prefix{family, 0, 0}, session->range);
  }
  return list;
}

}  // namespace bgproof
