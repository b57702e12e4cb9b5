# Shared by .ci/run and matrix.sh; source it in the project's root.

die() { echo "error: $*" >&2; exit 1; }

heading() { printf '\n=== %s ===\n' "$*"; }

# jdk_home VERSION: the home of a JDK of that feature version, an installed one or one of ours in the cache; fails if
# there is none and none can be had.
jdk_home() {
  local version=$1 home cache=${XDG_CACHE_HOME:-$HOME/.cache}/vloop
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -x "$home/bin/javac" ] && grep -qsE "^JAVA_VERSION=\"$version(\"|\.)" "$home/release"; then
      echo "$home"
      return
    fi
  done
  timeout 600 scripts/get-jdk.sh "$version" "$cache/jdk-$version" >&2 && echo "$cache/jdk-$version"
}

# in_reports ATTRIBUTE: its sum (tests, failures, errors, skipped) over all Surefire reports of the tree.
in_reports() {
  find . -path '*/target/surefire-reports/TEST-*.xml' -exec grep -hoE -m1 "<testsuite [^>]*" {} + |
    { grep -oE " $1=\"[0-9]+\"" || true; } | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'
}

forget_reports() { find . -path '*/target/surefire-reports/*' -delete; }

# The two jars that a user has at run time.
runtime_jars() {
  find loop-api/target loop-vthreads/target -maxdepth 1 -name '*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' |
    sort
}

# The version of the root pom: the first one in it.
project_version() { sed -n '0,/<version>/s:.*<version>\(.*\)</version>.*:\1:p' pom.xml; }

# What is published, one artifact a line, sorted: what the BOM lists, and the BOM itself.
published_modules() {
  {
    sed -n '/<dependencyManagement>/,/<\/dependencyManagement>/s:.*<artifactId>\(.*\)</artifactId>.*:\1:p' bom/pom.xml
    echo vloop-bom
  } | sort
}

# throwaway_settings FOLDER: writes settings.xml there, with a local repository that is also there and can be thrown away.
# It is filled from yours where yours has what is needed, else from Maven Central.
throwaway_settings() {
  cat >"$1/settings.xml" <<EOF
<settings>
    <localRepository>$1/m2</localRepository>
    <profiles>
        <profile>
            <id>yours-first</id>
            <repositories>
                <repository><id>yours</id><url>file:$HOME/.m2/repository</url></repository>
                <repository><id>central</id><url>https://repo.maven.apache.org/maven2</url></repository>
            </repositories>
            <pluginRepositories>
                <pluginRepository><id>yours</id><url>file:$HOME/.m2/repository</url></pluginRepository>
                <pluginRepository><id>central</id><url>https://repo.maven.apache.org/maven2</url></pluginRepository>
            </pluginRepositories>
        </profile>
    </profiles>
    <activeProfiles><activeProfile>yours-first</activeProfile></activeProfiles>
</settings>
EOF
}
