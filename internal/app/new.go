package app

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/inventory/inventoryview"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/cqrs/keystore"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/reporting/reportview"
)

// Needs is what the app is built on.
type Needs struct {
	Pool     *pgxpool.Pool // commands and queries
	Patient  *pgxpool.Pool // refreshes: no time limits
	GORM     *gorm.DB      // on Pool
	Gateway  payment.Gateway
	Pricing  ordering.Pricing
	Registry *prometheus.Registry
	Log      *slog.Logger
	Trace    func(ctx context.Context, name string) (context.Context, func(outcome string)) // of cqrs.Pipeline
	Now      func() time.Time
	// AbandonAfter is how long an order may wait for its customer to pay.
	AbandonAfter time.Duration
	// SignInLimits bounds guessing.
	SignInLimits customer.AttemptLimits
}

// New wires the app. Run must run for the feed to move and for what crashes left to be finished.
func New(ctx context.Context, n Needs) (*App, error) {
	log, err := events.Open(ctx, n.Pool)
	if err != nil {
		return nil, fmt.Errorf("open the event log: %w", err)
	}
	orders := orderview.NewByIDHandler(n.Pool, runtime.GOMAXPROCS(0))
	tail, err := events.NewTail(ctx, log, events.TailOptions{Log: n.Log})
	if err != nil {
		return nil, fmt.Errorf("follow the event log: %w", err)
	}
	hub := live.NewHub(orders, live.HubOptions{Log: n.Log, Metrics: n.Registry, Now: n.Now})
	keys := keystore.New(n.GORM)
	p := cqrs.Pipeline{
		Log: n.Log, Metrics: cqrs.NewMetrics(n.Registry), Trace: n.Trace, Retryable: postgres.Retryable,
		Unavailable: postgres.Unavailable, Committed: tail.Wake, Keys: keys,
		Releaser: cqrs.NewReleaser(keys, postgres.Unavailable, n.Now, n.Log), Now: n.Now, NewID: newID,
	}
	a := &App{tail: tail}
	a.addCustomers(n, p)
	a.addMenu(n, p)
	a.addInventory(n, p)
	a.addOrders(n, p, orders, log)
	a.PopularPizzas = cqrs.NewQuery(p, "popularPizzas", &reportview.PopularPizzasHandler{DB: n.GORM, Now: n.Now})
	a.Feed = live.NewFeed(log, hub, live.FeedOptions{
		Now: n.Now, Allowed: auth.NewStreams(a.Sessions).StillValid, Explain: p.Explain,
	})
	a.background = append(a.background, func(ctx context.Context) { tail.Run(ctx, hub) }, p.Releaser.Run)
	a.addUpkeep(n)
	return a, nil
}

func (a *App) addCustomers(n Needs, p cqrs.Pipeline) {
	store := customerstore.New(n.GORM, n.Now)
	passwords := customer.NewPasswords(runtime.GOMAXPROCS(0))
	attempts := customer.NewAttempts(n.SignInLimits, n.Now)
	issuer := customer.Issuer{Now: n.Now, NewToken: auth.NewToken}
	a.Sessions = auth.NewSessions(customerstore.NewSessions(n.Pool), n.Now)

	a.SignUp = cqrs.NewCommand(p, "signUp", &customer.SignUpHandler{
		Accounts: store, Passwords: passwords, Attempts: attempts, Sessions: issuer, NewID: newID,
	})
	a.SignIn = cqrs.NewCommand(p, "signIn", &customer.SignInHandler{
		Accounts: store, Passwords: passwords, Attempts: attempts, Sessions: issuer,
	})
	a.SignOut = cqrs.NewCommand(p, "signOut", &customer.SignOutHandler{Sessions: store, Forget: a.Sessions.Forget})
	a.OrderHistory = cqrs.NewQuery(p, "orderHistory", &customerview.CustomerHistoryHandler{DB: n.GORM})
}

