package mysqlfront

import (
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// nothing reads what a read-only server accepts and forgets: transactions and savepoints, UNLOCK TABLES.
func (p *parser) nothing() *sqlerr.Error {
	for i := 1; i < len(p.toks); i++ {
		if t := p.at(i); t.kind != kindWord && t.kind != kindName && !t.isSign(",") {
			return p.unexpected(i)
		}
	}
	p.out.Kind = KindNothing
	return nil
}

// start reads START TRANSACTION; START REPLICA is none of ours.
func (p *parser) start() *sqlerr.Error {
	if !p.at(1).isWord("transaction") {
		return readOnly("START " + strings.ToUpper(p.at(1).value)).At(p.at(1).pos)
	}
	return p.nothing()
}

// flush takes FLUSH TABLES, which dump tools send, and FLUSH STATUS.
func (p *parser) flush() *sqlerr.Error {
	i := 1
	for p.at(i).isWord("local", "no_write_to_binlog") {
		i++
	}
	if !p.at(i).isWord("tables", "table", "status") {
		return readOnly("FLUSH " + strings.ToUpper(p.at(i).value)).At(p.at(i).pos)
	}
	return p.names(i + 1)
}

// lock takes LOCK TABLES … READ: nobody writes.
func (p *parser) lock() *sqlerr.Error {
	for i := range p.toks {
		if t := p.at(i); t.isWord("write") || t.isWord("instance") {
			return readOnly("LOCK " + strings.ToUpper(t.value)).At(t.pos)
		}
	}
	if !p.at(1).isWord("tables", "table") {
		return p.unexpected(1)
	}
	return p.names(2)
}

// names accepts a list of names and words from token i on.
func (p *parser) names(i int) *sqlerr.Error {
	for ; i < len(p.toks); i++ {
		if t := p.at(i); t.kind != kindWord && t.kind != kindName && !t.isSign(",") && !t.isSign(".") {
			return p.unexpected(i)
		}
	}
	p.out.Kind = KindNothing
	return nil
}

// do takes DO of a constant, which some pools send to see whether the server lives.
func (p *parser) do() *sqlerr.Error {
	if v := p.at(1); len(p.toks) != 2 || v.kind != kindInt && v.kind != kindString && !v.isWord("null", "true", "false") {
		return sqlerr.NotSupported("DO").At(p.at(0).pos)
	}
	p.out.Kind = KindNothing
	return nil
}

// use reads USE database.
func (p *parser) use() *sqlerr.Error {
	name := p.at(1)
	if len(p.toks) != 2 || name.kind != kindWord && name.kind != kindName {
		return p.unexpected(min(2, len(p.toks)))
	}
	tree, sql, err := parsePlain(p.text, p.toks)
	if err != nil {
		return err
	}
	p.out.Kind, p.out.Database, p.out.Tree, p.out.SQL = KindUse, name.value, tree, sql
	return nil
}

// kill reads KILL [QUERY | CONNECTION] id. Who may kill whom is the server's business.
func (p *parser) kill() *sqlerr.Error {
	i := 1
	if t := p.at(1); t.isWord("query", "connection", "hard", "soft") {
		p.out.Kill.Query = t.isWord("query")
		i++
	}
	id, err := strconv.ParseUint(p.at(i).value, 10, 64)
	if err != nil || p.at(i).kind != kindInt || i+1 != len(p.toks) {
		return p.unexpected(i)
	}
	p.out.Kind, p.out.Kill.Connection = KindKill, id
	return nil
}

// help answers the client's HELP with no topics.
func (p *parser) help() *sqlerr.Error {
	p.out.Kind, p.out.Answer = KindAnswer, Answer{Columns: []string{"name", "description", "example"}}
	return nil
}

// maintenance answers ANALYZE, CHECK, CHECKSUM, OPTIMIZE and REPAIR TABLE for each table: there is nothing to do.
func (p *parser) maintenance() *sqlerr.Error {
	op := p.at(0).lower()
	i := 1
	for p.at(i).isWord("local", "no_write_to_binlog") {
		i++
	}
	if !p.at(i).isWord("table", "tables") {
		return p.unexpected(i)
	}
	out := Answer{Columns: []string{"Table", "Op", "Msg_type", "Msg_text"}}
	if op == "checksum" {
		out = Answer{Columns: []string{"Table", "Checksum"}, Null: []bool{false, true}}
	}
	for i++; ; i++ {
		table, next, err := p.tableName(i)
		if err != nil {
			return err
		}
		row := []string{table, op, "status", "OK"}
		if op == "checksum" {
			row = []string{table, ""}
		}
		out.Rows = append(out.Rows, row)
		if i = next; !p.at(i).isSign(",") {
			break
		}
	}
	for ; i < len(p.toks); i++ {
		if !p.at(i).isWord("quick", "fast", "medium", "extended", "changed", "for", "upgrade") {
			return p.unexpected(i)
		}
	}
	p.out.Kind, p.out.Answer = KindAnswer, out
	return nil
}

// tableName reads [database.]table at token i and gives the index after it.
func (p *parser) tableName(i int) (string, int, *sqlerr.Error) {
	name := p.at(i)
	if name.kind != kindWord && name.kind != kindName {
		return "", i, p.unexpected(i)
	}
	if !p.at(i + 1).isSign(".") {
		if p.opts.Database == "" {
			return name.value, i + 1, nil
		}
		return p.opts.Database + "." + name.value, i + 1, nil
	}
	table := p.at(i + 2)
	if table.kind != kindWord && table.kind != kindName {
		return "", i, p.unexpected(i + 2)
	}
	return name.value + "." + table.value, i + 3, nil
}
