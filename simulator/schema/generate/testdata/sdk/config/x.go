// Package unread would stop the generator, if it were read.
package unread

func NewUnread(ctx *pulumi.Context, name string, args *UnreadArgs) (*Unread, error) {
	return nil, ctx.RegisterResource("demo:unread/unread:Unread", name, args, nil)
}
