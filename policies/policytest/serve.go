package policytest

import (
	"net"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// Serve serves a pack over gRPC until the test ends, and returns a client such as the engine uses.
func Serve(t testing.TB, spec policy.PackSpec) pulumirpc.AnalyzerClient {
	t.Helper()
	pack, err := policy.NewPack(spec)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := grpc.NewServer()
	pulumirpc.RegisterAnalyzerServer(srv, policy.NewServer(pack))
	go func() { _ = srv.Serve(listener) }() // ends with Stop
	conn, err := grpc.NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		srv.Stop()
	})
	return pulumirpc.NewAnalyzerClient(conn)
}
