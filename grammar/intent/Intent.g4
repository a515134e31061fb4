// The intent language, as docs/intents.md states it. Words come from grammar/intent/lexer.h, not from a lexer that ANTLR makes: the
// literals here are the language's keywords and signs, the tokens below are its other words.
//
// A keyword may be a name wherever a name is expected and no keyword is: `name` there, NAME or `free` elsewhere. Every decision is
// made by the next token, so that an error is found where it is made; a comma too many (`a,, b`) is therefore the reader's to find.
grammar Intent;

tokens { NAME, INT, ASN, PREFIX, COMM, VAR, STRING, PATHRE, DURATION, PERCENT, DATE, PREFIX_LIST, BAD }

file : item* EOF ;

item
    : 'intent' INT
    | 'include' 'builtin'? STRING
    | 'network' ( ASN | INT )
    | 'neighbors' 'from' STRING guard*
    | 'role' name '=' nsel
    | 'set' name '=' sterm ( setOperator sterm )*
    | 'asns' name '=' aterm ( setOperator aterm )*
    | 'comms' name '=' comms
    | 'tag' name '=' literalComm 'means' meaning
    | 'fact' name '=' cond 'means' meaning
    | 'class' name '=' cond
    | 'assume' STRING ( 'never-matches' | 'always-matches' | 'no-effect' ) meta
    | block
    ;

meaning : 'learned-from' name ( ',' name )* | 'originated' | 'opaque' ;

setOperator : '+' | '-' | '&' ;
sterm : prefixes | NAME | free | sdata ;
sdata : ( 'file' STRING ( 'key' STRING )? | 'bgpq4' STRING | 'vrps' STRING 'origin' asnref | 'builtin' STRING ) guard* ;
aterm : asnlist | NAME | free | adata ;
adata : ( 'file' STRING ( 'key' STRING )? | 'bgpq4' STRING | 'aspa' STRING 'providers-of' asnref | 'builtin' STRING ) guard* ;
guard : 'max-age' DURATION | 'min' INT | 'max-shrink' PERCENT ;

prefixes : '{' ( pfx ( ',' pfx? )* )? '}' | PREFIX_LIST ;
pfx : ( PREFIX | VAR | name ) mod? ;
mod : 'exact' | 'orlonger' | 'longer' | 'le' INT | 'ge' INT ( 'le' INT )? ;
asnlist : '{' ( asn ( ',' asn? )* )? '}' ;
asn : number ( '..' number )? | VAR | name ;
number : ASN | INT ;
comms : '{' ( comm ( ',' comm? )* )? '}' ;
comm : literalComm | NAME | free ;
literalComm : COMM | 'no-export' | 'no-advertise' | 'graceful-shutdown' | 'blackhole' ;
setref : name | VAR | prefixes ;
asnref : name | VAR | number | asnlist ;
commref : NAME | free | literalComm | comms ;

block : blockHead '{' row* '}' ;
blockHead
    : ( 'export' 'to' nsel | 'import' 'from' nsel | 'policy' STRING ) ( 'at' dterm ( ',' dterm? )* )? ( 'afi' ( 'v4' | 'v6' ) )?
    ;
nsel : nterms ( 'minus' nterms )? ;
nterms : nterm ( ',' nterm )* ;
nterm : 'role' name | 'group' STRING | 'as' asnref | 'neighbor' STRING | 'any-neighbor' ;
dterm : 'device' STRING | 'site' STRING ;

row
    : ( 'may' | 'must' ) id? cond ( 'then' acts )? STRING?
    | 'never' id? cond STRING?
    | 'always' id? acts STRING?
    | 'except' id? cond ( 'then' acts )? meta STRING?
    ;
id : '[' name ']' ;
meta : 'until' DATE 'owner' STRING ( 'ticket' STRING )? ;

cond : conj ( 'or' conj )* ;
conj : unit ( 'and' unit )* ;
unit : 'not'* ( '(' cond ')' | pred ) ;
pred
    : 'any'
    | 'prefix' 'in' setref mod?
    | 'len' lenspec+
    | 'tagged' name
    | 'learned-from' name ( ',' name )*
    | 'originated'
    | 'source' name
    | ( 'origin-as' | 'first-as' ) 'in' asnref
    | 'path' ( ( 'within' | 'contains' ) asnref | 'matches' PATHRE )
    | 'path-len' num
    | ( 'has' | 'lacks' ) commref
    | ( 'rpki' | 'aspa' ) name
    | 'next-hop' 'in' setref
    | ( 'local-pref' | 'med' ) num
    | 'route-type' name
    | 'origin' name
    | NAME
    | free
    ;
lenspec : ( 'v4' | 'v6' )? num ;
num : comparison INT | INT '..' INT ;
comparison : '<' | '<=' | '=' | '>=' | '>' ;

acts : act ( ',' act? )* ;
act
    : ( 'strip' | 'keep' | 'add' | 'only' ) commref
    | ( 'tag' | 'untag' ) name
    | ( 'local-pref' | 'med' | 'prepend' ) num
    | 'next-hop' name
    | 'otc' name
    | 'no-private-as'
    | 'unchanged' attr ( '+' attr )*
    ;
attr : 'path' | 'next-hop' | 'med' | 'local-pref' | 'communities' | 'origin' ;

name : NAME | free | reserved ;

// Keywords that are names also where some other keyword could stand.
free
    : 'to' | 'at' | 'afi' | 'v4' | 'v6' | 'key' | 'group' | 'neighbor' | 'device' | 'site' | 'as' | 'exact' | 'orlonger' | 'longer'
    | 'le' | 'ge' | 'opaque' | 'strip' | 'keep' | 'add' | 'only' | 'untag' | 'prepend' | 'unchanged' | 'communities' | 'within'
    | 'contains' | 'matches' | 'any-neighbor' | 'no-private-as' | 'otc' | 'providers-of'
    ;

reserved
    : 'intent' | 'include' | 'network' | 'neighbors' | 'from' | 'role' | 'set' | 'asns' | 'comms' | 'tag' | 'means' | 'fact' | 'class'
    | 'assume' | 'never-matches' | 'always-matches' | 'no-effect' | 'learned-from' | 'originated' | 'file' | 'bgpq4' | 'vrps' | 'aspa'
    | 'builtin' | 'max-age' | 'min' | 'max-shrink' | 'no-export' | 'no-advertise' | 'graceful-shutdown' | 'blackhole' | 'export'
    | 'import' | 'policy' | 'minus' | 'may' | 'must' | 'never' | 'always' | 'except' | 'until' | 'owner' | 'ticket' | 'or' | 'and' | 'not'
    | 'any' | 'prefix' | 'in' | 'len' | 'tagged' | 'source' | 'origin-as' | 'first-as' | 'path' | 'path-len' | 'has' | 'lacks' | 'rpki'
    | 'next-hop' | 'local-pref' | 'med' | 'route-type' | 'origin' | 'then'
    ;
