package simulator

import (
	"context"
	"net"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/stats"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// server serves one account to Pulumi's engine.
//
// The engine connects once for every provider instance of a program (one a region, say), always to the same port, and
// no request says which instance it is for. The connection tells: every connection is one provider instance, and has
// the configuration that came over it.
type server struct {
	account *Account
	port    int
	grpc    *grpc.Server
	done    chan struct{}
}

// maxMessage is the size in bytes up to which Pulumi sends messages.
const maxMessage = 400 << 20

func serve(account *Account) (*server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{
		account: account,
		port:    listener.Addr().(*net.TCPAddr).Port,
		grpc:    grpc.NewServer(grpc.StatsHandler(tagger{}), grpc.MaxRecvMsgSize(maxMessage)),
		done:    make(chan struct{}),
	}
	pulumirpc.RegisterResourceProviderServer(s.grpc, &endpoint{account: account})
	go func() {
		defer close(s.done)
		_ = s.grpc.Serve(listener) // returns when the server is stopped
	}()
	return s, nil
}

func (s *server) close() {
	s.grpc.Stop()
	<-s.done
}

// connection is what is known of one connection: the provider instance that was configured over it.
type connection struct {
	mu       sync.Mutex
	provider *Provider
}

type connectionKey struct{}

// tagger gives every connection its own state, which every request over it finds in its context.
type tagger struct{}

func (tagger) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context {
	return context.WithValue(ctx, connectionKey{}, &connection{})
}

func (tagger) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context { return ctx }

func (tagger) HandleRPC(context.Context, stats.RPCStats) {}

func (tagger) HandleConn(context.Context, stats.ConnStats) {}

func connectionOf(ctx context.Context) *connection {
	c, ok := ctx.Value(connectionKey{}).(*connection)
	if !ok {
		return &connection{}
	}
	return c
}

func (c *connection) get() *Provider {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.provider
}

func (c *connection) set(p *Provider) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.provider = p
}
