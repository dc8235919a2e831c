package monitoring

// Metric is a metric that an AWS service, or an agent, reports.
type Metric struct {
	// Namespace and Name are what CloudWatch calls the metric.
	Namespace, Name string
	// Dimensions are the names of the dimensions that it is asked for by.
	Dimensions []string
	// Unit is what a data point counts.
	Unit string
	// Statistic is the one that says most: Average, Sum, Minimum, Maximum, or a percentile.
	Statistic string
	// Source is the page of the service's documentation that lists the metric.
	Source string
	// Needs is what must be switched on for the metric to be reported; empty for nothing.
	Needs string
}

// What must be switched on for some metrics.
const (
	needsAgent = `the CloudWatch agent on every instance, with aggregation_dimensions [["AutoScalingGroupName"]]`
	needsGroup = "group metrics of the Auto Scaling group"

	needsInsights = "Container Insights: the EKS add-on amazon-cloudwatch-observability"
)

// The pages that list the metrics.
const (
	balancerPage = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html"
	flowPage     = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html"
	instancePage = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html"
	groupPage    = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html"
	agentPage    = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/metrics-collected-by-CloudWatch-agent.html"
	insightsPage = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-EKS.html"
	databasePage = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html"
	cachePage    = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html"
	hostPage     = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html"
	natPage      = "https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html"
	backupPage   = "https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html"
)

// The dimensions that metrics are asked for by.
const (
	dimBalancer    = "LoadBalancer"
	dimTargetGroup = "TargetGroup"
	dimGroup       = "AutoScalingGroupName"
	dimKubernetes  = "ClusterName"
	dimDatabase    = "DBInstanceIdentifier"
	dimCache       = "CacheClusterId"
	dimNAT         = "NatGatewayId"
	dimVault       = "BackupVaultName"
)

func balancer(name, unit, statistic string, more ...string) Metric {
	return Metric{Namespace: "AWS/ApplicationELB", Name: name, Dimensions: append([]string{dimBalancer}, more...),
		Unit: unit, Statistic: statistic, Source: balancerPage}
}

func flow(name, statistic string, more ...string) Metric {
	return Metric{Namespace: "AWS/NetworkELB", Name: name, Dimensions: append([]string{dimBalancer}, more...),
		Unit: "Count", Statistic: statistic, Source: flowPage}
}

func instance(name, unit, statistic string) Metric {
	return Metric{Namespace: "AWS/EC2", Name: name, Dimensions: []string{dimGroup}, Unit: unit, Statistic: statistic,
		Source: instancePage}
}

func group(name string) Metric {
	return Metric{Namespace: "AWS/AutoScaling", Name: name, Dimensions: []string{dimGroup}, Unit: "None",
		Statistic: "Average", Source: groupPage, Needs: needsGroup}
}

func agent(name, statistic string) Metric {
	return Metric{Namespace: "CWAgent", Name: name, Dimensions: []string{dimGroup}, Unit: "Percent", Statistic: statistic,
		Source: agentPage, Needs: needsAgent}
}

func insights(name, unit, statistic string) Metric {
	return Metric{Namespace: "ContainerInsights", Name: name, Dimensions: []string{dimKubernetes}, Unit: unit,
		Statistic: statistic, Source: insightsPage, Needs: needsInsights}
}

func database(name, unit, statistic string) Metric {
	return Metric{Namespace: "AWS/RDS", Name: name, Dimensions: []string{dimDatabase}, Unit: unit, Statistic: statistic,
		Source: databasePage}
}

func cache(name, unit, statistic, source string) Metric {
	return Metric{Namespace: "AWS/ElastiCache", Name: name, Dimensions: []string{dimCache}, Unit: unit,
		Statistic: statistic, Source: source}
}

func nat(name, unit, statistic string) Metric {
	return Metric{Namespace: "AWS/NATGateway", Name: name, Dimensions: []string{dimNAT}, Unit: unit, Statistic: statistic,
		Source: natPage}
}

func vault(name string) Metric {
	return Metric{Namespace: "AWS/Backup", Name: name, Dimensions: []string{dimVault}, Unit: "Count", Statistic: "Sum",
		Source: backupPage}
}

