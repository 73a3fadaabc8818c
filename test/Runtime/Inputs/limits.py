"""Runs a program whose kernel does not end under many limits of instructions: limits.py <program>"""
import os
import subprocess
import sys

limits = [*range(900, 1300, 7), *range(4000, 4200, 9)]
for limit in limits:
    run = subprocess.run([sys.argv[1]], env=dict(os.environ, BANG_MAX_INSTRUCTIONS=str(limit), BANG_HOST_THREADS="2"),
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
    if run.returncode or "instruction limit reached" not in run.stdout:
        sys.exit(f"limit {limit}: exit code {run.returncode}\n{run.stdout}")
print(f"{len(limits)} limits, each ended the launch")
