package policy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// maxMessage is the size up to which messages are received: 400 MB, as in the engine (rpcutil.maxRPCMessageSize).
const maxMessage = 400 << 20

// watchInterval is how often a pack looks whether its engine and its parent process still live.
const watchInterval = 500 * time.Millisecond

// Main serves a policy pack to the Pulumi engine until the engine ends, and never returns. It is all that the main
// function of a pack needs to call.
//
// It prints the port to stdout, as the engine expects, and nothing else. If the pack cannot be used, it lists all that is
// wrong with it on stderr and exits with status 1.
func Main(spec PackSpec) {
	if err := serve(spec, os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func serve(spec PackSpec, args []string, stdout io.Writer) error {
	pack, err := NewPack(spec)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("policy pack %q cannot listen for the engine: %w", spec.Name, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()

	analyzer := newServer(pack)
	var once sync.Once
	analyzer.handshook = func(address string) {
		if address != "" {
			once.Do(func() { go watchEngine(ctx, address, stop) })
		}
	}
	analyzer.handshook(engineAddress(args))
	go watchParent(ctx, os.Getppid, stop)

	srv := grpc.NewServer(grpc.MaxRecvMsgSize(maxMessage))
	pulumirpc.RegisterAnalyzerServer(srv, analyzer)
	healthpb.RegisterHealthServer(srv, health.NewServer())
	context.AfterFunc(ctx, srv.Stop)
	if _, err := fmt.Fprintf(stdout, "%d\n", listener.Addr().(*net.TCPAddr).Port); err != nil {
		return fmt.Errorf("policy pack %q cannot tell the engine its port: %w", spec.Name, err)
	}
	if err := srv.Serve(listener); err != nil && !errors.Is(err, grpc.ErrServerStopped) {
		return fmt.Errorf("policy pack %q stopped serving: %w", spec.Name, err)
	}
	_, err = analyzer.Cancel(ctx, nil)
	return err
}

// engineAddress finds the engine's address among the arguments: the engine may put logging and tracing flags before it.
// Without one, the pack learns it at the handshake.
func engineAddress(args []string) string {
	for _, arg := range args {
		if host, port, err := net.SplitHostPort(arg); err == nil && host != "" && port != "" {
			return arg
		}
	}
	return ""
}
