package awssim

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strconv"
)

// apiError is an error answer.
type apiError struct {
	Status        int
	Code, Message string
}

// answer is a whole HTTP answer before a fault spoils it.
type answer struct {
	status int
	mime   string
	code   string // of an error, for the x-amzn-errortype header
	body   []byte
}

const (
	mimeXML  = "text/xml"
	mimeJSON = "application/x-amz-json-1.1"

	requestID = "00000000-0000-4000-8000-000000000000"
)

// xmlResult is what a query-protocol action writes inside its result element.
type xmlResult interface{ writeXML(w *xmlWriter) }

// queryAnswer wraps a result as <ActionResponse><ActionResult>…</ActionResult>…</ActionResponse>.
func queryAnswer(service, action string, result xmlResult) answer {
	w := &xmlWriter{}
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<" + action + `Response xmlns="` + namespace[service] + `"><` + action + "Result>")
	result.writeXML(w)
	w.raw("</" + action + "Result><ResponseMetadata><RequestId>" + requestID + "</RequestId></ResponseMetadata></" + action + "Response>\n")
	return answer{status: 200, mime: mimeXML, body: w.buf.Bytes()}
}

var namespace = map[string]string{
	"iam": "https://iam.amazonaws.com/doc/2010-05-08/",
	"sts": "https://sts.amazonaws.com/doc/2011-06-15/",
}

// errorAnswer is an error in the protocol of a service.
func errorAnswer(service string, e *apiError) answer {
	if service == "organizations" {
		body, _ := json.Marshal(map[string]string{"__type": e.Code, "Message": e.Message}) // strings always marshal
		return answer{status: e.Status, mime: mimeJSON, code: e.Code, body: body}
	}
	who := "Sender"
	if e.Status >= 500 {
		who = "Receiver"
	}
	w := &xmlWriter{}
	w.raw(`<ErrorResponse xmlns="` + namespace[service] + `"><Error>`)
	w.element("Type", who)
	w.element("Code", e.Code)
	w.element("Message", e.Message)
	w.raw("</Error><RequestId>" + requestID + "</RequestId></ErrorResponse>\n")
	return answer{status: e.Status, mime: mimeXML, body: w.buf.Bytes()}
}

// xmlWriter writes elements with escaped text.
type xmlWriter struct{ buf bytes.Buffer }

func (w *xmlWriter) raw(s string) { w.buf.WriteString(s) }

func (w *xmlWriter) element(name, text string) {
	w.raw("<" + name + ">")
	_ = xml.EscapeText(&w.buf, []byte(text)) // a bytes.Buffer takes everything
	w.raw("</" + name + ">")
}

func (w *xmlWriter) boolean(name string, b bool) { w.element(name, strconv.FormatBool(b)) }

// within writes an element around others.
func (w *xmlWriter) within(name string, inner func()) {
	w.raw("<" + name + ">")
	inner()
	w.raw("</" + name + ">")
}
