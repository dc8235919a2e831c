package window

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWindows(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "03:00-04:00", Daily("03:00"))
	assert.Equal(t, "23:30-00:30", Daily("23:30"))
	assert.Equal(t, "sun:05:00-sun:06:00", Weekly("sun:05:00"))
	assert.Equal(t, "sun:23:30-mon:00:30", Weekly("sun:23:30"))
	assert.Equal(t, "wed:23:00-thu:00:00", Weekly("wed:23:00"))
	assert.Equal(t, "sat:05:00", DayBefore("sun:05:00"))
	assert.Equal(t, "sun:00:00", DayBefore("mon:00:00"))
}
