#!/usr/bin/env bash
# Builds the engine and the designer and runs them until Ctrl+C.
set -uo pipefail
set -m # every child gets a process group of its own, so that all of it can be stopped

usage="Usage: ./run.sh [--data DIR] [--urls URL] [--designer URL] [--no-demo] [--postgres CONNECTION]"
house=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) || exit 1
data=$house/data
urls=http://127.0.0.1:5080
designer_urls=http://127.0.0.1:5081
demo=1
child=
designer=

absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }

while [ $# -gt 0 ]; do
  case $1 in
    --no-demo) demo= ;;
    --data | --urls | --designer | --postgres)
      [ $# -gt 1 ] || { printf '%s needs a value.\n%s\n' "$1" "$usage" >&2; exit 2; }
      case $1 in
        --data) data=$(absolute "$2") ;;
        --urls) urls=$2 ;;
        --designer) designer_urls=${2%/} ;;
        # In the environment, because a connection string may hold a password and arguments are public.
        --postgres) export Engine__Postgres=$2 ;;
      esac
      shift
      ;;
    -h | --help) printf '%s\n' "$usage"; exit 0 ;;
    *) printf 'Unknown argument %s.\n%s\n' "$1" "$usage" >&2; exit 2 ;;
  esac
  shift
done

[[ $urls =~ ^http://([^/:;]+):([0-9]+)/?$ ]] || { printf -- '--urls must look like http://127.0.0.1:5080.\n' >&2; exit 2; }
urls=${urls%/} host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}
case $host in '*' | + | 0.0.0.0) host=127.0.0.1 ;; esac

cd "$house" || exit 1
# shellcheck source=.ci/setup.sh
. .ci/setup.sh

# Ends a process group: politely, and after half a minute by force.
stop_group() {
  [ -n "$1" ] || return 0
  kill -TERM -- "-$1" 2>/dev/null || return 0
  for _ in {1..300}; do
    kill -0 -- "-$1" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null
}

stop_child() {
  stop_group "$designer"
  stop_group "$child"
}

stop() {
  trap '' INT TERM HUP
  stop_child
  exit "$1"
}
trap 'stop 130' INT
trap 'stop 143' TERM
trap 'stop 129' HUP

# As a background child, because bash runs a trap only between foreground commands.
run_child() {
  "$@" </dev/null &
  child=$!
  wait "$child"
  local code=$?
  child=
  return "$code"
}

is_listening() { (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null; }

is_ready() (
  exec 3<>"/dev/tcp/$host/$port" || exit 1
  printf 'GET /health/ready HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$host" >&3
  read -r -t 5 answer <&3 && cat <&3 >/dev/null
  [[ $answer == *" 200 "* ]]
) 2>/dev/null

need_dotnet
has_javascriptcore || install libjavascriptcoregtk-4.1-0
# Without Chromium everything works but the PDF of forms, so its absence stops nobody.
if ! has_chromium; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    install chromium fonts-liberation2
  else
    say "Forms can be printed as pages but not as PDF; for that install Chromium: apt-get install -y chromium fonts-liberation2"
  fi
fi
is_listening && refuse "Something already listens on $urls; choose another address with --urls."

say "Building ..."
command -v npm >/dev/null || refuse "Node with npm is missing (the designer needs it): install Node 20 or newer and start again."
run_child build src/Engine && run_child build src/Designer || refuse "The build failed."

mkdir -p "$data" || exit 1
engine=(dotnet src/Engine/bin/Release/net10.0/PublicService.Engine.dll --data "$data" --urls "$urls" --workflows "$house/workflows" --Studio:Origins:0 "$designer_urls")
[ -z "$demo" ] || engine+=(--demo --Wallet:Issuer "${urls%/}")
# Chromium refuses to lock its pages in as root. In production the engine has a user of its own and keeps the lock.
[ "$(id -u)" -ne 0 ] || engine+=(--Printing:Sandbox=false)
"${engine[@]}" </dev/null &
child=$!

for tries in {1..600}; do
  kill -0 "$child" 2>/dev/null || { wait "$child"; code=$?; refuse "The engine stopped while starting (exit code $code)."; }
  is_ready && break
  [ "$tries" -lt 600 ] || { say "The engine was not ready after two minutes."; stop 1; }
  sleep 0.2
done

Designer__Engine=$urls Designer__Data=$data dotnet src/Designer/bin/Release/net10.0/PublicService.Designer.dll --urls "$designer_urls" </dev/null &
designer=$!

say ""
say "API      $urls/api/v1"
say "Swagger  $urls/swagger"
say "Designer $designer_urls"
[ -z "$demo" ] || say "Demo     sign in as tiepnhan, hotich, lanhdao, vanthu, traketqua, giamsat, quantri or kythuat, password demo-Quang-Ninh"
say "Ready. Ctrl+C stops."
wait "$child"
code=$?
child=
stop_child
exit "$code"
