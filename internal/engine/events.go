package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// eventStream receives the events of one operation, as `--event-log tcp://…` sends them.
type eventStream struct {
	pulumirpc.UnimplementedEventsServer

	handle func(apitype.EngineEvent)
	server *grpc.Server
	port   int
}

// startEventStream calls handle with every event, one at a time and in order.
func startEventStream(handle func(apitype.EngineEvent)) (*eventStream, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening for the engine's events: %w", err)
	}
	const maxEvent = 400 << 20 // as the engine's own servers: a resource's state is part of its event
	stream := &eventStream{
		handle: handle,
		server: grpc.NewServer(grpc.MaxRecvMsgSize(maxEvent)),
		port:   listener.Addr().(*net.TCPAddr).Port,
	}
	pulumirpc.RegisterEventsServer(stream.server, stream)
	go func() { _ = stream.server.Serve(listener) }() // ends at finish
	return stream, nil
}

func (s *eventStream) target() string { return fmt.Sprintf("tcp://127.0.0.1:%d", s.port) }

// finish returns when every event that the ended engine had sent has been handled.
func (s *eventStream) finish() { s.server.GracefulStop() }

// StreamEvents reads one engine's events to their end.
func (s *eventStream) StreamEvents(
	stream grpc.ClientStreamingServer[pulumirpc.EventRequest, emptypb.Empty],
) error {
	for {
		request, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return stream.SendAndClose(&emptypb.Empty{})
		}
		if err != nil {
			return err
		}
		var event apitype.EngineEvent
		if err := json.Unmarshal([]byte(request.GetEvent()), &event); err != nil {
			return fmt.Errorf("reading an engine event: %w", err)
		}
		s.handle(event)
	}
}
