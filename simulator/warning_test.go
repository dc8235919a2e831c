package simulator_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// suspicious is AWS that takes log groups of any name, and warns of those that are kept for a day.
func suspicious() simulator.Cloud {
	cloud := aws.New(aws.Options{})
	for i, t := range cloud.Types {
		if t.Token == logsToken {
			changed := *t
			changed.Constraints = []simulator.Constraint{{
				Origin: simulator.Origin{ID: "short-logs", Source: "none"}, Stage: simulator.Afterwards,
				Error: "the logs of %s will be gone tomorrow",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if days, _ := c.Number("retentionInDays"); days == 1 {
						broken("retentionInDays", c.Self().ID)
					}
				},
			}}
			cloud.Types[i] = &changed
		}
	}
	return cloud
}

// TestWarnings: they are of what there is now, in the order of the URNs, and hold no secret.
func TestWarnings(t *testing.T) {
	t.Parallel()
	account := accountOf(t, suspicious(), simulator.Options{})
	provider, problems := account.Provider(resource.NewPropertyMapFromMap(oregon))
	require.Empty(t, problems)
	request := func(name string) simulator.Request {
		return simulator.Request{URN: resource.URN("urn:pulumi:s::p::" + logsToken + "::" + name), Token: logsToken}
	}
	create := func(name string, group resource.PropertyValue, days float64) (simulator.Request, resource.PropertyMap) {
		t.Helper()
		in, problems := provider.Check(request(name), nil, resource.PropertyMap{
			"name": group, "retentionInDays": resource.NewNumberProperty(days),
		})
		require.Empty(t, problems)
		id, _, err := provider.Create(request(name), in, false)
		require.NoError(t, err)
		made := request(name)
		made.ID = id
		return made, in
	}
	second, in := create("b", resource.NewStringProperty("payments"), 1)
	first, _ := create("a", resource.MakeSecret(resource.NewStringProperty("under-cover")), 1)
	create("c", resource.NewStringProperty("orders"), 30)

	said := func(r simulator.Request, name string) simulator.Warning {
		return simulator.Warning{URN: r.URN, Constraint: "short-logs", Text: "the logs of " + name + " will be gone tomorrow [short-logs]"}
	}
	both := []simulator.Warning{said(first, "[secret]"), said(second, "payments")}
	assert.Equal(t, both, account.Warnings())
	assert.Equal(t, both, account.Warnings(), "asking changes nothing")

	var saved bytes.Buffer
	require.NoError(t, account.Save(&saved))
	loaded := accountOf(t, suspicious(), simulator.Options{})
	require.NoError(t, loaded.Load(&saved))
	assert.Empty(t, loaded.Warnings(), "what was loaded is not looked at")

	longer := in.Copy()
	longer["retentionInDays"] = resource.NewNumberProperty(30)
	_, err := provider.Update(second, in, longer, false)
	require.NoError(t, err)
	assert.Equal(t, both[:1], account.Warnings(), "what is mended is not warned of")
	require.NoError(t, provider.Delete(first))
	assert.Empty(t, account.Warnings())
}

// TestWarningsRefuseNothing: what fails afterwards is listed, with that stage, and stops no request.
func TestWarningsRefuseNothing(t *testing.T) {
	t.Parallel()
	listed, err := suspicious().Constraints()
	require.NoError(t, err)
	at := slices.IndexFunc(listed, func(l simulator.Listing) bool { return l.ID == "short-logs" })
	require.GreaterOrEqual(t, at, 0)
	assert.Equal(t, "afterwards", listed[at].Stage)
}
