// Every community of a kind, as a device prints it, read by one expression from each of several states at once.
//
// The texts of policy/community.h are walked as one automaton, the printer turns each character into what the device
// prints there (community.h: CommunityNames), and the scan of the expression moves on. Two communities are in one class
// iff they lead from each of the states to the same state. Nodes are numbered breadth first; every class has a member.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "encoder/automaton/text_dfa.h"
#include "encoder/automaton/text_scan.h"
#include "policy/community.h"

namespace bgproof {

// What is printed for each character of the text form, with just enough memory to know.
class CommunityPrinter {
 public:
  using State = uint32_t;
  CommunityPrinter(CommunityKind kind, CommunityNames names);
  static constexpr State start() { return 0; }
  State next(State state, char character) const;
  // What stands for the character; "" if nothing.
  std::string_view printed(State state, char character) const;
  // The whole text ends here and has a name, which is printed instead.
  std::optional<std::string_view> name(State state) const;

 private:
  bool is_extended_;
  std::map<std::pair<State, char>, State> trie_;  // of the texts that have names
  std::map<State, std::string_view> names_;
};

class PrintedCommunities {
 public:
  static constexpr size_t kMaxNodes = 100000;
  struct Class {
    std::vector<TextScan::State> to;  // by `from` of the constructor
    unsigned __int128 size = 0;
  };
  using Node = uint32_t;
  static constexpr uint32_t kNone = UINT32_MAX;

  PrintedCommunities(CommunityKind kind, CommunityNames names, TextScan& scan,
                     const std::vector<TextScan::State>& from);

  bool overflowed() const { return overflowed_; }
  const std::vector<Class>& classes() const { return classes_; }

  // The walk: texts end at a node with a class.
  Node next(Node node, uint32_t symbol) const { return nodes_[node].next[symbol]; }
  uint32_t class_at(Node node) const { return nodes_[node].class_index; }
  size_t size() const { return nodes_.size(); }

  // The texts (text_dfa.h) of the communities in the classes for which `wanted` is true.
  TextDfa automaton(const std::vector<char>& wanted) const;
  // They themselves, if there are few.
  std::vector<Community> members(const std::vector<char>& wanted) const;

 private:
  struct Step {
    std::array<Node, kTextSymbols> next;
    uint32_t class_index = kNone;
  };
  void count();

  std::vector<Step> nodes_;
  std::vector<Class> classes_;
  bool overflowed_ = false;
};

// The states of the scan that communities lead to from `from`.
std::set<TextScan::State> reached(CommunityKind kind, CommunityNames names, TextScan& scan, TextScan::State from);

}  // namespace bgproof
