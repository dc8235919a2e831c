// Package work lets tests count what rules do.
package work

// Step, if it is set, is called with every step of a loop over resources or values, every check of several, and every
// question whether one resource refers to another. It is set by tests that run alone, and by nothing else.
var Step func()
