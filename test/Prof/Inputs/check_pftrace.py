"""Reads a trace in Perfetto's binary format and compares it with the JSON trace of the same run.

usage: check_pftrace.py FILE.pftrace FILE.json

The reader knows protocol buffers and the numbers of the fields from perfetto/trace/*.proto, and nothing of the writer.
"""
import collections
import json
import struct
import sys


def expect(condition, what):
    if not condition:
        sys.exit(what)


def fields(data):
    """Yields (number, value): an int for varints, bytes for the others."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        key = varint()
        number, wire = key >> 3, key & 7
        if wire == 0:
            yield number, varint()
            continue
        size = {1: 8, 5: 4}[wire] if wire != 2 else varint()
        expect(at + size <= len(data), "a message ends behind its end")
        yield number, data[at:at + size]
        at += size


def message(data):
    found = collections.defaultdict(list)
    for number, value in fields(data):
        found[number].append(value)
    return found


def text(values):
    return values[0].decode()


# Slices are (process, thread, name, begin ns, end ns, line, bytes); tracks by uuid.
processes, threads, counters = {}, {}, set()
names, keys, strings = {}, {}, {}
open_slices, slices, counts = {}, [], []
flow_begins, flow_steps, flow_ends = {}, {}, {}
with open(sys.argv[1], "rb") as file:
    trace = file.read()
for number, data in fields(trace):
    expect(number == 1, "a trace has packets only")
    packet = message(data)
    expect(packet[10] == [1], "every packet belongs to the one sequence")
    for interned in packet[12]:
        entries = message(interned)
        for target, which in ((names, 2), (keys, 3), (strings, 29)):
            for entry in entries[which]:
                entry = message(entry)
                expect(entry[1][0] not in target, "an id is given twice")
                target[entry[1][0]] = text(entry[2])
    for descriptor in packet[60]:
        track = message(descriptor)
        uuid = track[1][0]
        if track[3]:
            process = message(track[3][0])
            processes[process[1][0]] = text(process[6])
        elif track[4]:
            thread = message(track[4][0])
            expect(thread[1][0] in processes, "a thread of no process")
            threads[uuid] = (processes[thread[1][0]], text(thread[5]))
        else:
            expect(track[8] and text(message(track[8][0])[6]) == "GB/s", "a track of nothing")
            counters.add(uuid)
    for event in packet[11]:
        time, event = packet[8][0], message(event)
        kind, uuid = event[9][0], event[11][0]
        if kind == 4:
            expect(uuid in counters, "a counter without a track")
            counts.append((time, struct.unpack("<d", event[44][0])[0]))
        elif kind == 1:
            expect(uuid in threads and uuid not in open_slices, "slices of one unit overlap")
            marks = {}
            for annotation in event[4]:
                annotation = message(annotation)
                marks[keys[annotation[1][0]]] = strings[annotation[17][0]] if annotation[17] else annotation[3][0]
            open_slices[uuid] = (names[event[10][0]], time, marks)
            for flow in event[47]:
                flow_begins[struct.unpack("<Q", flow)[0]] = time
            for flow in event[48]:
                flow_ends[struct.unpack("<Q", flow)[0]] = time
        else:
            expect(kind == 2, f"an event of type {kind}")
            name, begin, marks = open_slices.pop(uuid)
            expect(begin <= time, "a slice ends before it begins")
            slices.append((*threads[uuid], name, begin, time, marks.get("line"), marks.get("bytes")))
            for flow in event[47]:
                flow_steps[struct.unpack("<Q", flow)[0]] = time
            for flow in event[48]:
                flow_ends[struct.unpack("<Q", flow)[0]] = time
expect(not open_slices, "a slice does not end")

with open(sys.argv[2], encoding="utf-8") as file:
    chrome = json.load(file)["traceEvents"]
named = {(e["name"], e["pid"], e["tid"]): e["args"]["name"] for e in chrome if e["ph"] == "M"}
wanted = []
for e in chrome:
    if e["ph"] == "X":
        args = e.get("args", {})
        wanted.append((named["process_name", e["pid"], 0], named["thread_name", e["pid"], e["tid"]], e["name"],
                       round(e["ts"] * 1e3), round((e["ts"] + e["dur"]) * 1e3), args.get("line"), args.get("bytes")))
expect(len(wanted) == len(slices) > 10, f"{len(slices)} slices, {len(wanted)} in JSON")
for one, other in zip(slices, wanted):
    same = one[:3] == other[:3] and one[5:] == other[5:]
    expect(same and abs(one[3] - other[3]) <= 1 and abs(one[4] - other[4]) <= 1, f"{one} is not {other}")
json_counts = [(round(e["ts"] * 1e3), e["args"]["GB/s"]) for e in chrome if e["ph"] == "C"]
expect(len(json_counts) == len(counts) > 0, f"{len(counts)} values of the counter, {len(json_counts)} in JSON")
for (time, value), (json_time, json_value) in zip(counts, json_counts):
    expect(abs(time - json_time) <= 1 and value == json_value, f"the counter is {value}, {json_value} in JSON")
for phase, ids in (("s", flow_begins), ("t", flow_steps), ("f", flow_ends)):
    for e in chrome:
        if e["ph"] == phase:
            expect(abs(ids[e["id"]] - e["ts"] * 1e3) <= 1, f"flow {e['id']}")
expect(len(flow_steps) == sum(e["ph"] == "t" for e in chrome) > 0, "flows on their way")
expect(len(flow_ends) == sum(e["ph"] == "f" for e in chrome) > 0, "flows")
print("the same trace")
