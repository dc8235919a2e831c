package simulator

import (
	"context"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

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

func (e *endpoint) Check(
	ctx context.Context, request *pulumirpc.CheckRequest,
) (*pulumirpc.CheckResponse, error) {
	p, err := e.provider(ctx)
	if err != nil {
		return nil, err
	}
	olds, news, err := unmarshalBoth(request.GetOlds(), request.GetNews())
	if err != nil {
		return nil, err
	}
	inputs, problems := p.Check(Request{URN: resource.URN(request.GetUrn()), Token: request.GetType()}, olds, news)
	checked, err := marshal(inputs)
	return &pulumirpc.CheckResponse{Inputs: checked, Failures: failures(news, problems)}, err
}

func (e *endpoint) Diff(
	ctx context.Context, request *pulumirpc.DiffRequest,
) (*pulumirpc.DiffResponse, error) {
	p, err := e.provider(ctx)
	if err != nil {
		return nil, err
	}
	olds, news, err := unmarshalBoth(request.GetOldInputs(), request.GetNews())
	if err != nil {
		return nil, err
	}
	diff, err := p.Diff(Request{resource.URN(request.GetUrn()), request.GetType(), request.GetId()}, olds, news)
	if err != nil {
		return nil, refused(err)
	}
	return diffResponse(diff), nil
}

func (e *endpoint) Create(
	ctx context.Context, request *pulumirpc.CreateRequest,
) (*pulumirpc.CreateResponse, error) {
	p, err := e.provider(ctx)
	if err != nil {
		return nil, err
	}
	inputs, err := unmarshal(request.GetProperties())
	if err != nil {
		return nil, err
	}
	id, outputs, err := p.Create(Request{URN: resource.URN(request.GetUrn()), Token: request.GetType()},
		inputs, request.GetPreview())
	if err != nil {
		return nil, refused(err)
	}
	props, err := marshal(outputs)
	return &pulumirpc.CreateResponse{Id: id, Properties: props}, err
}

func (e *endpoint) Read(ctx context.Context, request *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	p, err := e.provider(ctx)
	if err != nil {
		return nil, err
	}
	inputs, err := unmarshal(request.GetInputs())
	if err != nil {
		return nil, err
	}
	id, inputs, outputs, err := p.Read(
		Request{resource.URN(request.GetUrn()), request.GetType(), request.GetId()}, inputs)
	if err != nil {
		return nil, refused(err)
	}
	if id == "" {
		return &pulumirpc.ReadResponse{}, nil // it does not exist
	}
	props, outErr := marshal(outputs)
	ins, err := marshal(inputs)
	if outErr != nil {
		err = outErr
	}
	return &pulumirpc.ReadResponse{Id: id, Properties: props, Inputs: ins}, err
}

func (e *endpoint) Update(
	ctx context.Context, request *pulumirpc.UpdateRequest,
) (*pulumirpc.UpdateResponse, error) {
	p, err := e.provider(ctx)
	if err != nil {
		return nil, err
	}
	olds, news, err := unmarshalBoth(request.GetOlds(), request.GetNews())
	if err != nil {
		return nil, err
	}
	outputs, err := p.Update(Request{resource.URN(request.GetUrn()), request.GetType(), request.GetId()},
		olds, news, request.GetPreview())
	if err != nil {
		return nil, refused(err)
	}
	props, err := marshal(outputs)
	return &pulumirpc.UpdateResponse{Properties: props}, err
}

func (e *endpoint) Delete(ctx context.Context, request *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	p, err := e.provider(ctx)
	if err != nil {
		return nil, err
	}
	err = p.Delete(Request{resource.URN(request.GetUrn()), request.GetType(), request.GetId()})
	if err != nil {
		return nil, refused(err)
	}
	return &emptypb.Empty{}, nil
}

func (e *endpoint) Invoke(
	ctx context.Context, request *pulumirpc.InvokeRequest,
) (*pulumirpc.InvokeResponse, error) {
	p, err := e.provider(ctx)
	if err != nil {
		return nil, err
	}
	args, err := unmarshal(request.GetArgs())
	if err != nil {
		return nil, err
	}
	result, err := p.Invoke(request.GetTok(), args)
	if err != nil {
		return nil, refused(err)
	}
	props, err := marshal(result)
	return &pulumirpc.InvokeResponse{Return: props}, err
}
