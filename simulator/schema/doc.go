// Package schema knows every resource type and function of the Pulumi providers that can be simulated: property names
// and types, what is required, what is computed, what is secret, what forces a replacement, and what values the
// documentation allows where it says so in set phrases.
//
// The facts are read by the generator in the folder generate from the source text of the Pulumi Go SDKs, never by
// importing them, and are embedded as one archive per provider. Only the modules in use are unpacked, and only the
// types in use are decoded. A program links the archives of the providers that it opens, no others.
package schema

//go:generate go run ./generate aws azure-native gcp digitalocean
