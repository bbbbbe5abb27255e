package mysqlwire

import (
	"errors"

	"github.com/go-mysql-org/go-mysql/mysql"
)

// The capabilities that the server has. Left out on purpose: CLIENT_LOCAL_FILES, which lets a server ask for files,
// CLIENT_COMPRESS, CLIENT_SESSION_TRACK, CLIENT_QUERY_ATTRIBUTES.
const capabilities = mysql.CLIENT_LONG_PASSWORD | mysql.CLIENT_FOUND_ROWS | mysql.CLIENT_LONG_FLAG | mysql.CLIENT_CONNECT_WITH_DB |
	mysql.CLIENT_IGNORE_SPACE | mysql.CLIENT_PROTOCOL_41 | mysql.CLIENT_INTERACTIVE | mysql.CLIENT_TRANSACTIONS |
	mysql.CLIENT_SECURE_CONNECTION | mysql.CLIENT_MULTI_STATEMENTS | mysql.CLIENT_MULTI_RESULTS | mysql.CLIENT_PS_MULTI_RESULTS |
	mysql.CLIENT_PLUGIN_AUTH | mysql.CLIENT_CONNECT_ATTRS | mysql.CLIENT_PLUGIN_AUTH_LENENC_CLIENT_DATA | mysql.CLIENT_DEPRECATE_EOF

const (
	protocolVersion = 10
	// greetingCollation is utf8mb4_general_ci, which every client knows.
	greetingCollation = 45
	// textCollation is utf8mb4_bin: text is compared by code point.
	textCollation = 46
	// binaryCollation is that of numbers and times.
	binaryCollation = 63
	// nonceSize is how many random bytes a password is scrambled with.
	nonceSize = 20
)

// greeting appends the server's first packet (Protocol::HandshakeV10).
func greeting(dst []byte, version string, id uint32, nonce []byte, caps uint32, plugin string) []byte {
	dst = append(dst, protocolVersion)
	dst = append(dst, version...)
	dst = append(dst, 0)
	dst = append(dst, byte(id), byte(id>>8), byte(id>>16), byte(id>>24))
	dst = append(dst, nonce[:8]...)
	dst = append(dst, 0, byte(caps), byte(caps>>8), greetingCollation)
	dst = append(dst, byte(baseStatus&0xff), byte(baseStatus>>8))
	dst = append(dst, byte(caps>>16), byte(caps>>24), nonceSize+1)
	dst = append(dst, make([]byte, 10)...)
	dst = append(dst, nonce[8:]...)
	dst = append(dst, 0)
	dst = append(dst, plugin...)
	return append(dst, 0)
}

// errOldClient is a client of before MySQL 4.1.
var errOldClient = errors.New("the client does not speak protocol 4.1 with its secure passwords")

// sslRequestSize is the size of the packet that asks for TLS: a response that ends before the user's name.
const sslRequestSize = 32

// response is what the client says of itself (Protocol::HandshakeResponse41), and COM_CHANGE_USER as well.
type response struct {
	caps     uint32
	wantsTLS bool
	user     string
	auth     []byte
	database string
	plugin   string
	attrs    map[string]string
}

func parseResponse(data []byte) (*response, error) {
	p := payload{rest: data}
	r := &response{caps: p.uint32()}
	p.take(4 + 1 + 23) // longest packet, character set, filler: text is utf8mb4 whatever they say
	if err := p.err(); err != nil {
		return nil, err
	}
	if r.caps&mysql.CLIENT_PROTOCOL_41 == 0 || r.caps&mysql.CLIENT_SECURE_CONNECTION == 0 {
		return nil, errOldClient
	}
	if r.caps&mysql.CLIENT_SSL != 0 && len(data) == sslRequestSize {
		r.wantsTLS = true
		return r, nil
	}
	r.user = string(p.terminated())
	if r.caps&mysql.CLIENT_PLUGIN_AUTH_LENENC_CLIENT_DATA != 0 {
		r.auth = p.counted()
	} else {
		r.auth = p.take(uint64(p.uint8()))
	}
	if r.caps&mysql.CLIENT_CONNECT_WITH_DB != 0 && len(p.rest) > 0 {
		r.database = string(p.untilEnd())
	}
	r.pluginAndAttributes(&p)
	return r, p.err()
}

// parseChangeUser reads COM_CHANGE_USER, whose fields come in another order.
func parseChangeUser(data []byte, caps uint32) (*response, error) {
	p := payload{rest: data}
	r := &response{caps: caps, user: string(p.terminated())}
	r.auth = p.take(uint64(p.uint8()))
	r.database = string(p.untilEnd())
	if len(p.rest) > 0 {
		p.take(2) // character set
		r.pluginAndAttributes(&p)
	}
	return r, p.err()
}

func (r *response) pluginAndAttributes(p *payload) {
	if r.caps&mysql.CLIENT_PLUGIN_AUTH != 0 && len(p.rest) > 0 {
		r.plugin = string(p.untilEnd())
	}
	if r.caps&mysql.CLIENT_CONNECT_ATTRS != 0 && len(p.rest) > 0 {
		r.attrs = attributes(p)
	}
}

// maxAttributes bounds what is kept of what a client says about itself.
const maxAttributes = 64

func attributes(p *payload) map[string]string {
	out := map[string]string{}
	list := payload{rest: p.counted()}
	for len(list.rest) > 0 && !list.bad {
		key, value := list.counted(), list.counted()
		if len(out) < maxAttributes {
			out[string(key)] = string(value)
		}
	}
	p.bad = p.bad || list.bad
	return out
}
