"""Runs a command whose address space is limited: limited.py <megabytes> <command...>; prints output and exit code."""
import resource
import subprocess
import sys

limit = int(sys.argv[1]) << 20
process = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
                         preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
print(process.stdout, end="")
print(f"exit code {process.returncode}")
