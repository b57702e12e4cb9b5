#!/usr/bin/env bash
# bench.sh [--quick] [--only NAME | --report] [JDK...] — measures what loops cost beside their peers, on JDK 21 and 25 unless others are
# named, and fills the tables of docs/performance.md. Takes most of an hour on a machine with nothing else to do.
#   --quick      seconds: sees that all of it compiles and runs, and writes nothing
#   --only NAME  one measure, or those that begin so: first waiting ticking timeouts metrics iteration dashboard virtual growth million
#   --report     writes the tables from docs/performance.tsv, without measuring
#   SKIP_BUILD=1 takes the jars that are there
set -Eeuo pipefail
trap 'echo "bench: failed at line $LINENO: $BASH_COMMAND" >&2' ERR
cd "$(dirname "$0")/.."
. scripts/lib.sh

options=() jdks=()
while [ $# -gt 0 ]; do
  case $1 in
    --quick | --report) options+=("$1") ;;
    --only) [ $# -ge 2 ] || die "--only needs a name"; options+=(--only "$2"); shift ;;
    [0-9]*) jdks+=("$1") ;;
    *) die "unknown argument $1; see the head of $0" ;;
  esac
  shift
done
[ ${#jdks[@]} -gt 0 ] || jdks=(21 25)

homes=()
for version in "${jdks[@]}"; do
  home=$(jdk_home "$version" | tail -1) || die "JDK $version is not available"
  homes+=("$version=$home")
done
[ -n "${SKIP_BUILD:-}" ] || mvn -B -q -pl :loop-bench -am -Dmaven.test.skip=true package
lib=verification/bench/target/lib
# Ours first: a class is looked for in the jars in their order.
path=$(ls "$lib"/loop-api-*.jar "$lib"/loop-vthreads-*.jar verification/bench/target/loop-bench-*.jar | paste -sd:)
path=$path:$(ls "$lib"/*.jar | grep -v -e /loop-api- -e /loop-vthreads- | paste -sd:)
"${homes[-1]#*=}/bin/java" -cp "$path" dev.vloop.bench.Bench ${options[@]+"${options[@]}"} "${homes[@]}"
