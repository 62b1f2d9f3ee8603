package e2e_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// argumentPlace is a field with arguments, and how a document gets there.
type argumentPlace struct {
	operation    string
	before, rest string
	of, name     string
	args         []input
	returns      reference
}

// attempt is a document with its variables, for anybody to send.
type attempt struct {
	operation, document string
	variables           vars
}

// Every argument of every field takes every value at its edges, from everybody, over HTTP and over a socket: what is refused
// says so, and nothing is a fault of ours.
func TestEveryArgumentAtItsEdges(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	placed := customer.placed(s.margherita())
	sauces := manager.createGroup(vars{"name": "Sauces", "options": []vars{{"name": "Pesto", "prices": []vars{{"size": "SMALL", "price": 1}}}}}).OptionGroup
	k := knownThings{cursor: customer.asOf(), ids: map[string]string{
		"order": placed.ID, "customer": customer.id, "menuItem": s.menu["Margherita"], "ingredient": manager.createIngredient("Truffle", 9).Ingredient.ID,
		"optionGroup": sauces.ID, "option": sauces.Options[0].ID,
	}}
	schema := readInputs(manager)
	var attempts []attempt
	for _, p := range schema.places(k) {
		attempts = append(attempts, schema.attempts(k, p)...)
	}
	t.Log(len(attempts), "documents")
	require.Greater(t, len(attempts), 1500)

	var all sync.WaitGroup
	for who, p := range map[string]*person{
		"visitor": s.visitor(), "customer": customer, "cook": s.signIn("cook"), "driver": s.signIn("driver"), "manager": manager,
	} {
		all.Go(func() { p.tryOverHTTP(who, attempts) })
		all.Go(func() { p.tryOverASocket(who, attempts) })
	}
	all.Wait()
}

// tryOverHTTP sends everything but subscriptions. A command does the same with its input for all who may send it, so most roles
// send only some of the mutations; under the race detector, which makes a request many times slower, all roles send fewer.
func (p *person) tryOverHTTP(who string, attempts []attempt) {
	queries, mutations := 1, min(raceFactor, 6)
	if who != "manager" && who != "customer" {
		queries, mutations = min(raceFactor, 5), 29
	}
	for i, a := range attempts {
		if a.operation == "subscription" || (a.operation == "query" && i%queries != 0) || (a.operation == "mutation" && i%mutations != 0) {
			continue
		}
		answered := p.do(a.document, a.variables)
		if answered.status >= http.StatusInternalServerError || strings.Contains(answered.body, "INTERNAL_SERVER_ERROR") {
			p.Errorf("%s: %s %v: %d %s", who, a.document, a.variables, answered.status, answered.body)
		}
	}
}

// tryOverASocket sends everything but mutations, as much at once as a socket takes; under the race detector only some queries,
// since HTTP answers them by the same code.
func (p *person) tryOverASocket(who string, attempts []attempt) {
	var feeds []*feed
	var of []attempt
	s := p.connect()
	look := func() {
		silence := time.After(300 * time.Millisecond) // a stream that nothing is wrong with stays silent
		for i, f := range feeds {
			select {
			case m := <-f.messages:
				if answered := m.ended + string(m.data); strings.Contains(answered, "INTERNAL_SERVER_ERROR") || strings.HasPrefix(answered, "closed") {
					p.Errorf("%s: %s %v: %s", who, of[i].document, of[i].variables, answered)
				}
			case <-silence:
				silence = time.After(0)
			}
			f.cancel()
		}
		feeds, of = nil, nil
	}
	for i, a := range attempts {
		if a.operation == "mutation" || (a.operation == "query" && i%min(raceFactor, 5) != 0) {
			continue
		}
		feeds, of = append(feeds, s.subscribe(a.document, a.variables)), append(of, a)
		if len(feeds) == 20 {
			look()
		}
	}
	look()
}

// places are the fields with arguments that can be reached from the roots by fields that need no others than whole ones.
func (i inputs) places(k knownThings) (found []argumentPlace) {
	type way struct {
		operation, before, rest, kind string
	}
	ways := []way{{"query", "{ ", " }", "Query"}, {"mutation", "{ ", " }", "Mutation"}, {"subscription", "{ ", " }", "Subscription"}}
	seen := map[string]bool{}
	for len(ways) > 0 {
		w := ways[0]
		ways = ways[1:]
		for _, f := range i[w.kind].Fields {
			if len(f.Args) > 0 {
				found = append(found, argumentPlace{w.operation, w.before, w.rest, f.Name, f.Name, f.Args, f.Type})
			}
			if next := f.Type.base(); w.operation == "query" && i[next].Kind == "OBJECT" && !seen[next] {
				seen[next] = true
				ways = append(ways, way{w.operation, w.before + f.Name + i.arguments(k, f.Name, f.Args) + " { ", " }" + w.rest, next})
			}
		}
	}
	return found
}

// arguments are those that a field needs, and those of the others that are named, whole.
func (i inputs) arguments(k knownThings, of string, args []input, others ...string) string {
	var given []string
	for _, a := range args {
		if a.Type.Kind == "NON_NULL" && a.DefaultValue == nil || slices.Contains(others, a.Name) {
			given = append(given, a.Name+": "+literal(i.plausible(k, of, a.Name, a.Type)))
		}
	}
	if given == nil {
		return ""
	}
	return "(" + strings.Join(given, ", ") + ")"
}

// attempts give each argument of a field each of its values, the others being whole or left out; by turns as variables and
// literally.
func (i inputs) attempts(k knownThings, p argumentPlace) (all []attempt) {
	for _, argument := range p.args {
		for n, value := range i.edgeValues(k, p.of, argument.Name, argument.Type) {
			for _, othersToo := range []bool{false, true} {
				values := map[string]any{}
				for _, other := range p.args {
					if othersToo || other.Type.Kind == "NON_NULL" && other.DefaultValue == nil {
						values[other.Name] = i.plausible(k, p.of, other.Name, other.Type)
					}
				}
				values[argument.Name] = value
				if len(p.args) > 1 || !othersToo {
					all = append(all, i.attempt(p, values, n%2 == 1))
				}
			}
		}
	}
	return all
}

func (i inputs) attempt(p argumentPlace, values map[string]any, literally bool) attempt {
	var declared, given []string
	variables := vars{}
	for _, a := range p.args {
		value, some := values[a.Name]
		if !some || value == (any)(absent{}) {
			continue
		}
		if literally {
			given = append(given, a.Name+": "+literal(value))
			continue
		}
		declared = append(declared, "$"+a.Name+": "+a.Type.String())
		given = append(given, a.Name+": $"+a.Name)
		variables[a.Name] = value
	}
	list := func(entries []string) string {
		if entries == nil {
			return ""
		}
		return "(" + strings.Join(entries, ", ") + ")"
	}
	return attempt{p.operation, fmt.Sprintf("%s%s %s%s%s%s%s", p.operation, list(declared), p.before, p.name, list(given), i.selection(p.returns, 2), p.rest), variables}
}
