#!/usr/bin/env bash
# release-dry-run.sh [VERSION] - does all that a release does, except the upload: see RELEASING.md. VERSION is that of the poms
# without -SNAPSHOT, unless named. It works in copies of the tree, signs with a key made for this run, and leaves one folder:
# target/release, which has the files for Maven Central and their SHA256SUMS. It needs gpg.
set -Eeuo pipefail
trap 'echo "release-dry-run: failed at line $LINENO: $BASH_COMMAND" >&2' ERR
cd "$(dirname "$0")/.."
. scripts/lib.sh

main() {
  local snapshot
  snapshot=$(project_version)
  version=${1:-${snapshot%-SNAPSHOT}}
  mapfile -t modules < <(published_modules)
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  make_key
  make_files
  check_files
  check_signatures
  build_again
  compare_builds
  import_the_bom
  keep
}

make_key() {
  heading "A key for this run"
  export GNUPGHOME=$work/gnupg
  mkdir -m 700 "$GNUPGHOME"
  passphrase=for-this-run
  local gpg=(gpg --batch --quiet --pinentry-mode loopback --passphrase "$passphrase")
  "${gpg[@]}" --quick-generate-key 'Dry run <nobody@example.invalid>' ed25519 sign 1d
  key=$("${gpg[@]}" --armor --export-secret-keys)
}

# copy FOLDER: the tree, without what was built, in the version of the release.
copy() {
  mkdir "$1"
  tar --exclude=target --exclude=.git --exclude=.flattened-pom.xml -cf - . | tar -xf - -C "$1"
  (cd "$1" && scripts/set-version.sh "$version")
}

# build FOLDER ARGUMENT...: the published modules alone, in that copy.
build() {
  local folder=$1 list
  shift
  list=$(printf ',:%s' "${modules[@]}")
  (cd "$folder" && mvn -q -Dmaven.test.skip=true -Dmaven.install.skip=true -pl "${list#,}" "$@")
}

make_files() {
  heading "The files for Maven Central, $version"
  copy "$work/tree"
  files=$work/files
  MAVEN_GPG_KEY=$key MAVEN_GPG_PASSPHRASE=$passphrase \
    build "$work/tree" -Prelease,sign deploy -DaltDeploymentRepository="files::file:$files"
  find "$files" -name 'maven-metadata*' -delete # Maven Central writes its own
  (cd "$files" && find . -type f) | grep -vE '\.(asc|md5|sha1)$' | sort >"$work/names"
  cat "$work/names"
}

# What is to be published and nothing else, with what Maven Central asks for.
check_files() {
  heading "They are complete"
  [ "$(cd "$files/dev/vloop" && ls)" = "$(printf '%s\n' "${modules[@]}")" ] || die "not the modules that the BOM lists"
  local name end module ends
  for module in "${modules[@]}"; do
    ends=".pom .jar -sources.jar -javadoc.jar -cyclonedx.json -cyclonedx.xml"
    [ "$module" != vloop-bom ] || ends=.pom
    for end in $ends; do
      [ -f "$files/dev/vloop/$module/$version/$module-$version$end" ] || die "$module lacks $end"
    done
  done
  while read -r name; do
    for end in asc md5 sha1; do [ -f "$files/$name.$end" ] || die "$name lacks its .$end"; done
  done <"$work/names"
  ! grep -rl SNAPSHOT --include='*.pom' "$files" || die "a pom names a snapshot"
  ! grep -rl '<parent>' --include='*.pom' "$files" || die "a pom is not flattened"
  echo "$(wc -l <"$work/names") files, each with a signature and two checksums"
}

check_signatures() {
  heading "The signatures are good"
  local name
  while read -r name; do
    gpg --batch --verify "$files/$name.asc" "$files/$name" 2>"$work/gpg.log" </dev/null || { cat "$work/gpg.log"; die "bad: $name"; }
  done <"$work/names"
  tail -2 "$work/gpg.log"
  gpgconf --kill all
}

build_again() {
  heading "A second build, in another folder, deployed into a file repository"
  repo=$work/repo
  copy "$work/tree-again"
  build "$work/tree-again" -Prelease deploy -DaltDeploymentRepository="again::file:$repo"
}

compare_builds() {
  heading "Both builds gave the same files"
  (cd "$files" && xargs sha256sum <"$work/names") >"$work/SHA256SUMS"
  (cd "$repo" && sha256sum --quiet -c "$work/SHA256SUMS") || die "the builds differ"
  echo "$(wc -l <"$work/SHA256SUMS") files"
}

import_the_bom() {
  heading "A project elsewhere imports the BOM, and names no version"
  local module dependencies=
  for module in "${modules[@]}"; do
    [ "$module" = vloop-bom ] ||
      dependencies+="<dependency><groupId>dev.vloop</groupId><artifactId>$module</artifactId></dependency>"
  done
  mkdir "$work/user"
  throwaway_settings "$work"
  cat >"$work/user/pom.xml" <<EOF
<project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>user</groupId>
    <artifactId>bot</artifactId>
    <version>1</version>
    <repositories><repository><id>files</id><url>file:$repo</url></repository></repositories>
    <dependencyManagement><dependencies><dependency>
        <groupId>dev.vloop</groupId><artifactId>vloop-bom</artifactId><version>$version</version>
        <type>pom</type><scope>import</scope>
    </dependency></dependencies></dependencyManagement>
    <dependencies>$dependencies</dependencies>
</project>
EOF
  (cd "$work/user" && mvn -B -q -ntp -s "$work/settings.xml" \
    org.apache.maven.plugins:maven-dependency-plugin:3.11.0:list -DoutputFile="$work/list")
  grep : "$work/list"
  for module in "${modules[@]}"; do
    [ "$module" = vloop-bom ] || grep -q "dev.vloop:$module:jar:$version:compile" "$work/list" || die "$module is not resolved"
  done
}

keep() {
  rm -rf target/release
  mkdir -p target
  mv "$files" target/release
  mv "$work/SHA256SUMS" target/release
  heading "All of it is in target/release; nothing was uploaded"
}

main "$@"
