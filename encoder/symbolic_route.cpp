#include "encoder/symbolic_route.h"

#include <fmt/format.h>

#include "encoder/logic.h"

namespace bgproof {

namespace {

class Fresh {
 public:
  Fresh(z3::context& context, std::string prefix) : context_(context), prefix_(std::move(prefix)) {}

  z3::expr boolean(const std::string& name) { return context_.bool_const((prefix_ + name).c_str()); }
  z3::expr bits(const std::string& name, unsigned width) { return context_.bv_const((prefix_ + name).c_str(), width); }
  SymbolicAddress address(const std::string& name) { return {boolean(name + "-is-ipv6"), bits(name, 128)}; }

 private:
  z3::context& context_;
  std::string prefix_;
};

}  // namespace

FreshAttributes fresh_attributes(z3::context& context, const Vocabulary& vocabulary, const std::string& prefix,
                                 bool with_communities) {
  Fresh fresh(context, prefix);
  SymbolicCommunities communities;
  for (AtomId atom = 0; with_communities && atom < vocabulary.atoms().size(); ++atom) {
    communities.carries.push_back(fresh.boolean(fmt::format("carries!{}", atom)));
    if (vocabulary.count_limit() == 0) continue;
    communities.count.push_back(vocabulary.is_single(atom) ? context.bv_val(1, kCountBits)
                                                           : fresh.bits(fmt::format("count!{}", atom), kCountBits));
  }
  std::vector<SymbolicNumber> numbers;
  for (const NumberInfo& number : kNumbers) {
    std::string name(number.name);
    numbers.push_back({fresh.boolean("has-" + name), fresh.bits(name, 32)});
  }
  return {fresh.bits("origin", 2),
          {fresh.bits("next-hop-kind", 3), fresh.address("next-hop")},
          std::move(communities),
          std::move(numbers),
          fresh.bits("rpki", 2)};
}

z3::expr well_formed(const FreshAttributes& attributes, const Vocabulary& vocabulary) {
  z3::context& context = attributes.origin.ctx();
  auto bits = [&](auto value, unsigned width) { return context.bv_val(static_cast<unsigned>(value), width); };
  std::vector<z3::expr> all;
  if (vocabulary.origin) all.push_back(z3::ule(attributes.origin, bits(Origin::incomplete, 2)));
  if (vocabulary.rpki) all.push_back(z3::ule(attributes.rpki, bits(Rpki::unknown, 2)));
  if (vocabulary.next_hop) {
    const SymbolicAddress& address = attributes.next_hop.address;
    z3::expr is_address = attributes.next_hop.kind == bits(NextHop::Kind::address, 3);
    all.push_back(z3::ule(attributes.next_hop.kind, bits(NextHop::Kind::reject, 3)));
    all.push_back(address.is_ipv6 || address.bits.extract(95, 0) == context.bv_val(0, 96));
    all.push_back(is_address || (not_of(address.is_ipv6) && address.bits == context.bv_val(0, 128)));
  }
  for (const NumberInfo& info : kNumbers) {
    if (!vocabulary.numbers[static_cast<size_t>(info.number)]) continue;
    const SymbolicNumber& number = attributes.numbers[static_cast<size_t>(info.number)];
    all.push_back(number.present || number.value == bits(0u, 32));
  }
  for (AtomId atom = 0; atom < attributes.communities.count.size(); ++atom) {
    const z3::expr& count = attributes.communities.count[atom];
    if (vocabulary.is_single(atom)) continue;
    uint64_t most = std::min<uint64_t>(vocabulary.atoms().atom(atom).size, vocabulary.count_limit());
    all.push_back(z3::uge(count, bits(1u, kCountBits)) && z3::ule(count, bits(most, kCountBits)));
  }
  return and_of(context, all);
}

SymbolicRoute offered_route(z3::context& context, const Vocabulary& vocabulary, const SymbolicPath& path) {
  Fresh fresh(context, "");
  FreshAttributes attributes = fresh_attributes(context, vocabulary, "");
  SymbolicRoute route{fresh.boolean("is-ipv6"),
                      fresh.bits("address", 128),
                      fresh.bits("length", 8),
                      fresh.bits("protocol", 4),
                      fresh.bits("route-type", 2),
                      fresh.bits("learned-from", vocabulary.roles.bits()),
                      fresh.boolean("has-neighbor"),
                      fresh.address("neighbor"),
                      fresh.bits("interface", vocabulary.interfaces.bits()),
                      fresh.bits("rib", vocabulary.ribs.bits()),
                      path,
                      attributes.origin,
                      attributes.next_hop,
                      attributes.communities,
                      attributes.numbers,
                      attributes.rpki};
  if (vocabulary.frees_communities())
    route.communities.whose.assign(vocabulary.atoms().size(), context.bv_val(0, kWhoseBits));
  return route;
}

z3::expr count_of(const SymbolicCommunities& communities, AtomId atom) {
  z3::context& context = communities.carries[atom].ctx();
  return choice_of(communities.carries[atom], communities.count[atom], context.bv_val(0, kCountBits));
}

}  // namespace bgproof
