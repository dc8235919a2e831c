package crosscloud

// The resource types that policies are about.
const (
	instanceType = "aws:ec2/instance:Instance"
)
