#!/usr/bin/env bash
# release-upload.sh - signs what is published and uploads it to Maven Central, where it waits until a person publishes it: RELEASING.md.
# It needs CENTRAL_USERNAME, CENTRAL_PASSWORD, MAVEN_GPG_KEY and MAVEN_GPG_PASSPHRASE in the environment.
set -Eeuo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
: "${CENTRAL_USERNAME:?}" "${CENTRAL_PASSWORD:?}" "${MAVEN_GPG_KEY:?}" "${MAVEN_GPG_PASSPHRASE:?}"
case $(project_version) in *-SNAPSHOT) die "the poms name a snapshot: scripts/set-version.sh" ;; esac

jdk25=$(jdk_home 25) || die "no JDK 25"
export JAVA_HOME=$jdk25
mvn -s .github/release-settings.xml -Prelease,sign,publish -Dmaven.test.skip=true -Dmaven.install.skip=true \
  -pl "$(published_modules | sed 's/^/:/' | paste -sd,)" deploy
