package compute

import (
	"context"
	"errors"
	"reflect"

	"demo/sdk/internal"
	"demo/sdk/network"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

type Disk struct {
	pulumi.CustomResourceState

	// Always there.
	Arn pulumi.StringOutput `pulumi:"arn"`
	// Deprecated: Use arn instead.
	Path     pulumi.StringPtrOutput       `pulumi:"path"`
	Password pulumi.StringPtrOutput       `pulumi:"password"`
	Sku      SkuResponsePtrOutput         `pulumi:"sku"`
	Parts    DiskPartArrayOutput          `pulumi:"parts"`
	Labels   pulumi.StringMapOutput       `pulumi:"labels"`
	Matrix   pulumi.StringMapMapOutput    `pulumi:"matrix"`
	Lists    pulumi.ArrayOutput           `pulumi:"lists"`
	Mode     ModePtrOutput                `pulumi:"mode"`
	Source   pulumi.AssetOrArchiveOutput  `pulumi:"source"`
	Anything pulumi.AnyOutput             `pulumi:"anything"`
	Subnet   network.SubnetResponseOutput `pulumi:"subnet"`
	untagged pulumi.StringOutput
}

func NewDisk(ctx *pulumi.Context, name string, args *DiskArgs, opts ...pulumi.ResourceOption) (*Disk, error) {
	if args == nil {
		return nil, errors.New("missing one or more required arguments")
	}
	if args.Parts == nil {
		return nil, errors.New("invalid value for required argument 'Parts'")
	}
	if args.Mode == nil {
		args.Mode = ModePtr("Fast")
	}
	secrets := pulumi.AdditionalSecretOutputs([]string{
		"password",
		"gone",
	})
	opts = append(opts, secrets)
	replaceOnChanges := pulumi.ReplaceOnChanges([]string{
		"labels",
		"parts[*].name",
	})
	opts = append(opts, replaceOnChanges)
	aliases := pulumi.Aliases([]pulumi.Alias{
		{
			Type: pulumi.String("demo:storage/disk:Disk"),
		},
	})
	opts = append(opts, aliases)
	opts = internal.PkgResourceDefaultOpts(opts)
	var resource Disk
	err := ctx.RegisterResource("demo:compute/disk:Disk", name, args, &resource, opts...)
	if err != nil {
		return nil, err
	}
	return &resource, nil
}

type diskArgs struct {
	// The size. Changing this forces a new resource to be created.
	SizeGb int `pulumi:"sizeGb"`
	// When `x` is set, changing this forces a new resource.
	Throughput *float64 `pulumi:"throughput"`
	Mode       *Mode    `pulumi:"mode"`
	// How fast. Must be between 1 and 9. Conflicts with `throughput`.
	Level    *Level                `pulumi:"level"`
	Parts    []DiskPart            `pulumi:"parts"`
	Labels   map[string]string     `pulumi:"labels"`
	Source   pulumi.AssetOrArchive `pulumi:"source"`
	Anything interface{}           `pulumi:"anything"`
	Subnet   *network.Subnet       `pulumi:"subnet"`
}

type DiskArgs struct {
	SizeGb pulumi.IntInput
	Parts  DiskPartArrayInput
	Mode   ModePtrInput
}

func (DiskArgs) ElementType() reflect.Type {
	return reflect.TypeOf((*diskArgs)(nil)).Elem()
}

func (*Disk) ElementType() reflect.Type {
	return reflect.TypeOf((**Disk)(nil)).Elem()
}

func (i *Disk) ToDiskOutput() DiskOutput {
	return i.ToDiskOutputWithContext(context.Background())
}
