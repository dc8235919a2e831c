package network

type Subnet struct {
	Id *string `pulumi:"id"`
}

type SubnetResponse struct {
	Id string `pulumi:"id"`
}
