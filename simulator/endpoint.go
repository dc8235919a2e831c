package simulator

import (
	"context"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// endpoint translates Pulumi's provider protocol into calls of a Provider.
type endpoint struct {
	pulumirpc.UnimplementedResourceProviderServer
	account *Account
}

func (e *endpoint) Handshake(
	context.Context, *pulumirpc.ProviderHandshakeRequest,
) (*pulumirpc.ProviderHandshakeResponse, error) {
	return &pulumirpc.ProviderHandshakeResponse{AcceptSecrets: true, AcceptResources: true}, nil
}

func (e *endpoint) Attach(context.Context, *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (e *endpoint) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil // no request takes long enough to be worth ending
}

func (e *endpoint) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: e.account.schema.Version}, nil
}

func (e *endpoint) GetSchema(
	context.Context, *pulumirpc.GetSchemaRequest,
) (*pulumirpc.GetSchemaResponse, error) {
	return &pulumirpc.GetSchemaResponse{Schema: fmt.Sprintf(`{"name":%q,"version":%q}`,
		e.account.cloud.Name, e.account.schema.Version)}, nil
}

func (e *endpoint) GetMapping(
	context.Context, *pulumirpc.GetMappingRequest,
) (*pulumirpc.GetMappingResponse, error) {
	return &pulumirpc.GetMappingResponse{}, nil
}

func (e *endpoint) CheckConfig(
	_ context.Context, request *pulumirpc.CheckRequest,
) (*pulumirpc.CheckResponse, error) {
	config, err := unmarshal(request.GetNews())
	if err != nil {
		return nil, err
	}
	_, problems := e.account.Provider(config)
	return &pulumirpc.CheckResponse{Inputs: request.GetNews(), Failures: failures(config, problems)}, nil
}

func (e *endpoint) DiffConfig(
	_ context.Context, request *pulumirpc.DiffRequest,
) (*pulumirpc.DiffResponse, error) {
	olds, news, err := unmarshalBoth(request.GetOldInputs(), request.GetNews())
	if err != nil {
		return nil, err
	}
	d := differ{changes: map[string]Change{}}
	d.objects("", plainMap(olds), plainMap(news))
	diff := Diff{Changes: d.changes}
	for _, name := range e.account.cloud.Fixed {
		if _, changed := d.changes[name]; changed {
			diff.Replaces = append(diff.Replaces, name)
		}
	}
	return diffResponse(diff), nil
}

func (e *endpoint) Configure(
	ctx context.Context, request *pulumirpc.ConfigureRequest,
) (*pulumirpc.ConfigureResponse, error) {
	config, err := unmarshal(request.GetArgs())
	if err != nil {
		return nil, err
	}
	provider, problems := e.account.Provider(config)
	if len(problems) > 0 {
		return nil, status.Error(codes.InvalidArgument,
			refuse("configuring the provider "+e.account.cloud.Name, redact(config, problems)).Error())
	}
	connectionOf(ctx).set(provider)
	return &pulumirpc.ConfigureResponse{AcceptSecrets: true, AcceptResources: true, SupportsPreview: true}, nil
}

// provider returns the instance that was configured over the connection.
func (e *endpoint) provider(ctx context.Context) (*Provider, error) {
	if p := connectionOf(ctx).get(); p != nil {
		return p, nil
	}
	return nil, status.Error(codes.FailedPrecondition,
		"the provider "+e.account.cloud.Name+" was not configured over this connection")
}

// answer answers a request about a resource, or a look-up: with what the provider of the connection says to its
// properties, or with the refusal.
func answer[R any](
	ctx context.Context, e *endpoint, olds, news *structpb.Struct,
	ask func(p *Provider, olds, news resource.PropertyMap) (R, error),
) (response R, err error) {
	p, err := e.provider(ctx)
	if err != nil {
		return response, err
	}
	old, now, err := unmarshalBoth(olds, news)
	if err != nil {
		return response, err
	}
	answered, err := ask(p, old, now)
	if err != nil {
		return response, refused(err)
	}
	return answered, nil
}

// about returns what a request of the protocol names.
func about(r interface {
	GetUrn() string
	GetType() string
}) Request {
	request := Request{URN: resource.URN(r.GetUrn()), Token: r.GetType()}
	if existing, ok := r.(interface{ GetId() string }); ok {
		request.ID = existing.GetId()
	}
	return request
}

func (e *endpoint) Check(ctx context.Context, r *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	return answer(ctx, e, r.GetOlds(), r.GetNews(),
		func(p *Provider, olds, news resource.PropertyMap) (*pulumirpc.CheckResponse, error) {
			inputs, problems := p.Check(about(r), olds, news)
			props, err := marshal(inputs, nil)
			return &pulumirpc.CheckResponse{Inputs: props, Failures: failures(news, problems)}, err
		})
}

func (e *endpoint) Diff(ctx context.Context, r *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	return answer(ctx, e, r.GetOldInputs(), r.GetNews(),
		func(p *Provider, olds, news resource.PropertyMap) (*pulumirpc.DiffResponse, error) {
			diff, err := p.Diff(about(r), olds, news)
			return diffResponse(diff), err
		})
}

func (e *endpoint) Create(ctx context.Context, r *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	return answer(ctx, e, nil, r.GetProperties(),
		func(p *Provider, _, inputs resource.PropertyMap) (*pulumirpc.CreateResponse, error) {
			id, outputs, err := p.Create(about(r), inputs, r.GetPreview())
			props, err := marshal(outputs, err)
			return &pulumirpc.CreateResponse{Id: id, Properties: props}, err
		})
}

func (e *endpoint) Read(ctx context.Context, r *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	return answer(ctx, e, nil, r.GetInputs(),
		func(p *Provider, _, inputs resource.PropertyMap) (*pulumirpc.ReadResponse, error) {
			id, inputs, outputs, err := p.Read(about(r), inputs)
			if id == "" {
				return &pulumirpc.ReadResponse{}, err // it does not exist
			}
			ins, err := marshal(inputs, err)
			props, err := marshal(outputs, err)
			return &pulumirpc.ReadResponse{Id: id, Properties: props, Inputs: ins}, err
		})
}

func (e *endpoint) Update(ctx context.Context, r *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	return answer(ctx, e, r.GetOlds(), r.GetNews(),
		func(p *Provider, olds, news resource.PropertyMap) (*pulumirpc.UpdateResponse, error) {
			outputs, err := p.Update(about(r), olds, news, r.GetPreview())
			props, err := marshal(outputs, err)
			return &pulumirpc.UpdateResponse{Properties: props}, err
		})
}

func (e *endpoint) Delete(ctx context.Context, r *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	return answer(ctx, e, nil, nil, func(p *Provider, _, _ resource.PropertyMap) (*emptypb.Empty, error) {
		return &emptypb.Empty{}, p.Delete(about(r))
	})
}

func (e *endpoint) Invoke(ctx context.Context, r *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	return answer(ctx, e, nil, r.GetArgs(),
		func(p *Provider, _, args resource.PropertyMap) (*pulumirpc.InvokeResponse, error) {
			props, err := marshal(p.Invoke(r.GetTok(), args))
			return &pulumirpc.InvokeResponse{Return: props}, err
		})
}
