// Lines of the `set` form: what each command does to the tree. `display set` writes only `set` and `deactivate`; the
// others occur in files that people keep and load. A path is words; it names a container, a statement, all statements
// of a keyword, or one member of a list.
//
// A line that is not understood is BP107, and so is a broken one; a command that changes something unknown leaves a
// statement `unreadable` in the place it speaks of, so that nothing that depends on it is taken for known. A `delete`
// or `deactivate` that names nothing is BP108. A path with a word that nobody knows, perhaps an abbreviation, is BP120.
#pragma once

#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

class Editor {
 public:
  Editor(Node& root, Diagnostics& diagnostics) : root_(root), builder_(root, true), diagnostics_(diagnostics) {}

  // The words of one line with the brackets of lists taken away. `range` is the whole line.
  void apply(std::span<const Word> words, SourceRange range);
  // A line that has an error of syntax: told by the caller, remembered here.
  void broken(std::span<const Word> words, SourceRange range);
  // The lines that follow are relative to this path.
  void place(std::vector<Word> path);
  // A line was not understood and nothing says what it changes.
  bool lost() const { return lost_; }

 private:
  struct Place {
    Node* parent;
    Node* node;
    size_t first_member = 0;  // words of a list that are meant; 0: the whole statement
    size_t members = 0;
  };

  std::vector<Word> full_path(std::span<const Word> words) const;
  void find(Node& at, std::span<const Word> path, std::vector<Place>& found) const;
  std::vector<Place> find(std::span<const Word> path, SourceRange range, std::string_view command);
  void remove(const Place& place);
  void activate(const Place& place, bool active);
  void insert(std::span<const Word> words, SourceRange range);
  void rename(std::span<const Word> words, SourceRange range, bool copy);
  void navigate(std::span<const Word> words);
  void go_up(uint32_t levels);
  bool leads_nowhere(std::span<const Word> words, SourceRange range);
  void not_understood(std::span<const Word> words, SourceRange range, const char* why);

  Node& root_;
  Builder builder_;
  Diagnostics& diagnostics_;
  std::vector<Word> prefix_;            // of `edit`
  std::vector<size_t> prefix_lengths_;  // before each `edit`
  bool lost_ = false;
};

}  // namespace bgproof::junos
