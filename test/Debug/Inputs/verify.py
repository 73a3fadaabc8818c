#!/usr/bin/env python3
"""Runs llvm-dwarfdump --verify on the device image of each source, compiled with -O0 -g and -O2 -g.

usage: verify.py FOLDER DWARFDUMP SOURCE...   (sources are relative to FOLDER/samples, or absolute)
"""
import os
import subprocess
import sys

folder, dwarfdump, *sources = sys.argv[1:]
good = all_ = 0
for source in sources:
    for level in ("-O0", "-O2"):
        image = os.path.join(folder, "image%d.elf" % all_)
        all_ += 1
        subprocess.run(["bangcc", level, "-g", "--bang-device-only", "--bang-mlu-arch=mtp_372", os.path.join(folder, "samples", source),
                        "-o", image], check=True)
        run = subprocess.run([dwarfdump, "--verify", image], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        good += run.returncode == 0
        print("%s: %s %s" % ("FAIL" if run.returncode else "PASS", level, source))
        if run.returncode:
            print(run.stdout)
print("%d of %d images are well formed" % (good, all_))
