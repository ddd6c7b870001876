# shellcheck shell=bash
# What run.sh and test.sh both do before they start. Sourced; the caller stands in the root of the repository.

say() { printf '%s\n' "$*" >&2; }

refuse() {
  say "$*"
  exit 1
}

need_dotnet() {
  command -v dotnet >/dev/null || refuse "The .NET SDK 10 is missing: install it and start again."
  local version
  version=$(dotnet --version 2>/dev/null) || refuse "No installed .NET SDK fits global.json: install the .NET SDK 10 and start again."
  [ "${version%%.*}" -ge 10 ] || refuse "The .NET SDK is $version, but 10 is needed: install it and start again."
}

has_javascriptcore() {
  [ "$(uname)" = Darwin ] || PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q 'libjavascriptcoregtk-4\.1'
}

has_chromium() {
  command -v chromium chromium-browser google-chrome >/dev/null || [ -d /Applications/Chromium.app ] || [ -d "/Applications/Google Chrome.app" ]
}

# Installs Debian packages as root, or says how and gives up.
install() {
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    refuse "Missing on this machine; run as root: apt-get update && apt-get install -y $*"
  fi
  say "Installing $* ..."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2 ||
    refuse "apt-get could not install $*."
}

# Exactly the packages of the lock files; where a source offers other files for them, what it offers.
restore() {
  dotnet restore "$1" --locked-mode --disable-build-servers -v quiet ||
    { say "The package source differs from the lock files; restoring without them." && dotnet restore "$1" --force-evaluate --disable-build-servers -v quiet; }
}

build() {
  restore "$1" && dotnet build "$1" -c Release --no-restore --disable-build-servers --nologo -v quiet -clp:NoSummary
}
