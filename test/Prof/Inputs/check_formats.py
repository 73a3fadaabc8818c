"""Checks the files of `bang prof` against their descriptions: check_formats.py REPORT CSV TRACE."""
import csv
import json
import sys

report_file, csv_file, trace_file = sys.argv[1:]


def expect(condition, what):
    if not condition:
        sys.exit(what)


with open(report_file, encoding="utf-8") as file:
    report = json.load(file)
expect(report["tool"] == "bang prof" and report["version"] == 1, "tool and version")
for key in ("machine", "accuracy", "device_us", "launch_us", "kernels"):
    expect(key in report, f"report has no {key}")
for kernel in report["kernels"]:
    for key in ("name", "task_type", "launches", "tasks", "instructions", "time_us", "fastest_us", "slowest_us", "cycles",
                "bound", "bound_text", "theory_io_bytes", "theory_ops", "io_efficiency", "compute_efficiency",
                "utilisation", "stalls", "bytes", "nram", "cores_used", "imbalance", "pmu", "what_if", "cores", "lines",
                "hints"):
        expect(key in kernel, f"kernel has no {key}")
    expect(kernel["fastest_us"] <= kernel["slowest_us"] <= kernel["time_us"] + 1e-9, "times of launches")
    total = sum(line["share"] for line in kernel["lines"])
    expect(abs(total - 1) < 0.01, f"shares of lines add up to {total}")
    for share in kernel["utilisation"].values():
        expect(0 <= share <= 1.0001, "utilisation is no share")
    # What a core did and where it waited fills its time up to its end.
    for core in kernel["cores"]:
        spent = core["scalar_us"] + sum(core["stalls_us"].values())
        if kernel["launches"] == 1 and kernel["task_type"] == "block" and kernel["tasks"] == kernel["cores_used"]:
            expect(abs(spent - core["end_us"]) < 1e-3 * core["end_us"] + 1e-3, f"{spent} us of {core['end_us']} us")
    expect(all(line["bytes"] >= line["off_chip_bytes"] for line in kernel["lines"] if "off_chip_bytes" in line), "bytes")

with open(csv_file, encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
lines = [(kernel["name"], line) for kernel in report["kernels"] for line in kernel["lines"]]
expect(len(rows) == len(lines), "rows of the CSV")
for row, (name, line) in zip(rows, lines):
    expect(row["kernel"] == name and int(row["line"]) == line["line"] and row["text"] == line["text"], "a row of the CSV")

# The Chrome trace format.
with open(trace_file, encoding="utf-8") as file:
    trace = json.load(file)
threads, ends, flows, counts = {}, {}, {}, {}
for event in trace["traceEvents"]:
    phase = event["ph"]
    counts[phase] = counts.get(phase, 0) + 1
    expect(isinstance(event["pid"], int) and isinstance(event["tid"], int) and event["name"], "pid, tid and name")
    if phase == "M":
        if event["name"] == "thread_name":
            threads[event["pid"], event["tid"]] = event["args"]["name"]
        continue
    expect(event["ts"] >= 0, "a time before the program")
    place = (event["pid"], event["tid"])
    if phase == "X":
        expect(event["dur"] >= 0 and place in threads, "a slice on an unknown thread")
        # Slices of one unit do not overlap; a task holds others on its own thread.
        expect(event["ts"] >= ends.get(place, 0) - 1e-6, f"slices of {place} overlap")
        ends[place] = max(ends.get(place, 0), event["ts"] + event["dur"])
    elif phase == "s":
        flows[event["id"]] = [("s", event["ts"], threads[place])]
    elif phase in "tf":
        expect(event["id"] in flows and flows[event["id"]][-1][1] <= event["ts"] + 1e-6, "a flow without a beginning")
        flows[event["id"]].append((phase, event["ts"], threads[place]))
    else:
        expect(phase == "C" and event["args"]["GB/s"] >= 0, f"phase {phase}")
expect(counts.get("X", 0) > 10 and counts.get("s", 0) > 0 and counts.get("C", 0) > 0, f"{counts}")
# From a copy to the end of the wait for it, and where it brought something that is used, to the use.
for points in flows.values():
    expect(len(points) > 1 and points[0][2].split()[-1] in ("io", "move") and points[1][2].endswith("scalar"), f"{points}")
    expect([point[0] for point in points] in (["s", "f"], ["s", "t"], ["s", "t", "f"]), f"{points}")
    expect(len(points) == 2 or points[2][2].endswith("compute"), f"{points}")
expect(any(len(points) == 3 for points in flows.values()), "nothing that was copied is used")
print("formats ok")
