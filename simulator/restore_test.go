package simulator

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// TestRestoredLeavesNothing: what a state gives to the account itself shows only once the whole state was taken over.
func TestRestoredLeavesNothing(t *testing.T) {
	t.Parallel()
	pkg, err := schema.AWS()
	require.NoError(t, err)
	kind := &Kind{Noun: "network"}
	a := &Account{
		cloud: Cloud{Name: "aws", Types: []*Type{{Token: "aws:ec2/vpc:Vpc", Kind: kind}}}, schema: pkg, root: newRoot(),
	}
	root := 0
	state := savedAccount{Objects: []savedObject{
		{Kind: rootKind.Noun, ID: rootKind.Noun}, {Kind: "aws:ec2/vpc:Vpc", ID: "vpc-1", Owner: &root},
	}}
	_, restored, err := a.restored(state)
	require.NoError(t, err)
	assert.Equal(t, "vpc-1", restored.Owned(kind).Identity())
	assert.Nil(t, a.root.Owned(kind))

	state.Objects = append(state.Objects, state.Objects[1])
	_, _, err = a.restored(state)
	require.Error(t, err)
	assert.Nil(t, a.root.Owned(kind))
}
