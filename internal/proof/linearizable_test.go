package proof_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/fault"
)

// linearSeed fixes the clients' attempts. Which of them run at the same time depends on the machine.
const linearSeed = 11

// attempt is one call. With a zero action it reads the order.
type attempt struct {
	order    uuid.UUID
	action   ordering.Action
	expected int // 0: any
}

// outcome is the answer to an attempt: the version read, or the reason of the refusal.
type outcome struct {
	refused fault.Code
	version int             // read, or current in a VERSION_CONFLICT
	status  ordering.Status // read, or from in an INVALID_TRANSITION
}

// orderState is the state that an order must be in.
type orderState struct {
	version int
	status  ordering.Status
}

// steps is the workflow of an order that is picked up, written down independently of the program.
var steps = map[ordering.Status]map[ordering.Action]ordering.Status{
	"CONFIRMED": {"START_PREPARING": "PREPARING", "REJECT": "REJECTED", "CANCEL": "CANCELLED"},
	"PREPARING": {"MARK_READY": "READY", "CANCEL": "CANCELLED"},
	"READY":     {"COMPLETE": "PICKED_UP", "CANCEL": "CANCELLED"},
}

// orderModel tells porcupine which answers an order may give if the attempts happened one after the other.
var orderModel = porcupine.Model{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		byOrder := map[uuid.UUID][]porcupine.Operation{}
		for _, o := range history {
			id := o.Input.(attempt).order
			byOrder[id] = append(byOrder[id], o)
		}
		var parts [][]porcupine.Operation
		for _, part := range byOrder {
			parts = append(parts, part)
		}
		return parts
	},
	Init: func() any { return orderState{2, "CONFIRMED"} }, // an order in cash: placed and confirmed
	Step: func(state, input, output any) (bool, any) {
		is, in, out := state.(orderState), input.(attempt), output.(outcome)
		to, may := steps[is.status][in.action]
		switch {
		case in.action == "":
			return out == outcome{version: is.version, status: is.status}, is
		case in.expected != 0 && in.expected != is.version:
			return out == outcome{refused: fault.VersionConflict, version: is.version}, is
		case !may:
			return out == outcome{refused: fault.InvalidTransition, status: is.status}, is
		default:
			return out == outcome{}, orderState{is.version + 1, to}
		}
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v -> %+v", input, output) },
}

// Clients of two servers move and read the same orders at the same time. Their answers are those of some sequence.
func TestOrdersAreLinearizable(t *testing.T) {
	t.Parallel()
	s := open(t)
	servers := []server{s.serve(t), s.serve(t)}
	pizza := dish(t, servers[0], "Margherita", stock(t, servers[0], "Dough", 100))
	var orders []uuid.UUID
	for i := range 12 {
		done, err := servers[0].PlaceOrder.Handle(t.Context(), pickup(s.customers[0], pizza, fmt.Sprint(i), ""))
		require.NoError(t, err)
		orders = append(orders, done.Order.ID)
	}

	var mu sync.Mutex
	var history []porcupine.Operation
	began := time.Now()
	var busy sync.WaitGroup
	for client := range 6 {
		busy.Go(func() {
			random := rand.New(rand.NewPCG(linearSeed, uint64(client)))
			for _, id := range orders {
				for range 8 {
					o := porcupine.Operation{ClientId: client, Input: randomAttempt(random, id), Call: int64(time.Since(began))}
					o.Output = try(t, servers[client%2], o.Input.(attempt))
					o.Return = int64(time.Since(began))
					mu.Lock()
					history = append(history, o)
					mu.Unlock()
				}
			}
		})
	}
	busy.Wait()

	result, info := porcupine.CheckOperationsVerbose(orderModel, history, time.Minute)
	require.Equal(t, porcupine.Ok, result, "seed %d: %v", linearSeed, info)
	requireInvariants(t, s.db.Pool)
}

func randomAttempt(random *rand.Rand, id uuid.UUID) attempt {
	a := attempt{order: id, action: pick(random, []ordering.Action{
		"", "", ordering.StartPreparing, ordering.StartPreparing, ordering.MarkReady, ordering.Complete, ordering.Cancel, ordering.Reject,
	})}
	if a.action == ordering.Cancel && random.IntN(4) > 0 {
		a.action = ordering.MarkReady // or most orders would end at once
	}
	if a.action != "" && random.IntN(2) == 0 {
		a.expected = 2 + random.IntN(3)
	}
	return a
}

func try(t *testing.T, a server, in attempt) outcome {
	if in.action == "" {
		read, err := a.Order.Handle(t.Context(), orderview.ByID{ID: in.order, By: manager})
		if err != nil {
			t.Errorf("read: %v", err)
			return outcome{}
		}
		return outcome{version: read.Version, status: read.Status}
	}
	reason := "Because."
	cmd := ordering.MoveOrder{OrderID: in.order, Action: in.action, By: manager, Reason: &reason}
	if in.expected != 0 {
		cmd.ExpectedVersion = &in.expected
	}
	_, err := a.MoveOrder.Handle(t.Context(), cmd)
	if err == nil {
		return outcome{}
	}
	refusal, ok := fault.As(err)
	if !ok {
		t.Errorf("%s: %v", in.action, err)
		return outcome{}
	}
	return outcome{refused: refusal.Code, version: refusal.Details.CurrentVersion, status: ordering.Status(refusal.Details.From)}
}
