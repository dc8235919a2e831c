// Package engine runs the real Pulumi engine: it finds or builds the `pulumi` command, gives it an isolated place to
// work in, a Go language host where none is installed, and reads its events into typed results.
package engine
