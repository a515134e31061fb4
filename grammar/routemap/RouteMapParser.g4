// A run of lines, one command on each. Which commands belong to which block is for the scanner to say: devices do not
// mark where a block ends, they leave it when a command does not belong there.
parser grammar RouteMapParser;

options { tokenVocab = RouteMapLexer; }

lines: NEWLINE* (command (NEWLINE+ command)* NEWLINE*)? EOF;

command: (WORD | STRING)+;
