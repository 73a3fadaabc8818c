#!/usr/bin/env python3
"""Plays an editor: a session with lldb-dap over the Debug Adapter Protocol, printed for FileCheck.

usage: dap.py LLDB_DAP SCRIPT PROGRAM SOURCE LINE
"""
import json
import os
import subprocess
import sys

adapter, script, program, source, line = sys.argv[1:]
process = subprocess.Popen([adapter], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
number = 0
events = []


def send(command, arguments):
    global number
    number += 1
    text = json.dumps({"seq": number, "type": "request", "command": command, "arguments": arguments}).encode()
    process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
    process.stdin.flush()
    return number


def receive():
    length = 0
    while True:
        header = process.stdout.readline()
        if not header:
            sys.exit("the adapter is gone")
        if header == b"\r\n":
            return json.loads(process.stdout.read(length))
        if header.startswith(b"Content-Length:"):
            length = int(header.split(b":")[1])


def answer(sequence):
    """The body of the answer to a request; events on the way are kept."""
    while True:
        message = receive()
        if message["type"] == "event":
            events.append(message)
        elif message["type"] == "response" and message["request_seq"] == sequence:
            if not message["success"]:
                sys.exit("%s failed: %s" % (message["command"], message.get("message") or message.get("body")))
            return message.get("body") or {}


def ask(command, **arguments):
    return answer(send(command, arguments))


def wait_for(name):
    while True:
        for event in events:
            if event["event"] == name:
                events.remove(event)
                return event["body"] if "body" in event else {}
        message = receive()
        if message["type"] == "event":
            events.append(message)


def show_stop():
    """Where the stopped thread is; returns its top frame."""
    stop = wait_for("stopped")
    if stop["reason"] == "exception":  # the start of the kernel; the adapter goes on by itself, and may not tell it
        stop = wait_for("stopped")
    names = {thread["id"]: thread["name"] for thread in ask("threads")["threads"]}
    frame = ask("stackTrace", threadId=stop["threadId"], levels=1)["stackFrames"][0]
    print("stopped: %s, %s:%d, %s" % (stop["reason"], os.path.basename(frame["source"]["path"]), frame["line"],
                                      names[stop["threadId"]]))
    return stop["threadId"], frame["id"]


ask("initialize", adapterID="test", linesStartAt1=True, columnsStartAt1=True, pathFormat="path")
attach = send("attach", {"initCommands": ["command script import " + script], "attachCommands": ["bang start " + program],
                         "stopOnEntry": False})
wait_for("initialized")
breakpoints = ask("setBreakpoints", source={"path": source}, breakpoints=[{"line": int(line)}])["breakpoints"]
print("breakpoint verified:", breakpoints[0]["verified"])
ask("configurationDone")
for core in range(4):
    thread, frame = show_stop()
    scopes = {scope["name"]: scope["variablesReference"] for scope in ask("scopes", frameId=frame)["scopes"]}
    values = {v["name"]: v["value"] for v in ask("variables", variablesReference=scopes["Locals"])["variables"]}
    print("  sum", values["sum"], "base", values["base"])
    print("  h[3]", ask("evaluate", expression="h[3]", frameId=frame, context="watch")["result"])
    if core == 0:
        ask("next", threadId=thread)
        show_stop()
    ask("continue", threadId=thread)
ask("disconnect", terminateDebuggee=False)
process.wait(30)
print("left")
