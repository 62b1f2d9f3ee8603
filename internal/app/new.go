package app

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"gorm.io/gorm"

	"pizzeria/internal/audit/auditview"
	"pizzeria/internal/customer"
	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/inventory/inventoryview"
	"pizzeria/internal/location"
	"pizzeria/internal/location/locationstore"
	"pizzeria/internal/location/locationview"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/clock"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/cqrs/keystore"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/node"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/promotion"
	"pizzeria/internal/promotion/promotionstore"
	"pizzeria/internal/promotion/promotionview"
	"pizzeria/internal/reporting/reportview"
)

// Dependencies are the parts that the app is wired from.
type Dependencies struct {
	Pool        *pgxpool.Pool // commands and queries
	RefreshPool *pgxpool.Pool // refreshes: no time limits
	GORM        *gorm.DB      // on Pool
	Gateway     payment.Gateway
	Registry    *prometheus.Registry
	Log         *slog.Logger
	Trace       func(ctx context.Context, name string) (context.Context, func(outcome string)) // of cqrs.Pipeline
	Now         func() time.Time                                                               // the time of day, for what is stored
	Clock       clock.Monotonic                                                                // for what lasts; nil: one of its own
	// AbandonAfter is how long an order may wait for its customer to pay.
	AbandonAfter time.Duration
	// Sweeps are of tables that the app doesn't know; its own come first.
	Sweeps []postgres.Sweep
	// SignInLimits bounds guessing.
	SignInLimits customer.AttemptLimits
	// ScreenClaims bounds the guessing of screens' codes.
	ScreenClaims customer.AttemptLimits
}

// New wires the app. Run must run for the feed to move and for what crashes left to be finished.
func New(ctx context.Context, deps Dependencies) (*App, error) {
	if deps.Clock == nil {
		deps.Clock = clock.New()
	}
	log, err := events.Open(ctx, deps.Pool)
	if err != nil {
		return nil, fmt.Errorf("open the event log: %w", err)
	}
	orders := orderview.NewByIDHandler(deps.Pool, runtime.GOMAXPROCS(0))
	tail, err := events.NewTail(ctx, log, events.TailOptions{Log: deps.Log})
	if err != nil {
		return nil, fmt.Errorf("follow the event log: %w", err)
	}
	keys := keystore.New(deps.GORM)
	p := cqrs.Pipeline{
		Log: deps.Log, Metrics: cqrs.NewMetrics(deps.Registry), Trace: deps.Trace, Retryable: postgres.Retryable,
		Unavailable: postgres.Unavailable, Committed: tail.Wake, Keys: keys,
		Releaser: cqrs.NewReleaser(keys, postgres.Unavailable, deps.Clock, deps.Log), Now: deps.Now, NewID: newID,
	}
	a := &App{tail: tail}
	staff := a.addCustomers(deps, p)
	hub := live.NewHub(log, live.Options{
		Allowed: auth.NewConnections(a.Sessions).StillValid, Explain: p.Explain, Log: deps.Log, Metrics: deps.Registry, Now: deps.Now, Clock: deps.Clock,
	})
	items, ingredients := a.addMenu(deps, p, log, hub), a.addInventory(deps, p)
	types := slices.Concat(items, a.addLocations(deps, p), a.addOrders(deps, p, orders, log), a.addKitchen(deps, p, orders, log, hub), []node.Type{ingredients, a.addPromotions(deps, p), a.addScreens(deps, p), staff})
	a.addAvailability(deps, p, orders)
	a.Nodes = cqrs.NewQuery(p, "nodes", node.NewHandler(deps.Pool, types...))
	a.OrderFeed = orderview.NewFeed(hub, orders)
	a.PopularPizzas = cqrs.NewQuery(p, "popularPizzas", &reportview.PopularPizzasHandler{Pool: deps.Pool, Zones: new(location.Zones), Now: deps.Now})
	a.AuditLog = cqrs.NewQuery(p, "auditLog", &auditview.LogHandler{Pool: deps.Pool})
	a.background = append(a.background, func(ctx context.Context) { tail.Run(ctx, hub) }, p.Releaser.Run)
	a.addUpkeep(deps)
	return a, nil
}

