package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"pizzeria/graph/model"
	"pizzeria/internal/app"
	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/location/locationview"
	"pizzeria/internal/platform/auth/authhttp"
	"pizzeria/internal/platform/clientaddr"
)

func staffMember(member *customerview.StaffMember, err error) (*model.StaffPayload, error) {
	return invited(app.Invited{Member: member}, err)
}

func invited(done app.Invited, err error) (*model.StaffPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	payload := &model.StaffPayload{StaffMember: done.Member, UserErrors: refused}
	if done.Token != "" {
		payload.InviteToken = &done.Token
	}
	return payload, nil
}

// changeOfRights tells what is left out, which stays, from locations that are null, which means all of them.
func changeOfRights(ctx context.Context, in model.UpdateStaffInput) customer.ChangeRights {
	cmd := customer.ChangeRights{By: actor(ctx), ID: in.ID, Roles: in.Roles.Value(), Suspended: in.Suspended.Value()}
	if ids, given := in.LocationIds.ValueOK(); given {
		cmd.LocationIDs = &ids
	}
	return cmd
}

// locations are those where roles are held, by name; nil, which means all, if the ids are nil.
func (r *Resolver) locations(ctx context.Context, ids []uuid.UUID) ([]*locationview.Location, error) {
	if ids == nil {
		return nil, nil
	}
	all, err := r.app.Locations.Handle(ctx, locationview.Locations{})
	return slices.DeleteFunc(all, func(l *locationview.Location) bool { return !slices.Contains(ids, l.ID) }), err
}

// origin is where the request of ctx came from.
func origin(ctx context.Context) customer.Origin {
	return customer.Origin{
		Address: clientaddr.FromContext(ctx), Client: graphql.GetOperationContext(ctx).Headers.Get("User-Agent"), Device: authhttp.Device(ctx),
	}
}
