package graph

import (
	"context"
	"time"

	"pizzeria/graph/model"
	"pizzeria/internal/app"
	"pizzeria/internal/platform/auth/authhttp"
	"pizzeria/internal/screen/screenview"
)

// screenCookieLasts is as long as browsers keep any cookie. A screen's token has no end.
const screenCookieLasts = 400 * 24 * time.Hour

func pairedScreen(done app.PairedScreen, err error) (*model.PairScreenPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	payload := &model.PairScreenPayload{Screen: done.Screen, UserErrors: refused}
	if done.Code != "" {
		payload.Code, payload.CodeExpiresAt = &done.Code, &done.ExpiresAt
	}
	return payload, nil
}

// claimedScreen answers with the token, and sets its cookie if a browser asked.
func claimedScreen(ctx context.Context) func(app.ClaimedScreen, error) (*model.ClaimScreenPayload, error) {
	return func(done app.ClaimedScreen, err error) (*model.ClaimScreenPayload, error) {
		refused, err := refusals(err)
		if err != nil || len(refused) > 0 {
			return &model.ClaimScreenPayload{UserErrors: refused}, err
		}
		authhttp.KeepSession(ctx, done.Token, screenCookieLasts)
		return &model.ClaimScreenPayload{Screen: done.Screen, Token: &done.Token, UserErrors: refused}, nil
	}
}

func screenPayload(found *screenview.Screen, err error) (*model.ScreenPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.ScreenPayload{Screen: found, UserErrors: refused}, nil
}
