#include "encoder/well_formed.h"

#include "encoder/logic.h"

namespace bgproof {

std::optional<Family> family_of_rib(const std::string& name) {
  size_t dot = name.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  size_t before = dot == 0 ? std::string::npos : name.rfind('.', dot - 1);
  size_t begin = before == std::string::npos ? 0 : before + 1;
  std::string table = name.substr(begin, dot - begin);
  if (table == "inet") return Family::ipv4;
  if (table == "inet6") return Family::ipv6;
  return std::nullopt;
}

z3::expr legal_attributes(Terms& terms) {
  const SymbolicRoute& route = terms.before;
  const Vocabulary& vocabulary = terms.vocabulary;
  std::vector<z3::expr> all;
  if (!terms.task.families.contains(Family::ipv4)) all.push_back(route.is_ipv6);
  if (!terms.task.families.contains(Family::ipv6)) all.push_back(not_of(route.is_ipv6));

  z3::expr bgp = route.protocol == terms.bits(Protocol::bgp, 4);
  all.push_back(z3::ule(route.protocol, terms.bits(kProtocols - 1, 4)));
  all.push_back(z3::ule(route.route_type, terms.bits(RouteType::external, 2)));
  all.push_back(bgp == (route.route_type != terms.bits(RouteType::none, 2)));
  all.push_back(z3::implies(route.has_neighbor, bgp));
  if (vocabulary.neighbor) {
    all.push_back(route.neighbor.is_ipv6 || route.neighbor.bits.extract(95, 0) == terms.context.bv_val(0, 96));
    all.push_back(route.has_neighbor ||
                  (!route.neighbor.is_ipv6 && route.neighbor.bits == terms.context.bv_val(0, 128)));
  }

  const Names& roles = vocabulary.roles;
  if (terms.task.roles.empty()) {
    all.push_back(z3::ule(route.learned_from, terms.bits(roles.another(), roles.bits())));
  } else {
    std::vector<z3::expr> any;
    for (const std::string& role : terms.task.roles)
      any.push_back(route.learned_from == terms.bits(roles.number(role), roles.bits()));
    all.push_back(or_of(terms.context, any));
  }
  all.push_back(z3::ule(route.interface, terms.bits(vocabulary.interfaces.another(), vocabulary.interfaces.bits())));
  all.push_back(z3::ule(route.rib, terms.bits(vocabulary.ribs.another(), vocabulary.ribs.bits())));
  for (const std::string& name : vocabulary.ribs.names()) {
    std::optional<Family> family = family_of_rib(name);
    if (!family) continue;
    z3::expr is_this = route.rib == terms.bits(vocabulary.ribs.number(name), vocabulary.ribs.bits());
    all.push_back(z3::implies(is_this, *family == Family::ipv6 ? route.is_ipv6 : !route.is_ipv6));
  }
  all.push_back(well_formed({route.origin, route.next_hop, route.communities, route.numbers, route.rpki}, vocabulary));
  z3::expr no_path = terms.paths.matches(route.as_path, AsPathRegex{});
  all.push_back(z3::implies(route.route_type == terms.bits(RouteType::external, 2), !no_path));
  return and_of(terms.context, all);
}

z3::expr legal_prefix(Terms& terms) {
  const SymbolicRoute& route = terms.before;
  std::vector<z3::expr> all = {z3::ule(route.length, choice_of(route.is_ipv6, terms.bits(128, 8), terms.bits(32, 8)))};
  unsigned width = 128;
  if (!terms.task.families.contains(Family::ipv6)) {
    width = 32;
    all.push_back(route.address.extract(95, 0) == terms.context.bv_val(0, 96));
  }
  for (unsigned bit = 0; bit < width; ++bit) {
    z3::expr is_zero = route.address.extract(127 - bit, 127 - bit) == terms.context.bv_val(0, 1);
    all.push_back(is_zero || z3::ugt(route.length, terms.bits(bit, 8)));
  }
  return and_of(terms.context, all);
}

}  // namespace bgproof
