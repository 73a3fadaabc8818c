"""What the commands share: the server's monitor, options, cores by their names."""
import argparse
import shlex

import lldb


def monitor(debugger, command):
    """The server's answer to a monitor command, as text."""
    result = lldb.SBCommandReturnObject()
    debugger.GetCommandInterpreter().HandleCommand("process plugin packet monitor " + command, result, False)
    return (result.GetOutput() or "").split("  packet: ")[0] if result.Succeeded() else ""


def parse(parser, command, result):
    """The options of a command, or None with a message in `result`."""
    try:
        return parser.parse_args(shlex.split(command))
    except (argparse.ArgumentError, ValueError) as error:
        result.SetError(str(error))
    except SystemExit:
        result.SetError(parser.format_usage().strip())
    return None


class Parser(argparse.ArgumentParser):
    """argparse without a way out of lldb."""

    def error(self, message):
        raise argparse.ArgumentError(None, message)


def find_thread(process, words):
    """The thread that "task 6" or "[cluster 1] core 2" or "cluster 1 memory core" names."""
    wanted = dict(zip(words[::2], words[1::2])) if "memory" not in words else None
    for thread in process:
        name = thread.GetName() or ""
        if wanted is None:
            if name.startswith(" ".join(words)):
                return thread
            continue
        parts = name.replace("memory core", "memory").split()
        have = {parts[i]: parts[i + 1] for i in range(len(parts) - 1)}
        if "memory" not in parts and all(have.get(key) == value for key, value in wanted.items()):
            return thread
    return None
