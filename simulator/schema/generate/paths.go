package main

import "strings"

// fixPathNames marks the inputs that name a resource in the cloud, which are those that its look-up needs, as
// impossible to change.
func (f *facts) fixPathNames() {
	for token, resource := range f.resources {
		at := strings.LastIndex(token, ":") + 1
		lookup, ok := f.functions[token[:at]+"get"+token[at:]]
		if !ok {
			continue
		}
		for name, needed := range lookup.Inputs {
			if input, ok := resource.Inputs[name]; ok && needed.Required {
				input.Replaces = true
				resource.Inputs[name] = input
			}
		}
	}
}
