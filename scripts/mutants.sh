#!/usr/bin/env bash
# Plants the faults of verification/mutants one at a time, and says which of them no test notices. Works in a copy, in target/mutants.
#   scripts/mutants.sh [OPTION...] [FAULT...]   all faults, or those that are named: a fault's name, a source file such as Control.java,
#                                               or numbers such as 7 or 10-20
#   -j 2            two at a time; with more, the tests that need real time may fail for want of it
#   --check         only looks whether each fault applies and compiles
#   --list          only lists the faults
#   --no-baseline   does not first run the tests without a fault
# It fails if a test fails without a fault, a fault does not apply or compile, or one survives that does not say why.
# The report is in target/mutants/report.txt, and what a test wrote in target/mutants/planted.
set -Eeuo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

jdk25=$(jdk_home 25) || die "JDK 25 is not available"
work=$PWD/target/mutants copy=$PWD/target/mutants/copy
rm -rf "$copy"
mkdir -p "$copy"
# What Git knows, and new files, as they are now.
git ls-files -z --cached --others --exclude-standard |
  while IFS= read -r -d '' file; do [ -f "$file" ] && printf '%s\0' "$file"; done |
  tar --null -T - -cf - | tar -xf - -C "$copy"

# The libraries that the tests need, asked for only when a pom was changed.
poms=$(find "$copy" -name pom.xml -not -path '*/src/*' | sort | xargs cat | cksum)
if [ ! -s "$work/jars" ] || [ "$poms" != "$(cat "$work/poms" 2>/dev/null)" ]; then
  (cd "$copy" && mvn -q -B ${MAVEN_OPTIONS:-} -pl :loop-tests,:loop-testkit,:loop-vthreads,:loop-cron -am -Dmaven.main.skip=true compile \
    dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/mutants.classpath -Dmdep.pathSeparator=:)
  find "$copy" -path '*/target/mutants.classpath' -exec awk 1 {} + | tr ':' '\n' | grep '\.jar$' | sort -u |
    paste -sd: >"$work/jars"
  echo "$poms" >"$work/poms"
fi
exec "$jdk25/bin/java" "$copy/verification/mutants/Mutants.java" "$work" "$@"
