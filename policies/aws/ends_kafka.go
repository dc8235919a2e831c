package aws

// kafkaEnds are those of Apache Kafka in the Amazon MSK Developer Guide, "Apache Kafka version support", as
// endoflife.date has them (products/amazon-msk.md, 2026-07-23, at a70eca3). Versions from 3.8 on have no end yet.
var kafkaEnds = ends{
	"2.2": "2024-06-08", "2.3": "2024-06-08", "2.4": "2024-06-08", "2.5": "2024-06-08", "2.6": "2024-09-11",
	"2.7": "2024-09-11", "2.8": "2025-01-14", "3.1": "2024-09-11", "3.2": "2024-09-11", "3.3": "2024-09-11",
	"3.4": "2025-08-04", "3.5": "2025-10-23", "3.6": "2026-06-01", "3.7": "2026-09-01",
}
