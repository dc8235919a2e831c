package apimodel

import (
	_ "embed"
	"sync"
)

var (
	//go:embed aws.zip
	awsArchive []byte
	//go:embed google.zip
	googleArchive []byte
)

// AWS returns the models of AWS's services, by the names of their folders in aws-sdk-go: elasticloadbalancingv2.
var AWS = sync.OnceValues(func() (*Model, error) { return Open(awsArchive) })

// Google returns the models of Google Cloud's services, by name and version: compute/v1.
var Google = sync.OnceValues(func() (*Model, error) { return Open(googleArchive) })
