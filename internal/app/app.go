// Package app is the mediator: everything the server can do, one field a capability, and how it is wired.
package app

import (
	"github.com/google/uuid"

	"pizzeria/internal/audit/auditview"
	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventoryview"
	"pizzeria/internal/kitchen"
	"pizzeria/internal/kitchen/kitchenview"
	"pizzeria/internal/location"
	"pizzeria/internal/location/locationview"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/node"
	"pizzeria/internal/platform/postal"
	"pizzeria/internal/promotion"
	"pizzeria/internal/promotion/promotionview"
	"pizzeria/internal/reporting/reportview"
	"pizzeria/internal/screen"
	"pizzeria/internal/screen/screenview"
)

// App holds every capability, each wrapped in the pipeline once.
type App struct {
	// Commands.
	SignUp             cqrs.Command[customer.SignUp, customer.Session]
	SignIn             cqrs.Command[customer.SignIn, customer.Session]
	SignOut            cqrs.Command[customer.SignOut, bool]
	SignOutEverywhere  cqrs.Command[customer.SignOutEverywhere, bool]
	ChangePassword     cqrs.Command[customer.ChangePassword, customer.Session]
	UpdateProfile      cqrs.Command[customer.UpdateProfile, *auth.Actor]
	DeleteAccount      cqrs.Command[customer.DeleteAccount, bool]
	InviteStaff        cqrs.Command[customer.InviteStaff, Invited]
	AcceptInvite       cqrs.Command[customer.AcceptInvite, customer.Session]
	UpdateStaff        cqrs.Command[customer.ChangeRights, *customerview.StaffMember]
	CreateMenuItem     cqrs.Command[menu.CreateMenuItem, *menuview.MenuItem]
	UpdateMenuItem     cqrs.Command[menu.UpdateMenuItem, *menuview.MenuItem]
	CreateOptionGroup  cqrs.Command[menu.CreateOptionGroup, *menuview.OptionGroup]
	UpdateOptionGroup  cqrs.Command[menu.UpdateOptionGroup, *menuview.OptionGroup]
	ArchiveOptionGroup cqrs.Command[menu.ArchiveOptionGroup, *menuview.OptionGroup]
	ArchiveMenuItem    cqrs.Command[menu.ArchiveMenuItem, *menuview.MenuItem]
	ScheduleMenuChange cqrs.Command[menu.ScheduleMenuChange, *menuview.ScheduledChange]
	CancelMenuChange   cqrs.Command[menu.CancelScheduledMenuChange, *menuview.ScheduledChange]
	UploadImage        cqrs.Command[menu.UploadImage, uuid.UUID]
	CreateIngredient   cqrs.Command[inventory.CreateIngredient, *inventoryview.Ingredient]
	UpdateIngredient   cqrs.Command[inventory.UpdateIngredient, *inventoryview.Ingredient]
	SetStock           cqrs.Command[inventory.SetStock, *inventoryview.Ingredient]
	SetAvailability    cqrs.Command[inventory.SetIngredientAvailability, AvailabilityAnswer]
	CreateLocation     cqrs.Command[location.CreateLocation, *locationview.Location]
	UpdateLocation     cqrs.Command[location.UpdateLocation, *locationview.Location]
	UpdateService      cqrs.Command[location.UpdateService, *locationview.Location]
	PauseService       cqrs.Command[location.PauseService, *locationview.Location]
	ResumeService      cqrs.Command[location.ResumeService, *locationview.Location]
	CreatePromotion    cqrs.Command[promotion.CreatePromotion, *promotionview.Promotion]
	UpdatePromotion    cqrs.Command[promotion.UpdatePromotion, *promotionview.Promotion]
	EndPromotion       cqrs.Command[promotion.EndPromotion, *promotionview.Promotion]
	PairScreen         cqrs.Command[screen.PairScreen, PairedScreen]
	ClaimScreen        cqrs.Command[screen.ClaimScreen, ClaimedScreen]
	UpdateScreen       cqrs.Command[screen.UpdateScreen, *screenview.Screen]
	RevokeScreen       cqrs.Command[screen.RevokeScreen, *screenview.Screen]
	PlaceOrder         cqrs.Command[ordering.PlaceOrder, OrderAnswer]
	ShareOrder         cqrs.Command[ordering.ShareOrder, ordering.IssuedToken]
	ProcessPayment     cqrs.Command[ordering.ProcessPayment, OrderAnswer]
	MoveOrder          cqrs.Command[ordering.MoveOrder, OrderAnswer]
	RefundOrder        cqrs.Command[ordering.RefundOrder, RefundAnswer]
	AmendOrder         cqrs.Command[ordering.AmendOrder, AmendAnswer]
	PreviewAmendment   cqrs.Command[ordering.AmendOrder, *ordering.AmendmentPreview]
	PreviewRefund      cqrs.Command[ordering.RefundOrder, ordering.Refund]
	PreviewOrder       cqrs.Command[ordering.PreviewOrder, *ordering.Preview]
	QuoteOrder         cqrs.Command[ordering.QuoteOrder, *ordering.Quote]

	CreateStation       cqrs.Command[kitchen.CreateStation, []*kitchenview.Station]
	UpdateStation       cqrs.Command[kitchen.UpdateStation, []*kitchenview.Station]
	ArchiveStation      cqrs.Command[kitchen.ArchiveStation, []*kitchenview.Station]
	SetStationRoutes    cqrs.Command[kitchen.SetStationRoutes, []*kitchenview.Route]
	ApplyKitchenActions cqrs.Command[kitchen.ApplyActions, []*kitchenview.ActionResult]

	// RecordPaymentEvent is the payment gateway's, not a client's.
	RecordPaymentEvent cqrs.Command[ordering.RecordPaymentEvent, ordering.Receipt]

	// Queries.
	Menu           cqrs.Query[menuview.Menu, []*menuview.MenuItem]
	CurrentMenu    cqrs.Query[menuview.Current, *menuview.CurrentMenu]
	MenuItem       cqrs.Query[menuview.ItemByID, *menuview.MenuItem]
	Archived       cqrs.Query[menuview.Archived, []*menuview.MenuItem]
	ImageFile      cqrs.Query[menuview.ImageFile, []byte]
	MenuChanges    cqrs.Query[menuview.ScheduledChanges, []*menuview.ScheduledChange]
	OptionGroups   cqrs.Query[menuview.OptionGroups, []*menuview.OptionGroup]
	Recipe         cqrs.Query[menuview.RecipeOf, []*menuview.RecipeLine]
	Locations      cqrs.Query[locationview.Locations, []*locationview.Location]
	Location       cqrs.Query[locationview.ByIDOrSlug, *locationview.Location]
	LocationByID   cqrs.Query[locationview.ByID, *locationview.Location]
	ChooseLocation cqrs.Query[locationview.Choice, uuid.UUID]
	Services       cqrs.Query[locationview.Services, []*locationview.Service]
	Zones          cqrs.Query[locationview.Zones, []*locationview.Zone]
	Delivers       cqrs.Query[locationview.Delivers, *locationview.Offer]
	Promotions     cqrs.Query[promotionview.Promotions, []*promotionview.Promotion]
	Promotion      cqrs.Query[promotionview.ByID, *promotionview.Promotion]
	Screens        cqrs.Query[screenview.Screens, []*screenview.Screen]
	Screen         cqrs.Query[screenview.ByID, *screenview.Screen]
	Deals          cqrs.Query[promotionview.Deals, []*promotionview.Deal]
	Ingredients    cqrs.Query[inventoryview.Ingredients, []*inventoryview.Ingredient]
	Order          cqrs.Query[orderview.ByID, *orderview.Order]
	Orders         cqrs.Query[orderview.Orders, *orderview.Page]
	LearnedTimes   cqrs.Query[orderview.LearnedTimes, []*orderview.LearnedTime]
	Staff          cqrs.Query[customerview.Staff, []*customerview.StaffMember]
	OwnProfile     cqrs.Query[customerview.OwnProfile, *auth.Actor]
	OwnAddresses   cqrs.Query[customerview.OwnAddresses, []*postal.Address]
	OwnSessions    cqrs.Query[customerview.OwnSessions, []*customerview.Session]
	OrderHistory   cqrs.Query[customerview.CustomerHistory, *customerview.OrderHistory]
	Nodes          cqrs.Query[node.ByIDs, []node.Node]
	AuditLog       cqrs.Query[auditview.Log, *auditview.Page]
	PopularPizzas  cqrs.Query[reportview.PopularPizzas, []*reportview.PopularPizza]

	Stations      cqrs.Query[kitchenview.Stations, []*kitchenview.Station]
	StationRoutes cqrs.Query[kitchenview.Routes, []*kitchenview.Route]
	KitchenBoard  cqrs.Query[kitchenview.BoardOf, *kitchenview.Board]

	// Live.
	OrderFeed  *orderview.Feed
	MenuFeed   *menuview.Feed
	TicketFeed *kitchenview.Feed

	// Sessions knows who is asking; it stands before every capability.
	Sessions *auth.Sessions

	menus      *menuview.MenuHandler
	background []task
	tail       *events.Tail
}

// FeedError returns why the live feed can't read the event log at the moment; nil if it can.
func (a *App) FeedError() error { return a.tail.Healthy() }
