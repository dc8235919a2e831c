package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lambda"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sfn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// apps plants faults of what runs programs.
func apps(ctx *pulumi.Context, w world) {
	functions(ctx, w)
	machines(ctx)
	images(ctx)
	containers(ctx, w)
	kubernetes(ctx, w)
}

func functions(ctx *pulumi.Context, w world) {
	must(lambda.NewFunction(ctx, "unwatched-function", w.code())) // want: aws-lambda-alarm
	w.function(ctx, "keyed", func(f *lambda.FunctionArgs) {
		f.Environment = lambda.FunctionEnvironmentArgs{Variables: pulumi.StringMap{
			"UPLOADER": pulumi.String("AKIAIOSFODNN7EXAMPLE"), // want: aws-lambda-environment-no-keys
		}}
	})
	w.function(ctx, "forgetful", func(f *lambda.FunctionArgs) {
		f.DeadLetterConfig = nil // want: aws-lambda-failures-kept
	})
	w.function(ctx, "on-x86", func(f *lambda.FunctionArgs) {
		f.Architectures = list("x86_64") // want: aws-lambda-graviton
	})
	w.function(ctx, "outdated", func(f *lambda.FunctionArgs) {
		f.Runtime = pulumi.String("python3.9") // want: aws-lambda-runtime-supported
	})
	w.function(ctx, "one-zone-function", func(f *lambda.FunctionArgs) {
		f.VpcConfig = lambda.FunctionVpcConfigArgs{
			SecurityGroupIds: pulumi.StringArray{w.inside.ID()},
			SubnetIds:        ids(w.private[:1]), // want: aws-lambda-zones
		}
	})
	open := w.function(ctx, "open")
	must(lambda.NewFunctionUrl(ctx, "open-url", &lambda.FunctionUrlArgs{
		FunctionName:      open.Name,
		AuthorizationType: pulumi.String("NONE"), // want: aws-lambda-url-authenticated
	}))
	must(lambda.NewPermission(ctx, "for-anybody", &lambda.PermissionArgs{ // want: aws-lambda-permission-not-public
		Function: open.Name, Action: pulumi.String("lambda:InvokeFunction"), Principal: pulumi.String("sns.amazonaws.com"),
	}))
}

func machines(ctx *pulumi.Context) {
	must(sfn.NewStateMachine(ctx, "unlogged-machine", &sfn.StateMachineArgs{
		RoleArn:              role(ctx, "steps", "states.amazonaws.com").Arn,
		Definition:           pulumi.String(`{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}`),
		LoggingConfiguration: nil, // want: aws-sfn-logs
	}))
}

// code is a good function but for a change.
func (w *world) code(changes ...func(*lambda.FunctionArgs)) *lambda.FunctionArgs {
	return with(&lambda.FunctionArgs{
		Role: w.runner.Arn, Runtime: pulumi.String("provided.al2023"), Handler: pulumi.String("bootstrap"), Architectures: list("arm64"),
		Code:             pulumi.NewAssetArchive(map[string]any{"bootstrap": pulumi.NewStringAsset("#!/bin/sh\n")}),
		DeadLetterConfig: lambda.FunctionDeadLetterConfigArgs{TargetArn: w.onCall.Arn},
	}, changes)
}

func (w *world) function(ctx *pulumi.Context, name string, changes ...func(*lambda.FunctionArgs)) *lambda.Function {
	made := must(lambda.NewFunction(ctx, name, w.code(changes...)))
	w.watch(ctx, "function-"+name, "AWS/Lambda", "Errors", "FunctionName", made.Name)
	return made
}

func images(ctx *pulumi.Context) {
	repository := func(ctx *pulumi.Context, name string, changes ...func(*ecr.RepositoryArgs)) *ecr.Repository {
		made := must(ecr.NewRepository(ctx, name, repositoryOf(changes...)))
		must(ecr.NewLifecyclePolicy(ctx, name, &ecr.LifecyclePolicyArgs{Repository: made.Name, Policy: pulumi.String(`{"rules": [{
			"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 100},
			"action": {"type": "expire"}}]}`)}))
		return made
	}
	must(ecr.NewRepository(ctx, "hoarding", repositoryOf())) // want: aws-ecr-lifecycle
	repository(ctx, "unscanned", func(r *ecr.RepositoryArgs) {
		r.ImageScanningConfiguration = nil // want: aws-ecr-scan-on-push
	})
	repository(ctx, "movable", func(r *ecr.RepositoryArgs) {
		r.ImageTagMutability = pulumi.String("MUTABLE") // want: aws-ecr-tags-immutable
	})
	must(ecr.NewRepositoryPolicy(ctx, "pulled-by-all", &ecr.RepositoryPolicyArgs{
		Repository: repository(ctx, "shared").Name,
		Policy:     document(`{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}`), // want: aws-ecr-repository-policy-not-public
	}))
}

