package simulator

import (
	"errors"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Problem is one thing that is wrong with a request: the input's path, the cloud's name for the error where it has one,
// and what is wrong.
type Problem = schema.Problem

// Error says that a cloud refused a request, and everything it objects to.
type Error struct {
	Doing    string    // what was asked for: creating EC2 Subnet
	Problems []Problem // all that was refused, never empty
}

// Error is one line a problem: creating EC2 Subnet: InvalidSubnet.Range: The CIDR '10.0.0.0/8' is invalid. What has no
// name in the cloud has the input's path instead.
func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, problem := range e.Problems {
		lines[i] = e.Doing + ": " + problem.String()
		if problem.Code == "" && problem.Path != "" {
			lines[i] = e.Doing + ": " + problem.Path + ": " + problem.String()
		}
	}
	return strings.Join(lines, "\n")
}

// Code returns the cloud's own name of the error that refused a request, "" if the error is none of a simulated cloud's
// or has no name.
func Code(err error) string {
	if refused, ok := errors.AsType[*Error](err); ok {
		for _, problem := range refused.Problems {
			if problem.Code != "" {
				return problem.Code
			}
		}
	}
	return ""
}

func refuse(doing string, problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &Error{Doing: doing, Problems: problems}
}
