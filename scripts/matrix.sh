#!/usr/bin/env bash
# matrix.sh VERSION[:VARIANT,...]... - the whole test suite on each of these JDKs, against the same jars, which are built once.
# Each JDK runs it in the variants native (the scopes that the JDK has), plain (scopes on final APIs alone) and exact
# (java.lang opened, for exact virtual time), or in those named. Modules that no variant changes are tested in native alone. A JDK above 25 that cannot be had is
# skipped with a sentence, any other is a failure. Logs are in target/matrix.
set -Eeuo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
[ $# -gt 0 ] || die "usage: matrix.sh VERSION[:VARIANT,...]..."
must_have=25
logs=target/matrix
# Modules that no variant changes; none of the others needs them.
same=loop-jda,loop-db-scheduler,loop-cluster-demo,loop-spring-boot-starter,loop-spring-boot-starter-test,loop-examples-spring-boot,loop-examples-bots
rows=()
failed=0

options() {
  case $1 in
    native) ;;
    plain) echo "-Dvloop.scopes=plain" ;;
    exact) echo "-Pexact" ;;
    *) die "no variant $1" ;;
  esac
}

row() { rows+=("$(printf '%-4s %-8s %7s %8s %7s  %s' "$@")"); }

run() { # VERSION HOME VARIANT
  local log=$logs/$1-$3.log result=passed started=$SECONDS left='!:loop-bench'
  [ "$3" = native ] || left=$left,!:${same//,/,!:}
  forget_reports
  # shellcheck disable=SC2046
  mvn -B verify -pl "$left" -Dtest.jdk="$2" $(options "$3") >"$log" 2>&1 || result=FAILED
  [ "$(in_reports skipped)" = 0 ] || result="FAILED: tests were skipped"
  [ "$(in_reports tests)" != 0 ] || result="FAILED: no test ran"
  [ "$(sha256sum $jars)" = "$sums" ] || result="FAILED: the jars are not those that were built"
  grep -E 'Tests run:.*[0-9]+$' "$log" || true
  row "$1" "$3" "$(in_reports tests)" "$(in_reports skipped)" "$((SECONDS - started)) s" "$result"
  if [ "$result" != passed ]; then
    failed=1
    echo "JDK $1 $3 $result; the end of $log:"
    grep -E 'ERROR|FAIL' "$log" | tail -60 || tail -60 "$log"
  fi
}

heading "Jars for the matrix"
mkdir -p "$logs"
rm -f "$logs"/*.log
mvn -B verify -DskipTests >"$logs/build.log" 2>&1 || { tail -60 "$logs/build.log"; die "the build failed"; }
jars=$(runtime_jars)
sums=$(sha256sum $jars)
echo "$sums"

for asked in "$@"; do
  version=${asked%%:*}
  variants=native,plain,exact
  case $asked in *:*) variants=${asked#*:} ;; esac
  if ! home=$(jdk_home "$version"); then
    [ "$version" -gt "$must_have" ] || die "JDK $version is not available, and must not be skipped"
    echo "JDK $version is skipped: it cannot be had on this machine now."
    row "$version" - - - - skipped
    continue
  fi
  for variant in ${variants//,/ }; do
    heading "JDK $version, $variant ($home)"
    run "$version" "$home" "$variant"
  done
done

heading "Matrix"
printf '%-4s %-8s %7s %8s %7s  %s\n' JDK variant tests skipped time result
printf '%s\n' "${rows[@]}"
exit $failed
