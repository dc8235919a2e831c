package compute

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func LookupDisk(ctx *pulumi.Context, args *LookupDiskArgs, opts ...pulumi.InvokeOption) (*LookupDiskResult, error) {
	var rv LookupDiskResult
	err := ctx.Invoke("demo:compute:getDisk", args, &rv, opts...)
	return &rv, err
}

func GetClient(ctx *pulumi.Context, opts ...pulumi.InvokeOption) (*LookupDiskResult, error) {
	var rv LookupDiskResult
	err := ctx.InvokePackage("demo:compute:getClient", nil, &rv, opts...)
	return &rv, err
}

type LookupDiskArgs struct {
	Name string `pulumi:"name"`
}

type LookupDiskResult struct {
	Parts []DiskPart `pulumi:"parts"`
}
