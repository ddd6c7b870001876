#!/usr/bin/env bash
# Builds everything once and runs all tests. The last line is "N passed, N failed, N skipped".
# ./test.sh TEXT runs only the tests whose full name contains TEXT.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
# shellcheck source=.ci/setup.sh
. .ci/setup.sh

filter=${1:-}
results=$PWD/TestResults
passed=0 failed=0 skipped=0
failures="" skips=""

fail() {
  failures+="  $1"$'\n'
  failed=$((failed + 1))
}

# One line for each test of a trx file: outcome, name and first line of its message, separated by tabs.
outcomes() {
  awk '
    function attribute(name,   rest) {
      rest = substr($0, index($0, " " name "=\"") + length(name) + 3)
      return substr(rest, 1, index(rest, "\"") - 1)
    }
    /<UnitTestResult / { outcome = attribute("outcome"); test = attribute("testName"); message = "" }
    outcome && !message && /<Message>/ { message = $0; sub(/.*<Message>/, "", message); sub(/<\/Message>.*/, "", message) }
    outcome && (/<\/UnitTestResult>/ || (/<UnitTestResult / && /\/>/)) { print outcome "\t" test "\t" message; outcome = "" }
  ' "$1" | sed -E -e 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/(&#xD;)?&#xA;/ /g; s/&amp;/\&/g'
}

run_project() {
  local name trx outcome test message code=0 ran=0 failed_before=$failed
  name=$(basename "$1" .csproj)
  trx=$results/$name.trx
  printf '\n== %s\n' "$name"
  dotnet test "$1" -c Release --no-build --nologo --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 5m --blame-hang-dump-type none ${filter:+--filter "FullyQualifiedName~$filter"} || code=$?
  if [ -f "$trx" ]; then
    while IFS=$'\t' read -r outcome test message; do
      ran=$((ran + 1))
      case $outcome in
        Passed) passed=$((passed + 1)) ;;
        NotExecuted) skipped=$((skipped + 1)) skips+="  $test: ${message:-no reason given}"$'\n' ;;
        *) fail "$test: $message" ;;
      esac
    done < <(outcomes "$trx")
  fi
  if [ "$code" -ne 0 ] && { [ "$failed" -eq "$failed_before" ] || grep -q 'test run was aborted' "$trx"; }; then
    fail "$name did not run to its end (exit code $code)"
  elif [ "$ran" -eq 0 ] && [ -z "$filter" ]; then
    fail "$name ran no test"
  fi
}

need_dotnet
missing=()
has_javascriptcore || missing+=(libjavascriptcoregtk-4.1-0)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
has_chromium || missing+=(chromium)
[ -n "$(fc-list 'Liberation Serif' 2>/dev/null)" ] || missing+=(fontconfig fonts-liberation2)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
command -v zbarimg >/dev/null || missing+=(zbar-tools)
command -v jq >/dev/null || missing+=(jq)
command -v curl >/dev/null || missing+=(curl)
[ ${#missing[@]} -eq 0 ] || install "${missing[@]}"

rm -rf "$results"
if build PublicService.sln; then
  for project in tests/*.Tests/*.csproj tests/Journeys/*.csproj; do
    run_project "$project"
  done
else
  fail "The build failed"
fi
[ $((passed + failed + skipped)) -gt 0 ] || fail "No test has '$filter' in its name"

[ -z "$skips" ] || printf '\nSkipped:\n%s' "$skips"
[ -z "$failures" ] || printf '\nFailed:\n%s' "$failures"
printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
