package aws

// openSearchEnds and elasticsearchEnds are those of the Amazon OpenSearch Service Developer Guide, "What is Amazon
// OpenSearch Service?", as endoflife.date has them (products/amazon-opensearch.md, 2026-08-11, at a70eca3;
// products/amazon-elasticsearch.md, 2026-03-09, at d735a84). Versions that have no end yet are left out.
var (
	openSearchEnds = ends{
		"1.0": "2025-11-07", "1.1": "2025-11-07", "1.2": "2025-11-07", "1.3": "2027-11-07", "2.3": "2025-11-07",
		"2.5": "2025-11-07", "2.7": "2025-11-07", "2.9": "2025-11-07", "2.11": "2027-11-07", "2.13": "2027-11-07",
		"2.15": "2027-11-07", "2.17": "2027-11-07", "2.19": "2027-11-07",
	}
	elasticsearchEnds = ends{
		"1.5": "2025-11-07", "2.3": "2025-11-07", "5.1": "2025-11-07", "5.3": "2025-11-07", "5.5": "2025-11-07",
		"5.6": "2025-11-07", "6.0": "2025-11-07", "6.2": "2025-11-07", "6.3": "2025-11-07", "6.4": "2025-11-07",
		"6.5": "2025-11-07", "6.7": "2025-11-07", "7.1": "2025-11-07", "7.4": "2025-11-07", "7.7": "2025-11-07",
		"7.8": "2025-11-07",
	}
)
