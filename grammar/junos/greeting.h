// What devices and collectors put around a Junos configuration, line by line: `{master:0}`, `[edit]`, prompts, `!...`,
// commands that change nothing. A transcript has its commands behind prompts; those are part of the configuration, and
// the place in brackets says what they are relative to.
#pragma once

#include <cstddef>
#include <string_view>

namespace bgproof::junos {

// Takes the first word off the rest of a line.
bool line_words(std::string_view& rest, std::string_view& word);

// True if the line is one of these.
bool is_greeting(std::string_view line);

// Where `user@host>` at the front of a word ends; 0 if it is none. A configuration is edited at `#`.
size_t prompt_end(std::string_view word);

// Where `{master:0}` at the front of a line ends, if nothing but a place follows; 0 if it is none.
size_t role_end(std::string_view line);

// True if what seems to be a greeting has a command behind its first word: the prompt has another form.
bool holds_command(std::string_view text);

// A command of a prompt that changes nothing.
bool has_no_effect(std::string_view command);

}  // namespace bgproof::junos
