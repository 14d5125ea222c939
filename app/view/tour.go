package view

import (
	"strconv"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// tour is a strip below the header that explains the page in five steps; what it is about is framed meanwhile. It covers
// nothing, so that everything can be tried at once.
func (c *Core) tour() goapp.UI {
	at := strconv.Itoa(c.Tour)
	next, action := c.t("tour.next"), state.ShowTour{At: c.Tour + 1}
	if c.Tour == state.TourSteps {
		next, action = c.t("tour.end"), state.ShowTour{}
	}
	var dots []goapp.UI
	for i := 1; i <= state.TourSteps; i++ {
		class := "tour-dot"
		if i == c.Tour {
			class += " tour-now"
		}
		dots = append(dots, goapp.Span().Class(class))
	}
	return goapp.Section().Class("tour").Aria("label", c.t("tour.title")).DataSet("testid", "tour").Body(
		goapp.Div().Class("tour-dots").Role("img").Aria("label", c.t("tour.at", c.Tour, state.TourSteps)).Body(dots...),
		goapp.P().Class("tour-text").Role("status").Body(
			goapp.Strong().Text(c.t("tour."+at+".title")), goapp.Text(" "), goapp.Span().Text(c.t("tour."+at+".text"))),
		goapp.Div().Class("tour-buttons").Body(
			goapp.Button().Type("button").Class("small-text").DataSet("testid", "tour-skip").OnClick(c.act(state.ShowTour{})).Text(c.t("tour.skip")),
			when(c.Tour > 1, func() goapp.UI {
				return goapp.Button().Type("button").Class("small-text").OnClick(c.act(state.ShowTour{At: c.Tour - 1}), at).Text(c.t("tour.back"))
			}),
			goapp.Button().Type("button").Class("small-text", "primary").DataSet("testid", "tour-next").OnClick(c.act(action), at).Text(next)),
	)
}
