# shellcheck shell=bash
# Sourced by the other scripts: where things are, and the few functions they share.
#
# Gives $root, $RN_CACHE and rn_say, rn_die, rn_step, rn_uv, rn_python, rn_venv.
# Changes nothing on the system: all that is made lies in $RN_CACHE, with links in $root.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

rn_say() { printf '%s\n' "$*" >&2; }
rn_die() {
    rn_say "error: $*"
    exit 1
}

RN_CACHE=${RN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/reliable-notifications}
mkdir -p "$RN_CACHE" 2>/dev/null && [ -w "$RN_CACHE" ] ||
    rn_die "cannot write to $RN_CACHE: set RN_CACHE to a folder that you may write to"
RN_CACHE=$(cd "$RN_CACHE" && pwd -P)
export RN_CACHE UV_CACHE_DIR=${UV_CACHE_DIR:-$RN_CACHE/uv-cache}
# provision-python decides about interpreters; uv must not fetch one behind its back
export UV_PYTHON_DOWNLOADS=manual
# without bytecode every start compiles all of Home Assistant again (8 s instead of 3 s)
unset PYTHONDONTWRITEBYTECODE
# a private wheel folder or another environment must not decide what is installed or imported
unset PIP_FIND_LINKS UV_FIND_LINKS VIRTUAL_ENV PYTHONPATH PYTHONHOME
# uv brings a list of authorities of its own; a proxy's or a company's is in the system's
if [ -z "${SSL_CERT_FILE:-}" ] && [ -s /etc/ssl/certs/ca-certificates.crt ]; then
    export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
fi

rn_now() { local now=${EPOCHREALTIME:-$(date +%s)}; printf '%s\n' "${now/,/.}"; }
rn_seconds_since() { awk -v a="$1" -v b="$(rn_now)" 'BEGIN { printf "%.1f", b - a }'; }

# run a command; say what it is for and how long it took
rn_step() {
    local what=$1 start
    start=$(rn_now)
    shift
    rn_say "-> $what"
    "$@" || return
    rn_say "   done in $(rn_seconds_since "$start") s"
}

# hold a lock in the cache while a command runs, so that two set-ups do not build one thing twice
rn_locked() {
    local name=$1
    shift
    # shellcheck disable=SC2015 # both branches end the function
    if command -v flock >/dev/null; then
        (flock -w 900 9 || rn_die "another run has held $RN_CACHE/.$name.lock for 15 minutes" && "$@") 9>"$RN_CACHE/.$name.lock"
    else
        "$@"
    fi
}

# the Python that a Home Assistant asks for (its REQUIRED_PYTHON_VER)
rn_minimum_python() {
    case $1 in
        3.13) echo 3.13.2 ;;
        3.14) echo 3.14.2 ;;
        *) rn_die "no Python $1 is known here" ;;
    esac
}
# the legs, and the Python of each
rn_legs="ha-2026.11 engine ha-2026.10 ha-2025.6"
rn_leg_python() {
    case $1 in
        ha-2025.*) echo 3.13 ;;
        *) echo 3.14 ;;
    esac
}

# print the path of uv: the one on PATH, else one of our own, fetched with pip
rn_uv() {
    if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
        command -v uv
    elif [ -x "$RN_CACHE/uv/bin/uv" ]; then
        printf '%s\n' "$RN_CACHE/uv/bin/uv"
    elif python3 -m pip --version >/dev/null 2>&1; then
        rn_step "uv, which is not here, into $RN_CACHE/uv" \
            python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore \
            --target "$RN_CACHE/uv" uv >&2 ||
            rn_die "pip could not install uv: check that this machine reaches a Python package index"
        printf '%s\n' "$RN_CACHE/uv/bin/uv"
    else
        rn_die "neither uv nor a python3 with pip is here: install one of them (Debian: apt install python3-pip)"
    fi
}

# print the path of an interpreter: rn_python 3.14
rn_python() { "$root/scripts/provision-python" "$(rn_minimum_python "$1")"; }

rn_lock_hash() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -c1-12
}

# rn_venv LEG: make the environment of a leg if it is not there, and link it into $root:
# .venv for the newest Home Assistant, .venv-LEG for the others.
# It is named after its lock, so that a changed lock is a new environment and checkouts share.
rn_venv() {
    local leg=$1 lock venv link
    lock=$root/requirements/$leg.lock
    [ -e "$lock" ] || rn_die "there is no $lock; known: $rn_legs"
    venv=$RN_CACHE/venv-$leg-$(rn_lock_hash "$lock")
    link=$root/.venv-$leg
    [ "$leg" != ha-2026.11 ] || link=$root/.venv
    if [ -e "$link" ] && [ ! -L "$link" ]; then
        rn_die "$link is in the way and was not made by this script: move it away"
    fi
    rn_venv_ready "$venv" || rn_locked "venv-$leg" rn_make_venv "$leg" "$lock" "$venv" || exit 1
    [ "$(readlink "$link" || true)" = "$venv" ] || ln -sfn "$venv" "$link"
}
rn_venv_ready() { [ -e "$1/.complete" ] && "$1/bin/python" -c pass 2>/dev/null; }

rn_make_venv() {
    local leg=$1 lock=$2 venv=$3 python minor uv
    rn_venv_ready "$venv" && return # the run that held the lock made it meanwhile
    minor=$(rn_leg_python "$leg")
    # every failure ends it here, whatever the caller's set -e is
    uv=$(rn_uv) || exit 1
    python=$(rn_step "a Python $minor" rn_python "$minor") || rn_die "no Python >= $(rn_minimum_python "$minor") could be found or fetched"
    rm -rf "$venv"
    "$uv" venv -q --python "$python" "$venv" || rn_die "could not make $venv"
    rn_step "install $(grep -c '==' "$lock") packages for $leg" rn_install "$uv" "$lock" "$venv/bin/python"
    : >"$venv/.complete"
}
rn_install() {
    local uv=$1 lock=$2 python=$3
    # from the cache first: where an index gives no cache lifetimes uv would ask for, and build, all of it again
    "$uv" pip install -q --offline --require-hashes --no-deps --python "$python" -r "$lock" 2>/dev/null && return
    "$uv" pip install -q --require-hashes --no-deps --python "$python" -r "$lock" && return
    command -v cc >/dev/null ||
        rn_say "hint: no C compiler here; if a package above had no wheel for this machine, install one (Debian: apt install gcc g++)"
    rn_die "could not install $lock: is a Python package index reachable?"
}
