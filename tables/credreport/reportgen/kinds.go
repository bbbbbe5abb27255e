package reportgen

func (m *makers) consoleWithMFA() user {
	u := m.person()
	m.signIn(&u, 0, 30)
	u.mfa = true
	return u
}

func (m *makers) consoleWithoutMFA() user {
	u := m.person()
	m.signIn(&u, 0, 60)
	return u
}

// neverSignedIn has a password that was never used: no_information.
func (m *makers) neverSignedIn() user {
	u := m.person()
	m.signIn(&u, 1, 2)
	u.password.used, u.password.usedText = 0, "no_information"
	return u
}

func (m *makers) dormantConsole() user {
	u := m.person()
	m.signIn(&u, 100, 190)
	u.mfa = m.r.percent(50)
	return u
}

func (m *makers) service() user {
	u := m.job()
	u.keys[0] = m.newKey(true, 5, 85)
	m.use(&u.keys[0], 0, 3)
	return u
}

// staleKey is an active key older than 90 days that is in use.
func (m *makers) staleKey() user {
	u := m.job()
	u.keys[0] = m.newKey(true, 120, 390)
	m.use(&u.keys[0], 0, 10)
	return u
}

func (m *makers) keyNeverUsed() user {
	u := m.job()
	u.keys[0] = m.newKey(true, 20, 380)
	return u
}

func (m *makers) twoKeys() user {
	u := m.job()
	u.keys = [2]key{m.newKey(true, 100, 390), m.newKey(true, 5, 60)}
	m.use(&u.keys[0], 0, 20)
	m.use(&u.keys[1], 0, 2)
	return u
}

func (m *makers) consoleAndKey() user {
	u := m.person()
	m.signIn(&u, 0, 20)
	u.mfa = m.r.percent(70)
	u.keys[0] = m.newKey(true, 30, 190)
	m.use(&u.keys[0], 0, 25)
	return u
}

// inactiveKey is a key that was deactivated: false with a date, unlike no key.
func (m *makers) inactiveKey() user {
	u := m.job()
	u.keys[0] = m.newKey(false, 150, 390)
	m.use(&u.keys[0], 60, 140)
	u.keys[1] = m.newKey(true, 5, 50)
	m.use(&u.keys[1], 0, 4)
	return u
}

func (m *makers) nothing() user { return m.person() }

func (m *makers) mfaWithoutPassword() user {
	u := m.job()
	u.mfa = true
	u.keys[0] = m.newKey(true, 10, 80)
	m.use(&u.keys[0], 0, 5)
	return u
}

// certificates puts the inactive one first, as was seen.
func (m *makers) certificates() user {
	u := m.job()
	u.certs = [2]cert{{active: false, created: m.sometime(250, 390)}, {active: true, created: m.sometime(30, 240)}}
	return u
}

// slotsReversed has the older key in slot 2.
func (m *makers) slotsReversed() user {
	u := m.job()
	u.keys = [2]key{m.newKey(true, 5, 40), m.newKey(false, 300, 390)}
	m.use(&u.keys[0], 0, 3)
	return u
}

// passwordRemoved has no password but a date of its last use.
func (m *makers) passwordRemoved() user {
	u := m.person()
	u.password.used = m.sometime(30, 150)
	return u
}

func (m *makers) newJoiner() user {
	u := m.person()
	u.created = m.ago(1)
	u.password = password{enabled: true, usedText: "no_information", changed: u.created + 2}
	return u
}
