"""Runs `bang prof PROGRAM` at a terminal of its own, presses Ctrl-C when the progress is shown, and prints all it said.

usage: terminal.py PROGRAM
"""
import os
import pty
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.execvp("bang", ["bang", "prof", sys.argv[1]])
said, pressed = b"", False
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side has closed
        break
    if not part:
        break
    said += part
    if not pressed and said.count(b"in each second") >= 2:
        os.write(terminal, b"\x03")
        pressed = True
_, status = os.waitpid(pid, 0)
sys.stdout.write(said.decode().replace("\r\n", "\n").replace("\r", "\n"))
print("exit code", os.waitstatus_to_exitcode(status))