func (a *App) addMenu(n Needs, p cqrs.Pipeline) {
	store := menustore.New(n.GORM)
	items := &menuview.ItemByIDHandler{Pool: n.Pool}
	shown := func(ctx context.Context, id uuid.UUID) (*menuview.MenuItem, error) {
		return items.Handle(ctx, menuview.ItemByID{ID: id})
	}
	a.CreateMenuItem = cqrs.NewCommand(p, "createMenuItem", viewing(cqrs.Retry(p, &menu.CreateMenuItemHandler{Items: store, Now: n.Now, NewID: newID}), shown))
	a.UpdateMenuItem = cqrs.NewCommand(p, "updateMenuItem", viewing(cqrs.Retry(p, &menu.UpdateMenuItemHandler{Items: store, Now: n.Now}), shown))
	a.ArchiveMenuItem = cqrs.NewCommand(p, "archiveMenuItem", viewing(cqrs.Retry(p, &menu.ArchiveMenuItemHandler{Items: store, Now: n.Now}), shown))
	a.Menu = cqrs.NewQuery(p, "menu", menuview.NewMenuHandler(n.Pool, runtime.GOMAXPROCS(0)))
	a.MenuItem = cqrs.NewQuery(p, "menuItem", items)
}

func (a *App) addInventory(n Needs, p cqrs.Pipeline) {
	store := inventorystore.New(n.GORM)
	ingredients := &inventoryview.IngredientByIDHandler{DB: n.GORM}
	shown := func(ctx context.Context, id uuid.UUID) (*inventoryview.Ingredient, error) {
		return ingredients.Handle(ctx, inventoryview.IngredientByID{ID: id})
	}
	a.CreateIngredient = cqrs.NewCommand(p, "createIngredient", viewing(cqrs.Retry(p, &inventory.CreateIngredientHandler{Ingredients: store, Now: n.Now, NewID: newID}), shown))
	a.SetStock = cqrs.NewCommand(p, "setStock", viewing(cqrs.Retry(p, &inventory.SetStockHandler{Stock: store, Now: n.Now}), shown))
	a.Ingredients = cqrs.NewQuery(p, "ingredients", &inventoryview.IngredientsHandler{DB: n.GORM})
	a.Ingredient = cqrs.NewQuery(p, "ingredient", ingredients)
}

func (a *App) addOrders(n Needs, p cqrs.Pipeline, orders *orderview.ByIDHandler, log *events.Log) {
	store := orderstore.New(n.GORM)
	stubborn := stubbornOrders{store, p}
	settler := &ordering.Settler{Orders: stubborn, Gateway: n.Gateway, Log: n.Log, Now: n.Now}

	place := &ordering.PlaceOrderHandler{
		Orders: store, Dishes: menustore.New(n.GORM), Kitchen: store, Pricing: n.Pricing, Now: n.Now, NewID: newID,
	}
	a.PlaceOrder = cqrs.NewIdempotentCommand(p, "placeOrder", settled(p, settler, orders, cqrs.Retry(p, place)))
	a.ProcessPayment = cqrs.NewIdempotentCommand(p, "processPayment", settled(p, settler, orders, cqrs.Retry(p, &ordering.ProcessPaymentHandler{Orders: store, Now: n.Now})))
	a.MoveOrder = cqrs.NewCommand(p, "moveOrder", unpaid(settled(p, settler, orders, cqrs.Retry(p, &ordering.MoveOrderHandler{Orders: store, Now: n.Now}))))
	a.RecordPaymentEvent = cqrs.NewCommand(p, "recordPaymentEvent", quietly(p, settler, cqrs.Retry(p, &ordering.RecordPaymentEventHandler{Orders: store, Log: n.Log, Now: n.Now})))
	a.Order = cqrs.NewQuery(p, "order", orders)
	pages := orderview.Pages{Pool: n.Pool, Cursor: log.CursorAt}
	a.Orders = cqrs.NewQuery(p, "orders", &orderview.OrdersHandler{Pages: pages})
	a.OrdersInFull = cqrs.NewQuery(p, "ordersInFull", &orderview.OrdersInFullHandler{Pages: pages})

	completer := &ordering.Completer{
		Due: store, Settler: settler, Orders: stubborn, Log: n.Log, Now: n.Now,
		Every: time.Second, AbandonAfter: n.AbandonAfter, Committed: p.Committed,
	}
	a.background = append(a.background, completer.Run)
}

// stubbornOrders runs updates that lost a race again, for those who work outside the pipeline.
type stubbornOrders struct {
	*orderstore.Store
	pipeline cqrs.Pipeline
}

// Update implements what settling needs.
func (s stubbornOrders) Update(ctx context.Context, id uuid.UUID, change func(*ordering.Order) error) (*ordering.Order, error) {
	return cqrs.Again(ctx, s.pipeline, func(ctx context.Context) (*ordering.Order, error) { return s.Store.Update(ctx, id, change) })
}

// newID makes ids that sort by the time they were made.
func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
