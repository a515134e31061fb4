#include "grammar/intent/tree.h"

#include <fmt/format.h>

#include "base/check.h"
#include "grammar/intent/literals.h"
#include "grammar/intent/tree_cursor.h"

namespace bgproof::intent {
namespace {

// Declarations and blocks; sets and conditions are in tree_sets.cpp and tree_conditions.cpp.
class Builder {
 public:
  explicit Builder(TreeCursor& at) : at_(at) {}

  Item item(uint32_t node) {
    auto kids = at_.kids(node);
    if (at_.rule(kids[0]) == Rule::block) return block(kids[0]);
    std::string_view word = at_.text(kids[0]);
    SourceRange range = at_.range(node);
    if (word == "intent") return VersionItem{read_large_number(at_.piece(kids[1]), at_.diagnostics()), range};
    if (word == "include") return IncludeItem{kids.size() == 3, quoted(at_, kids.back()), range};
    if (word == "network") return NetworkItem{read_asn(at_.piece(kids[1]), at_.diagnostics()), range};
    if (word == "neighbors") return NeighborsItem{quoted(at_, kids[2]), guards(at_, kids), range};
    if (word == "role") return RoleItem{name(at_, kids[1]), selector(kids[3]), range};
    if (word == "set") return SetDeclaration{name(at_, kids[1]), set_terms(at_, kids), range};
    if (word == "asns") return AsnsDeclaration{name(at_, kids[1]), asn_terms(at_, kids), range};
    if (word == "comms") {
      CommunityRef value = communities(at_, kids[3]);
      return CommsDeclaration{name(at_, kids[1]), std::move(value), range};
    }
    if (word == "tag") return TagItem{name(at_, kids[1]), literal_community(at_, kids[3]), meaning(kids[5]), range};
    if (word == "fact") return FactItem{name(at_, kids[1]), condition(at_, kids[3]), meaning(kids[5]), range};
    if (word == "class") return ClassItem{name(at_, kids[1]), condition(at_, kids[3]), range};
    BGPROOF_CHECK(word == "assume", "an item of the grammar");
    std::string_view kind = at_.text(kids[2]);
    return AssumeItem{kind == "never-matches"    ? AssumeItem::Kind::never_matches
                      : kind == "always-matches" ? AssumeItem::Kind::always_matches
                                                 : AssumeItem::Kind::no_effect,
                      quoted(at_, kids[1]), meta(kids[3]), range};
  }

 private:
  Meaning meaning(uint32_t node) {
    Meaning result;
    result.range = at_.range(node);
    auto kids = at_.kids(node);
    std::string_view word = at_.text(kids[0]);
    result.originated = word == "originated";
    result.opaque = word == "opaque";
    for (uint32_t kid : kids) {
      if (at_.rule(kid) == Rule::name) result.roles.push_back(name(at_, kid));
    }
    return result;
  }

  Meta meta(uint32_t node) {
    auto kids = at_.kids(node);
    Meta result;
    result.until = read_date(at_.piece(kids[1]), at_.diagnostics());
    result.owner = quoted(at_, kids[3]);
    if (kids.size() > 5) result.ticket = quoted(at_, kids[5]);
    return result;
  }

  NeighborTerm neighbor_term(uint32_t node) {
    auto kids = at_.kids(node);
    std::string_view word = at_.text(kids[0]);
    NeighborTerm term;
    term.range = at_.range(node);
    if (word == "role") {
      term.kind = NeighborTerm::Kind::role;
      term.word = name(at_, kids[1]);
    } else if (word == "as") {
      term.kind = NeighborTerm::Kind::as;
      term.asns = asns(at_, kids[1]);
    } else if (word == "any-neighbor") {
      term.kind = NeighborTerm::Kind::any;
    } else {
      term.kind = word == "group" ? NeighborTerm::Kind::group : NeighborTerm::Kind::neighbor;
      Quoted glob = quoted(at_, kids[1]);
      term.word = {glob.text, glob.range};
    }
    return term;
  }

  NeighborSelector selector(uint32_t node) {
    NeighborSelector result;
    result.range = at_.range(node);
    bool minus = false;
    for (uint32_t kid : at_.kids(node)) {
      if (at_.rule(kid) == Rule::token) {
        minus = true;
        continue;
      }
      for (uint32_t term : at_.kids(kid)) {
        if (at_.rule(term) == Rule::nterm) (minus ? result.minus : result.of).push_back(neighbor_term(term));
      }
    }
    return result;
  }

  Block block(uint32_t node) {
    auto kids = at_.kids(node);
    Block result;
    result.range = at_.range(node);
    result.head = at_.range(kids[0]);
    block_head(kids[0], result);
    for (uint32_t kid : kids) {
      if (at_.rule(kid) == Rule::row) result.rows.push_back(row(kid));
    }
    return result;
  }

  void block_head(uint32_t node, Block& result) {
    auto kids = at_.kids(node);
    std::string_view word = at_.text(kids[0]);
    size_t next = 2;
    if (word == "policy") {
      result.kind = Block::Kind::policy;
      result.policy = quoted(at_, kids[1]);
    } else {
      result.kind = word == "export" ? Block::Kind::export_to : Block::Kind::import_from;
      result.neighbors = selector(kids[2]);
      next = 3;
    }
    at_.check_commas(kids, "a device or site");
    for (; next < kids.size(); ++next) {
      if (at_.rule(kids[next]) == Rule::dterm) {
        auto parts = at_.kids(kids[next]);
        result.at.push_back({at_.text(parts[0]) == "site", quoted(at_, parts[1]), at_.range(kids[next])});
      } else if (at_.text(kids[next]) == "afi") {
        result.family = at_.text(kids[++next]) == "v4" ? Family::ipv4 : Family::ipv6;
      }
    }
  }

  Row row(uint32_t node) {
    auto kids = at_.kids(node);
    std::string_view word = at_.text(kids[0]);
    Row result;
    result.kind = word == "may"      ? Row::Kind::may
                  : word == "must"   ? Row::Kind::must
                  : word == "never"  ? Row::Kind::never
                  : word == "always" ? Row::Kind::always
                                     : Row::Kind::except;
    result.range = at_.range(node);
    result.head = at_.range(kids[0]);
    for (size_t i = 1; i < kids.size(); ++i) {
      uint32_t kid = kids[i];
      switch (at_.rule(kid)) {
        case Rule::id:
          result.id = name(at_, at_.kids(kid)[1]);
          result.head = cover(result.head, at_.range(kid));
          break;
        case Rule::cond:
          result.condition = condition(at_, kid);
          result.head = cover(result.head, at_.range(kid));
          break;
        case Rule::acts:
          result.acts = acts(at_, kid);
          if (result.kind == Row::Kind::always) result.head = cover(result.head, at_.range(kid));
          break;
        case Rule::meta:
          result.meta = meta(kid);
          break;
        default:
          if (at_.text(kid)[0] == '"') result.comment = quoted(at_, kid);
          break;
      }
    }
    return result;
  }

  TreeCursor& at_;
};

}  // namespace

std::vector<Item> build(const Tree& tree, std::string_view text, FileId file, Diagnostics& diagnostics) {
  TreeCursor at(tree, text, file, diagnostics);
  Builder builder(at);
  std::vector<Item> items;
  for (uint32_t kid : at.kids(0)) items.push_back(builder.item(kid));
  return items;
}

}  // namespace bgproof::intent
