// Package simulatortest tests Pulumi programs and simulated clouds against one another: Mocks runs a program's unit
// tests on a simulated cloud, Lifecycle takes every modelled resource type through its life.
package simulatortest

import (
	"fmt"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/simulator"
)

// MockClouds lets Pulumi's unit-test mode create resources in simulated clouds. It is safe for concurrent use.
type MockClouds struct {
	accounts map[string]*simulator.Account
	config   map[string]resource.PropertyMap

	mu        sync.Mutex
	providers map[string]*simulator.Provider // by URN::id; "" and the cloud's name for the default
}

var _ pulumi.MockResourceMonitor = (*MockClouds)(nil)

// Mocks returns mocks for pulumi.WithMocks that create resources in empty simulated clouds, so that a misspelt
// property, an address outside its network or a duplicate name fails a plain unit test:
//
//	pulumi.RunErr(program, pulumi.WithMocks("project", "stack", mocks))
//
// Config holds the default providers' configuration by cloud, such as the region; a cloud without configuration is used
// as it is. Components and resources of other packages are passed through. Mocks fails when a cloud's tables contradict
// its schema.
func Mocks(config map[string]resource.PropertyMap, clouds ...simulator.Cloud) (*MockClouds, error) {
	m := &MockClouds{
		accounts:  map[string]*simulator.Account{},
		config:    config,
		providers: map[string]*simulator.Provider{},
	}
	for _, cloud := range clouds {
		account, err := simulator.NewAccount(cloud, simulator.Options{Patience: -1})
		if err != nil {
			return nil, err
		}
		m.accounts[cloud.Name] = account
	}
	return m, nil
}

// Account returns the account in the cloud of that name, or nil: what a program has created there can be asked of it.
func (m *MockClouds) Account(cloud string) *simulator.Account { return m.accounts[cloud] }

// NewResource creates, or with an id reads, a resource. It implements pulumi.MockResourceMonitor.
func (m *MockClouds) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	pkg, _, _ := strings.Cut(args.TypeToken, ":")
	if name, ok := strings.CutPrefix(args.TypeToken, "pulumi:providers:"); ok {
		return m.newProvider(name, args)
	}
	account, ok := m.accounts[pkg]
	if !ok || args.RegisterRPC != nil && !args.Custom {
		return passThrough(args)
	}
	provider, err := m.provider(account, args.Provider)
	if err != nil {
		return "", nil, fmt.Errorf("%s %s: %w", args.TypeToken, args.Name, err)
	}
	request := simulator.Request{URN: urn(args), Token: args.TypeToken, ID: args.ID}
	if args.ID != "" {
		return read(provider, request)
	}
	inputs, problems := provider.Check(request, nil, args.Inputs)
	if len(problems) > 0 {
		doing := "checking " + args.TypeToken + " " + args.Name
		return "", nil, &simulator.Error{Doing: doing, Problems: problems}
	}
	return provider.Create(request, inputs, false)
}

// Call answers a look-up. It implements pulumi.MockResourceMonitor.
func (m *MockClouds) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	pkg, _, _ := strings.Cut(args.Token, ":")
	account, ok := m.accounts[pkg]
	if !ok {
		return nil, fmt.Errorf("no simulated cloud answers %s", args.Token)
	}
	provider, err := m.provider(account, args.Provider)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", args.Token, err)
	}
	return provider.Invoke(args.Token, args.Args)
}

func (m *MockClouds) newProvider(name string, args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	id := args.Name + "-id"
	account, ok := m.accounts[name]
	if !ok {
		return id, args.Inputs, nil
	}
	provider, problems := account.Provider(args.Inputs)
	if len(problems) > 0 {
		return "", nil, &simulator.Error{Doing: "configuring " + args.Name, Problems: problems}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.providers[reference(args.Name, id)] = provider
	return id, args.Inputs, nil
}

// reference is how a resource names its provider, without the part of the URN that unit tests do not know: name::id.
func reference(name, id string) string { return name + "::" + id }

// provider returns the instance that a resource names, or the default one.
func (m *MockClouds) provider(account *simulator.Account, ref string) (*simulator.Provider, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	parts := strings.Split(ref, "::")
	if len(parts) >= 2 {
		if p, ok := m.providers[reference(parts[len(parts)-2], parts[len(parts)-1])]; ok {
			return p, nil
		}
	}
	name := account.Cloud().Name
	if p, ok := m.providers[name]; ok {
		return p, nil
	}
	p, problems := account.Provider(m.config[name])
	if len(problems) > 0 {
		return nil, &simulator.Error{Doing: "configuring " + name, Problems: problems}
	}
	m.providers[name] = p
	return p, nil
}

func read(p *simulator.Provider, request simulator.Request) (string, resource.PropertyMap, error) {
	id, _, outputs, err := p.Read(request, nil)
	if err == nil && id == "" {
		err = fmt.Errorf("%s %q does not exist", request.Token, request.ID)
	}
	return id, outputs, err
}

// passThrough answers for what no simulated cloud has: components, and resources of other packages.
func passThrough(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	id := args.ID
	if id == "" && args.Custom {
		id = args.Name + "-id"
	}
	return id, args.Inputs, nil
}

// urn stands in for the resource's URN, which unit tests do not have.
func urn(args pulumi.MockResourceArgs) resource.URN {
	parent := ""
	if args.RegisterRPC != nil {
		parent = args.RegisterRPC.GetParent()
	}
	return resource.URN(parent + "$" + args.TypeToken + "::" + args.Name)
}
