package app

import (
	"context"
	"time"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/node"
	"pizzeria/internal/screen"
	"pizzeria/internal/screen/screenstore"
	"pizzeria/internal/screen/screenview"
)

// recordPresenceEvery is how exactly it is known when a screen was last seen.
const recordPresenceEvery = 15 * time.Second

// PairedScreen is the answer to pairing a screen; the code is "" if it can't be claimed any more.
type PairedScreen struct {
	Screen *screenview.Screen
	screen.IssuedCode
}

// ClaimedScreen is the answer to claiming one.
type ClaimedScreen struct {
	Screen *screenview.Screen
	Token  string
}

func (a *App) addScreens(deps Dependencies, p cqrs.Pipeline) node.Type {
	store := screenstore.New(deps.GORM)
	screens := &screenview.ByIDHandler{Pool: deps.Pool}
	pair := cqrs.NewIdempotentCommand(p, "pairScreen", cqrs.Retry(p, &screen.PairScreenHandler{Screens: store, Now: deps.Now}), screens.Screen)
	issue := cqrs.NewCommand(p, "issueScreenCode", cqrs.Retry(p, &screen.IssueCodeHandler{Screens: store, Now: deps.Now, NewCode: screen.NewCode}))
	a.PairScreen = withCode(pair, issue, screens)
	claim := &screen.ClaimScreenHandler{
		Screens: store, Attempts: customer.NewAttempts(deps.ScreenClaims, deps.Clock), Now: deps.Now, NewToken: auth.NewToken,
	}
	// It isn't tried again by itself: each try counts.
	a.ClaimScreen = cqrs.NewCommand(p, "claimScreen", answerWithScreen(claim, screens))
	a.UpdateScreen = cqrs.NewCommand(p, "updateScreen", answerWith(cqrs.Retry(p, &screen.UpdateScreenHandler{Screens: store, Now: deps.Now}), screens.Screen))
	a.RevokeScreen = cqrs.NewCommand(p, "revokeScreen", answerWith(cqrs.Retry(p, &screen.RevokeScreenHandler{Screens: store, Now: deps.Now}), screens.Screen))
	a.Screens = cqrs.NewQuery(p, "screens", &screenview.ScreensHandler{Pool: deps.Pool})
	a.Screen = cqrs.NewQuery(p, "screen", screens)
	return node.Of("Screen", "screen_view", screens.Screens, func(by auth.Actor, s *screenview.Screen) bool { return s.VisibleTo(by) })
}

// withCode gives a screen that was paired its code: a new one for a repeated key, since nobody can tell the one of before.
func withCode(
	pair cqrs.Command[screen.PairScreen, *screenview.Screen], issue cqrs.Command[screen.IssueCode, screen.IssuedCode], screens *screenview.ByIDHandler,
) cqrs.Command[screen.PairScreen, PairedScreen] {
	return cqrs.HandlerFunc[screen.PairScreen, PairedScreen](func(ctx context.Context, cmd screen.PairScreen) (PairedScreen, error) {
		paired, err := pair.Handle(ctx, cmd)
		if err != nil {
			return PairedScreen{}, err
		}
		issued, err := issue.Handle(ctx, screen.IssueCode{By: cmd.By, ID: paired.ID})
		if err != nil {
			return PairedScreen{}, err
		}
		paired, err = screens.Screen(ctx, paired.ID)
		return PairedScreen{paired, issued}, err
	})
}

func answerWithScreen(claim cqrs.Command[screen.ClaimScreen, screen.Claim], screens *screenview.ByIDHandler) cqrs.Command[screen.ClaimScreen, ClaimedScreen] {
	return cqrs.HandlerFunc[screen.ClaimScreen, ClaimedScreen](func(ctx context.Context, cmd screen.ClaimScreen) (ClaimedScreen, error) {
		claimed, err := claim.Handle(ctx, cmd)
		if err != nil {
			return ClaimedScreen{}, err
		}
		found, err := screens.Screen(ctx, claimed.ScreenID)
		return ClaimedScreen{found, claimed.Token}, err
	})
}
