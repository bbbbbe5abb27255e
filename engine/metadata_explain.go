package engine

import (
	"encoding/json"

	"github.com/credsql/credsql/engine/sqlerr"
)

// mysqlPlan is what MySQL's EXPLAIN FORMAT=JSON is about, with our plan as its message: tools show it, and look for nothing that must be there.
type mysqlPlan struct {
	Block struct {
		ID      int    `json:"select_id"`
		Message string `json:"message"`
	} `json:"query_block"`
}

// jsonPlan is a plan as MySQL clients ask for it.
func (s *Session) jsonPlan(plan string) (*Rows, error) {
	var p mysqlPlan
	p.Block.ID, p.Block.Message = 1, plan
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return nil, sqlerr.Internal(err)
	}
	return s.textRows([]string{"EXPLAIN"}, [][]string{{string(text)}}), nil
}
