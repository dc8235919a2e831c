package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/dynamodb/{table,table_data_source}.go; the DynamoDB API's
// CreateTable and DeleteTable; DynamoDB guide, "Service, account, and table quotas".

const (
	dynamoCreateTable = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html"
	dynamoDeleteTable = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html"
	dynamoQuotas      = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"
	dynamoTableSource = "terraform-provider-aws, internal/service/dynamodb/table.go"
)

var dynamoTableKind = &simulator.Kind{
	Noun: "DynamoDB Table", ID: nameOrPrefix, Name: "name",
	ARN:      "arn:{partition}:dynamodb:{region}:{account}:table/{id}",
	NotFound: "ResourceNotFoundException: Requested resource not found: Table: %s not found",
}

func dynamoTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:    "aws:dynamodb/table:Table",
		Kind:     dynamoTableKind,
		Defaults: map[string]any{"billingMode": "PROVISIONED"},
		AutoName: &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-"},
		Immutable: []string{
			"hashKey", "importTable", "localSecondaryIndexes", "name", "rangeKey", "restoreDateTime", "restoreSourceName",
			"restoreSourceTableArn", "restoreToLatestTime",
		},
		Sets: []string{"attributes", "globalSecondaryIndexes", "localSecondaryIndexes", "replicas"},
		Rules: map[string]simulator.Rule{
			"name": simulator.All(simulator.Length(3, 255), simulator.Matches(`^[a-zA-Z0-9_.-]+$`, "letters, digits and _ . - are")),
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-dynamodb-table-exists", Source: dynamoCreateTable},
			Properties: []string{"name"}, Error: "ResourceInUseException: Table already exists: %s",
		}},
		Constraints: dynamoConstraints(),
		API:         []string{"dynamodb:CreateTable", "dynamodb:UpdateTable"},
		Parameters: map[string]string{
			"attributes[*].name": "AttributeDefinitions.AttributeName", "attributes[*].type": "AttributeDefinitions.AttributeType",
			"attributes": "AttributeDefinitions", "name": "TableName",
		},
		Compute: computeDynamoTable,
	}}
}

func computeDynamoTable(c *simulator.Call) {
	for _, capacity := range []string{"readCapacity", "writeCapacity"} {
		c.SetNew(capacity, 0)
	}
	c.SetNew("hashKey", "")
	c.SetNew("pointInTimeRecovery", map[string]any{"enabled": false})
	c.SetNew("serverSideEncryption", map[string]any{"enabled": false, "kmsKeyArn": ""})
	c.SetNew("ttl", map[string]any{"enabled": false, "attributeName": ""})
	if !c.Flag("streamEnabled") {
		c.Set("streamViewType", c.Text("streamViewType"))
		c.Set("streamArn", "")
		c.Set("streamLabel", "")
		return
	}
	if label := c.Outputs["streamLabel"]; !label.IsString() || label.StringValue() == "" {
		c.Set("streamLabel", c.Now().UTC().Format("2006-01-02T15:04:05.000"))
	}
	c.Set("streamArn", "arn:"+c.Partition+":dynamodb:"+c.Region+":"+c.Account+":table/"+c.ID+"/stream/"+
		c.Outputs["streamLabel"].StringValue())
}

func dynamoConstraints() []simulator.Constraint {
	parameter := "ValidationException: One or more parameter values were invalid: "
	return []simulator.Constraint{
		rdsConstraint("aws-dynamodb-attributes-unused", dynamoTableSource, "all attributes must be indexed. Unused attributes: %q",
			func(c *simulator.Call, broken func(string, ...any)) {
				defined, indexed, known := tableAttributes(c)
				if unused := missingFrom(defined, indexed); known && len(unused) > 0 {
					broken("attributes", unused)
				}
			}),
		rdsConstraint("aws-dynamodb-attributes-missing", dynamoTableSource,
			"all indexes must match a defined attribute. Unmatched indexes: %q",
			func(c *simulator.Call, broken func(string, ...any)) {
				defined, indexed, known := tableAttributes(c)
				if unmatched := missingFrom(indexed, defined); known && len(unmatched) > 0 {
					broken("attributes", unmatched)
				}
			}),
		rdsConstraint("aws-dynamodb-capacity-on-demand", dynamoTableSource, "%s can not be set when billing_mode is %q",
			func(c *simulator.Call, broken func(string, ...any)) {
				eachCapacity(c, func(path, name string, units float64) {
					if c.Text("billingMode") == "PAY_PER_REQUEST" && units != 0 && path == name {
						broken(path, snake(name), "PAY_PER_REQUEST")
					}
				})
			}),
		rdsConstraint("aws-dynamodb-capacity-provisioned", dynamoTableSource, "%s must be at least 1 when billing_mode is %q",
			func(c *simulator.Call, broken func(string, ...any)) {
				eachCapacity(c, func(path, name string, units float64) {
					if c.Text("billingMode") == "PROVISIONED" && units < 1 {
						broken(path, snake(name), "PROVISIONED")
					}
				})
			}),
		rdsConstraint("aws-dynamodb-stream-view", dynamoTableSource, "stream_view_type is required when stream_enabled = true",
			func(c *simulator.Call, broken func(string, ...any)) {
				if c.Flag("streamEnabled") && !c.Given("streamViewType") {
					broken("streamViewType")
				}
			}),
		rdsConstraint("aws-dynamodb-local-index-range", dynamoCreateTable,
			parameter+"Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
			func(c *simulator.Call, broken func(string, ...any)) {
				if c.Given("localSecondaryIndexes") && c.Known("localSecondaryIndexes") && !c.Given("rangeKey") &&
					len(c.Texts("localSecondaryIndexes[*].name")) > 0 {
					broken("localSecondaryIndexes")
				}
			}),
		rdsConstraint("aws-dynamodb-index-names", dynamoCreateTable, parameter+"Duplicate index name: %s",
			func(c *simulator.Call, broken func(string, ...any)) {
				seen := map[string]bool{}
				for _, list := range []string{"localSecondaryIndexes[*].name", "globalSecondaryIndexes[*].name"} {
					c.Each(list, func(path, name string) {
						if seen[name] {
							broken(path, name)
						}
						seen[name] = true
					})
				}
			}),
		rdsConstraint("aws-dynamodb-index-projection", dynamoCreateTable,
			parameter+"ProjectionType is %s, but NonKeyAttributes is specified",
			func(c *simulator.Call, broken func(string, ...any)) {
				for _, list := range []string{"localSecondaryIndexes[*]", "globalSecondaryIndexes[*]"} {
					c.Objects(list, func(path string, index resource.PropertyMap) {
						kind := stringOf(index["projectionType"])
						if (kind == "ALL" || kind == "KEYS_ONLY") && len(stringsOf(index["nonKeyAttributes"])) > 0 {
							broken(path+".nonKeyAttributes", kind)
						}
					})
				}
			}),
		rdsConstraint("aws-dynamodb-local-indexes", dynamoQuotas,
			parameter+"Number of LocalSecondaryIndexes exceeds per-table limit of %d",
			func(c *simulator.Call, broken func(string, ...any)) {
				if len(c.Texts("localSecondaryIndexes[*].name")) > mostLocalIndexes {
					broken("localSecondaryIndexes", mostLocalIndexes)
				}
			}),
		{
			Origin: simulator.Origin{ID: "aws-dynamodb-table-protected", Source: dynamoDeleteTable}, Stage: simulator.AtDelete,
			Error: "ValidationException: Resource cannot be deleted as it is currently protected against deletion. " +
				"Disable deletion protection first.",
			Find: func(c *simulator.Call, broken func(string, ...any)) {
				if c.Old.Flag("deletionProtectionEnabled") {
					broken("deletionProtectionEnabled")
				}
			},
		},
	}
}

