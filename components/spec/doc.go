// Package spec holds the cloud-neutral inputs of the components: one struct per concept, its defaults and its
// validation. The same struct configures that concept on every cloud; a cloud's component embeds it in its Args.
//
// Three rules hold for every struct here:
//
//   - The zero value is the strong default. A boolean that weakens anything is named for the weakening (Disabled), so
//     false is always the safe side; a zero number or an empty string means "the default", never zero.
//   - WithDefaults returns a copy with every default filled in, and Validate reports every problem at once.
//   - Fields carry the names used in stack configuration as `pulumi` tags; problems name fields the same way.
package spec
