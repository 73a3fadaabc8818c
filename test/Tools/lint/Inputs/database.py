"""Writes compile_commands.json with one command: FOLDER FILE ARGUMENT..."""
import json
import os
import sys

with open(os.path.join(sys.argv[1], "compile_commands.json"), "w", encoding="utf-8") as out:
    json.dump([{"directory": sys.argv[1], "file": sys.argv[2], "arguments": sys.argv[3:]}], out)
