package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/constant"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
)

// GoHost is a language host for Go programs: what `pulumi-language-go` is to an installed Pulumi, as small as running
// a program needs. It builds the program with `go build` and runs it with the environment the official host gives.
//
// It serves one engine at a time: the engine says its address in the handshake, before it asks for a run.
type GoHost struct {
	pulumirpc.UnimplementedLanguageRuntimeServer

	binDir   string    // where the running program's binary lies
	progress io.Writer // what a slow build reports to
	server   *grpc.Server
	port     int

	ctx    context.Context // ends with the host, and with it the program
	cancel context.CancelFunc

	buildOnce bool
	built     sync.Map // the binaries of programs that are built once, by the program's folder

	mu     sync.Mutex
	engine string
}

// StartGoHost serves a Go language host on a loopback port until Close. Programs are placed into binDir to be run.
func StartGoHost(binDir string, progress io.Writer) (*GoHost, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("starting the Go language host: %w", err)
	}
	host := &GoHost{
		binDir:   binDir,
		progress: progress,
		server:   grpc.NewServer(),
		port:     listener.Addr().(*net.TCPAddr).Port,
	}
	host.ctx, host.cancel = context.WithCancel(context.Background())
	pulumirpc.RegisterLanguageRuntimeServer(host.server, host)
	go func() { _ = host.server.Serve(listener) }() // ends at Close
	return host, nil
}

// BuildOnce has a program built for its first run only. That saves half a second of each further run, and what is edited
// meanwhile does not count.
func (h *GoHost) BuildOnce() { h.buildOnce = true }

// Env is what makes an engine use this host.
func (h *GoHost) Env() []string { return []string{fmt.Sprintf("PULUMI_DEBUG_LANGUAGES=go:%d", h.port)} }

// Close stops the program that runs, if any, and the server.
func (h *GoHost) Close() {
	h.cancel()
	h.server.Stop()
}

// Handshake learns where the engine listens.
func (h *GoHost) Handshake(
	_ context.Context, req *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.engine = req.GetEngineAddress()
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

// GetPluginInfo says which Pulumi this host stands in for.
func (h *GoHost) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: "v" + PinnedVersion}, nil
}

// GetRequiredPackages names none: simulated providers are attached, and the engine installs others when it needs them.
func (h *GoHost) GetRequiredPackages(
	context.Context, *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

// Run builds the program and runs it to its end. What it prints reaches the user as the engine's messages, and so does
// a compile error.
func (h *GoHost) Run(ctx context.Context, req *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	h.mu.Lock()
	address := h.engine
	h.mu.Unlock()
	if address == "" {
		return nil, errors.New("the engine must shake hands before it runs a program")
	}
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, fmt.Errorf("connecting to the engine at %s: %w", address, err)
	}
	defer conn.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(h.ctx, cancel)()

	log := engineLog{ctx: ctx, client: pulumirpc.NewEngineClient(conn)}
	bin, err := h.binary(ctx, req)
	if err != nil {
		log.error(err.Error())
		return &pulumirpc.RunResponse{Bail: true}, nil
	}
	env, err := programEnv(req, address)
	if err != nil {
		return nil, err
	}
	code, err := runProgram(ctx, bin, req.GetPwd(), req.GetArgs(), env, log)
	switch {
	case err != nil:
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	case code == 0:
		return &pulumirpc.RunResponse{}, nil
	case code == constant.ExitStatusLoggedError: // the program has told the engine itself
	default:
		log.error(fmt.Sprintf("the program ended with exit code %d", code))
	}
	return &pulumirpc.RunResponse{Bail: true}, nil
}

// binary is the program to run: the one that Pulumi.yaml names under runtime.options.binary, or else one built now.
func (h *GoHost) binary(ctx context.Context, req *pulumirpc.RunRequest) (string, error) {
	info := req.GetInfo()
	if given := info.GetOptions().GetFields()["binary"].GetStringValue(); given != "" {
		if !filepath.IsAbs(given) {
			given = filepath.Join(info.GetRootDirectory(), given)
		}
		return given, nil
	}
	dir := info.GetProgramDirectory()
	if bin, ok := h.built.Load(dir); ok {
		return bin.(string), nil
	}
	bin, err := buildProgram(ctx, dir, h.binDir, h.progress)
	if err != nil {
		return "", fmt.Errorf("the program in %s does not build: %w", dir, err)
	}
	if h.buildOnce {
		h.built.Store(dir, bin)
	}
	return bin, nil
}

// programEnv is the contract between a language host and the Go SDK: everything a program knows of its run.
func programEnv(req *pulumirpc.RunRequest, engine string) ([]string, error) {
	config, err := json.Marshal(req.GetConfig())
	if err != nil {
		return nil, err
	}
	secretKeys, err := json.Marshal(req.GetConfigSecretKeys())
	if err != nil {
		return nil, err
	}
	return []string{
		pulumi.EnvOrganization + "=" + req.GetOrganization(),
		pulumi.EnvProject + "=" + req.GetProject(),
		pulumi.EnvPulumiRootDirectory + "=" + req.GetInfo().GetRootDirectory(),
		pulumi.EnvStack + "=" + req.GetStack(),
		pulumi.EnvConfig + "=" + string(config),
		pulumi.EnvConfigSecretKeys + "=" + string(secretKeys),
		pulumi.EnvDryRun + "=" + fmt.Sprint(req.GetDryRun()),
		pulumi.EnvParallel + "=" + fmt.Sprint(req.GetParallel()),
		pulumi.EnvMonitor + "=" + req.GetMonitorAddress(),
		pulumi.EnvEngine + "=" + engine,
	}, nil
}

// engineLog sends messages to the engine, which removes secrets from them and shows them.
type engineLog struct {
	ctx    context.Context
	client pulumirpc.EngineClient
}

func (l engineLog) info(text string)  { l.send(pulumirpc.LogSeverity_INFO, text) }
func (l engineLog) error(text string) { l.send(pulumirpc.LogSeverity_ERROR, text) }

func (l engineLog) send(severity pulumirpc.LogSeverity, text string) {
	// An engine that is gone has nobody to show the message to.
	_, _ = l.client.Log(l.ctx, &pulumirpc.LogRequest{Severity: severity, Message: text})
}
