package view

import (
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// The server draws the page as well, before there is a browser.
func TestServerDrawsPage(t *testing.T) {
	page := &Page{}
	tester := goapp.NewServerTester(page)
	defer tester.Close()
	tester.Consume()
}
