package aws

// databaseEnds are the days of the engines of RDS and Aurora, by engine. MySQL, MariaDB and PostgreSQL are those of the
// release calendars in the Amazon RDS User Guide and the Aurora PostgreSQL Release Notes, as endoflife.date has them
// (products/amazon-rds-*.md, 2026-08-16; amazon-aurora-postgresql.md, 2026-06-14, at a70eca3). Aurora MySQL 2 is that
// of the Aurora MySQL Release Notes, "Database engine updates for Amazon Aurora MySQL version 2".
var databaseEnds = map[string]struct {
	name string
	ends ends
}{
	"postgres": {"PostgreSQL", ends{
		"9.6": "2022-04-30", "10": "2023-04-30", "11": "2024-02-29", "12": "2025-02-28", "13": "2026-02-28",
		"14": "2027-02-28", "15": "2028-02-29", "16": "2029-02-28", "17": "2030-02-28", "18": "2031-02-28",
	}},
	"aurora-postgresql": {"Aurora PostgreSQL", ends{
		"11": "2024-02-29", "12": "2025-02-28", "13": "2026-02-28", "14": "2027-02-28", "15": "2028-02-29",
		"16": "2029-02-28", "17": "2030-02-28", "18": "2031-02-28",
	}},
	"mysql":        {"MySQL", ends{"5.6": "2022-03-01", "5.7": "2024-02-29", "8.0": "2026-07-31", "8.4": "2029-07-31"}},
	"aurora-mysql": {"Aurora MySQL", ends{"5.7": "2024-10-31"}},
	"mariadb": {"MariaDB", ends{
		"10.3": "2023-10-23", "10.4": "2025-02-28", "10.5": "2026-08-31", "10.6": "2026-12-31", "10.11": "2028-02-29",
		"11.4": "2029-05-31", "11.8": "2028-06-30", "12.3": "2029-06-30",
	}},
}
