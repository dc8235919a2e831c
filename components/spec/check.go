package spec

import "regexp"

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

// keyPattern is what a map's key looks like to become part of a resource's name on every cloud.
var keyPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// maxKey leaves room for what a resource's name says besides.
const maxKey = 40

// CheckKey records that a key of the map at field cannot become part of a resource's name.
func CheckKey(ps *Problems, field, key string) {
	if !keyPattern.MatchString(key) || len(key) > maxKey {
		ps.Add(field+"."+key, nil, "is not a name; use up to %d lower-case letters, digits and hyphens between them", maxKey)
	}
}
