package e2e_test

// The queries that several stories ask.

type item struct {
	ID, Name, Description, Category string
	Prices                          []price
	Allergens                       []string
	IsAvailable                     bool
	Version                         int
}

type price struct {
	Size  string
	Price int64
}

type ingredient struct {
	ID, Name                                  string
	OnHand, Reserved, Available, LowThreshold int
}

// stock returns all ingredients by name, as the manager sees them.
func (p *person) stock() map[string]ingredient {
	p.Helper()
	stock := map[string]ingredient{}
	for _, i := range ask[struct{ Ingredients []ingredient }](p,
		`{ ingredients { id name onHand reserved available lowThreshold } }`, nil).Ingredients {
		stock[i.Name] = i
	}
	return stock
}

type favorite struct {
	MenuItemID, Name string
	Quantity         int
}

type history struct {
	CustomerID     string
	TotalOrders    int
	TotalSpent     int64
	FavoritePizzas []favorite
	Orders         page
}

// history returns the history of the given customer, or the person's own if it is nil.
func (p *person) history(customerID any) history {
	p.Helper()
	return ask[struct{ OrderHistory history }](p, `query($of: ID) {
		orderHistory(customerId: $of) {
			customerId totalOrders totalSpent favoritePizzas { menuItemId name quantity } orders(first: 2) { ...page }
		}
	}`+pageFragment, vars{"of": customerID}).OrderHistory
}

type popular struct {
	MenuItemID, Name string
	Quantity         int
	Revenue          int64
}

func (p *person) popular(period string) []popular {
	p.Helper()
	return ask[struct{ PopularPizzas []popular }](p, `query($period: Period!) {
		popularPizzas(period: $period) { menuItemId name quantity revenue }
	}`, vars{"period": period}).PopularPizzas
}

type page struct {
	Edges []struct {
		Cursor string
		Node   order
	}
	Nodes    []order
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
	AsOf string
}

const pageFragment = ` fragment page on OrderConnection {
	edges { cursor node { id } } nodes { ...brief }
	pageInfo { hasNextPage hasPreviousPage startCursor endCursor } asOf
}` + briefFragment

// briefFragment has what a list answers without the orders' documents.
const briefFragment = ` fragment brief on Order {
	id number version status fulfillment customer { id name } itemsCount currency totals { total } allowedTransitions placedAt scheduledFor estimatedDeliveryAt
}`

const listOrders = `query($first: Int, $after: String, $filter: OrderFilter) {
	orders(first: $first, after: $after, filter: $filter) { ...page }
}` + pageFragment

// orders returns one page; v holds first, after and filter.
func (p *person) orders(v vars) page {
	p.Helper()
	return ask[struct{ Orders page }](p, listOrders, v).Orders
}

func (p page) ids() []string {
	ids := []string{}
	for _, n := range p.Nodes {
		ids = append(ids, n.ID)
	}
	return ids
}
