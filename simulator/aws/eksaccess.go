package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/eks/{addon,access_entry,access_policy_association,
// pod_identity_association}.go; the EKS API's CreateAddon, CreateAccessEntry, AssociateAccessPolicy,
// CreatePodIdentityAssociation.

var addonKind = &simulator.Kind{
	Noun: "EKS Add-On",
	ID:   func(c *simulator.Call) string { return c.Text("clusterName") + ":" + c.Text("addonName") },
}

var accessEntryKind = &simulator.Kind{
	Noun: "EKS Access Entry",
	ID:   func(c *simulator.Call) string { return c.Text("clusterName") + ":" + c.Text("principalArn") },
}

var accessPolicyKind = &simulator.Kind{
	Noun: "EKS Access Policy Association",
	ID: func(c *simulator.Call) string {
		return c.Text("clusterName") + "#" + c.Text("principalArn") + "#" + c.Text("policyArn")
	},
}

var podIdentityKind = &simulator.Kind{Noun: "EKS Pod Identity Association", IDPrefix: "a-"}

const (
	eksEntrySource  = "https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html"
	eksPolicySource = "https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateAccessPolicy.html"
	entryInUse      = "ResourceInUseException: The specified access entry resource is already in use on this cluster: %s"
)

func eksAccessTypes() []*simulator.Type {
	return []*simulator.Type{addonType(), accessEntryType(), accessPolicyType(), podIdentityType()}
}

func addonType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:eks/addon:Addon",
		Kind:      addonKind,
		Immutable: []string{"addonName", "clusterName"},
		Sets:      []string{"podIdentityAssociations"},
		Rules:     map[string]simulator.Rule{"serviceAccountRoleArn": validARN},
		References: []simulator.Reference{
			ofCluster(simulator.Follow),
			ofRoleARN("serviceAccountRoleArn", ""), ofRoleARN("podIdentityAssociations[*].roleArn", ""),
		},
		Unique: []simulator.Unique{{
			Properties: []string{"clusterName", "addonName"},
			Error:      "ResourceInUseException: Addon already exists: %s",
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-eks-addon-version", Source: issue("32238")}, Stage: simulator.AtApply,
			Error: "InvalidParameterException: Addon version specified is not supported", Find: findAddonMismatch,
		}, {
			Origin: simulator.Origin{ID: "aws-eks-addon-configuration", Source: observabilityChart}, Stage: simulator.AtCheck,
			Error: "InvalidParameterException: ConfigurationValue provided in request is not supported: Json schema validation " +
				"failed with error: [$.%s: is not defined in the schema and the schema does not allow additional properties]",
			Find: findUnknownSetting,
		}},
		API: []string{"eks:CreateAddon", "eks:UpdateAddon"},
		Compute: func(c *simulator.Call) {
			version := c.Find(eksClusterKind, c.Text("clusterName")).Text("version")
			c.SetNew("arn", eksARN(c, "addon", c.Text("addonName")))
			setNew(c, map[string]any{
				"addonVersion": addonVersionFor(c.Text("addonName"), version), "configurationValues": "",
				"createdAt": created(c), "modifiedAt": created(c),
			})
		},
	}
}

func accessEntryType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:eks/accessEntry:AccessEntry",
		Kind:      accessEntryKind,
		Defaults:  map[string]any{"type": "STANDARD"},
		Immutable: []string{"clusterName", "principalArn", "type"},
		Sets:      []string{"kubernetesGroups"},
		Rules: map[string]simulator.Rule{
			"principalArn": validARN,
			"type":         simulator.OneOf("EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "STANDARD"),
		},
		References: []simulator.Reference{
			ofCluster(simulator.Follow),
			ofARN("principalArn", ":role/", "InvalidParameterException: The specified principalArn is invalid: "+
				"invalid principal. (%s)", roleKind),
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-eks-one-access-entry", Source: eksEntrySource},
			Properties: []string{"clusterName", "principalArn"}, Error: entryInUse,
		}},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-eks-access-entries-need-api-mode",
				Source: "https://github.com/aws-ia/terraform-aws-eks-blueprints/issues/1877"}, Stage: simulator.AtApply,
				Error: "InvalidRequestException: The cluster's authentication mode must be set to one of " +
					"[API, API_AND_CONFIG_MAP] to perform this operation.",
				Find: findConfigMapOnly},
			{Origin: simulator.Origin{ID: "aws-eks-access-entry-of-nodes", Source: eksEntrySource}, Stage: simulator.AtApply,
				Error: entryInUse,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if c.Old == nil && hasNodesAs(c, c.Text("principalArn")) {
						broken("principalArn", c.Text("principalArn"))
					}
				}},
			{Origin: simulator.Origin{ID: "aws-eks-access-entry-groups",
				Source: "https://github.com/aws/karpenter-provider-aws/issues/7558"}, Stage: simulator.AtCheck,
				Error: "InvalidParameterException: The kubernetes group name %s is invalid, it cannot start with system:",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					c.Each("kubernetesGroups[*]", func(path, group string) {
						if strings.HasPrefix(group, "system:") {
							broken(path, group)
						}
					})
				}},
		},
		API: []string{"eks:CreateAccessEntry", "eks:UpdateAccessEntry"},
		Compute: func(c *simulator.Call) {
			principal := c.Text("principalArn")
			kind, name, _ := strings.Cut(principal[strings.LastIndex(principal, ":")+1:], "/")
			c.SetNew("accessEntryArn", eksARN(c, "access-entry", kind+"/"+c.Account+"/"+name))
			setNew(c, map[string]any{"createdAt": created(c), "modifiedAt": created(c), "userName": principal})
			c.SetNew("kubernetesGroups", []string{})
		},
	}
}

