package aws_test

import "github.com/holdfast-iac/holdfast/simulator/simulatortest"

func volumeCases() []simulatortest.Case {
	of := func(id, code, text string, fails, passes inputs) simulatortest.Case {
		make := func(in inputs) func(w *world) error {
			return func(w *world) error {
				return try(w, volumeToken, with(inputs{"availabilityZone": "us-west-2a", "size": 100}, in))
			}
		}
		return simulatortest.Case{ID: id, Code: code, Text: text, Fails: make(fails), Passes: make(passes)}
	}
	attach := func(w *world, name, volume, instance, device string) error {
		_, err := w.Try(volumeAttachmentToken, name, inputs{"volumeId": volume, "instanceId": instance, "deviceName": device})
		return err
	}
	attached := func(w *world, data thing) (host thing) {
		host = w.Create(instanceToken, "host", machine(w))
		w.Create(volumeAttachmentToken, "first", inputs{"volumeId": data.ID(), "instanceId": host.ID(), "deviceName": "/dev/sdf"})
		return host
	}
	return []simulatortest.Case{
		of("aws-ebs-iops-needed", "", "'iops' must be set when 'type' is 'io2'",
			inputs{"type": "io2"}, inputs{"type": "io2", "iops": 1000}),
		of("aws-ebs-input-of-other-type", "", "'throughput' must not be set when 'type' is 'gp2'",
			inputs{"throughput": 200}, inputs{"throughput": 200, "type": "gp3"}),
		of("aws-ebs-throughput-ratio", "InvalidParameterValue", "ratio of 0.333333 is too high",
			inputs{"type": "gp3", "throughput": 1000}, inputs{"type": "gp3", "throughput": 1000, "iops": 4000}),
		of("aws-ebs-iops-ratio", "InvalidParameterValue", "ratio of 160.000000 is too high; maximum is 50.000000",
			inputs{"type": "io1", "iops": 16000}, inputs{"type": "io1", "iops": 5000}),
		of("aws-ebs-smallest-size", "InvalidParameterValue", "Volume of 100GiB is too small; minimum is 125GiB",
			inputs{"type": "st1"}, inputs{"type": "st1", "size": 125}),
		of("aws-ebs-largest-size", "InvalidParameterValue", "Volume of 16385GiB is too large; maximum is 16384GiB",
			inputs{"size": 16385}, inputs{"size": 16384}),
		{
			ID: "aws-ebs-no-shrinking", Code: "InvalidParameterValue", Text: "New size cannot be smaller",
			Fails: func(w *world) error {
				_, err := w.TryUpdate(disk(w, nil), inputs{"availabilityZone": "us-west-2a", "size": 9})
				return err
			},
			Passes: func(w *world) error {
				_, err := w.TryUpdate(disk(w, nil), inputs{"availabilityZone": "us-west-2a", "size": 11})
				return err
			},
		},
		{
			ID: "aws-ebs-key-needs-encrypted", Code: "InvalidParameterDependency", Text: "requires the parameter Encrypted",
			Fails: func(w *world) error {
				key := w.Create("aws:kms/key:Key", "key", inputs{})
				return try(w, volumeToken, inputs{"availabilityZone": "us-west-2a", "size": 1, "kmsKeyId": key.Text("arn")})
			},
			Passes: func(w *world) error {
				key := w.Create("aws:kms/key:Key", "key", inputs{})
				w.Create("aws:ebs/encryptionByDefault:EncryptionByDefault", "always", inputs{})
				return try(w, volumeToken, inputs{"availabilityZone": "us-west-2a", "size": 1, "kmsKeyId": key.Text("arn")})
			},
		},
		{
			ID: "aws-ebs-same-zone", Code: "InvalidVolume.ZoneMismatch", Text: "not in the same availability zone",
			Fails: func(w *world) error {
				host := w.Create(instanceToken, "host", machine(w))
				return attach(w, "data", disk(w, inputs{"availabilityZone": "us-west-2b"}).ID(), host.ID(), "/dev/sdf")
			},
			Passes: func(w *world) error {
				host := w.Create(instanceToken, "host", machine(w))
				return attach(w, "data", disk(w, nil).ID(), host.ID(), "/dev/sdf")
			},
		},
		{
			ID: "aws-ebs-attached-once", Code: "VolumeInUse", Text: "is already attached to an instance",
			Fails: func(w *world) error {
				data := disk(w, nil)
				return attach(w, "again", data.ID(), attached(w, data).ID(), "/dev/sdg")
			},
			Passes: func(w *world) error {
				data := disk(w, inputs{"type": "io2", "iops": 100, "multiAttachEnabled": true})
				return attach(w, "again", data.ID(), attached(w, data).ID(), "/dev/sdg")
			},
		},
		{
			ID: "aws-ebs-device-taken", Code: "InvalidParameterValue", Text: "Attachment point /dev/sdf is already in use",
			Fails: func(w *world) error {
				host := attached(w, disk(w, nil))
				second := w.Create(volumeToken, "second", inputs{"availabilityZone": "us-west-2a", "size": 1})
				return attach(w, "again", second.ID(), host.ID(), "/dev/sdf")
			},
			Passes: func(w *world) error {
				host := attached(w, disk(w, nil))
				second := w.Create(volumeToken, "second", inputs{"availabilityZone": "us-west-2a", "size": 1})
				return attach(w, "again", second.ID(), host.ID(), "/dev/sdg")
			},
		},
	}
}
