package view

import (
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// hero is the picture of a first visit: the network with what each unit answers, and beside it the model's answer over
// the plane, or that of the unit pointed at.
type hero struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (h *hero) OnMount(goapp.Context) { h.Core.repaint() }

func (h *hero) Render() goapp.UI {
	redrawn(h, h.Core.repaintPoints)
	c := h.Core
	return goapp.Section().Class("panel", "hero").Aria("labelledby", "net-title").Body(
		&network{Core: c, Rev: h.Rev},
		goapp.Div().Class("hero-map").Body(
			goapp.Div().Class("panel-head").Body(goapp.H2().ID("map-title").DataSet("testid", "map-title").Text(c.mapTitle()), c.back()),
			goapp.P().Class("doc").Text(c.t("map.doc."+c.Kind())),
			goapp.Div().Class("map-frame").Body(
				goapp.Canvas().ID(idPlane).Class("map-plane").Role("img").Aria("label", c.describeMap()),
				goapp.Canvas().ID(idPoints).Class("map-points").Aria("hidden", true),
				c.loading(),
			),
			goapp.Div().Class("hero-foot").Body(
				c.mapLegend(),
				goapp.Label().Class("check").Body(
					goapp.Input().Type("checkbox").Checked(c.ChecksToo).OnChange(c.act(state.ShowChecks{On: !c.ChecksToo}), c.ChecksToo),
					goapp.Span().Text(c.t("map.checks")))),
		),
	)
}

// mapped is the unit whose map is on show; none for the model's answer.
func (c *Core) mapped() session.Unit {
	if b := c.Sights.Boundary; b != nil {
		return b.Unit
	}
	return session.Unit{}
}

func (c *Core) mapTitle() string {
	if u := c.mapped(); u.Path != "" {
		return c.unitName(u)
	}
	return c.t("map.title")
}

// back goes back to the model's answer from a unit that stays.
func (c *Core) back() goapp.UI {
	return goapp.If(c.Pinned, goapp.Button().Type("button").Class("small-text").DataSet("testid", "net.back").OnClick(c.act(state.PinUnit{})).Text(c.t("net.back")))
}

// mapLegend explains the colours of the map.
func (c *Core) mapLegend() goapp.UI {
	b := c.Sights.Boundary
	if b == nil || b.Unit.Path == "" {
		return c.legend()
	}
	if n := c.Sights.Network; n != nil {
		if last := n.Tiers[len(n.Tiers)-1]; last.Path == b.Unit.Path && last.Chances {
			return c.legend()
		}
	}
	return c.signed(b.Most)
}
