#!/usr/bin/env bash
# set-version.sh VERSION: writes it into every pom, in place of the version that the root pom has. Releases use it.
set -Eeuo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
[ $# -eq 1 ] || die "usage: set-version.sh VERSION"

old=$(project_version)
find . -name pom.xml -not -path '*/target/*' -exec sed -i "s:<version>${old//./\\.}</version>:<version>$1</version>:" {} +
[ "$(project_version)" = "$1" ] || die "the root pom still says $(project_version)"
echo "$old -> $1"
