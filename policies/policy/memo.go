package policy

// Memo makes a function that asks f once for each resource, and then repeats its answer, also that it needs what is not
// known yet. It is for what many resources ask of one, such as whether a route table leads to the internet: made in a
// stack rule, it lasts as long as the rule.
func Memo(f func(*Node) bool) func(*Node) bool {
	type answer struct {
		holds bool
		open  *problem
	}
	known := map[*Node]answer{}
	return func(n *Node) bool {
		a, asked := known[n]
		if !asked {
			a.open = contain(func() { a.holds = f(n) })
			known[n] = a
		}
		a.open.raise()
		return a.holds
	}
}
