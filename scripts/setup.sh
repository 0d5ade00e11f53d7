# Det som scripts/run och scripts/test har gemensamt: miljön i .venv/ och Debians paket. Läses in med `source`.
# shellcheck shell=bash

VENV=.venv
STAMP=$VENV/.installed # the key of `stamp_key`, then each extra that is installed, a line each
TRIED=$VENV/.tried     # what could not be had: not tried again until something else is installed
APT_UPDATED=

# set_up EXTRAS PACKAGE...: the environment with the extras of pyproject.toml (a,b), and the Debian packages.
set_up() {
  local extras=$1
  shift
  ensure_environment "$extras"
  ensure_packages "$@"
  if ! present graphviz; then ensure_other_dot; fi
}

say() { printf '%s\n' "$@" >&2; }

stop() {
  say "$@"
  exit 2
}

# --- Python ---

ensure_environment() {
  local extras=$1 python
  if installed "$extras"; then return; fi
  if ! usable; then
    python=$(find_python)
    ensure_venv_module "$python"
    say "Skapar $VENV/ med $("$python" --version) …"
    "$python" -m venv --clear "$VENV" || stop "Det gick inte att skapa $VENV/."
  fi
  say "Installerar Modulkarta i $VENV/. Första gången tar det någon minut …"
  install_extras "$extras" || stop "Installationen gick inte, se ovan. Nås nätet? Försök sedan igen."
  stamp_key >"$STAMP"
  printf '%s\n' "${extras//,/$'\n'}" >>"$STAMP"
  rm -f "$TRIED"
}

# Is everything there since an earlier run?
installed() {
  local extra key
  [[ -x $VENV/bin/modulkarta && -f $STAMP ]] || return 1
  read -r key <"$STAMP" || return 1
  [[ $key == "$(stamp_key)" ]] || return 1
  for extra in ${1//,/ }; do
    grep -qx -- "$extra" "$STAMP" || return 1
  done
}

# What is installed holds as long as these stay: the project's file, the version of Python, the folder.
stamp_key() {
  "$VENV/bin/python" -c '
import hashlib, os, sys
print(hashlib.sha256(open("pyproject.toml", "rb").read()).hexdigest(), *sys.version_info[:3], os.getcwd())' 2>/dev/null
}

# An environment that is whole and has not been moved: its commands hold the folder they were made in.
usable() {
  new_enough "$VENV/bin/python" && "$VENV/bin/python" -c 'import pip' 2>/dev/null || return 1
  [[ ! -f $STAMP ]] || [[ $(head -n 1 "$STAMP") == *" $PWD" ]]
}

new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# The first Python that is new enough, one that can make an environment before one that cannot.
find_python() {
  local name old='' second=''
  for name in python3 python3.13 python3.12 python3.11; do
    if ! command -v "$name" >/dev/null; then continue; fi
    if ! new_enough "$name"; then
      old=${old:-$("$name" --version 2>&1 | head -n 1)}
    elif can_make_environment "$name"; then
      printf '%s\n' "$name"
      return
    else
      second=${second:-$name}
    fi
  done
  [[ -n $second ]] || stop "Modulkarta behöver Python 3.11 eller nyare. Här finns ${old:-ingen Python}." \
    "I Debian 12, Ubuntu 24.04 och nyare: sudo apt-get install python3 python3-venv"
  printf '%s\n' "$second"
}

can_make_environment() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

ensure_venv_module() {
  local package=${1##*/}-venv
  if can_make_environment "$1"; then return; fi
  if install_package "$package" && can_make_environment "$1"; then return; fi
  stop "Python saknar modulen venv. Kör det här, och sedan samma kommando igen:" \
    "  sudo apt-get update && sudo apt-get install $package"
}

install_extras() {
  PIP_ROOT_USER_ACTION=ignore "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --editable ".[$1]" </dev/null >&2 || return
  # as pip does with what it copies, so that nothing starts slowly where Python may not write beside its files
  "$VENV/bin/python" -m compileall -q modulkarta webapp >&2 || true
}

# --- Debian's packages ---

ensure_packages() {
  local package missing=()
  for package in "$@"; do
    if present "$package"; then continue; fi
    if tried "$package" || ! install_package "$package" || ! present "$package"; then
      missing+=("$package")
      note_tried "$package"
    fi
  done
  [[ ${#missing[@]} -eq 0 ]] || say "Saknas: ${missing[*]}. Kör: sudo apt-get install ${missing[*]}"
}

# Is what a package is wanted for there, wherever it came from?
present() {
  case $1 in
    graphviz) command -v dot ;;
    chromium) command -v chromium || command -v chromium-browser ;;
    fonts-liberation) has_font ;;
    libreoffice-writer-nogui) command -v soffice ;;
    poppler-utils) command -v pdftotext ;;
    *) command -v "$1" ;;
  esac >/dev/null
}

