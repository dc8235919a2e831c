package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestGetScalingGroups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const token = "aws:autoscaling/getAmiIds:getAmiIds"
	assert.Empty(t, ask(t, w, token, inputs{"names": []any{"blue", "green"}})["names"])
	for _, name := range []string{"green", "blue", "other"} {
		w.Create(scalingToken, name, with(scaled(w, nil), inputs{"name": name}))
	}
	answer := ask(t, w, token, inputs{"names": []any{"green", "red", "blue"}})
	assert.Equal(t, []any{"blue", "green"}, answer["names"])
	assert.Contains(t, answer["arns"].([]any)[1], "autoScalingGroupName/green", "%v", answer)
	assert.Len(t, ask(t, w, token, inputs{})["names"], 3)
}
