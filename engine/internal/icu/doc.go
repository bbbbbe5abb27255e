// Package icu is regular expressions in the flavour of ICU 72 (uregex): its syntax, its Unicode classes, its first-match rules.
// A pattern becomes our own tree and then a program. Whether a text matches is asked of a lazily built automaton in linear time
// when the pattern is regular; where it matches, and patterns with look-around, back-references, possessive or atomic parts, is
// asked of a backtracking matcher that gives up after a number of steps instead of hanging. The package is pure: it knows no SQL.
//
// What ICU has and this package refuses, because its answer could differ: \G, \X, \N{…}, the flags w and d, Unicode blocks and
// properties that the standard library has no table for, and escapes of letters without a meaning (ICU takes \y for y, other
// flavours for a word boundary). An empty pattern, which ICU refuses, matches the empty string.
package icu
