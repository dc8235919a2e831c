// Package iamdoc writes the policy documents of AWS's Identity and Access Management.
package iamdoc

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Statement is one statement of a policy document. Effect is "Allow" if it is empty.
type Statement struct {
	Sid       string `json:",omitempty"`
	Effect    string
	Principal any      `json:",omitempty"` // Service, AWS, Federated or Anyone
	Action    []string `json:",omitempty"`
	NotAction []string `json:",omitempty"`
	Resource  []string `json:",omitempty"`
	// Condition maps an operator ("StringEquals") to condition keys and their values: a string or a list of strings.
	Condition map[string]map[string]any `json:",omitempty"`
}

// Anyone is the principal that everybody is, with or without an account. For denials, and for statements whose
// condition says who is meant.
const Anyone = "*"

// Service is the principal that an AWS service is, for example "logs.eu-west-1.amazonaws.com".
func Service(names ...string) any { return map[string]any{"Service": oneOrMore(names)} }

// AWS is the principal that accounts, roles or users are, by their ARNs.
func AWS(arns ...string) any { return map[string]any{"AWS": oneOrMore(arns)} }

// Federated is the principal that an identity provider of the account's vouches for, by the provider's ARN.
func Federated(arn string) any { return map[string]any{"Federated": arn} }

// Equal is the condition that a key has one of the values.
func Equal(key string, values ...string) map[string]map[string]any {
	return map[string]map[string]any{"StringEquals": {key: oneOrMore(values)}}
}

// Like is the condition that a key matches an ARN with * in it.
func Like(key string, arns ...string) map[string]map[string]any {
	return map[string]map[string]any{"ArnLike": {key: oneOrMore(arns)}}
}

// Document returns the policy document of the statements, as JSON.
func Document(statements ...Statement) string {
	written := make([]Statement, len(statements))
	for i, s := range statements {
		if s.Effect == "" {
			s.Effect = "Allow"
		}
		written[i] = s
	}
	text, err := json.Marshal(struct {
		Version   string
		Statement []Statement
	}{"2012-10-17", written})
	if err != nil { // strings and lists of strings always have a JSON form
		panic(err)
	}
	return string(text)
}

// Trust returns the document that lets services take a role, on behalf of the account alone (no confused deputy).
func Trust(account string, services ...string) string {
	return Document(Statement{
		Principal: Service(services...), Action: []string{"sts:AssumeRole"}, Condition: Equal("aws:SourceAccount", account),
	})
}

// ARN is an Amazon Resource Name in its parts.
type ARN struct{ Partition, Service, Region, Account, Resource string }

// ParseARN takes an ARN apart.
func ParseARN(arn string) (ARN, error) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return ARN{}, fmt.Errorf("%q is not an ARN", arn)
	}
	return ARN{parts[1], parts[2], parts[3], parts[4], parts[5]}, nil
}

func oneOrMore(values []string) any {
	if len(values) == 1 {
		return values[0]
	}
	return values
}
