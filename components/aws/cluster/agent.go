package cluster

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
)

// What the CloudWatch agent reports. CloudWatch User Guide, "Metrics collected by the CloudWatch agent".
const (
	metricNamespace = "CWAgent"
	memoryMetric    = "mem_used_percent"
	groupDimension  = "AutoScalingGroupName"
)

// Where the agent and its configuration lie. CloudWatch User Guide, "Starting the CloudWatch agent".
const (
	agentControl = "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl"
	agentConfig  = "/etc/holdfast/cloudwatch-agent.json"
)

// systemLogs are the log files of every machine. Amazon Linux 2023 keeps the system's in the journal alone; rsyslog, which
// is installed with the agent, writes the first two.
var systemLogs = map[string]string{
	"messages":   "/var/log/messages",
	"secure":     "/var/log/secure",
	"cloud-init": "/var/log/cloud-init-output.log",
	"ssm":        "/var/log/amazon/ssm/amazon-ssm-agent.log",
}

// createLogs makes the log group that the machines' logs go to.
func (b *builder) createLogs() error {
	b.cluster.LogGroupName = pulumi.String("").ToStringOutput()
	if b.args.Agent.Disabled {
		return nil
	}
	keyARN, err := logs.Key(b.Family, b.account, "cluster-logs-key", b.args.LogsKeyARN, b.ownKeyARN)
	if err != nil {
		return err
	}
	group, err := logs.New(b.Family, "logs", "", b.args.Agent.RetentionDays, keyARN)
	if err != nil {
		return err
	}
	b.logs = group
	b.cluster.LogGroupName = group.Name
	b.ready = append(b.ready, group)
	return nil
}

// agentConfiguration returns the agent's configuration as JSON. Every metric is also reported as one of the whole group:
// scaling on memory needs it. CloudWatch User Guide, "Manually create or edit the CloudWatch agent configuration file".
func agentConfiguration(logGroup string, files map[string]string) string {
	type object = map[string]any
	var collected []object
	all := maps.Clone(systemLogs)
	maps.Copy(all, files)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		collected = append(collected, object{
			"file_path": all[name], "log_group_name": logGroup, "log_stream_name": "{instance_id}/" + name,
		})
	}
	text, err := json.Marshal(object{
		"agent": object{"metrics_collection_interval": 60},
		"metrics": object{
			"namespace":              metricNamespace,
			"append_dimensions":      object{groupDimension: "${aws:AutoScalingGroupName}", "InstanceId": "${aws:InstanceId}"},
			"aggregation_dimensions": [][]string{{groupDimension}},
			"metrics_collected": object{
				"mem":  object{"measurement": []string{memoryMetric}},
				"disk": object{"measurement": []string{"disk_used_percent"}, "resources": []string{"/"}, "drop_device": true},
			},
		},
		"logs": object{"logs_collected": object{"files": object{"collect_list": collected}}},
	})
	if err != nil { // texts, lists and maps of them always have a JSON form
		panic(err)
	}
	return string(text)
}
