"""Says which programs and libraries of an installed tree a list of build commands does not make. Usage: tree commands"""
import pathlib
import sys

tree, commands = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text()
files = [f for folder in ("bin", "lib64") for f in sorted((tree / folder).iterdir()) if f.is_file() and not f.is_symlink()]
linked = [f for f in files if f.read_bytes()[:4] == b"\x7fELF"]
missing = [f.name for f in linked if f" -o {f.parent.name}/{f.name} " not in commands]
if missing or len(linked) < 10:
    sys.exit(f"{len(linked)} programs and libraries are installed, openbang_user does not build: {' '.join(missing)}")
