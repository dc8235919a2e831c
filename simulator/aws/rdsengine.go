package aws

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Sources: RDS user guide, "Supported DB engine versions", "DB instance classes"; the RDS API's
// DescribeDBEngineVersions as recorded in cfn-lint's aws_rds_dbinstance/engine_version.json; announcements of
// deprecated minor versions up to May 2026. A version that is newer than the table is taken to exist; one that is older
// than the oldest does not any more.

// databaseEngine is what RDS knows of an engine.
type databaseEngine struct {
	names    []string // as the API calls it
	port     int
	license  string
	versions []string // one of each major version, oldest first
	standard string   // the version when none is asked for
	longest  int      // characters of a password
	aurora   bool
}

// databaseEngines lists the engines. The last of an engine's versions is the newest.
var databaseEngines = []databaseEngine{
	{names: []string{"postgres"}, port: 5432, license: "postgresql-license", longest: 128, standard: "17.7",
		versions: []string{"11.22", "12.22", "13.23", "14.20", "15.15", "16.11", "17.7", "18.4"}},
	{names: []string{"mysql"}, port: 3306, license: "general-public-license", longest: 41, standard: "8.4.7",
		versions: []string{"5.7.44", "8.0.44", "8.4.7"}},
	{names: []string{"mariadb"}, port: 3306, license: "general-public-license", longest: 41, standard: "11.4.9",
		versions: []string{"10.4.34", "10.5.29", "10.6.24", "10.11.15", "11.4.9"}},
	{names: []string{"aurora-postgresql"}, port: 5432, license: "postgresql-license", longest: 128, aurora: true,
		standard: "16.8", versions: []string{"11.21", "12.22", "13.20", "14.17", "15.12", "16.8", "17.4"}},
	{names: []string{"aurora-mysql"}, port: 3306, license: "general-public-license", longest: 41, aurora: true,
		standard: "8.0.mysql_aurora.3.08.2", versions: []string{"5.7.mysql_aurora.2.12.5", "8.0.mysql_aurora.3.08.2"}},
	{names: []string{"oracle-ee", "oracle-ee-cdb", "oracle-se2", "oracle-se2-cdb"}, port: 1521,
		license: "bring-your-own-license", longest: 30, standard: "19.0.0.0.ru-2025-04.rur-2025-04.r1",
		versions: []string{"19.0.0.0.ru-2025-04.rur-2025-04.r1", "21.0.0.0.ru-2025-04.rur-2025-04.r1"}},
	{names: []string{"sqlserver-ee", "sqlserver-ex", "sqlserver-se", "sqlserver-web"}, port: 1433,
		license: "license-included", longest: 128, standard: "16.00.4165.4.v1",
		versions: []string{"13.00.6455.2.v1", "14.00.3485.1.v1", "15.00.4410.1.v1", "16.00.4165.4.v1"}},
	{names: []string{"db2-ae", "db2-se"}, port: 50000, license: "bring-your-own-license", longest: 255,
		standard: "11.5.9.0.sb00046591.r1", versions: []string{"11.5.9.0.sb00046591.r1"}},
}

// engineNamed returns an engine, nil for those that the table does not know.
func engineNamed(name string) *databaseEngine {
	at := slices.IndexFunc(databaseEngines, func(e databaseEngine) bool { return slices.Contains(e.names, name) })
	if at < 0 {
		return nil
	}
	return &databaseEngines[at]
}

// major returns the part of a version that names the major one: 16 of 16.4, 8.0 of 8.0.39.
func (e *databaseEngine) major(version string) string {
	parts := strings.Split(version, ".")
	if e.names[0] == "postgres" || e.names[0] == "aurora-postgresql" || len(parts) == 1 {
		return parts[0]
	}
	return parts[0] + "." + parts[1]
}

// resolve returns the version that an asked one stands for: the newest minor of a major one, the standard for "".
func (e *databaseEngine) resolve(asked string) string {
	if asked == "" {
		return e.standard
	}
	if e.major(asked) == asked {
		for _, version := range e.versions {
			if e.major(version) == asked {
				return version
			}
		}
	}
	return asked
}

var versionForm = regexp.MustCompile(`^\d+(\.\d+)*([.-][a-zA-Z].*)?$`)

// has reports whether there may be such a version: it has a version's form and is not older than all.
func (e *databaseEngine) has(version string) bool {
	return versionForm.MatchString(version) && compareVersions(e.major(version), e.major(e.versions[0])) >= 0
}

// family returns the family of parameter groups of a version: postgres16, mysql8.0, oracle-ee-19.
func (e *databaseEngine) family(name, version string) string {
	switch major := e.major(version); {
	case strings.HasPrefix(name, "oracle-"):
		return name + "-" + strings.TrimSuffix(major, ".0")
	case strings.HasPrefix(name, "sqlserver-"):
		return name + "-" + strings.TrimSuffix(major, "0")
	case strings.HasPrefix(name, "db2-"):
		return name + "-" + major
	default:
		return name + major
	}
}

// compareVersions compares what stands between the periods as numbers; what is no number counts as 0.
func compareVersions(a, b string) int {
	left, right := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(left), len(right)) {
		if d := versionPart(left, i) - versionPart(right, i); d != 0 {
			return d
		}
	}
	return 0
}

func versionPart(parts []string, i int) int {
	if i >= len(parts) {
		return 0
	}
	n, _ := strconv.Atoi(parts[i])
	return n
}

// instanceClass matches a class of database instances: its family, generation and abilities, as in db.m6gd.large.
var instanceClass = regexp.MustCompile(
	`^db\.(?:serverless|([a-z]+)(\d+)([a-z]*)(?:-[a-z0-9]+)?\.([a-z0-9]+)(?:\.[a-z0-9]+)*)$`)

// fits reports whether RDS offers a class for an engine's version. It refuses what certainly is not offered.
func (e *databaseEngine) fits(class, version string) bool {
	parts := instanceClass.FindStringSubmatch(class)
	if parts == nil {
		return true // another rule's matter
	}
	if class == "db.serverless" {
		return e.aurora
	}
	family, generation, abilities, size := parts[1], parts[2], parts[3], parts[4]
	switch graviton := strings.Contains(abilities, "g"); {
	case e.aurora:
		return size != "micro" && family != "m"
	case graviton && (e.port == 1521 || e.port == 1433 || e.port == 50000):
		return false
	case e.names[0] == "postgres" && compareVersions(version, "13") >= 0:
		return !slices.Contains([]string{"t2", "m3", "m4", "r3", "r4"}, family+generation)
	default:
		return true
	}
}
