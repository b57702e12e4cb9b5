#!/usr/bin/env bash
# A new user's path, in new projects outside of the tree, with the blocks and commands of README.md, docs/start.md, docs/testing.md,
# docs/spring.md and docs/cluster.md: it fails if a page is wrong. It needs a JDK 25 (JDK=25), leaves nothing behind but target folders,
# and does not touch ~/.m2. Arguments choose projects: java kotlin agent spring springkotlin cluster. A few minutes, most of them to compile
# Vloop; with REPOSITORY=FOLDER it takes that local repository, where Vloop is installed already.
set -Eeuo pipefail
trap 'echo "try-as-user: failed at line $LINENO: $BASH_COMMAND" >&2' ERR
cd "$(dirname "$0")/.."
. scripts/lib.sh

main() {
  JAVA_HOME=$(jdk_home "${JDK:-25}") || die "no JDK ${JDK:-25}"
  export JAVA_HOME
  root=$PWD
  work=$(mktemp -d)
  trap clean EXIT
  settings
  local projects=("$@") project
  [ ${#projects[@]} -gt 0 ] || projects=(java kotlin agent spring springkotlin cluster)
  stopwatch install
  for project in "${projects[@]}"; do
    declare -F "project_$project" >/dev/null || die "no project $project; see the head of $0"
    mkdir -p "$work/$project"
    cd "$work/$project"
    stopwatch "project_$project"
  done
  heading "What the pages say is so. In seconds:"
  cat "$work/times"
}

clean() {
  local job
  for job in $(jobs -p); do kill -9 -- "-$job" 2>/dev/null || true; done
  rm -rf "$work"
}

# stopwatch FUNCTION: calls it, and notes how long it took.
stopwatch() {
  heading "${1#project_}"
  SECONDS=0
  "$1"
  echo "${1#project_} $SECONDS" >>"$work/times"
}

# Before all else in PATH: a mvn that is the user's, but for the local repository.
settings() {
  throwaway_settings "$work"
  # What somebody has installed from here before is not to be found.
  sed -i 's:<id>yours</id>:&<snapshots><enabled>false</enabled></snapshots>:' "$work/settings.xml"
  [ -z "${REPOSITORY:-}" ] || sed -i "s:<localRepository>.*<:<localRepository>$REPOSITORY<:" "$work/settings.xml"
  mkdir "$work/bin"
  printf '#!/bin/sh\nexec "%s" -B -ntp -s "%s/settings.xml" -Dkotlin.compiler.daemon=false "$@"\n' "$(command -v mvn)" "$work" >"$work/bin/mvn"
  chmod +x "$work/bin/mvn"
  PATH=$work/bin:$PATH
}

# The page's command, for what is published alone and without checks.
install() {
  local command modules
  command=$(block docs/start.md sh 'install')
  [ "$command" = "$(block README.md sh 'install')" ] || die "README.md and docs/start.md install in different ways"
  [ -z "${REPOSITORY:-}" ] || return 0
  modules=$(published_modules | sed 's/^/:/' | paste -sd,)
  echo "$command"
  $command -Dvloop.errorprone=-Xlint:none -pl "$modules" -am
}

# block PAGE LANGUAGE TEXT: the first block of that language with that text in it.
block() {
  awk -v fence="\`\`\`$2" -v text="$3" '
    /^```/ { if (inside && index(code, text)) { printf "%s", code; found = 1; exit }; inside = $0 == fence; code = ""; next }
    inside { code = code $0 "\n" }
    END { exit !found }' "$root/$1" || die "$1 has no block $2 with: $3"
}

# save FILE COMMAND...: what the command prints.
save() {
  mkdir -p "$(dirname "$1")"
  "${@:2}" >"$1" || exit 1
}

# before LINE FILE: puts standard input before the last line of the file that is LINE.
before() {
  cat >"$work/addition"
  awk -v line="$1" -v addition="$work/addition" '
    { lines[NR] = $0; if ($1 == line) last = NR }
    END {
      if (!last) exit 1
      for (i = 1; i <= NR; i++) {
        if (i == last) while ((getline text < addition) > 0) print text
        print lines[i]
      }
    }' "$2" >"$work/new" || die "no line $1 in $2"
  mv "$work/new" "$2"
}

# run COMMAND: a command of a page. What it prints is in said.
run() {
  echo "\$ $1"
  timeout 300 bash -c "$1" >said 2>&1
}

fails() {
  cat said
  die "$PWD: $1"
}

# says TEXT: each line of the text is in what the last command printed; three dots at its end stand for more.
says() {
  local line
  while IFS= read -r line; do
    grep -qF -- "${line% ...}" said || fails "not printed, but on the page: $line"
  done <<<"$1"
  echo "$1"
}

# prints COMMAND: it prints what docs/start.md says, and nothing else.
prints() {
  run "$1" || fails "$1 fails"
  sed 's:\x1b\[[0-9;]*m::g; /^WARNING: /d' said | grep . | diff <(block docs/start.md text 'tick 0') - || fails "other lines than on the page"
  block docs/start.md text 'tick 0'
}

# tests NUMBER: the page's command runs so many tests, which pass.
tests() {
  run "$(block docs/start.md sh 'mvn test')" || fails "the test fails"
  sed -i 's/\x1b\[[0-9;]*m//g' said
  says "$(block docs/start.md text 'Tests run' | sed "s/run: 1/run: $1/")"
}

# begins COMMAND FILE TEXT: the command goes on in the background, in a group of its own, until it has printed the text. Sets job.
begins() {
  echo "\$ $1"
  set -m
  bash -c "$1" >"$2" 2>&1 &
  job=$!
  set +m
  waits_for "$2" "$3"
}

waits_for() {
  timeout 120 sh -c 'until grep -q "$1" "$0"; do sleep 0.2; done' "$1" "$2" || { cat "$1"; die "$PWD: within two minutes nobody has printed: $2"; }
}

# As Ctrl-C does.
interrupt() {
  kill -INT -- "-$1"
  wait "$1" || true
}

# without_token COMMAND LINE: the bot cannot be tried on Discord. It compiles, begins, and says what is missing.
without_token() {
  local command
  command=$(block docs/start.md sh DISCORD_TOKEN | sed "s/^.*mvn/mvn/; s/HelloBot/$1/")
  if run "$command"; then fails "the bot begins without a token"; fi
  says "$2"
}

project_java() {
  save pom.xml block docs/start.md xml '<project'
  save src/main/java/Printer.java block docs/start.md java 'class Printer '
  prints "$(block docs/start.md sh 'Dmain=Printer')"
  save src/test/java/PrinterTest.java block docs/start.md java 'class PrinterTest'
  tests 1
  sed -i 's/endsWith("tick 2"/endsWith("tick 3"/' src/test/java/PrinterTest.java
  if run 'mvn test'; then fails "the test passes though it is wrong"; fi
  says "$(block docs/start.md text 'timeline')"
  save src/main/java/HelloBot.java block docs/start.md java 'class HelloBot'
  without_token HelloBot "$(block docs/start.md text 'set DISCORD_TOKEN')"
}

project_kotlin() {
  save pom.xml block docs/start.md xml '<project'
  block docs/start.md xml '<artifactId>loop-kotlin' | before '</dependencies>' pom.xml
  block docs/start.md xml 'kotlin-maven-plugin' | before '</plugins>' pom.xml
  save src/main/kotlin/Printer.kt block docs/start.md kotlin 'fun startPrinter'
  prints "$(block docs/start.md sh 'Dmain=PrinterKt')"
  save src/test/kotlin/PrinterTest.kt block docs/start.md kotlin 'class PrinterTest'
  tests 1
  save src/main/kotlin/HelloBot.kt block docs/start.md kotlin 'DISCORD_TOKEN'
  without_token HelloBotKt 'set DISCORD_TOKEN'
}

# The project of docs/start.md, with a second test, and the agent as docs/testing.md says.
project_agent() {
  save pom.xml block docs/start.md xml '<project'
  save src/main/java/Printer.java block docs/start.md java 'class Printer '
  save src/test/java/PrinterTest.java block docs/start.md java 'class PrinterTest'
  block docs/testing.md java 'sleeps_for_six_hours_a_day' | before '}' src/test/java/PrinterTest.java
  sed -i 's/^import java.time.Duration;/&\nimport java.time.Instant;/' src/test/java/PrinterTest.java
  block docs/testing.md xml 'loop-testkit-agent</artifactId>' | before '</dependencies>' pom.xml
  save configuration block docs/testing.md xml '<argLine>-javaagent'
  sed -i '/<artifactId>maven-surefire-plugin</,/<version>/{/<version>/{s:$:<configuration>:;r configuration
    };}' pom.xml
  awk '{ print } /<argLine>/ { print "</configuration>" }' pom.xml >new
  mv new pom.xml
  tests 2
  says "$(block docs/testing.md text 'its self-test passed')"
}

project_spring() {
  save pom.xml block docs/spring.md xml '<project'
  save src/main/java/app/App.java block docs/spring.md java 'class App '
  save src/main/java/app/News.java block docs/spring.md java 'class News '
  save src/test/java/app/NewsTest.java block docs/spring.md java 'class NewsTest'
  spring_runs
}

project_springkotlin() {
  save pom.xml block docs/spring.md xml '<project'
  block docs/spring.md xml '<artifactId>loop-kotlin' | before '</dependencies>' pom.xml
  block docs/spring.md xml '<sourceDirectory>' | before '<plugins>' pom.xml
  block docs/spring.md xml 'kotlin-maven-plugin' | before '</plugins>' pom.xml
  save src/main/kotlin/myapp/App.kt block docs/spring.md kotlin 'class App'
  save src/test/kotlin/myapp/NewsTest.kt block docs/spring.md kotlin 'class NewsTest'
  spring_runs
}

spring_runs() {
  tests 1
  export SERVER_PORT=0 # 8080 may be taken
  begins "$(block docs/spring.md sh 'spring-boot:run' | tail -1)" said 'Started App'
  interrupt "$job"
  says 'news 1'
  says 'Graceful shutdown complete'
}

# Two processes on one database. The one that runs the slots is ended, and the other goes on.
project_cluster() {
  local first second other
  save pom.xml block docs/start.md xml '<project'
  block docs/cluster.md xml '<artifactId>loop-db-scheduler' | before '</dependencies>' pom.xml
  save src/main/java/Bot.java block docs/cluster.md java 'class Bot'
  begins "$(block docs/cluster.md sh 'BOT_NAME=bot-1' | sed "s:/tmp/:$PWD/:")" 1.out 'bot-1 runs'
  first=$job
  begins "$(block docs/cluster.md sh 'BOT_NAME=bot-2' | sed "s:/tmp/:$PWD/:")" 2.out 'NOP' # it has begun
  second=$job
  interrupt "$first"
  waits_for 2.out 'bot-2 runs'
  interrupt "$second"
  sed -i '/ runs /!d' 1.out 2.out
  head 1.out 2.out
  other=$(cat 1.out 2.out | sed 's/.* //' | sort | uniq -d)
  [ -z "$other" ] || die "a slot has run twice: $other"
}

main "$@"
