#!/usr/bin/env python3
"""Plays an editor that starts what .vscode/launch.json here joins: the host half of a program and its kernels.

usage: dap_compound.py LLDB_DAP SOURCE HOST_LINE KERNEL_LINE
"""
import json
import sys

from dap_client import Editor

lldb_dap, source, host_line, kernel_line = sys.argv[1:]
with open(".vscode/launch.json", encoding="utf-8") as file:
    written = json.load(file)
configurations = {c["name"]: c for c in written["configurations"]}
joined = [configurations[name] for name in written["compounds"][0]["configurations"]]
host_settings, kernel_settings = joined
host, kernels = Editor([lldb_dap]), Editor([kernel_settings["debugAdapterExecutable"]])


def begin(editor, settings):
    editor.ask("initialize", adapterID="test", linesStartAt1=True, columnsStartAt1=True, pathFormat="path")
    settings = {key: value for key, value in settings.items() if key not in ("name", "type", "request", "cwd")}
    return settings


def set_breakpoint(editor, line):
    editor.wait_for("initialized")
    editor.ask("setBreakpoints", source={"path": source}, breakpoints=[{"line": int(line)}])
    editor.ask("configurationDone")


kernels.send("attach", begin(kernels, kernel_settings))  # waits for a kernel
host.send("launch", begin(host, host_settings))
set_breakpoint(host, host_line)
thread = host.wait_for("stopped")["threadId"]
frame = host.ask("stackTrace", threadId=thread, levels=1)["stackFrames"][0]
print("host stopped: line", frame["line"], "in", frame["name"])
host.ask("continue", threadId=thread)
set_breakpoint(kernels, kernel_line)
thread, frame = kernels.show_stop()
print("  base", kernels.locals(frame)["base"]["value"])
kernels.close()
print("host exited:", host.wait_for("exited")["exitCode"])
host.ask("disconnect")
host.process.wait(30)
