// Package schema knows every resource type and function of the Pulumi
// providers that can be simulated: property names and types, what is required,
// what is computed, what is secret, what forces a replacement.
//
// The facts are read by the generator in the folder generate from the source
// text of the Pulumi Go SDKs, never by importing them, and are embedded as one
// archive per provider. Only the modules in use are unpacked, and only the types
// in use are decoded.
package schema

//go:generate go run ./generate -package aws -module github.com/pulumi/pulumi-aws/sdk/v6 -version v6.83.2 -dir go/aws -out aws.zip
