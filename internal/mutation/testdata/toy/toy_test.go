package toy

import "testing"

func TestFill(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]int{"two of (n|m)": 2, "three": 3} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b box
			if b.fill(n); b.full != (n == 3) || b.held[0] != n {
				t.Fail()
			}
		})
	}
}

func TestLimitIsMade(*testing.T) { limit() }

func TestRest(t *testing.T) {
	if limit() != 7 || !within(1, 2) || within(2, 1) || kind("bee") != "animal" || kind("oak") != "plant" || !few(nil) || !shown.Set {
		t.Fail()
	}
}
