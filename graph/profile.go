package graph

import (
	"context"

	"pizzeria/graph/model"
	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
)

// changeOfProfile tells a phone number that is left out, which stays, from null, which means none.
func changeOfProfile(ctx context.Context, in model.UpdateProfileInput) customer.UpdateProfile {
	cmd := customer.UpdateProfile{By: actor(ctx), Token: auth.TokenFromContext(ctx), Name: in.Name.Value()}
	if phone, given := in.Phone.ValueOK(); given {
		cmd.Phone = &phone
	}
	if addresses, given := in.Addresses.ValueOK(); given {
		cmd.Addresses = new(values(addresses))
	}
	return cmd
}

func viewerPayload(viewer *auth.Actor, err error) (*model.ViewerPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.ViewerPayload{Viewer: viewer, UserErrors: refused}, nil
}
