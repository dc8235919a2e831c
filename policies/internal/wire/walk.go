package wire

import (
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"
)

// HoldsSecret reports whether the value, or anything in it, is secret.
func (v Value) HoldsSecret() bool {
	if v.Secret {
		return true
	}
	for _, item := range v.Items() {
		if Open(item).HoldsSecret() {
			return true
		}
	}
	for _, field := range v.Fields() {
		if Open(field).HoldsSecret() {
			return true
		}
	}
	return false
}

// Secrets calls found with the text of every secret scalar in fields, however deep. Booleans and null are no secrets
// worth hiding: their text is in every message.
func Secrets(fields map[string]*structpb.Value, found func(string)) {
	for _, f := range fields {
		secrets(f, false, found)
	}
}

func secrets(p *structpb.Value, inherited bool, found func(string)) {
	v := Open(p)
	secret := inherited || v.Secret
	switch {
	case v.Kind == List:
		for _, item := range v.Items() {
			secrets(item, secret, found)
		}
	case v.Kind == Object:
		for _, field := range v.Fields() {
			secrets(field, secret, found)
		}
	case secret && v.Kind == String:
		found(v.Text())
	case secret && v.Kind == Number:
		found(strconv.FormatFloat(v.Number(), 'f', -1, 64))
	}
}
