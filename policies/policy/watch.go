package policy

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

// watchEngine calls gone once the engine cannot be reached twice in a row. An engine that answers anything at all lives,
// even if it knows no health checks; one that does not answer may be stopped in a debugger.
func watchEngine(ctx context.Context, address string, gone func()) {
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return // not an address: the parent process is still watched
	}
	defer conn.Close() // the process is about to end
	client := healthpb.NewHealthClient(conn)
	misses := 0
	every(ctx, watchInterval, func() bool {
		_, err := client.Check(ctx, &healthpb.HealthCheckRequest{})
		if status.Code(err) != codes.Unavailable {
			misses = 0
			return true
		}
		misses++
		return misses < 2
	}, gone)
}

// watchParent calls gone once the parent process has ended: its children are then given another parent. Where that does
// not happen, as on Windows, the engine is still watched.
func watchParent(ctx context.Context, parent func() int, gone func()) {
	original := parent()
	every(ctx, watchInterval, func() bool { return parent() == original }, gone)
}

// every asks alive at each interval, and calls gone when the answer is no.
func every(ctx context.Context, interval time.Duration, alive func() bool, gone func()) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if !alive() {
				gone()
				return
			}
		}
	}
}