// The metrics. No other file names one.
var (
	requests         = balancer("RequestCount", "Count", "Sum")
	responseTime     = balancer("TargetResponseTime", "Seconds", "p99")
	target4xx        = balancer("HTTPCode_Target_4XX_Count", "Count", "Sum")
	target5xx        = balancer("HTTPCode_Target_5XX_Count", "Count", "Sum")
	balancer4xx      = balancer("HTTPCode_ELB_4XX_Count", "Count", "Sum")
	balancer5xx      = balancer("HTTPCode_ELB_5XX_Count", "Count", "Sum")
	connections      = balancer("ActiveConnectionCount", "Count", "Sum")
	rejected         = balancer("RejectedConnectionCount", "Count", "Sum")
	targetErrors     = balancer("TargetConnectionErrorCount", "Count", "Sum")
	healthyHosts     = balancer("HealthyHostCount", "Count", "Minimum", dimTargetGroup)
	unhealthyHosts   = balancer("UnHealthyHostCount", "Count", "Maximum", dimTargetGroup)
	newFlows         = flow("NewFlowCount", "Sum")
	openFlows        = flow("ActiveFlowCount", "Average")
	targetResets     = flow("TCP_Target_Reset_Count", "Sum")
	clientResets     = flow("TCP_Client_Reset_Count", "Sum")
	balancerResets   = flow("TCP_ELB_Reset_Count", "Sum")
	clientTLSErrors  = flow("ClientTLSNegotiationErrorCount", "Sum")
	flowPorts        = flow("PortAllocationErrorCount", "Sum")
	failedOpen       = flow("UnhealthyRoutingFlowCount", "Sum")
	flowHealthy      = flow("HealthyHostCount", "Maximum", dimTargetGroup)
	flowUnhealthy    = flow("UnHealthyHostCount", "Minimum", dimTargetGroup)
	instanceCPU      = instance("CPUUtilization", "Percent", "Average")
	instanceStatus   = instance("StatusCheckFailed", "Count", "Maximum")
	instanceIn       = instance("NetworkIn", "Bytes", "Average")
	instanceOut      = instance("NetworkOut", "Bytes", "Average")
	instanceMemory   = agent("mem_used_percent", "Average")
	instanceDisk     = agent("disk_used_percent", "Maximum")
	groupInService   = group("GroupInServiceInstances")
	groupDesired     = group("GroupDesiredCapacity")
	groupMax         = group("GroupMaxSize")
	nodesFailed      = insights("cluster_failed_node_count", "Count", "Maximum")
	nodesAll         = insights("cluster_node_count", "Count", "Average")
	nodesCPU         = insights("node_cpu_utilization", "Percent", "Average")
	nodesMemory      = insights("node_memory_utilization", "Percent", "Average")
	nodesDisk        = insights("node_filesystem_utilization", "Percent", "Maximum")
	databaseCPU      = database("CPUUtilization", "Percent", "Average")
	databaseMemory   = database("FreeableMemory", "Bytes", "Minimum")
	databaseStorage  = database("FreeStorageSpace", "Bytes", "Minimum")
	databaseSessions = database("DatabaseConnections", "Count", "Maximum")
	databaseLag      = database("ReplicaLag", "Seconds", "Maximum")
	databaseRead     = database("ReadLatency", "Seconds", "Average")
	databaseWrite    = database("WriteLatency", "Seconds", "Average")
	databaseQueue    = database("DiskQueueDepth", "Count", "Average")
	cacheCPU         = cache("EngineCPUUtilization", "Percent", "Average", cachePage)
	cacheMemory      = cache("DatabaseMemoryUsagePercentage", "Percent", "Average", cachePage)
	cacheEvictions   = cache("Evictions", "Count", "Sum", cachePage)
	cacheLag         = cache("ReplicationLag", "Seconds", "Maximum", cachePage)
	cacheSessions    = cache("CurrConnections", "Count", "Maximum", cachePage)
	cacheHits        = cache("CacheHitRate", "Percent", "Average", cachePage)
	cacheIn          = cache("NetworkBytesIn", "Bytes", "Sum", hostPage)
	cacheOut         = cache("NetworkBytesOut", "Bytes", "Sum", hostPage)
	natPorts         = nat("ErrorPortAllocation", "Count", "Sum")
	natDrops         = nat("PacketsDropCount", "Count", "Sum")
	natSessions      = nat("ActiveConnectionCount", "Count", "Maximum")
	natOut           = nat("BytesOutToDestination", "Bytes", "Sum")
	natIn            = nat("BytesInFromDestination", "Bytes", "Sum")
	backupsFailed    = vault("NumberOfBackupJobsFailed")
	backupsCompleted = vault("NumberOfBackupJobsCompleted")
)

// Catalogue returns every metric that the component knows.
func Catalogue() []Metric {
	return []Metric{
		requests, responseTime, target4xx, target5xx, balancer4xx, balancer5xx, connections, rejected, targetErrors,
		healthyHosts, unhealthyHosts,
		newFlows, openFlows, targetResets, clientResets, balancerResets, clientTLSErrors, flowPorts, failedOpen,
		flowHealthy, flowUnhealthy,
		instanceCPU, instanceStatus, instanceIn, instanceOut, instanceMemory, instanceDisk,
		groupInService, groupDesired, groupMax,
		nodesFailed, nodesAll, nodesCPU, nodesMemory, nodesDisk,
		databaseCPU, databaseMemory, databaseStorage, databaseSessions, databaseLag, databaseRead, databaseWrite, databaseQueue,
		cacheCPU, cacheMemory, cacheEvictions, cacheLag, cacheSessions, cacheHits, cacheIn, cacheOut,
		natPorts, natDrops, natSessions, natOut, natIn, backupsFailed, backupsCompleted,
	}
}
