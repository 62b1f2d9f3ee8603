package kitchen

// Why is why an action wasn't done; the contract's KitchenActionReason.
type Why string

// Why actions aren't done.
const (
	NoSuchTicket     Why = "NO_SUCH_TICKET"
	NoSuchTask       Why = "NO_SUCH_TASK"
	NotYet           Why = "NOT_YET"
	StationBefore    Why = "STATION_BEFORE"
	NextHasBegun     Why = "NEXT_HAS_BEGUN"
	NothingHere      Why = "NOTHING_HERE"
	NotAllDone       Why = "NOT_ALL_DONE"
	CalledOff        Why = "CALLED_OFF"
	ChangedMeanwhile Why = "CHANGED"
	AllDone          Why = "ALL_DONE"
	AllBegun         Why = "ALL_BEGUN"
	HasLeft          Why = "HAS_LEFT"
	NoSuchAction     Why = "NO_SUCH_ACTION"
)

// Message says it in English.
func (w Why) Message() string { return messages()[w] }

func messages() map[Why]string {
	return map[Why]string{
		NoSuchTicket:     "There is no such ticket.",
		NoSuchTask:       "There is no such task.",
		NotYet:           "It may not begin yet.",
		StationBefore:    "The station before isn't done, or it is too early.",
		NextHasBegun:     "The next station has begun with it.",
		NothingHere:      "Nothing of it has come to this station yet.",
		NotAllDone:       "Not all of it is done at the other stations: say why it goes all the same.",
		CalledOff:        "The order was called off.",
		ChangedMeanwhile: "The order was changed meanwhile: look at it again.",
		AllDone:          "All of it is done.",
		AllBegun:         "All of it has begun.",
		HasLeft:          "The order has left the kitchen.",
		NoSuchAction:     "There is no such action.",
	}
}
