package mysqlwire

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// narrowAccount is the one account that the user "narrow" may see.
const narrowAccount = "577215664095"

// soakQueries are questions that all good clients know the answer of.
var soakQueries = []string{
	"SELECT * FROM aws.iam_credential_report ORDER BY arn",
	"SELECT account_id, count(*), bool_or(mfa_active) FROM aws.iam_credential_report GROUP BY 1 ORDER BY 1",
	"SELECT kind, count(*) FROM credsql.credentials WHERE active GROUP BY kind ORDER BY kind",
	"SELECT user, row_number() OVER (PARTITION BY account_id ORDER BY arn) FROM aws.iam_credential_report ORDER BY arn",
	"SELECT repeat('x', n) FROM (VALUES (0), (250), (251), (65535), (65536), (70000)) v(n)",
	"WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 50) SELECT n FROM r ORDER BY n",
}

// narrowQuery counts what "narrow" sees.
const narrowQuery = "SELECT count(*), count(DISTINCT account_id), min(account_id), max(account_id) FROM aws.iam_credential_report"

// goodKinds keep their connections, and always get the right answers.
func goodKinds() []soakKind {
	return []soakKind{
		{"asks as text", 3, (*soakClient).asksText},
		{"asks prepared", 3, (*soakClient).asksPrepared},
		{"asks with parameters", 4, (*soakClient).asksParameters},
		{"asks over TLS", 1, (*soakClient).asksTLS},
		{"browses", 2, (*soakClient).browses},
		{"sees one account", 2, (*soakClient).seesOneAccount},
	}
}

// keeping gives the client a connection that it keeps.
func (c *soakClient) keeping(change ...func(*mysql.Config)) *sql.Conn {
	return pinned(c.t, opened(c.t, c.tcp, change...))
}

func (c *soakClient) patience() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), answerTime)
}

// rightAnswer compares an answer with what the engine has said without a wire.
func (c *soakClient) rightAnswer(query, got string, err error) error {
	switch want := c.wanted[query]; {
	case err != nil:
		return fmt.Errorf("%s: %w", query, err)
	case got != want:
		return fmt.Errorf("%s: %d bytes of answer, where %d are right:\n%.300s", query, len(got), len(want), got)
	}
	return nil
}

func (c *soakClient) asking(conn *sql.Conn) func() error {
	return func() error {
		ctx, cancel := c.patience()
		defer cancel()
		query := soakQueries[c.rng.IntN(len(soakQueries))]
		got, err := answerOf(conn.QueryContext(ctx, query))
		return c.rightAnswer(query, got, err)
	}
}

func (c *soakClient) asksText() func() error { return c.asking(c.keeping()) }

func (c *soakClient) asksTLS() func() error {
	return c.asking(c.keeping(func(config *mysql.Config) { config.TLSConfig = "skip-verify" }))
}

func (c *soakClient) asksPrepared() func() error {
	conn := c.keeping()
	return func() error {
		ctx, cancel := c.patience()
		defer cancel()
		query := soakQueries[c.rng.IntN(len(soakQueries))]
		s, err := conn.PrepareContext(ctx, query)
		if err != nil {
			return fmt.Errorf("prepare %s: %w", query, err)
		}
		defer s.Close()
		got, err := answerOf(s.QueryContext(ctx))
		return c.rightAnswer(query, got, err)
	}
}

func (c *soakClient) asksParameters() func() error {
	conn := c.keeping()
	s, err := conn.PrepareContext(context.Background(), "SELECT ? || '/' || length(?) || '/' || (?::bigint + 1)")
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = s.Close() })
	return func() error {
		ctx, cancel := c.patience()
		defer cancel()
		text, n := strings.Repeat("é\\'", c.rng.IntN(2000)), c.rng.IntN(1_000_000)
		var got string
		if err := s.QueryRowContext(ctx, text, text, n).Scan(&got); err != nil {
			return err
		}
		if want := fmt.Sprint(text, "/", len([]rune(text)), "/", n+1); got != want {
			return fmt.Errorf("%.100s, where %.100s is right", got, want)
		}
		return nil
	}
}

// browses is what a graphical client does, on a connection that is reset now and then.
func (c *soakClient) browses() func() error {
	conn := c.keeping(func(config *mysql.Config) { config.DBName = "aws" })
	return func() error {
		ctx, cancel := c.patience()
		defer cancel()
		for query, want := range map[string]string{
			"/* ApplicationName=soak */ SET SQL_SELECT_LIMIT=DEFAULT": "",
			"SHOW FULL TABLES FROM `aws`":                             "iam_credential_report|BASE TABLE",
			"SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'aws' AND TABLE_NAME = 'iam_credential_report'": "25",
			"SHOW PROCESSLIST":                           "|" + testUser + "|",
			"SELECT @@session.sql_mode, CONNECTION_ID()": "NO_BACKSLASH_ESCAPES",
			"SHOW STATUS LIKE 'Uptime'":                  "Uptime|",
		} {
			got, err := answerOf(conn.QueryContext(ctx, query))
			if err != nil || !strings.Contains(got, want) {
				return fmt.Errorf("%s: %q, %v", query, got, err)
			}
			if strings.Contains(got, "|narrow|") || strings.Contains(got, "|bad|") {
				return fmt.Errorf("%s shows other users: %q", query, got)
			}
		}
		return nil
	}
}

func (c *soakClient) seesOneAccount() func() error {
	conn := c.keeping(func(config *mysql.Config) { config.User = "narrow" })
	want := asked(c.t, c.engine, narrowQuery+" WHERE account_id = '"+narrowAccount+"'")
	return func() error {
		ctx, cancel := c.patience()
		defer cancel()
		got, err := answerOf(conn.QueryContext(ctx, narrowQuery))
		if err != nil || got != want {
			return fmt.Errorf("sees %q, %v", got, err)
		}
		return nil
	}
}
