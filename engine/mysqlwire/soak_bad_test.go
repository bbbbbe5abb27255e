package mysqlwire

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

// badKinds speak the protocol as they should, and ask for what they must not get, or leave in the middle. They connect anew for each step.
func badKinds() []soakKind {
	return []soakKind{
		{"wrong password", 1, (*soakClient).wrongPassword},
		{"forbidden statements", 2, (*soakClient).forbidden},
		{"endless statements", 1, (*soakClient).endless},
		{"leaves during a statement", 1, (*soakClient).leaves},
		{"is killed", 1, (*soakClient).killed},
		{"leaves during an answer", 1, (*soakClient).abandons},
		{"too many prepared statements", 1, (*soakClient).hoards},
		{"a packet that is too large", 1, (*soakClient).floods},
	}
}

// visiting gives a function that connects anew, for one step.
func (c *soakClient) visiting(change ...func(*mysql.Config)) func(func(context.Context, *sql.Conn) error) error {
	db := opened(c.t, c.tcp, append(change, func(config *mysql.Config) { config.User = "bad" })...)
	db.SetMaxIdleConns(0)
	return func(visit func(context.Context, *sql.Conn) error) error {
		ctx, cancel := c.patience()
		defer cancel()
		conn, err := db.Conn(ctx)
		if err != nil {
			return fmt.Errorf("connect: %w", err)
		}
		defer conn.Close()
		return visit(ctx, conn)
	}
}

// refusedAs says what is wrong with an error that should be one of some.
func refusedAs(what string, err error, numbers ...uint16) error {
	var e *mysql.MySQLError
	if !errors.As(err, &e) || !slices.Contains(numbers, e.Number) {
		return fmt.Errorf("%.200s: %w, where one of %v is due", what, orNothing(err), numbers)
	}
	return nil
}

var errAnswered = errors.New("answered")

func orNothing(err error) error {
	if err == nil {
		return errAnswered
	}
	return err
}

func (c *soakClient) wrongPassword() func() error {
	users := []string{testUser, "narrow", "bad", "nobody"}
	var dbs []*sql.DB
	for _, user := range users {
		db := opened(c.t, c.unix, func(config *mysql.Config) { config.User, config.Passwd = user, "guess" })
		db.SetMaxIdleConns(0)
		dbs = append(dbs, db)
	}
	return func() error {
		ctx, cancel := c.patience()
		defer cancel()
		return refusedAs("a wrong password", dbs[c.rng.IntN(len(dbs))].PingContext(ctx), 1045, 1129)
	}
}

// forbiddenTexts are refused with these numbers.
var forbiddenTexts = map[string][]uint16{
	"SELECT load_file('/etc/hostname')":                                  {1235},
	"SELECT @@version, load_file('/etc/hostname')":                       {1227},
	"SELECT 1 INTO OUTFILE '/tmp/soak'":                                  {1235, 1064, 1290},
	"SET GLOBAL max_connections = 5":                                     {1290},
	"DROP TABLE aws.iam_credential_report":                               {1290},
	"INSERT INTO aws.iam_credential_report (user) VALUES ('x')":          {1290},
	"SELECT GET_LOCK('x', 1000)":                                         {1305},
	"SELECT SLEEP(1000)":                                                 {1226},
	"KILL 1":                                                             {1094},
	"SELECT 'O\\'Brien'":                                                 {1064},
	"SELECT nothing FROM aws.iam_credential_report":                      {1054},
	"SELECT 1 FROM nowhere":                                              {1146},
	"SELECT 1 / 0":                                                       {1365},
	"SELECT " + strings.Repeat("(", 5000) + "1":                          {1436, 1064},
	"SELECT 'x'::bigint":                                                 {1292},
	"SELECT count(*) FROM aws.iam_credential_report WHERE user = '\xff'": {1105},
}

func (c *soakClient) forbidden() func() error {
	visit := c.visiting()
	var texts []string
	for text := range forbiddenTexts {
		texts = append(texts, text)
	}
	slices.Sort(texts)
	return func() error {
		return visit(func(ctx context.Context, conn *sql.Conn) error {
			for range 5 {
				text := texts[c.rng.IntN(len(texts))]
				if _, err := answerOf(conn.QueryContext(ctx, text)); err == nil || refusedAs(text, err, forbiddenTexts[text]...) != nil {
					return refusedAs(text, err, forbiddenTexts[text]...)
				}
			}
			return c.inStep(ctx, conn)
		})
	}
}

// inStep says whether a connection still answers what it is asked. One that has bounded its statements' time itself asks again when a busy
// machine takes longer.
func (c *soakClient) inStep(ctx context.Context, conn *sql.Conn) error {
	n := c.rng.IntN(1000)
	for {
		var got int
		err := conn.QueryRowContext(ctx, fmt.Sprint("SELECT ", n)).Scan(&got)
		switch {
		case isNumber(err, 3024):
		case err != nil || got != n:
			return fmt.Errorf("out of step: %d for %d, %w", got, n, orNothing(err))
		default:
			return nil
		}
	}
}

