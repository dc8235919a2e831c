package schema

import (
	_ "embed"
	"sync"
)

// The archives. Each is named in its own function alone, so that a program links only those of the clouds that it uses.
var (
	//go:embed aws.zip
	awsArchive []byte
	//go:embed azure-native.zip
	azureArchive []byte
	//go:embed gcp.zip
	gcpArchive []byte
	//go:embed digitalocean.zip
	digitalOceanArchive []byte
)

// opened is a package that is opened once and shared: a Package never changes and is safe for concurrent use.
type opened struct {
	once sync.Once
	pkg  *Package
	err  error
}

func (o *opened) open(name string, archive []byte) (*Package, error) {
	o.once.Do(func() { o.pkg, o.err = Open(name, archive) })
	return o.pkg, o.err
}

var aws, azure, gcp, digitalOcean opened

// AWS returns the schema of Pulumi's AWS package.
func AWS() (*Package, error) { return aws.open("aws", awsArchive) }

// Azure returns the schema of Pulumi's azure-native package: of the services that the generator lists, each in its
// default API version.
func Azure() (*Package, error) { return azure.open("azure-native", azureArchive) }

// GCP returns the schema of Pulumi's Google Cloud package.
func GCP() (*Package, error) { return gcp.open("gcp", gcpArchive) }

// DigitalOcean returns the schema of Pulumi's DigitalOcean package.
func DigitalOcean() (*Package, error) { return digitalOcean.open("digitalocean", digitalOceanArchive) }
