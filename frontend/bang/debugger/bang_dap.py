#!/usr/bin/env python3
"""lldb-dap with the way back: an adapter between an editor and lldb-dap, which knows no reverse requests.

Everything goes through unchanged but these: the answer to `initialize` says that stepping back is possible, and
`stepBack` and `reverseContinue` become the commands `bang back` and `bang back run` (bang_stops.py).
"""
import json
import os
import shutil
import subprocess
import sys
import threading

FIRST_OWN = 1 << 30  # numbers of requests of ours
WAYS = {("stepBack", "instruction"): "instruction", ("stepBack", "line"): "over", ("stepBack", "statement"): "over"}


def read_message(stream):
    """The next message, or None at the end."""
    length = None
    while True:
        header = stream.readline()
        if not header:
            return None
        if header in (b"\r\n", b"\n"):
            if length is not None:
                return json.loads(stream.read(length))
        elif header.lower().startswith(b"content-length:"):
            length = int(header.split(b":")[1])


class Pipe:
    """Writes messages of several threads to a stream."""

    def __init__(self, stream):
        self.stream, self.lock = stream, threading.Lock()

    def send(self, message):
        text = json.dumps(message).encode()
        with self.lock:
            self.stream.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
            self.stream.flush()


class Adapter:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.editor, self.lldb = Pipe(sys.stdout.buffer), Pipe(self.process.stdin)
        self.own = FIRST_OWN
        self.waiting = {}  # number of a request of ours: the editor's request that it answers

    def back(self, request):
        arguments = request.get("arguments") or {}
        granularity = arguments.get("granularity") or "statement"
        way = WAYS.get((request["command"], granularity), "run")
        self.own += 1
        self.waiting[self.own] = request
        self.lldb.send({"seq": self.own, "type": "request", "command": "evaluate",
                        "arguments": {"expression": "`bang back " + way, "context": "repl"}})

    def from_editor(self):
        while (message := read_message(sys.stdin.buffer)) is not None:
            if message.get("type") == "request" and message.get("command") in ("stepBack", "reverseContinue"):
                self.back(message)
            else:
                self.lldb.send(message)
        self.process.stdin.close()

    def from_lldb(self):
        while (message := read_message(self.process.stdout)) is not None:
            if message.get("type") == "response":
                request = self.waiting.pop(message.get("request_seq"), None)
                if request is not None:
                    self.editor.send({"seq": 0, "type": "response", "request_seq": request["seq"],
                                      "command": request["command"], "success": message.get("success", False),
                                      "message": message.get("message", ""), "body": {"allThreadsContinued": True}})
                    continue
                if message.get("command") == "initialize" and message.get("success"):
                    message.setdefault("body", {})["supportsStepBack"] = True
            self.editor.send(message)


def main():
    found = shutil.which("lldb-dap-22") or shutil.which("lldb-dap")
    if not found:
        sys.exit("bang_dap: lldb-dap is not installed; 'apt install lldb-22' brings it")
    adapter = Adapter([found] + sys.argv[1:])
    threading.Thread(target=adapter.from_editor, daemon=True).start()
    adapter.from_lldb()
    sys.stdout.flush()
    os._exit(adapter.process.wait())  # the other thread may wait for the editor


if __name__ == "__main__":
    main()
