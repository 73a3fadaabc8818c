#!/usr/bin/env python3
"""Plays an editor: a session with lldb-dap over the Debug Adapter Protocol, printed for FileCheck.

usage: dap.py LLDB_DAP SCRIPT PROGRAM SOURCE LINE
"""
import sys

from dap_client import Editor

adapter, script, program, source, line = sys.argv[1:]
editor = Editor([adapter])
editor.open(script, program, source, line)
for core in range(4):
    thread, frame = editor.show_stop()
    values = {name: v["value"] for name, v in editor.locals(frame).items()}
    print("  sum", values["sum"], "base", values["base"])
    print("  h[3]", editor.ask("evaluate", expression="h[3]", frameId=frame, context="watch")["result"])
    if core == 0:
        editor.ask("next", threadId=thread)
        editor.show_stop()
    editor.ask("continue", threadId=thread)
editor.close()
