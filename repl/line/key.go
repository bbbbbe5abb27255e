package line

import "github.com/chzyer/readline"

// The keys that are not characters of their own stand in the last private plane of Unicode, which no user can type: the
// decoder drops those.
const (
	keyFirst rune = 0x10f000 + iota
	keyUp
	keyDown
	keyLeft
	keyRight
	keyHome
	keyEnd
	keyDelete
	keyPageUp
	keyPageDown
	keyWordLeft
	keyWordRight
	keyDeleteWord
	keyBackspaceWord
	keyNewline // a line break inside the text
	keyTab
	keyBackTab
	keyEscape
	keyCancel // Ctrl-C while a menu or a search is open
	keyAccept // Enter while a menu is open
	keySearch
	keySearchForward
	keyClear
	keySuspend
	keyUndo
	keyPaste // the decoder holds what was pasted
	keyLast
)

// The control characters that have a meaning.
const (
	ctrlA     rune = readline.CharLineStart
	ctrlB     rune = readline.CharBackward
	ctrlC     rune = readline.CharInterrupt
	ctrlD     rune = readline.CharDelete
	ctrlE     rune = readline.CharLineEnd
	ctrlF     rune = readline.CharForward
	ctrlG     rune = readline.CharBell
	ctrlH     rune = readline.CharCtrlH
	tab       rune = readline.CharTab
	lineFeed  rune = readline.CharCtrlJ
	ctrlK     rune = readline.CharKill
	ctrlL     rune = readline.CharCtrlL
	enter     rune = readline.CharEnter
	ctrlN     rune = readline.CharNext
	ctrlP     rune = readline.CharPrev
	ctrlR     rune = readline.CharBckSearch
	ctrlS     rune = readline.CharFwdSearch
	ctrlT     rune = readline.CharTranspose
	ctrlU     rune = readline.CharCtrlU
	ctrlW     rune = readline.CharCtrlW
	ctrlY     rune = readline.CharCtrlY
	ctrlZ     rune = readline.CharCtrlZ
	escape    rune = readline.CharEsc
	ctrlUndo  rune = 0x1f // Ctrl-_
	backspace rune = readline.CharBackspace
)

// isKey says whether a rune is one of ours.
func isKey(r rune) bool { return r > keyFirst && r < keyLast }

// controls are the control characters that readline would act on, as keys that it does not know.
var controls = map[rune]rune{
	ctrlA: keyHome, ctrlB: keyLeft, ctrlE: keyEnd, ctrlF: keyRight, ctrlP: keyUp, ctrlN: keyDown, ctrlR: keySearch, ctrlS: keySearchForward, ctrlL: keyClear,
	ctrlZ: keySuspend, tab: keyTab, ctrlG: keyEscape, ctrlUndo: keyUndo,
}
