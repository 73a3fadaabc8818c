"""The editor's side of the Debug Adapter Protocol, for tests."""
import json
import os
import subprocess
import sys


class Editor:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.number = 0
        self.events = []

    def send(self, command, arguments):
        self.number += 1
        text = json.dumps({"seq": self.number, "type": "request", "command": command, "arguments": arguments}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        self.process.stdin.flush()
        return self.number

    def receive(self):
        length = 0
        while True:
            header = self.process.stdout.readline()
            if not header:
                sys.exit("the adapter is gone")
            if header == b"\r\n":
                return json.loads(self.process.stdout.read(length))
            if header.startswith(b"Content-Length:"):
                length = int(header.split(b":")[1])

    def answer(self, sequence):
        """The body of the answer to a request; events on the way are kept."""
        while True:
            message = self.receive()
            if message["type"] == "event":
                self.events.append(message)
            elif message["type"] == "response" and message["request_seq"] == sequence:
                if not message["success"]:
                    sys.exit("%s failed: %s" % (message["command"], message.get("message") or message.get("body")))
                return message.get("body") or {}

    def ask(self, command, **arguments):
        return self.answer(self.send(command, arguments))

    def wait_for(self, name):
        while True:
            for event in self.events:
                if event["event"] == name:
                    self.events.remove(event)
                    return event.get("body", {})
            message = self.receive()
            if message["type"] == "event":
                self.events.append(message)

    def show_stop(self):
        """Where the stopped thread is; returns it and its top frame."""
        stop = self.wait_for("stopped")
        if stop["reason"] == "exception":  # the start of the kernel; the adapter goes on by itself, and may not tell it
            stop = self.wait_for("stopped")
        names = {thread["id"]: thread["name"] for thread in self.ask("threads")["threads"]}
        frame = self.ask("stackTrace", threadId=stop["threadId"], levels=1)["stackFrames"][0]
        print("stopped: %s, %s:%d, %s" % (stop["reason"], os.path.basename(frame["source"]["path"]), frame["line"],
                                          names[stop["threadId"]]))
        return stop["threadId"], frame["id"]

    def locals(self, frame):
        scopes = {scope["name"]: scope["variablesReference"] for scope in self.ask("scopes", frameId=frame)["scopes"]}
        return {v["name"]: v for v in self.ask("variables", variablesReference=scopes["Locals"])["variables"]}

    def open(self, script, program, source, line):
        """Starts the program with a breakpoint; returns what the adapter can do."""
        able = self.ask("initialize", adapterID="test", linesStartAt1=True, columnsStartAt1=True, pathFormat="path")
        self.send("attach", {"initCommands": ["command script import " + script],
                             "attachCommands": ["bang start " + program], "stopOnEntry": False})
        self.wait_for("initialized")
        found = self.ask("setBreakpoints", source={"path": source}, breakpoints=[{"line": int(line)}])["breakpoints"]
        print("breakpoint verified:", found[0]["verified"])
        self.ask("configurationDone")
        return able

    def close(self):
        self.ask("disconnect", terminateDebuggee=False)
        self.process.wait(30)
        print("left")
