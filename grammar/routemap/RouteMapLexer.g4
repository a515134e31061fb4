// Words of the lines of a route-map dialect (IOS, NX-OS, EOS, FRR). Characters are bytes (the reader feeds bytes, so that
// offsets are file offsets). A word is whatever stands between blanks; quotes hold blanks together only if they
// close on the same line. A line whose first character is `!` or `#` is a comment and part of the line end before it.
lexer grammar RouteMapLexer;

NEWLINE: '\n' ([ \t\r\f]* [!#] ~[\n]*)?;
BLANK: [ \t\r\f\u0000]+ -> skip;
STRING: '"' ~["\n]* '"';
WORD: ~[ \t\r\n\f\u0000]+;
