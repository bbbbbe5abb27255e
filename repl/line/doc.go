// Package line reads what a user types at a terminal: texts of several lines that can be edited as a whole, with history, search,
// completion, colours and pastes. It knows no SQL: an Assistant says what the text means.
//
// Beneath it is chzyer/readline, which owns the terminal's raw mode, the reading of keys and the loop. Readline edits one line and
// draws it as such, so everything that is drawn is drawn here, from the text that readline holds for us; its own output goes nowhere.
package line
