package view

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// openCamera asks the browser for the camera, which asks the person. It calls got with the stream, or failed with why
// there is none: insecure, denied, none, busy or failed. What the camera sees is sent nowhere.
func (c *Core) openCamera(got func(stream goapp.Value), failed func(why string)) {
	devices := goapp.Window().Get("navigator").Get("mediaDevices")
	if !devices.Truthy() || !devices.Get("getUserMedia").Truthy() {
		failed("insecure")
		return
	}
	var yes, no goapp.Func
	end := func(f func()) {
		yes.Release()
		no.Release()
		c.ctx.Dispatch(func(goapp.Context) { f() })
	}
	yes = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		stream := args[0]
		end(func() { got(stream) })
		return nil
	})
	no = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		why := "failed"
		switch args[0].Get("name").String() {
		case "NotAllowedError", "SecurityError":
			why = "denied"
		case "NotFoundError", "OverconstrainedError":
			why = "none"
		case "NotReadableError", "AbortError":
			why = "busy"
		}
		end(func() { failed(why) })
		return nil
	})
	devices.Call("getUserMedia", map[string]any{"audio": false, "video": map[string]any{"facingMode": "user",
		"width": map[string]any{"ideal": 320}, "height": map[string]any{"ideal": 320}}}).Call("then", yes, no)
}

// stopCamera lets the camera go; its light goes out.
func stopCamera(stream goapp.Value) {
	tracks := stream.Call("getTracks")
	for i := range tracks.Length() {
		tracks.Index(i).Call("stop")
	}
}
