#!/usr/bin/env bash
# Three JVMs on a PostgreSQL of their own: kills, suspends and more, and a count of what was promised (docs/cluster.md).
#   scripts/faults.sh short   5 kills, 1 suspend, 1 restart of the database; about 2 minutes
#   scripts/faults.sh skew    wrong clocks alone; about 2 minutes
#   scripts/faults.sh full    20 kills, 4 suspends, wrong clocks (Debian's package faketime), a database that is away, all instances
#                             down, a rolling deployment; about 6 minutes
# The logs of the instances are in integrations/loop-db-scheduler/target/faults.
set -Eeuo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

kind=${1:-short}
case $kind in short | full | skew) ;; *) die "unknown argument $kind; see the head of $0" ;; esac
jdk25=$(jdk_home 25) || die "JDK 25 is not available"
module=integrations/loop-db-scheduler
mvn -q -B -pl :loop-db-scheduler -am -DskipTests test-compile
mvn -q -B -pl :loop-db-scheduler -am -DskipTests test-compile dependency:build-classpath -DincludeScope=test \
  -Dmdep.outputFile="$PWD/$module/target/faults.classpath" -Dmdep.pathSeparator=:
rm -rf "$module/target/faults"
exec "$jdk25/bin/java" -cp "$module/target/test-classes:$module/target/classes:$(cat $module/target/faults.classpath)" \
  dev.vloop.dbscheduler.faults.Faults "$kind" "$module/target/faults"
