package spec

// setDefault gives a field that is not set its value.
func setDefault[T comparable](field *T, value T) {
	var unset T
	if *field == unset {
		*field = value
	}
}

// checkRange reports a number outside of its range.
func checkRange(ps *Problems, field string, value, least, most int, unit string) {
	if value < least || value > most {
		ps.Add(field, value, "is out of range; use %d to %d%s", least, most, unit)
	}
}
