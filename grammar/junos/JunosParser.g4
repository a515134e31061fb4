// Statements of a Junos configuration. The grammar accepts every sequence of tokens: what is wrong has a rule of its own
// (`missingEnd`, `strayClose`, `strayCloseList`), so that a mistake stands at its place in the tree and the rest is read
// as it is meant, rather than by the luck of a recovery.
parser grammar JunosParser;

options { tokenVocab = JunosLexer; }

// Complete statements of one level.
statements: (statement | strayClose | strayCloseList)* EOF;

statement
  : TAG* item+ (END | block | missingEnd)
  | TAG* block          // a block without a name: a publisher has stripped it
  | TAG+ missingEnd
  | END                 // nothing stands before it
  ;

// Whether a list has its end is decided once, at its begin: with both in one rule every member of a long list would be
// looked at again from each one before it.
item: WORD | STRING | list | openList;

list: OPEN_LIST (TAG | WORD | STRING)* CLOSE_LIST;
openList: OPEN_LIST (TAG | WORD | STRING)* missingEnd;

block: OPEN (statement | strayCloseList)* (CLOSE | missingEnd);

// Nothing where `;`, `]` or `}` should stand.
missingEnd: ;

strayClose: CLOSE;
strayCloseList: CLOSE_LIST;

// `set` lines and their like, one command on each.
lines: NEWLINE* (command (NEWLINE+ command)* NEWLINE*)? EOF;

command: (WORD | STRING | BROKEN | lineList | openLineList | CLOSE_LIST)+;

lineList: OPEN_LIST (WORD | STRING | BROKEN)* CLOSE_LIST;
openLineList: OPEN_LIST (WORD | STRING | BROKEN)* missingEnd;