func (a *App) addMenu(deps Dependencies, p cqrs.Pipeline, log *events.Log, hub *live.Hub) []node.Type {
	store := menustore.New(deps.GORM)
	items := &menuview.ItemByIDHandler{Pool: deps.Pool}
	a.CreateMenuItem = cqrs.NewIdempotentCommand(p, "createMenuItem", cqrs.Retry(p, &menu.CreateMenuItemHandler{Items: store, Now: deps.Now}), items.OnMenu)
	a.UpdateMenuItem = cqrs.NewCommand(p, "updateMenuItem", answerWith(cqrs.Retry(p, &menu.UpdateMenuItemHandler{Items: store, Now: deps.Now}), items.OnMenu))
	a.ArchiveMenuItem = cqrs.NewCommand(p, "archiveMenuItem", answerWith(cqrs.Retry(p, &menu.ArchiveMenuItemHandler{Items: store, Now: deps.Now}), items.OnMenu))
	a.UploadImage = cqrs.NewCommand(p, "uploadImage", menu.NewUploadImageHandler(store, deps.Now))
	a.ImageFile = cqrs.NewQuery(p, "imageFile", &menuview.ImageFileHandler{Pool: deps.Pool})
	groups := &menuview.OptionGroupsHandler{Pool: deps.Pool}
	menus := menuview.NewMenuHandler(deps.Pool, 1)
	a.menus = menus
	a.Menu = cqrs.NewQuery(p, "menu", menus)
	a.CurrentMenu = cqrs.NewQuery(p, "currentMenu", &menuview.CurrentHandler{Menus: menus, Feed: log})
	a.MenuItem = cqrs.NewQuery(p, "menuItem", items)
	a.Archived = cqrs.NewQuery(p, "archivedMenuItems", &menuview.ArchivedHandler{Items: items})
	a.Recipe = cqrs.NewQuery(p, "recipe", menuview.NewRecipeHandler(deps.Pool, runtime.GOMAXPROCS(0)))
	a.MenuFeed = menuview.NewFeed(hub, items)
	visible := func(by auth.Actor, item *menuview.MenuItem) bool { return item.VisibleTo(by) }
	return append(a.addOptionGroups(deps, p, store, groups),
		a.addScheduledChanges(deps, p, store, &menuview.ScheduledChangesHandler{Pool: deps.Pool, Items: items, Of: groups, Now: deps.Now}),
		node.Of("MenuItem", "menu_view", items.Items, visible), node.Of("archived MenuItem", "archived_menu_item_view", items.Archived, visible),
	)
}

func (a *App) addOptionGroups(deps Dependencies, p cqrs.Pipeline, store *menustore.Store, groups *menuview.OptionGroupsHandler) []node.Type {
	handle := &menu.OptionGroupHandlers{Groups: store, Now: deps.Now, NewID: newID}
	a.CreateOptionGroup = cqrs.NewIdempotentCommand(p, "createOptionGroup", cqrs.Retry(p, cqrs.HandlerFunc[menu.CreateOptionGroup, uuid.UUID](handle.Create)), groups.Group)
	a.UpdateOptionGroup = cqrs.NewCommand(p, "updateOptionGroup", answerWith(cqrs.Retry(p, cqrs.HandlerFunc[menu.UpdateOptionGroup, uuid.UUID](handle.Update)), groups.Group))
	a.ArchiveOptionGroup = cqrs.NewCommand(p, "archiveOptionGroup", answerWith(cqrs.Retry(p, cqrs.HandlerFunc[menu.ArchiveOptionGroup, uuid.UUID](handle.Archive)), groups.Group))
	a.OptionGroups = cqrs.NewQuery(p, "optionGroups", groups)
	return []node.Type{
		node.Of("OptionGroup", "option_group_view", groups.Groups, func(auth.Actor, *menuview.OptionGroup) bool { return true }),
		node.Of("MenuOption", "menu_option_view", groups.Options, func(auth.Actor, *menuview.Option) bool { return true }),
	}
}

