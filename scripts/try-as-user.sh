#!/usr/bin/env bash
# A new user's path: publishes the jars into a folder, makes a Java and a Kotlin project outside of the tree with the README's
# dependency block, builds both, and runs them. It needs a JDK 25 (JDK=25), leaves nothing behind, and does not touch ~/.m2.
set -Eeuo pipefail
trap 'echo "try-as-user: failed at line $LINENO: $BASH_COMMAND" >&2' ERR
cd "$(dirname "$0")/.."
. scripts/lib.sh

expected=$'0\n1\n2\nended: Completed[iterations=3]'

main() {
  jdk=$(jdk_home "${JDK:-25}") || die "no JDK ${JDK:-25}"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  heading "The jars, as they would be published"
  mvn -B -q deploy -Dmaven.test.skip=true -pl loop-vthreads,loop-kotlin -am -Dmaven.install.skip=true \
    -DaltDeploymentRepository="jars::file:$work/jars"
  (cd "$work/jars/dev/vloop" && ls)
  throwaway_settings "$work"
  java_project
  kotlin_project
  heading "Both work"
}

# The first XML block of the README.
dependency() { sed -n '/^```xml$/,/^```$/p' README.md | sed '/^```/d'; }

# pom FOLDER DEPENDENCIES BUILD: a project that knows the jars' folder, as yours would know Maven Central.
pom() {
  mkdir -p "$1"
  cat >"$1/pom.xml" <<EOF
<project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>user</groupId>
    <artifactId>bot</artifactId>
    <version>1</version>
    <properties>
        <maven.compiler.release>21</maven.compiler.release>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
    </properties>
    <repositories>
        <repository><id>jars</id><url>file:$work/jars</url></repository>
    </repositories>
    <dependencies>
$2
    </dependencies>
    <build>
$3
    </build>
</project>
EOF
}

java_project() {
  heading "A Java project"
  pom "$work/java" "$(dependency)" '<plugins>
        <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
        <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
    </plugins>'
  mkdir -p "$work/java/src/main/java"
  cat >"$work/java/src/main/java/Main.java" <<'EOF'
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;

class Main {
    public static void main(String[] args) {
        LoopRuntime loops = VirtualLoops.create();
        loops.loop("printer")
                .every(Duration.ofMillis(100))
                .count(3)
                .afterLoop(end -> System.out.println("ended: " + end))
                .start(it -> System.out.println(it.index()));
    }
}
EOF
  build_and_run java Main
}

kotlin_project() {
  heading "A Kotlin project"
  local kotlin
  kotlin=$(sed -n 's:.*<kotlin.version>\(.*\)</kotlin.version>.*:\1:p' pom.xml)
  pom "$work/kotlin" "$(dependency) $(dependency | sed 's/loop-vthreads/loop-kotlin/')" "
    <sourceDirectory>src/main/kotlin</sourceDirectory>
    <plugins>
        <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
        <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
        <plugin>
            <groupId>org.jetbrains.kotlin</groupId>
            <artifactId>kotlin-maven-plugin</artifactId>
            <version>$kotlin</version>
            <executions><execution><goals><goal>compile</goal></goals></execution></executions>
            <configuration><jvmTarget>21</jvmTarget></configuration>
        </plugin>
    </plugins>"
  mkdir -p "$work/kotlin/src/main/kotlin"
  cat >"$work/kotlin/src/main/kotlin/Main.kt" <<'EOF'
import dev.vloop.kotlin.*
import dev.vloop.vthreads.VirtualLoops
import kotlin.time.Duration.Companion.milliseconds

fun main() {
    val loops = VirtualLoops.create()
    loops.loop("printer")
        .every(100.milliseconds)
        .count(3)
        .afterLoop { end -> println("ended: $end") }
        .start { println(it.index) }
}
EOF
  build_and_run kotlin MainKt
}

# build_and_run FOLDER CLASS: the program must print what is expected, and end by itself.
build_and_run() {
  local said
  (cd "$work/$1" && JAVA_HOME=$jdk mvn -B -q -s "$work/settings.xml" -Dkotlin.compiler.daemon=false compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath -Dmdep.outputFile="$work/$1.cp")
  tr ':' '\n' <"$work/$1.cp" | sed 's:.*/::'
  echo
  said=$(timeout 60 "$jdk/bin/java" -cp "$work/$1/target/classes:$(cat "$work/$1.cp")" "$2")
  echo "$said"
  [ "$said" = "$expected" ] || die "the program said something else"
}

main "$@"
