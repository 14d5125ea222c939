package view

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// listeners hear events without go-app, which would update the page for each.
type listeners struct{ gone []func() }

func (l *listeners) hear(target goapp.Value, event string, f func(e goapp.Value)) {
	if !target.Truthy() {
		return
	}
	handler := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		f(args[0])
		return nil
	})
	target.Call("addEventListener", event, handler)
	l.gone = append(l.gone, func() {
		target.Call("removeEventListener", event, handler)
		handler.Release()
	})
}

func (l *listeners) close() {
	for _, f := range l.gone {
		f()
	}
	l.gone = nil
}