const mostLocalIndexes = 5

// tableAttributes returns the attributes that a table defines and those that its keys and indexes name, when it says so
// itself and all is known.
func tableAttributes(c *simulator.Call) (defined, indexed []string, known bool) {
	known = true
	for _, input := range []string{"attributes", "globalSecondaryIndexes", "hashKey", "localSecondaryIndexes", "rangeKey"} {
		known = known && c.Known(input)
	}
	for _, source := range []string{"importTable", "restoreSourceName", "restoreSourceTableArn"} {
		known = known && !c.Given(source)
	}
	for _, path := range []string{
		"hashKey", "rangeKey", "localSecondaryIndexes[*].rangeKey", "globalSecondaryIndexes[*].hashKey",
		"globalSecondaryIndexes[*].rangeKey",
	} {
		indexed = append(indexed, c.Texts(path)...)
	}
	return c.Texts("attributes[*].name"), slices.DeleteFunc(indexed, func(name string) bool { return name == "" }), known
}

// missingFrom returns the words of a list that another lacks, sorted.
func missingFrom(list, other []string) []string {
	var rest []string
	for _, word := range list {
		if !slices.Contains(other, word) && !slices.Contains(rest, word) {
			rest = append(rest, word)
		}
	}
	slices.Sort(rest)
	return rest
}

// eachCapacity calls the function with the capacities of a table and of its global indexes: absent ones are 0.
func eachCapacity(c *simulator.Call, do func(path, name string, units float64)) {
	if !c.Known("globalSecondaryIndexes") || c.Given("restoreSourceName") || c.Given("restoreSourceTableArn") {
		return
	}
	for _, name := range []string{"readCapacity", "writeCapacity"} {
		if units, given := c.Number(name); given || c.Known(name) {
			do(name, name, units)
		}
		c.Objects("globalSecondaryIndexes[*]", func(path string, index resource.PropertyMap) {
			units := 0.0
			if index[resourceKey(name)].IsNumber() {
				units = index[resourceKey(name)].NumberValue()
			}
			do(path+"."+name, name, units)
		})
	}
}

// snake is a name as the provider writes it: read_capacity.
func snake(name string) string {
	var out strings.Builder
	for _, r := range name {
		if 'A' <= r && r <= 'Z' {
			out.WriteString("_")
			r += 'a' - 'A'
		}
		out.WriteRune(r)
	}
	return out.String()
}

func dynamoLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{Token: "aws:dynamodb/getTable:getTable", Answer: lookUpDynamoTable}}
}

func lookUpDynamoTable(c *simulator.Call) resource.PropertyMap {
	found := c.Find(dynamoTableKind, c.Text("name"))
	if found == nil {
		c.Fail("name", dynamoTableKind.NotFound, c.Text("name"))
		return nil
	}
	tell(c, found, "", "arn", "billingMode", "hashKey", "name", "rangeKey", "streamArn", "streamLabel", "streamViewType", "tableClass")
	tell(c, found, 0, "readCapacity", "writeCapacity")
	tell(c, found, false, "deletionProtectionEnabled", "streamEnabled")
	tell(c, found, []any{}, "attributes", "globalSecondaryIndexes", "localSecondaryIndexes", "replicas")
	tell(c, found, map[string]any{}, "pointInTimeRecovery", "serverSideEncryption", "ttl")
	c.Set("onDemandThroughputs", []any{})
	c.Outputs["tags"] = resource.NewObjectProperty(found.Tags())
	c.Set("id", found.ID)
	return c.Outputs
}
