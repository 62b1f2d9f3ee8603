package graph

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/graph/model"
	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/requestid"
)

// refusals splits a command's error: what may be shown goes into the payload's userErrors, a fault stays an error.
// FORBIDDEN and UNAVAILABLE stay errors too: the client may not use the field at all, or the outcome isn't known and the
// client shall try again.
func refusals(err error) ([]model.UserError, error) {
	if err == nil {
		return []model.UserError{}, nil
	}
	refusal, ok := fault.As(err)
	if !ok || refusal.Code == fault.Forbidden || refusal.Code == fault.Unavailable {
		return nil, err
	}
	return []model.UserError{userError(refusal)}, nil
}

// userError gives a refusal the type that carries what its code promises.
func userError(e *fault.Error) model.UserError {
	switch e.Code {
	case fault.BadUserInput:
		return model.InvalidInputError{Code: e.Code, Message: e.Message, Path: e.Path}
	case fault.NotFound:
		return model.NotFoundError{Code: e.Code, Message: e.Message, Path: e.Path}
	case fault.InsufficientStock:
		return model.InsufficientStockError{Code: e.Code, Message: e.Message, Path: e.Path, MenuItemIds: ids(e.Details.MenuItemIDs)}
	case fault.InvalidTransition:
		return model.InvalidTransitionError{
			Code: e.Code, Message: e.Message, Path: e.Path,
			From: ordering.Status(e.Details.From), Allowed: statuses(e.Details.Allowed),
		}
	case fault.VersionConflict:
		return model.VersionConflictError{Code: e.Code, Message: e.Message, Path: e.Path, CurrentVersion: e.Details.CurrentVersion}
	case fault.PriceChanged:
		return model.PriceChangedError{Code: e.Code, Message: e.Message, Path: e.Path, Total: e.Details.Total}
	case fault.BelowMinimum:
		return model.BelowMinimumError{Code: e.Code, Message: e.Message, Path: e.Path, Minimum: e.Details.Minimum}
	case fault.ServiceClosed, fault.ServicePaused, fault.SlotUnavailable:
		return model.SlotUnavailableError{Code: e.Code, Message: e.Message, Path: e.Path, NextSlot: slot(e.Details.NextSlot)}
	case fault.OutsideDeliveryArea:
		return model.OutsideDeliveryAreaError{Code: e.Code, Message: e.Message, Path: e.Path}
	case fault.UnfinishedOrders:
		return model.UnfinishedOrdersError{Code: e.Code, Message: e.Message, Path: e.Path, OrderIds: ids(e.Details.OrderIDs)}
	case fault.PaymentDeclined:
		return model.PaymentDeclinedError{Code: e.Code, Message: e.Message, Path: e.Path, DeclineCode: e.Details.DeclineCode}
	case fault.IdempotencyConflict:
		return model.IdempotencyConflictError{Code: e.Code, Message: e.Message, Path: e.Path}
	default:
		return model.RefusedError{Code: e.Code, Message: e.Message, Path: e.Path}
	}
}

func slot(free *fault.Slot) *location.Slot {
	if free == nil {
		return nil
	}
	return &location.Slot{Start: free.Start, End: free.End, IsFree: true}
}

func ids(texts []string) []uuid.UUID {
	parsed := make([]uuid.UUID, 0, len(texts))
	for _, text := range texts {
		if id, err := uuid.Parse(text); err == nil {
			parsed = append(parsed, id)
		}
	}
	return parsed
}

func statuses(texts []string) []ordering.Status {
	typed := make([]ordering.Status, len(texts))
	for i, text := range texts {
		typed[i] = ordering.Status(text)
	}
	return typed
}

// Presenter shows refusals with their code and hides everything else behind a request id, under which it is logged. While
// a developer works on a client, explain has it say where in a field's arguments something is wrong, by the schema's names.
func Presenter(log *slog.Logger, explain bool) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		where := within(ctx, err)
		refused := func(code fault.Code, message string) *gqlerror.Error {
			refusal := shown(ctx, string(code), message)
			if explain && where != nil {
				refusal.Extensions["argument"] = where
			}
			return refusal
		}
		if refusal, ok := fault.As(err); ok {
			if refusal.Code == fault.Unavailable {
				log.WarnContext(ctx, "request failed for now", "field", fieldOf(ctx), "error", err)
			}
			return refused(refusal.Code, refusal.Message)
		}
		var parsed *gqlerror.Error
		switch {
		case !errors.As(err, &parsed):
		case parsed.Err == nil: // the executor's own: a document or variable that is wrong
			return parsed
		case where != nil: // which validation doesn't look into everywhere
			return refused(fault.BadUserInput, "A value does not fit its type.")
		}
		level := slog.LevelError
		if errors.Is(err, context.Canceled) { // the client has gone
			level = slog.LevelDebug
		}
		log.Log(ctx, level, "request failed", "field", fieldOf(ctx), "error", err)
		hidden := shown(ctx, "INTERNAL_SERVER_ERROR", "Something went wrong on our side.")
		hidden.Extensions["requestId"] = requestid.FromContext(ctx)
		return hidden
	}
}

// within is where in the arguments of the field that was resolved an error is; nil if it is in none.
func within(ctx context.Context, err error) ast.Path {
	var found *gqlerror.Error
	if path := graphql.GetPath(ctx); errors.As(err, &found) && len(found.Path) > len(path) {
		return found.Path[len(path):]
	}
	return nil
}

// fieldOf names the field that was resolved, in the schema's words: the path in the answer holds the client's.
func fieldOf(ctx context.Context) string {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil || fc.Field.Field == nil {
		return ""
	}
	return fc.Object + "." + fc.Field.Name
}

func shown(ctx context.Context, code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Path: graphql.GetPath(ctx), Extensions: map[string]any{"code": code}}
}

// Recoverer turns a panic into a fault like any other.
func Recoverer(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, panicked any) error {
		log.ErrorContext(ctx, "resolver panicked", "panic", panicked, "stack", string(debug.Stack()))
		return errors.New("resolver panicked")
	}
}
