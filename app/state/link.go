package state

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"descent/ml/config"
)

// An experiment fits into an address: #v1= and the document, deflated, in base64url. Nothing is sent to a server, since
// browsers keep what follows the # to themselves.
const linkPrefix = "v1="

// Limits of what a link may hold: they are written by anybody.
const (
	maxLink     = 64 << 10
	maxLinkText = 1 << 20
)

// Link returns the fragment of an address that holds the document, without the #.
func Link(text string) string {
	if v, err := config.Parse([]byte(text)); err == nil {
		text = string(v.Append(nil, "")) // what does not parse is sent as it is
	}
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	io.WriteString(w, text)
	w.Close()
	return linkPrefix + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// Linkable reports whether a document fits into a link that can be opened again.
func Linkable(text string) bool { return len(text) <= maxLinkText && len(Link(text)) <= maxLink }

// IsLink reports whether a fragment claims to hold a document.
func IsLink(fragment string) bool {
	return strings.HasPrefix(strings.TrimPrefix(fragment, "#"), linkPrefix)
}

// OpenLink returns the document in a fragment.
func OpenLink(fragment string) (string, error) {
	body := strings.TrimPrefix(strings.TrimPrefix(fragment, "#"), linkPrefix)
	if len(body) > maxLink {
		return "", fmt.Errorf("the link has %d characters; at most %d are read", len(body), maxLink)
	}
	packed, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return "", fmt.Errorf("the link is damaged, perhaps cut short: copy it again")
	}
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxLinkText+1))
	if err != nil {
		return "", fmt.Errorf("the link is damaged, perhaps cut short: copy it again")
	}
	if len(plain) > maxLinkText {
		return "", fmt.Errorf("the link holds more than %d bytes of text", maxLinkText)
	}
	if v, err := config.Parse(plain); err == nil {
		return format(v), nil
	}
	return string(plain), nil
}
