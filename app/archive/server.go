//go:build !js

package archive

import "errors"

// Browser is nothing outside a browser.
type Browser struct{ Memory }

// Open says so.
func (*Browser) Open() error { return errors.New("archive: there is no browser") }