func repositoryOf(changes ...func(*ecr.RepositoryArgs)) *ecr.RepositoryArgs {
	return with(&ecr.RepositoryArgs{
		ImageTagMutability:         pulumi.String("IMMUTABLE"),
		ImageScanningConfiguration: ecr.RepositoryImageScanningConfigurationArgs{ScanOnPush: yes},
	}, changes)
}

func kubernetes(ctx *pulumi.Context, w world) {
	plane, node := role(ctx, "control-plane", "eks.amazonaws.com"), role(ctx, "node", "ec2.amazonaws.com")
	var ready []pulumi.Resource
	for name, of := range map[string]*iam.Role{
		"AmazonEKSClusterPolicy": plane, "AmazonEKSWorkerNodePolicy": node, "AmazonEC2ContainerRegistryPullOnly": node, "AmazonEKS_CNI_Policy": node,
	} {
		ready = append(ready, must(iam.NewRolePolicyAttachment(ctx, name, &iam.RolePolicyAttachmentArgs{
			Role: of.Name, PolicyArn: pulumi.String("arn:aws:iam::aws:policy/" + name),
		})))
	}
	cluster := func(ctx *pulumi.Context, name string, changes ...func(*eks.ClusterArgs)) *eks.Cluster {
		return must(eks.NewCluster(ctx, name, with(&eks.ClusterArgs{
			RoleArn: plane.Arn, EnabledClusterLogTypes: list("api", "audit", "authenticator"),
			VpcConfig: eks.ClusterVpcConfigArgs{SubnetIds: ids(w.private), EndpointPublicAccess: no, EndpointPrivateAccess: yes},
			EncryptionConfig: eks.ClusterEncryptionConfigArgs{
				Provider: eks.ClusterEncryptionConfigProviderArgs{KeyArn: w.key.Arn}, Resources: list("secrets"),
			},
		}, changes), pulumi.DependsOn(ready)))
	}
	cluster(ctx, "unlogged-cluster", func(c *eks.ClusterArgs) {
		c.EnabledClusterLogTypes = list("api", "authenticator") // want: aws-eks-control-plane-logs
	})
	cluster(ctx, "open-cluster", func(c *eks.ClusterArgs) {
		c.VpcConfig = eks.ClusterVpcConfigArgs{SubnetIds: ids(w.private)} // want: aws-eks-endpoint-not-open
	})
	cluster(ctx, "clear-cluster", func(c *eks.ClusterArgs) {
		c.EncryptionConfig = nil // want: aws-eks-secrets-encrypted
	})
	cluster(ctx, "old-cluster", func(c *eks.ClusterArgs) {
		c.Version = pulumi.String("1.31") // want: aws-eks-version-supported
	})
	good, apart := cluster(ctx, "good-cluster"), cluster(ctx, "cluster-of-one-zone")
	nodes := func(ctx *pulumi.Context, name string, of *eks.Cluster, change func(*eks.NodeGroupArgs)) {
		must(eks.NewNodeGroup(ctx, name, with(&eks.NodeGroupArgs{
			ClusterName: of.Name, NodeRoleArn: node.Arn, SubnetIds: ids(w.private),
			ScalingConfig: eks.NodeGroupScalingConfigArgs{MinSize: pulumi.Int(2), DesiredSize: pulumi.Int(2), MaxSize: pulumi.Int(4)},
		}, []func(*eks.NodeGroupArgs){change}), pulumi.DependsOn(ready)))
	}
	nodes(ctx, "one-zone-nodes", apart, func(n *eks.NodeGroupArgs) {
		n.SubnetIds = ids(w.private[:1]) // want: aws-eks-node-group-zones
	})
	nodes(ctx, "public-nodes", good, func(n *eks.NodeGroupArgs) {
		n.SubnetIds = ids(w.public) // want: aws-eks-nodes-no-public-subnet
	})
	nodes(ctx, "reachable-nodes", good, func(n *eks.NodeGroupArgs) {
		n.RemoteAccess = eks.NodeGroupRemoteAccessArgs{Ec2SshKey: pulumi.String("ops")} // want: aws-eks-node-ssh-limited
	})
}
