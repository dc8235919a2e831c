package database

import (
	"strconv"
	"strings"
)

const (
	// By default PostgreSQL on RDS takes a connection for so many bytes of memory, and at most 5000 (AWS Prescriptive
	// Guidance, "Tuning PostgreSQL parameters", max_connections: LEAST(DBInstanceClassMemory/9531392, 5000)).
	bytesPerConnection = 9531392
	mostConnections    = 5000
	// DBInstanceClassMemory is less than the class has: RDS and the system need some, the smaller the class the larger their
	// share. A quarter is more than they take of any.
	percentForClients = 75

	gibibyte = 1 << 30
)

// burstGiB is the memory of the classes whose size does not follow from their processors (EC2 documentation, "Burstable
// performance instances"; RDS User Guide, "Hardware specifications for DB instance classes").
var burstGiB = map[string]int{"micro": 1, "small": 2, "medium": 4, "large": 8, "xlarge": 16, "2xlarge": 32}

// gibPerProcessor is the memory of a processor, by the first letter of a family (the same).
var gibPerProcessor = map[string]int{"c": 2, "m": 4, "r": 8}

// MaxConnections is how many connections the database takes at the least: what its parameter max_connections says, or
// else by the memory of its class. 0 if the class is not one that the memory is known of.
func (a *Args) MaxConnections() int {
	d := a.withDefaults()
	if own, err := strconv.Atoi(d.Parameters["max_connections"]); err == nil {
		return own
	}
	return min(classGiB(d.Class)*gibibyte/100*percentForClients/bytesPerConnection, mostConnections)
}

// classGiB is the memory of a class such as db.m7g.large, or 0.
func classGiB(class string) int {
	parts := classPattern.FindStringSubmatch(class)
	if parts == nil {
		return 0
	}
	size := class[strings.LastIndex(class, ".")+1:]
	if strings.HasPrefix(parts[1], "t") {
		return burstGiB[size]
	}
	return gibPerProcessor[strings.TrimRight(parts[1], "0123456789")] * processors(size)
}

// processors is how many a size has: medium 1, large 2, xlarge 4, 12xlarge 48; 0 for others.
func processors(size string) int {
	switch size {
	case "medium":
		return 1
	case "large":
		return 2
	case "xlarge":
		return 4
	}
	times, found := strings.CutSuffix(size, "xlarge")
	n, err := strconv.Atoi(times)
	if !found || err != nil {
		return 0
	}
	return 4 * n
}