func (a *App) addInventory(deps Dependencies, p cqrs.Pipeline) node.Type {
	store := inventorystore.New(deps.GORM)
	ingredients := &inventoryview.ByIDHandler{Pool: deps.Pool}
	a.CreateIngredient = cqrs.NewIdempotentCommand(p, "createIngredient", cqrs.Retry(p, &inventory.CreateIngredientHandler{Ingredients: store, Now: deps.Now}), ingredients.Everywhere)
	a.UpdateIngredient = cqrs.NewCommand(p, "updateIngredient", answerWith(cqrs.Retry(p, &inventory.UpdateIngredientHandler{Ingredients: store, Now: deps.Now}), ingredients.Everywhere))
	a.SetStock = cqrs.NewCommand(p, "setStock", answerWith(cqrs.Retry(p, &inventory.SetStockHandler{Stock: store, Now: deps.Now}), ingredients.AtLocation))
	a.Ingredients = cqrs.NewQuery(p, "ingredients", &inventoryview.IngredientsHandler{Pool: deps.Pool})
	return node.Of("Ingredient", "ingredient_view", ingredients.Ingredients, func(by auth.Actor, _ *inventoryview.Ingredient) bool {
		return by.Everywhere().Is(auth.RoleManager) // who may see what all locations have together
	})
}

func (a *App) addPromotions(deps Dependencies, p cqrs.Pipeline) node.Type {
	store := promotionstore.New(deps.GORM)
	promotions := &promotionview.ByIDHandler{Pool: deps.Pool}
	a.CreatePromotion = cqrs.NewIdempotentCommand(p, "createPromotion", cqrs.Retry(p, &promotion.CreatePromotionHandler{Promotions: store, Now: deps.Now}), promotions.Promotion)
	a.UpdatePromotion = cqrs.NewCommand(p, "updatePromotion", answerWith(cqrs.Retry(p, &promotion.UpdatePromotionHandler{Promotions: store, Now: deps.Now}), promotions.Promotion))
	a.EndPromotion = cqrs.NewCommand(p, "endPromotion", answerWith(cqrs.Retry(p, &promotion.EndPromotionHandler{Promotions: store, Now: deps.Now}), promotions.Promotion))
	a.Promotions = cqrs.NewQuery(p, "promotions", &promotionview.PromotionsHandler{Pool: deps.Pool, Now: deps.Now})
	a.Promotion = cqrs.NewQuery(p, "promotion", promotions)
	a.Deals = cqrs.NewQuery(p, "deals", &promotionview.DealsHandler{Pool: deps.Pool, Now: deps.Now})
	return node.Of("Promotion", "promotion_view", promotions.Promotions, func(by auth.Actor, p *promotionview.Promotion) bool { return p.VisibleTo(by) })
}

func (a *App) addLocations(deps Dependencies, p cqrs.Pipeline) []node.Type {
	store := locationstore.New(deps.GORM)
	locations := locationview.NewByIDHandler(deps.Pool, runtime.GOMAXPROCS(0))
	byID := func(ctx context.Context, id uuid.UUID) (*locationview.Location, error) {
		return locations.Handle(ctx, locationview.ByID{ID: id})
	}
	a.CreateLocation = cqrs.NewIdempotentCommand(p, "createLocation", cqrs.Retry(p, &location.CreateLocationHandler{Locations: store, Now: deps.Now}), byID)
	a.UpdateLocation = cqrs.NewCommand(p, "updateLocation", answerWith(cqrs.Retry(p, &location.UpdateLocationHandler{Locations: store, Now: deps.Now, NewID: newID}), byID))
	a.UpdateService = cqrs.NewCommand(p, "updateService", answerWith(cqrs.Retry(p, &location.UpdateServiceHandler{Locations: store, Now: deps.Now}), byID))
	a.PauseService = cqrs.NewCommand(p, "pauseService", answerWith(cqrs.Retry(p, &location.PauseServiceHandler{Locations: store, Now: deps.Now}), byID))
	a.ResumeService = cqrs.NewCommand(p, "resumeService", answerWith(cqrs.Retry(p, &location.ResumeServiceHandler{Locations: store, Now: deps.Now}), byID))
	a.Locations = cqrs.NewQuery(p, "locations", &locationview.LocationsHandler{Pool: deps.Pool})
	a.Location = cqrs.NewQuery(p, "location", &locationview.ByIDOrSlugHandler{Pool: deps.Pool})
	a.LocationByID = cqrs.NewQuery(p, "locationByID", locations)
	a.ChooseLocation = cqrs.NewQuery(p, "chooseLocation", locationview.NewChoiceHandler(deps.Pool, 1))
	zones := locationview.NewZonesHandler(deps.Pool, runtime.GOMAXPROCS(0))
	a.Services = cqrs.NewQuery(p, "services", locationview.NewServicesHandler(deps.Pool, new(location.Zones), deps.Now, runtime.GOMAXPROCS(0)))
	a.Zones = cqrs.NewQuery(p, "zones", zones)
	a.Delivers = cqrs.NewQuery(p, "deliveryOffer", &locationview.DeliversHandler{Pool: deps.Pool})
	return []node.Type{
		node.Of("Location", "location_view", locations.Locations, func(auth.Actor, *locationview.Location) bool { return true }),
		node.Of("DeliveryZone", "delivery_zone_view", zones.ByID, func(auth.Actor, *locationview.Zone) bool { return true }),
	}
}

