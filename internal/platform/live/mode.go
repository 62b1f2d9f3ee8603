package live

// Mode is how much of what happens a reader is given; the contract's DeliveryMode.
type Mode string

// The modes of delivery. In both, the events of an aggregate come in order and none twice.
const (
	// Every event. A reader who is too slow for them is told to come back.
	Every Mode = "EVERY"
	// Latest leaves out what a later event of the same aggregate has overtaken while the reader was busy or away. A cursor
	// then means: everything before was given, or comes as something newer.
	Latest Mode = "LATEST"
)
