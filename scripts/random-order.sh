#!/usr/bin/env bash
# Runs the tests in a random order of classes and methods: none may need another before it, or be harmed by one.
#   scripts/random-order.sh                 seeds 1 to 10, all modules
#   scripts/random-order.sh 7 8             these seeds
#   MODULES=loop-api scripts/random-order.sh 7   in these modules, comma-separated, and what they need
# The reports are in target/surefire-reports of each module. A seed that fails can be run again.
set -Eeuo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

[ $# -gt 0 ] || set -- 1 2 3 4 5 6 7 8 9 10
for seed in "$@"; do
  heading "Seed $seed"
  # With several JVMs each class would be a run of its own, which has no order.
  mvn -B -q verify -Dvloop.forks=1 ${MODULES:+-pl "$MODULES" -am} -Dvloop.junit="junit.jupiter.testclass.order.default=org.junit.jupiter.api.ClassOrderer\$Random
junit.jupiter.testmethod.order.default=org.junit.jupiter.api.MethodOrderer\$Random
junit.jupiter.execution.order.random.seed=$seed" || die "the tests fail in the order of seed $seed"
done
