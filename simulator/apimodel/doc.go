// Package apimodel knows what the clouds' own API models say of the parameters of their operations: which are required,
// what their values may be, which errors an operation has.
//
// The generator in the folder generate reads the models from the Go modules in which the clouds publish them (AWS's
// api-2.json files, Google's discovery documents) and takes facts only: no prose. Only the services in use are decoded.
package apimodel

//go:generate go run ./generate aws google