func (a *App) addOrders(deps Dependencies, p cqrs.Pipeline, orders *orderview.ByIDHandler, log *events.Log) []node.Type {
	store := orderstore.New(deps.GORM)
	retrying := retryingOrders{store, p}
	gateway := payment.NewObserved(deps.Gateway, deps.Registry, deps.Log)
	settler := &ordering.Settler{Orders: retrying, Gateway: gateway, Log: deps.Log, Now: deps.Now}

	place := &ordering.PlaceOrderHandler{
		Orders: store, Dishes: menustore.New(deps.GORM), Promotions: promotionstore.New(deps.GORM), Places: store, Quotes: store, Zones: new(location.Zones),
		Gateway: deps.Gateway, Now: deps.Now, NewID: newID,
	}
	tokens := &ordering.TokenIssuer{Orders: store, Now: deps.Now, NewToken: auth.NewToken}
	a.PlaceOrder = admitted(
		cqrs.NewIdempotentCommand(p, "placeOrder", settled(p, settler, cqrs.Retry(p, place)), showOrder(orders)),
		cqrs.NewCommand(p, "admitGuest", cqrs.Retry(p, &ordering.AdmitGuestHandler{TokenIssuer: tokens})),
	)
	a.ShareOrder = cqrs.NewCommand(p, "shareOrder", cqrs.Retry(p, &ordering.ShareOrderHandler{TokenIssuer: tokens}))
	a.ProcessPayment = stillSeen(
		cqrs.NewIdempotentCommand(p, "processPayment", settled(p, settler, cqrs.Retry(p, &ordering.ProcessPaymentHandler{Orders: store, Now: deps.Now})), showOrder(orders)),
		func(cmd ordering.ProcessPayment, done OrderAnswer) (auth.Actor, *orderview.Order) {
			return cmd.By, done.Order
		},
	)
	a.MoveOrder = cqrs.NewCommand(p, "moveOrder", answerMove(orders, settled(p, settler, cqrs.Retry(p, &ordering.MoveOrderHandler{Orders: store, Now: deps.Now}))))
	a.RefundOrder = stillSeen(
		cqrs.NewIdempotentCommand(p, "refundOrder", withRefund(settled(p, settler, cqrs.Retry(p, &ordering.RefundOrderHandler{Orders: store, Now: deps.Now}))), showRefund(orders)),
		func(cmd ordering.RefundOrder, done RefundAnswer) (auth.Actor, *orderview.Order) {
			return cmd.By, done.Order
		},
	)
	amend := &ordering.AmendOrderHandler{
		Orders: store, Dishes: menustore.New(deps.GORM), Places: store, Stock: inventorystore.New(deps.GORM), Zones: new(location.Zones), Gateway: deps.Gateway,
		Now: deps.Now, NewID: newID,
	}
	a.AmendOrder = stillSeen(
		cqrs.NewIdempotentCommand(p, "amendOrder", withAmendment(settled(p, settler, cqrs.Retry(p, amend))), showAmendment(orders)),
		func(cmd ordering.AmendOrder, done AmendAnswer) (auth.Actor, *orderview.Order) {
			return cmd.By, done.Order
		},
	)
	a.PreviewAmendment = cqrs.NewCommand(p, "previewAmendment", &ordering.PreviewAmendmentHandler{AmendOrderHandler: amend})
	a.PreviewRefund = cqrs.NewCommand(p, "previewRefund", &ordering.PreviewRefundHandler{Orders: store, Now: deps.Now})
	preview := &ordering.PreviewOrderHandler{
		Held: store, Dishes: &menuDishes{dishes: menustore.New(deps.GORM), menus: a.menus}, Places: store, Promotions: promotionstore.New(deps.GORM),
		Stock: inventorystore.New(deps.GORM), Zones: new(location.Zones), Gateway: deps.Gateway, Now: deps.Now,
	}
	a.PreviewOrder = cqrs.NewCommand(p, "previewOrder", preview)
	a.QuoteOrder = cqrs.NewCommand(p, "quoteOrder", cqrs.Retry(p, &ordering.QuoteOrderHandler{PreviewOrderHandler: preview, Quotes: store, NewID: uuid.New}))
	a.RecordPaymentEvent = cqrs.NewCommand(p, "recordPaymentEvent", settleOnly(p, settler, cqrs.Retry(p, &ordering.RecordPaymentEventHandler{Orders: store, Log: deps.Log, Now: deps.Now})))
	a.Order = cqrs.NewQuery(p, "order", orders)
	a.LearnedTimes = cqrs.NewQuery(p, "learnedTimes", &orderview.LearnedTimesHandler{Pool: deps.Pool})
	a.Orders = cqrs.NewQuery(p, "orders", &orderview.OrdersHandler{Pool: deps.Pool, Feed: log})

	completer := &ordering.Completer{
		Due: store, Settler: settler, Orders: retrying, Log: deps.Log, Now: deps.Now,
		Every: time.Second, AbandonAfter: deps.AbandonAfter, Committed: p.Committed,
	}
	keeper := &ordering.QuoteKeeper{Quotes: store, Log: deps.Log, Now: deps.Now, Every: time.Second, Committed: p.Committed}
	learner := &ordering.Learner{Times: store, Zones: new(location.Zones), Log: deps.Log, Now: deps.Now}
	a.background = append(a.background, completer.Run, keeper.Run, periodically(time.Minute, learner.Round))
	quotes := &orderview.QuotesHandler{Pool: deps.Pool}
	return []node.Type{
		node.Of("Order", "order_view", orders.Orders, func(by auth.Actor, o *orderview.Order) bool { return o.VisibleTo(by) }),
		node.Of("Quote", "quote_view", quotes.Quotes, func(by auth.Actor, q *ordering.Quote) bool { return q.VisibleTo(by, deps.Now()) }),
	}
}

// retryingOrders runs an update again if it lost a race, for the settler and the completer, which work outside the pipeline.
type retryingOrders struct {
	*orderstore.Store
	pipeline cqrs.Pipeline
}

// Update is orderstore.Store.Update with retries.
func (s retryingOrders) Update(ctx context.Context, id uuid.UUID, change func(*ordering.Order) error) (*ordering.Order, error) {
	return cqrs.RunWithRetry(ctx, s.pipeline, func(ctx context.Context) (*ordering.Order, error) { return s.Store.Update(ctx, id, change) })
}

// UpdateWhole is orderstore.Store.UpdateWhole with retries.
func (s retryingOrders) UpdateWhole(ctx context.Context, id uuid.UUID, change func(*ordering.Order) error) (*ordering.Order, error) {
	return cqrs.RunWithRetry(ctx, s.pipeline, func(ctx context.Context) (*ordering.Order, error) { return s.Store.UpdateWhole(ctx, id, change) })
}

// newID makes ids that sort by the time they were made.
func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
