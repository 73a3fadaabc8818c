"""Ends sweeps in the middle, in several ways, and goes on with them.

usage: interrupted.py KERNEL FOLDER killed|interrupted|ranks
"""
import os
import signal
import sqlite3
import subprocess
import sys
import time

KERNEL, FOLDER, WAY = sys.argv[1:]
DATABASE = os.path.join(FOLDER, "db")
POINTS = 8
COMMAND = ["bang", "tune", KERNEL, "--param", f"TILE=64..{64 * 2 ** (POINTS - 1)}*2", "--db", DATABASE, "--lease", "600"]
MPIRUN = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--mca", "btl", "self,vader", "-np", "3"]


def rows(columns, where="true"):
    if not os.path.exists(DATABASE):
        return []
    try:
        with sqlite3.connect(DATABASE) as connection:
            return connection.execute(f"SELECT {columns} FROM points WHERE {where}").fetchall()
    except sqlite3.OperationalError:
        return []  # it has no tables yet


def wait_for(condition, process):
    until = time.monotonic() + 300
    while not condition():
        if process.poll() is not None or time.monotonic() > until:
            sys.exit(f"the sweep ended, or nothing happened, before it could be stopped: {process.poll()}")
        time.sleep(0.02)


def own_tune(pid):
    """Of the ranks below mpirun one bang-tune that is at work."""
    owners = [int(owner.split("/")[-2]) for owner, in rows("owner", "state = 'claimed'")]
    return owners[0] if owners else None


def main():
    several = WAY == "ranks"
    process = subprocess.Popen((MPIRUN if several else []) + COMMAND + ["-j", "1"], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
    # Two points are done and a third is at work.
    wait_for(lambda: len(rows("key", "state = 'done'")) >= 2 and own_tune(process.pid), process)
    victim = own_tune(process.pid) if several else process.pid
    os.kill(victim or process.pid, signal.SIGINT if WAY == "interrupted" else signal.SIGKILL)
    output = process.communicate(timeout=300)[0]
    before = dict(rows("key, finished", "state = 'done'"))
    claimed = len(rows("key", "state = 'claimed'"))
    print(f"stopped with {'nothing' if not before else 'some'} done"
          f"{', all done' if len(before) == POINTS else ''}, exit code {process.returncode if not several else 'of mpirun'}")
    if WAY == "interrupted":
        print(f"{claimed} claims left")
        print(output.strip().split("\n")[-1])

    # A lease of ten minutes would keep the point of the dead process away; but it was a process here, and is gone.
    again = subprocess.run((MPIRUN if several else []) + COMMAND, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           text=True, timeout=300)
    after = dict(rows("key, finished", "state = 'done'"))
    print(f"then exit code {again.returncode}, {len(after)} of {POINTS} done")
    print(f"{sum(after.get(key) != time for key, time in before.items())} of the first ones done again or lost")
    print(f"runs of each point: {sorted(set(rows('runs')))}, claims left: {len(rows('key', 'state <> ' + repr('done')))}")


main()
