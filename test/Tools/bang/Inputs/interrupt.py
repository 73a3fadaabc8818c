"""Starts a command, sends it a signal when its program says that it begins, and prints its output and exit code.

usage: interrupt.py INT|TERM <command...>   (to the whole process group, as a terminal does)
       interrupt.py kill-INT <command...>   (to the first process alone)
"""
import os
import signal
import subprocess
import sys
import threading
import time

how, command = sys.argv[1], sys.argv[2:]
number = getattr(signal, "SIG" + how.removeprefix("kill-"))
process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                           start_new_session=True, preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
timer = threading.Timer(120, lambda: os.killpg(process.pid, signal.SIGKILL))  # a program that does not end fails
timer.start()
lines = []
for line in process.stdout:
    lines.append(line)
    if "begin" in line:
        time.sleep(1.0)  # until the kernel runs
        if how.startswith("kill-"):
            os.kill(process.pid, number)
        else:
            os.killpg(process.pid, number)
process.wait()
timer.cancel()
sys.stdout.write("".join(lines))
code = process.returncode
print(f"exit code {code if code >= 0 else 128 - code}")
