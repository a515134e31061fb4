// Which files a run reads and what each of them is. Directories are read with all below them, in the order of names,
// each real directory and file once, so that symbolic links cannot make a run endless. What stands under a hidden name
// is left out.
//
// A file is told by its content, then by its name, then by bgproof.toml. Documents and scripts are left out by their
// names, but not what may be the name of a host in a domain that is called like them. Nothing that might be a config is
// dropped in silence: binary, empty, unreadable or of no known dialect, it becomes a device that is not checked if a
// directory holds it, and an error if it was named itself.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/project_file.h"

namespace bgproof {

struct FoundFile {
  enum class Kind : uint8_t {
    config,     // of a dialect; `file` holds its text
    unusable,   // perhaps a config, but it cannot be read: `why`
    no_config,  // some other text; said to be left out
    document,   // by its name, and nothing in it is about BGP
  } kind = Kind::config;
  std::string path;
  bool named = false;    // the user named the file itself, not a directory above it
  std::string dialect;   // of a config
  bool guessed = false;  // nothing settles it
  std::string why;       // of an unusable file: "is binary"
  std::string code;      // of an unusable file: "BP132"
  FileId file;           // of a config
};

// Reads them with so many threads. A path that does not exist or cannot be opened is an error (BP130).
std::vector<FoundFile> find_configs(const std::vector<std::string>& paths, const ProjectFile& project, unsigned threads,
                                    SourceSet& sources, Diagnostics& diagnostics);

// Texts that are at hand already, such as those of a commit, sorted out in the same way; nothing of them is named.
// `label` goes in front of their paths where they are shown: "main:".
struct NamedText {
  std::string path;
  std::string text;
  std::string error;  // not empty: why it could not be read
};
std::vector<FoundFile> sort_out(std::vector<NamedText> texts, const std::string& label, const ProjectFile& project,
                                SourceSet& sources, Diagnostics& diagnostics);

// Intent files: those named, with directories read for *.intent; without any, those of the project file; else those
// under `paths` and under `intents/` beside them. Sorted, each once. A named one that does not exist is an error.
std::vector<std::string> find_intents(const std::vector<std::string>& named, const std::vector<std::string>& paths,
                                      const ProjectFile& project, Diagnostics& diagnostics);

}  // namespace bgproof