// findConfigMapOnly finds a cluster whose access is managed inside it alone.
func findConfigMapOnly(c *simulator.Call, broken func(path string, args ...any)) {
	if modeOf(c.Find(eksClusterKind, c.Text("clusterName"))) == "CONFIG_MAP" {
		broken("clusterName")
	}
}

// hasNodesAs reports whether the cluster has nodes with that role: EKS made an access entry for them.
func hasNodesAs(c *simulator.Call, role string) bool {
	cluster := c.Find(eksClusterKind, c.Text("clusterName"))
	for _, nodes := range cluster.Users(nodeGroupKind) {
		if nodes.Text("nodeRoleArn") == role {
			return true
		}
	}
	for _, profile := range cluster.Users(fargateProfileKind) {
		if profile.Text("podExecutionRoleArn") == role {
			return true
		}
	}
	return false
}

func accessPolicyType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
		Kind:       accessPolicyKind,
		Immutable:  []string{"accessScope", "clusterName", "policyArn", "principalArn"},
		Rules:      map[string]simulator.Rule{"principalArn": validARN, "policyArn": validARN},
		References: []simulator.Reference{ofCluster(simulator.Follow)},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-eks-access-policy-needs-entry", Source: eksPolicySource}, Stage: simulator.AtApply,
				Error: "ResourceNotFoundException: The specified principalArn could not be found: %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					principal := c.Text("principalArn")
					entry := c.Find(accessEntryKind, c.Text("clusterName")+":"+principal)
					role := strings.Contains(principal, ":role/") || strings.Contains(principal, ":user/")
					if entry == nil && role && !isCreator(c, principal) && !hasNodesAs(c, principal) {
						broken("principalArn", principal)
					}
				}},
			{Origin: simulator.Origin{ID: "aws-eks-access-policy-is-no-iam-policy", Source: eksPolicySource},
				Stage: simulator.AtCheck,
				Error: "InvalidParameterException: The policyArn parameter format is not valid: %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if arn := c.Text("policyArn"); arn != "" && !strings.Contains(arn, ":eks::aws:cluster-access-policy/") {
						broken("policyArn", arn)
					}
				}},
		},
		API: []string{"eks:AssociateAccessPolicy"},
		Compute: func(c *simulator.Call) {
			setNew(c, map[string]any{"associatedAt": created(c), "modifiedAt": created(c)})
		},
	}
}

// isCreator reports whether a principal is who made the cluster, for whom EKS makes an entry.
func isCreator(c *simulator.Call, principal string) bool {
	access := objectOf(c.Find(eksClusterKind, c.Text("clusterName")), "accessConfig")
	admin := access["bootstrapClusterCreatorAdminPermissions"]
	return admin.IsBool() && admin.BoolValue() && strings.HasSuffix(principal, ":user/rehearsal")
}

func podIdentityType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
		Kind:       podIdentityKind,
		Immutable:  []string{"clusterName", "namespace", "serviceAccount"},
		Rules:      map[string]simulator.Rule{"roleArn": validARN},
		References: []simulator.Reference{ofCluster(simulator.Follow), ofRoleARN("roleArn", "")},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-eks-one-pod-identity",
				Source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html"},
			Properties: []string{"clusterName", "namespace", "serviceAccount"},
			Error:      "ResourceInUseException: Association already exists for the service account %s",
		}},
		API: []string{"eks:CreatePodIdentityAssociation", "eks:UpdatePodIdentityAssociation"},
		Import: func(id string) string { // CLUSTER,a-1234567890
			_, association, ok := strings.Cut(id, ",")
			if !ok {
				return id
			}
			return association
		},
		Compute: func(c *simulator.Call) {
			c.Set("associationId", c.ID)
			c.Set("associationArn", "arn:"+c.Partition+":eks:"+c.Region+":"+c.Account+":podidentityassociation/"+
				c.Text("clusterName")+"/"+c.ID)
		},
	}
}
