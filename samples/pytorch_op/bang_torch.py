"""bang_torch.py: load("my.mlu") compiles kernels and their operators with bangcc and registers them in torch.ops."""
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

import torch

HERE = pathlib.Path(__file__).resolve().parent
BANGCC = os.environ.get("BANGCC", "bangcc")


def key_of(sources, flags):
    """Sources, the headers beside them, flags and compiler: when one of them changes, another library is built."""
    digest = hashlib.sha256()
    folders = sorted({path.parent for path in sources} | {HERE})
    files = list(sources) + [header for folder in folders for header in sorted(folder.glob("*.h"))]
    try:
        version = subprocess.run([BANGCC, "--version"], capture_output=True, check=True).stdout
    except OSError as error:
        sys.exit(f"cannot run {BANGCC} ({error.strerror}): put it into PATH, or name it in the variable BANGCC")
    for part in [torch.__version__.encode(), version, *[flag.encode() for flag in flags], *[path.read_bytes() for path in files]]:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]


def load(*sources, flags=()):
    """Compile .mlu and .cpp files to one library and load it; what it registers is in torch.ops from then on."""
    sources = [pathlib.Path(source).resolve() for source in sources]
    cache = pathlib.Path(os.environ.get("BANG_TORCH_CACHE") or pathlib.Path(tempfile.gettempdir()) / f"bang_torch-{os.getuid()}")
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    if cache.stat().st_uid != os.getuid():
        sys.exit(f"{cache} belongs to another user; name a folder of your own in the variable BANG_TORCH_CACHE")
    library = cache / f"{sources[0].stem}-{key_of(sources, flags)}.so"
    if not library.exists():
        print(f"compiling {', '.join(path.name for path in sources)}", flush=True)
        unfinished = library.with_suffix(f".{os.getpid()}")
        command = [BANGCC, "-O2", "-shared", "-fPIC", "-I", HERE, *flags, *sources, "-o", unfinished,
                   "-ltorch", "-ltorch_cpu", "-lc10"]
        if subprocess.run(command).returncode != 0:
            sys.exit(f"bangcc could not compile {sources[0].name}; its messages are above")
        unfinished.rename(library)  # another process sees a whole library or none
    torch.ops.load_library(str(library))
