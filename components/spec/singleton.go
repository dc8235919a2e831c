package spec

// Mode says how a component comes by something that an account, or a region of it, has at most one of: the service that
// looks for threats, the recorder of configuration. Two programs that both create it are in each other's way, and a
// cloud refuses the second.
type Mode string

// The modes.
const (
	// Create creates it, and deletes it with the component. The default. The cloud refuses if it exists already.
	Create Mode = "create"
	// Adopt uses the one that exists: it is read, and never changed or deleted. The component fails without one.
	Adopt Mode = "adopt"
	// Off goes without it.
	Off Mode = "off"
)

// OrDefault returns the mode, or Create if it is not set.
func (m Mode) OrDefault() Mode {
	if m == "" {
		return Create
	}
	return m
}

// Check records at path that the mode is not one of those allowed.
func (m Mode) Check(ps *Problems, path string, allowed ...Mode) {
	var names []string
	for _, mode := range allowed {
		if m == mode {
			return
		}
		names = append(names, string(mode))
	}
	ps.Add(path, string(m), "is not a mode; %s", DidYouMean(string(m), names))
}

// checkAdopted records that an id is given though nothing is adopted, or, where the cloud cannot find the one that
// exists by itself, is missing.
func checkAdopted(ps *Problems, path string, mode Mode, id string) {
	mode.Check(ps, path+".mode", Create, Adopt, Off)
	if id != "" && mode != Adopt {
		ps.Add(path+".id", id, "has no effect without mode %s; remove one of the two", Adopt)
	}
}
