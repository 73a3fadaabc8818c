# run.sh: what the `run` scripts of samples share; they source it with their own path and their arguments. --help prints
# the comment at the script's head. Afterwards
#   root  is the folder of this clone
#   work  is the folder for everything that is made: build/NAME of the clone, or NAME in the folder that SAMPLES_OUT names
# and bangcc is in PATH: the one that was there, or that of this clone, which is built if it is not yet.
case "${2:-}" in
-h | --help)
  sed -n '2,/^[^#]/s/^# //p' "$1"
  exit 0
  ;;
esac
# For scripts that have no use for arguments.
takes_no_arguments() {
  if [ $# -gt 0 ]; then
    echo "found the argument '$1', but this script takes none; --help says what it does" >&2
    exit 1
  fi
}
here=$(cd "$(dirname "$1")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
PATH=$PATH:$root/build/release/bin:$root/build/dev/bin
if ! command -v bangcc >/dev/null; then
  "$root/scripts/build"
fi
work=${SAMPLES_OUT:-$root/build}/$(basename "$here")
mkdir -p "$work"
work=$(cd "$work" && pwd)