const endlessJoin = "SELECT count(*) FROM aws.iam_credential_report a, aws.iam_credential_report b, aws.iam_credential_report c, aws.iam_credential_report d " +
	"WHERE a.user || b.user || c.user = d.user"

func (c *soakClient) endless() func() error {
	visit := c.visiting()
	texts := []string{
		endlessJoin,
		"SELECT a.arn FROM aws.iam_credential_report a, aws.iam_credential_report b, aws.iam_credential_report c ORDER BY a.arn || b.arn || c.arn",
		"WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
		"SELECT repeat('a', 1000000000)",
		"SELECT count(*) FROM generate_series(1, 100000000000) x",
	}
	return func() error {
		return visit(func(ctx context.Context, conn *sql.Conn) error {
			if _, err := conn.ExecContext(ctx, "SET max_execution_time = 200"); err != nil {
				return err
			}
			text := texts[c.rng.IntN(len(texts))]
			_, err := answerOf(conn.QueryContext(ctx, text))
			// Time, memory or a bound of the function's own.
			if err := refusedAs(text, err, 3024, 1037, 1226, 1436, 1118, 1235); err != nil {
				return err
			}
			return c.inStep(ctx, conn)
		})
	}
}

// leaves cancels, which is to close the connection.
func (c *soakClient) leaves() func() error {
	visit := c.visiting()
	return func() error {
		return visit(func(ctx context.Context, conn *sql.Conn) error {
			short, cancel := context.WithTimeout(ctx, time.Duration(c.rng.IntN(100))*time.Millisecond)
			defer cancel()
			_, err := answerOf(conn.QueryContext(short, endlessJoin))
			if err == nil || short.Err() == nil {
				return fmt.Errorf("canceled: %w", orNothing(err))
			}
			return nil // the driver says that time is up, or that the connection is bad now
		})
	}
}

func (c *soakClient) killed() func() error {
	visit, other := c.visiting(), c.visiting()
	return func() error {
		return visit(func(ctx context.Context, conn *sql.Conn) error {
			var id int64
			if err := conn.QueryRowContext(ctx, "SELECT CONNECTION_ID()").Scan(&id); err != nil {
				return err
			}
			ended := make(chan error, 1)
			go func() {
				_, err := answerOf(conn.QueryContext(ctx, endlessJoin))
				ended <- err
			}()
			for {
				select {
				case err := <-ended:
					if err := refusedAs("a killed statement", err, 1317); err != nil {
						return err
					}
					return c.inStep(ctx, conn)
				default:
					err := other(func(ctx context.Context, conn *sql.Conn) error {
						_, err := conn.ExecContext(ctx, fmt.Sprint("KILL QUERY ", id))
						return err
					})
					if err != nil {
						return err
					}
				}
			}
		})
	}
}

func (c *soakClient) abandons() func() error {
	visit := c.visiting()
	return func() error {
		return visit(func(ctx context.Context, conn *sql.Conn) error {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			rows, err := conn.QueryContext(ctx, "SELECT a.arn, b.arn FROM aws.iam_credential_report a, aws.iam_credential_report b, generate_series(1, 100) g")
			if err != nil {
				return err
			}
			for range c.rng.IntN(2000) {
				if !rows.Next() {
					return fmt.Errorf("ended early: %w", orNothing(rows.Err()))
				}
			}
			cancel()
			_ = rows.Close() // whatever it says: the connection is closed
			return nil
		})
	}
}

func (c *soakClient) hoards() func() error {
	visit := c.visiting()
	return func() error {
		return visit(func(ctx context.Context, conn *sql.Conn) error {
			for i := range 21 {
				s, err := conn.PrepareContext(ctx, "SELECT ?")
				if i == 20 {
					if err := refusedAs("one statement too many", err, 1461); err != nil {
						return err
					}
					break
				}
				if err != nil {
					return err
				}
				defer s.Close()
			}
			return c.inStep(ctx, conn)
		})
	}
}

func (c *soakClient) floods() func() error {
	visit := c.visiting(func(config *mysql.Config) { config.MaxAllowedPacket = 64 << 20 })
	return func() error {
		return visit(func(ctx context.Context, conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, "SELECT '"+strings.Repeat("x", 300<<10)+"'")
			if err := refusedAs("a long text", err, 1436); err != nil {
				return err
			}
			// The driver may meet the closed connection while it still writes.
			if _, err = conn.ExecContext(ctx, "SELECT '"+strings.Repeat("x", 2<<20)+"'"); err == nil {
				return errors.New("a packet of 2 MiB is answered")
			}
			return nil
		})
	}
}
