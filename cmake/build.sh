# Sourced by ./bgproof and ./test, from the root of the project: installs what is missing from Debian and builds a preset. All
# that it says goes to stderr; logs of a failed step are shown, others are not.

say() { printf 'bgproof: %s\n' "$*" >&2; }

fail() {
  say "$1"
  if [ -n "${2:-}" ] && [ -s "$2" ]; then tail -n "${3:-40}" "$2" >&2; fi
  exit 70
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    fail "root or sudo is needed to install packages; as root: apt-get install $missing"
  fi
}

# Packages of a list that are not installed.
missing_packages() {
  local wanted
  wanted=$(grep -v '^#' "$1")
  # shellcheck disable=SC2086
  dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2> /dev/null | sed -n 's/^installed //p' | sort -u |
    comm -13 - <(printf '%s\n' $wanted | sort -u) | tr '\n' ' '
}

# Passes a step's output on as one line that is rewritten on a terminal, and as a line at each tenth otherwise.
# stdin: lines with "[done/all]"; $1: what is being done.
show_progress() {
  local line last=-1 tenth
  while IFS= read -r line; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
      local done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
      tenth=$((done * 10 / all))
      if [ -t 2 ]; then
        printf '\r\033[Kbgproof: %s [%d/%d]' "$1" "$done" "$all" >&2
      elif [ "$tenth" != "$last" ]; then
        say "$1 [$done/$all]"
      fi
      last=$tenth
    fi
  done
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

# install_packages [LIST]
install_packages() {
  missing=$(missing_packages "${1:-cmake/packages.txt}")
  [ -n "$missing" ] || return 0
  command -v apt-get > /dev/null || fail "these Debian packages are needed: $missing"
  local count log
  count=$(wc -w <<< "$missing")
  mkdir -p build
  log=build/install.log
  say "installing $count packages from Debian: $missing"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q > "$log" 2>&1 < /dev/null ||
    say "the package lists could not be refreshed; going on with those that are there"
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 $missing \
    >> "$log" 2>&1 < /dev/null &
  local apt=$! shown=-1 now
  while kill -0 "$apt" 2> /dev/null; do
    now=$(grep -c '^Setting up ' "$log")
    if [ -t 2 ]; then
      printf '\r\033[Kbgproof: installing, %d packages set up' "$now" >&2
    elif [ $((now / 50)) != "$shown" ]; then
      say "installing, $now packages set up"
      shown=$((now / 50))
    fi
    sleep 1
  done
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
  wait "$apt" || fail "apt-get could not install: $missing" "$log"
  say "installed"
}

# build PRESET TARGET...
build() {
  local preset=$1
  shift
  local directory=build/$preset log=build/$preset.log
  mkdir -p build
  exec 8> "$directory.lock" # one build at a time in one directory
  flock 8
  if [ ! -f "$directory/build.ninja" ] || ! grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$directory/CMakeCache.txt"; then
    install_packages
    rm -rf "$directory"
    say "configuring $directory"
    cmake --preset "$preset" > "$log" 2>&1 < /dev/null || fail "cmake failed:" "$log"
  fi
  NINJA_STATUS='[%f/%t] ' ninja -C "$directory" "$@" 2>&1 < /dev/null | tee "$log" | show_progress "building $directory"
  [ "${PIPESTATUS[0]}" = 0 ] || fail "the build failed:" "$log" 60
  exec 8>&-
}
