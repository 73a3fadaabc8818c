#!/usr/bin/env python3
"""Plays an editor that goes back: a data breakpoint, steps back, runs back to who wrote, and forward again.

usage: dap_back.py ADAPTER SCRIPT PROGRAM SOURCE LINE
"""
import sys

from dap_client import Editor

adapter, script, program, source, line = sys.argv[1:]
editor = Editor([sys.executable, adapter])
able = editor.open(script, program, source, line)
print("steps back:", able.get("supportsStepBack"))
thread, frame = editor.show_stop()
buf = editor.locals(frame).get("buf")
print("buf[5]", editor.ask("evaluate", expression="buf[5]", frameId=frame, context="watch")["result"])
editor.ask("setBreakpoints", source={"path": source}, breakpoints=[])
editor.ask("stepBack", threadId=thread)
thread, frame = editor.show_stop()
editor.ask("stepBack", threadId=thread)
thread, frame = editor.show_stop()
print("buf[5]", editor.ask("evaluate", expression="buf[5]", frameId=frame, context="watch")["result"])
scopes = editor.ask("scopes", frameId=frame)["scopes"]
info = None
for scope in scopes:
    for variable in editor.ask("variables", variablesReference=scope["variablesReference"])["variables"]:
        if variable["name"] == "sum":
            info = editor.ask("dataBreakpointInfo", variablesReference=scope["variablesReference"], name="sum")
print("data breakpoint possible:", bool(info and info.get("dataId")))
editor.ask("setDataBreakpoints", breakpoints=[{"dataId": info["dataId"], "accessType": "write"}])
editor.ask("reverseContinue", threadId=thread)
thread, frame = editor.show_stop()
print("sum", editor.locals(frame)["sum"]["value"])
editor.ask("setDataBreakpoints", breakpoints=[])
editor.ask("next", threadId=thread)
editor.show_stop()
editor.close()
