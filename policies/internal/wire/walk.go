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

// Secrets calls found with the text of every secret string and number in fields, however deep, and key with every key of
// an object that is secret as a whole. Booleans and null are no secrets worth hiding: their text is in every message.
func Secrets(fields map[string]*structpb.Value, found, key func(string)) {
	for _, f := range fields {
		secrets(f, false, found, key)
	}
}

func secrets(p *structpb.Value, inherited bool, found, key func(string)) {
	v := Open(p)
	secret := inherited || v.Secret
	switch {
	case v.Kind == List:
		for _, item := range v.Items() {
			secrets(item, secret, found, key)
		}
	case v.Kind == Object:
		for name, field := range v.Fields() {
			if secret {
				key(name)
			}
			secrets(field, secret, found, key)
		}
	case secret && v.Kind == String:
		found(v.Text())
	case secret && v.Kind == Number:
		// As Go prints integers and floats.
		found(strconv.FormatFloat(v.Number(), 'f', -1, 64))
		found(strconv.FormatFloat(v.Number(), 'g', -1, 64))
	}
}