# A font with the widths of Arial, which the figures are laid out for.
has_font() {
  local folder fonts
  if command -v fc-list >/dev/null; then
    fonts=$(fc-list : family 2>/dev/null)
    if [[ $fonts =~ (Arial|Liberation Sans|Arimo) ]]; then return; fi
  fi
  for folder in /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts; do
    fonts=$(find "$folder" -iname 'LiberationSans-Regular.*' -o -iname 'Arimo*.ttf' -o -iname 'Arial.ttf' 2>/dev/null)
    if [[ -n $fonts ]]; then return; fi
  done
  return 1
}

install_package() {
  command -v apt-get >/dev/null && may_install || return 1
  say "Installerar paketet $1 …"
  if [[ -z $APT_UPDATED ]]; then
    APT_UPDATED=yes
    apt_get update || true
  fi
  apt_get install --yes --no-install-recommends "$1"
}

may_install() { [[ $EUID -eq 0 ]] || { command -v sudo && sudo -n true; } >/dev/null 2>&1; }

# Says nothing unless it fails.
apt_get() {
  local said command=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@")
  [[ $EUID -eq 0 ]] || command=(sudo -n "${command[@]}")
  said=$("${command[@]}" </dev/null 2>&1) || { say "$said" && return 1; }
}

# Without Graphviz's own `dot`: the engine that comes as a Python package.
ensure_other_dot() {
  if installed dot || tried dot; then return; fi
  if install_extras dot; then
    printf 'dot\n' >>"$STAMP"
  else
    note_tried dot
    say "Bilder av relationer visas som tabeller tills Graphviz finns."
  fi
}

# A browser to try pages in. The one without windows takes two thirds of the time; not every system has it.
ensure_browser() {
  local quick=chromium-headless-shell
  if present $quick; then return; fi
  if ! tried $quick; then
    if install_package $quick; then return; fi
    note_tried $quick
    say "Utan $quick prövas sidorna i chromium, vilket tar längre tid."
  fi
  ensure_packages chromium
}

# A web server to try the examples of docs/operations/ with. It is only unpacked: installed, it would begin to answer.
ensure_nginx() {
  local place=$PWD/$VENV/nginx
  if [[ -f $place/etc/nginx/mime.types ]] || installed_nginx || tried nginx; then return; fi
  mkdir -p "$place"
  if (cd "$place" && unpacked nginx nginx-common && usr/sbin/nginx -v) >/dev/null 2>&1; then
    say "Packade upp nginx i $VENV/nginx/."
  else
    note_tried nginx
    say "Utan nginx hoppas proven av docs/operations/nginx.conf över. Kör: sudo apt-get install nginx-light"
  fi
}

# Debian has the server and what it reads in two packages; the second may stay when the first is taken away.
installed_nginx() { PATH=$PATH:/usr/sbin command -v nginx >/dev/null && [[ -f /etc/nginx/mime.types ]]; }

# unpacked PACKAGE...: what is in Debian packages, here and without installing them.
unpacked() {
  local name
  for name; do apt-get -qq download "$name" && dpkg-deb -x "$name"_*.deb . || return; done
}

# --- npm ---

# ensure_node NAME@VERSION: a program for Node in .venv/node/; said once where it cannot be had.
ensure_node() {
  local place=$VENV/node
  if [[ -d $place/node_modules/${1%@*} ]] || tried "$1"; then return; fi
  if command -v npm >/dev/null && npm install --prefix "$place" --no-audit --no-fund --silent "$1" </dev/null >&2; then
    say "Installerade $1 i $place/."
  else
    note_tried "$1"
    say "Utan $1 hoppas proven av scheman i en riktig editor över."
  fi
}

tried() { [[ -f $TRIED ]] && grep -qx -- "$1" "$TRIED"; }

note_tried() { tried "$1" || printf '%s\n' "$1" >>"$TRIED"; }
