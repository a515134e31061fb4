// Tokens of a Junos configuration: the curly form in the default mode, one line of `set` commands after another in mode
// LINES. Characters are bytes (the reader feeds bytes, so that offsets are file offsets); whatever is not punctuation is
// part of a word, and what a word means is for the tree to say. The order of rules decides between tokens of one length.
lexer grammar JunosLexer;

BLANK: [ \t\r\n\f\u0000]+ -> skip;
BLOCK_COMMENT: '/*' .*? ('*/' | EOF) -> skip;
LINE_COMMENT: '#' ~[\n]* -> skip;

TAG: 'inactive:' | 'active:' | 'protect:' | 'unprotect:' | 'replace:' | 'delete:';

OPEN: '{';
CLOSE: '}';
OPEN_LIST: '[';
CLOSE_LIST: ']';
END: ';';

STRING: '"' (~["\\] | '\\' .)* ('"' | '\\'? EOF);

// A word may hold `#`, `[0-9]` and `{2,3}`, but does not begin with them; `/*` begins a comment.
WORD: (PLAIN | '/' (PLAIN_NO_STAR | '/' | INSIDE)) (PLAIN | '/' | INSIDE)* | '/';

fragment PLAIN: ~[ \t\r\n\f\u0000{}[\];"#/];
fragment PLAIN_NO_STAR: ~[ \t\r\n\f\u0000{}[\];"#/*];
fragment INSIDE: '#' | '[' ~[ \t\r\n\f\u0000{}[\];"]* ']' | '{' [0-9]+ (',' [0-9]*)? '}';

mode LINES;

NEWLINE: '\n';
LINE_BLANK: [ \t\r\f\u0000]+ -> skip;
LINE_OPEN_LIST: '[' -> type(OPEN_LIST);
LINE_CLOSE_LIST: ']' -> type(CLOSE_LIST);
LINE_STRING: '"' (~["\\\n] | '\\' ~[\n])* '"' -> type(STRING);
// An opening quote without its partner: the rest of the line.
BROKEN: '"' (~["\\\n] | '\\' ~[\n])* '\\'?;
LINE_WORD: LINE_PLAIN (LINE_PLAIN | '[' ~[ \t\r\n\f\u0000[\]"]* ']')* -> type(WORD);

fragment LINE_PLAIN: ~[ \t\r\n\f\u0000[\]"];
