package simulator

import (
	"maps"
	"slices"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// refused turns a cloud's refusal into what the real providers answer: an error of unknown kind whose message says it
// all.
func refused(err error) error { return status.Error(codes.Unknown, err.Error()) }

// failures tells Pulumi what is wrong with inputs. Of a property that it is given the name of, Pulumi shows the value:
// that is of use only where the property is a whole, known and no secret.
func failures(inputs resource.PropertyMap, problems []Problem) []*pulumirpc.CheckFailure {
	list := make([]*pulumirpc.CheckFailure, len(problems))
	for i, problem := range problems {
		value := inputs[resource.PropertyKey(problem.Path)]
		switch {
		case problem.Path == "":
			list[i] = &pulumirpc.CheckFailure{Reason: problem.String()}
		case value.IsString(), value.IsNumber(), value.IsBool():
			list[i] = &pulumirpc.CheckFailure{Property: problem.Path, Reason: problem.String()}
		default:
			list[i] = &pulumirpc.CheckFailure{Reason: problem.Path + ": " + problem.String()}
		}
	}
	return list
}

func diffResponse(diff Diff) *pulumirpc.DiffResponse {
	response := &pulumirpc.DiffResponse{
		Changes:             pulumirpc.DiffResponse_DIFF_NONE,
		DetailedDiff:        map[string]*pulumirpc.PropertyDiff{},
		HasDetailedDiff:     true,
		DeleteBeforeReplace: diff.DeleteFirst,
	}
	top := map[string]bool{}
	for path, change := range diff.Changes {
		response.Changes = pulumirpc.DiffResponse_DIFF_SOME
		top[firstStep(path)] = true
		kind := kinds[change][0]
		if slices.Contains(diff.Replaces, path) {
			kind = kinds[change][1]
		}
		response.DetailedDiff[path] = &pulumirpc.PropertyDiff{Kind: kind, InputDiff: true}
	}
	response.Diffs = slices.Sorted(maps.Keys(top))
	for _, path := range diff.Replaces {
		response.Replaces = append(response.Replaces, firstStep(path))
	}
	response.Replaces = slices.Compact(response.Replaces)
	return response
}

// kinds are a change's names in the protocol: in place, and replacing.
var kinds = map[Change][2]pulumirpc.PropertyDiff_Kind{
	Added:   {pulumirpc.PropertyDiff_ADD, pulumirpc.PropertyDiff_ADD_REPLACE},
	Removed: {pulumirpc.PropertyDiff_DELETE, pulumirpc.PropertyDiff_DELETE_REPLACE},
	Changed: {pulumirpc.PropertyDiff_UPDATE, pulumirpc.PropertyDiff_UPDATE_REPLACE},
}

// keepAll says that secrets, unknown values and references to resources are to stay what they are.
var keepAll = plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true, PropagateNil: true}

func unmarshal(props *structpb.Struct) (resource.PropertyMap, error) {
	out, err := plugin.UnmarshalProperties(props, keepAll)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	return out, nil
}

func unmarshalBoth(olds, news *structpb.Struct) (resource.PropertyMap, resource.PropertyMap, error) {
	old, err := unmarshal(olds)
	if err != nil {
		return nil, nil, err
	}
	now, err := unmarshal(news)
	return old, now, err
}

// marshal encodes what a call returned, unless it failed.
func marshal(props resource.PropertyMap, err error) (*structpb.Struct, error) {
	if err != nil {
		return nil, err
	}
	return plugin.MarshalProperties(props, keepAll)
}
