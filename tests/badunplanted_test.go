package tests

// unplanted are the policies that no fault is planted for in the bad stacks, by why. They do not look at them.
var unplanted = map[string][]string{
	"AWS refuses what it finds": {"aws-rds-subnet-group-zones"},
}
