package aws_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const dynamoTableToken = "aws:dynamodb/table:Table"

func attribute(name string) inputs { return inputs{"name": name, "type": "S"} }

// orders are the inputs of a table with an index.
func orders(changes inputs) inputs {
	return with(inputs{
		"name": "orders", "billingMode": "PAY_PER_REQUEST", "hashKey": "id", "attributes": []any{attribute("id"), attribute("buyer")},
		"globalSecondaryIndexes": []any{inputs{"name": "byBuyer", "hashKey": "buyer", "projectionType": "ALL"}},
	}, changes)
}

func dynamoFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type:    dynamoTableToken,
			Inputs:  func(*world) inputs { return orders(inputs{"streamEnabled": true, "streamViewType": "NEW_IMAGE"}) },
			Update:  changing(inputs{"ttl": inputs{"enabled": true, "attributeName": "until"}}),
			Replace: changing(inputs{"name": "others"}),
		},
		{
			Type: dynamoTableToken, Name: "provisioned",
			Inputs: func(*world) inputs {
				return inputs{"hashKey": "id", "attributes": []any{attribute("id")}, "readCapacity": 5, "writeCapacity": 5}
			},
			Update:  changing(inputs{"readCapacity": 10}),
			Replace: changing(inputs{"hashKey": "other", "attributes": []any{attribute("other")}}),
		},
	}
}

func TestTableOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	table := w.Create(dynamoTableToken, "table", orders(inputs{"streamEnabled": true, "streamViewType": "KEYS_ONLY"}))
	assert.Equal(t, "arn:aws:dynamodb:us-west-2:123456789012:table/orders", table.Text("arn"))
	assert.Equal(t, table.Text("arn")+"/stream/"+table.Text("streamLabel"), table.Text("streamArn"))
	ask := func(name string) (resource.PropertyMap, error) {
		return w.Provider.Invoke("aws:dynamodb/getTable:getTable", resource.NewPropertyMapFromMap(inputs{"name": name}))
	}
	found, err := ask("orders")
	require.NoError(t, err)
	assert.Equal(t, table.Text("streamArn"), found["streamArn"].StringValue())
	_, err = ask("others")
	assert.Equal(t, "ResourceNotFoundException", simulator.Code(err))
}

func dynamoCases() []simulatortest.Case {
	one := func(id, code, text string, bad, good inputs) simulatortest.Case {
		return refusedInputs(id, code, text, dynamoTableToken, orders(bad), orders(good))
	}
	provisioned := func(units int) inputs {
		return inputs{
			"billingMode": nil, "globalSecondaryIndexes": nil, "attributes": []any{attribute("id")}, "readCapacity": units,
			"writeCapacity": 1,
		}
	}
	local := func(count int) []any {
		var list []any
		for i := range count {
			list = append(list, inputs{"name": "local" + string(rune('a'+i)), "rangeKey": "buyer", "projectionType": "ALL"})
		}
		return list
	}
	index := func(name, projection string) []any {
		return []any{
			inputs{"name": "byBuyer", "hashKey": "buyer", "projectionType": "ALL"},
			inputs{"name": name, "hashKey": "buyer", "projectionType": projection, "nonKeyAttributes": []any{"total"}},
		}
	}
	return []simulatortest.Case{
		one("aws-dynamodb-attributes-unused", "", `Unused attributes: ["buyer"]`, inputs{"globalSecondaryIndexes": nil}, nil),
		one("aws-dynamodb-attributes-missing", "", `Unmatched indexes: ["buyer"]`, inputs{"attributes": []any{attribute("id")}}, nil),
		one("aws-dynamodb-capacity-on-demand", "", `read_capacity can not be set when billing_mode is "PAY_PER_REQUEST"`,
			inputs{"readCapacity": 5}, nil),
		one("aws-dynamodb-capacity-provisioned", "", "read_capacity must be at least 1", provisioned(0), provisioned(1)),
		one("aws-dynamodb-stream-view", "", "stream_view_type is required", inputs{"streamEnabled": true},
			inputs{"streamEnabled": true, "streamViewType": "NEW_IMAGE"}),
		one("aws-dynamodb-local-index-range", "ValidationException", "does not have a range key",
			inputs{"localSecondaryIndexes": local(1)}, inputs{"localSecondaryIndexes": local(1), "rangeKey": "buyer"}),
		one("aws-dynamodb-local-indexes", "ValidationException", "per-table limit of 5",
			inputs{"localSecondaryIndexes": local(6), "rangeKey": "buyer"}, inputs{"localSecondaryIndexes": local(5), "rangeKey": "buyer"}),
		one("aws-dynamodb-index-names", "ValidationException", "Duplicate index name: byBuyer",
			inputs{"globalSecondaryIndexes": index("byBuyer", "INCLUDE")}, inputs{"globalSecondaryIndexes": index("other", "INCLUDE")}),
		one("aws-dynamodb-index-projection", "ValidationException", "ProjectionType is ALL, but NonKeyAttributes is specified",
			inputs{"globalSecondaryIndexes": index("other", "ALL")}, inputs{"globalSecondaryIndexes": index("other", "INCLUDE")}),
		refusedSecond("aws-dynamodb-table-exists", "ResourceInUseException", "Table already exists: orders", dynamoTableToken,
			orders(nil), orders(inputs{"name": "others"})),
		refusedDeletion("aws-dynamodb-table-protected", "ValidationException", "currently protected against deletion",
			dynamoTableToken, orders(inputs{"deletionProtectionEnabled": true}), orders(nil)),
	}
}
