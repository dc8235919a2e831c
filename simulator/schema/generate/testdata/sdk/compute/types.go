package compute

type Mode string

const (
	ModeFast = Mode("Fast")
	ModeSlow = Mode("Slow")
)

const number = 5

type Level int

const LevelLow = Level(1)

type DiskPart struct {
	Name string `pulumi:"name"`
	// Parts hold parts.
	Parts []DiskPart `pulumi:"parts"`
	Mode  Mode       `pulumi:"mode"`
}

type SkuResponse struct {
	Name *string `pulumi:"name"`
}
