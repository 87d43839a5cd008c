# shellcheck shell=sh
# Sourced by ./demo and ./test, from the top of the checkout: makes .venv and installs what a hashed list names.

APT_PACKAGES='python3 python3-venv'

say() { printf '%s\n' "$*" >&2; }

# Installs Debian packages when we may; says which command does it when we may not.
need_apt() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing $APT_PACKAGES ..."
        # shellcheck disable=SC2086 # a list of packages
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $APT_PACKAGES >/dev/null && return 0
    fi
    say "$1"
    say "On Debian or Ubuntu:  sudo apt-get install $APT_PACKAGES"
    say "Then run the same command again."
    exit 1
}

# The first Python that is new enough; empty when there is none.
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

# A .venv that runs, with pip in it. One that is there already is kept.
make_venv() {
    if .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip -q 2>/dev/null || rm -rf .venv
    fi
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    python=$(find_python)
    if [ -z "$python" ]; then
        need_apt 'kryds needs Python 3.11 or newer, and found none.'
        python=$(find_python)
        [ -n "$python" ] || { say 'The Python of this system is older than 3.11; install a newer one.'; exit 1; }
    fi
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        need_apt "$python cannot make a virtual environment: its venv part is missing."
        rm -rf .venv
        "$python" -m venv .venv
    fi
}

# Installs with uv where it can be had (ten times as fast), with pip where it cannot; both check every hash.
install() {
    python=.venv/bin/python
    $python -m uv --version >/dev/null 2>&1 ||
        $python -m pip install -q --disable-pip-version-check --require-hashes -r .ci/requirements-uv.txt 2>/dev/null || true
    if $python -m uv pip install -q --compile-bytecode --python $python --require-hashes -r "$1" 2>/dev/null; then
        $python -m uv pip install -q --python $python --no-deps --no-build-isolation -e . && return
    fi
    $python -m pip install -q --disable-pip-version-check --require-hashes -r "$1"
    $python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
}

# $1: the list to install. Does nothing when the same list was installed here before.
prepare() {
    make_venv
    stamp=".venv/installed-$(basename "$1")"
    wanted=$({ pwd; .venv/bin/python -V; cat "$1" pyproject.toml setup.py; } | cksum)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        say 'Installing what kryds needs into .venv (once) ...'
        install "$1"
        printf '%s\n' "$wanted" >"$stamp"
    fi
}
