#!/usr/bin/env python3
"""Bad clients of the debug server: malformed packets, clients that vanish, second clients. The program neither hangs nor
dies, and a good client is served afterwards.

usage: packets.py PROGRAM SOCKET SEED COUNT
"""
import os
import random
import socket
import subprocess
import sys
import time

program, path, seed, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
random.seed(seed)
LIMIT = 60
# Beginnings of packets that exist; what follows is made up.
HEADS = ["?", "g", "G", "p", "P", "m", "M", "X", "H", "Hg", "Hc", "T", "Z0,", "Z1,", "Z2,", "Z3,", "Z4,", "Z9,", "z0,", "z1,", "z2,",
         "qSupported", "qC", "qRcmd,", "qXfer:features:read:target.xml:", "qXfer:threads:read::", "qXfer:memory-map:read::",
         "qXfer:libraries:read::", "qXfer:auxv:read::", "qThreadStopInfo", "qMemoryRegionInfo:", "qThreadExtraInfo,", "jThreadsInfo",
         "vCont?", "vCont", "vCont;q", "vCont;c:", "vCont;s:zz", "vMustReplyEmpty", "QStartNoAckMod", "bx", "b", "!", "A", "R"]
MONITOR = ["cores", "queues", "barriers", "why", "help", "entry", "end", "condition", "condition 1000000 22", "evaluate", "history",
           "history 1 200000 4 3", "history ffff 0 0 0", "evaluate 260002", "evaluate 21000027", "registers", "image", "back", ""]
LETTERS = "0123456789abcdef,:;=-+xX#$}*\x00\x7f"


def frame(text, bad=False):
    body = text.encode("latin1")
    return b"$" + body + b"#%02x" % ((sum(body) + bad) % 256)


def made_up():
    head = random.choice(HEADS)
    if head == "qRcmd,":
        return head + random.choice(MONITOR).encode().hex() + random.choice(["", "", "0", "zz"])
    tail = "".join(random.choice(LETTERS.replace("#", "").replace("$", "")) for _ in range(random.choice((0, 1, 4, 12, 40))))
    if random.random() < 0.3:
        tail = "%x,%x" % (random.choice((0, 0x200000, 0x1000190, 1 << 48 | 0x200000, (1 << 64) - 1)), random.choice((0, 1, 4, 1 << 62)))
    if random.random() < 0.1:
        tail += ";X%x,%s" % (random.randrange(4), bytes(random.randrange(256) for _ in range(3)).hex())
    return head + tail


class Client:
    def __init__(self):
        for _ in range(1000):
            try:
                self.socket = socket.socket(socket.AF_UNIX)
                self.socket.connect(path)
                break
            except OSError:
                time.sleep(0.01)
        self.socket.settimeout(LIMIT)

    def ask(self, text):
        """The answer to a good packet; None when the connection is gone."""
        self.socket.sendall(frame(text))
        got = b""
        while True:
            piece = self.socket.recv(65536)
            if not piece:
                return None
            got += piece
            start, end = got.find(b"$"), got.rfind(b"#")
            if start >= 0 and end > start and len(got) >= end + 3:
                self.socket.sendall(b"+")
                return got[start + 1:end].decode("latin1")

    def close(self):
        self.socket.close()


def check(fact, what):
    print("%s: %s" % ("PASS" if fact else "FAIL", what))
    if not fact:
        process.kill()
        sys.exit(1)


def start():
    """The program, which waits for a debugger."""
    global process
    process = subprocess.Popen([program], env=dict(os.environ, BANG_TOOL="debug:unix:" + path), stdout=subprocess.PIPE)
    while not os.path.exists(path):
        time.sleep(0.01)


def ended():
    """A client that leaves lets the program run to its end."""
    process.communicate(timeout=LIMIT)
    return process.returncode == 0


start()
first = Client()
check((first.ask("?") or "").startswith("T05"), "a client is told of the stop")
second = Client()
check(second.socket.recv(16) == b"", "a second client is turned away at once")
second.close()
check((first.ask("qC") or "").startswith("QC"), "the first one is served meanwhile")
first.socket.sendall(b"$m200000,")  # and gone in the middle of a packet
first.close()
check(ended(), "a client that vanishes lets the program go on")

start()
client, sent, alive = Client(), 0, True
while sent < count and alive:
    try:
        text = made_up()
        damage = random.random()
        data = frame(text, bad=damage < 0.05)
        if damage > 0.97:
            data = bytes(random.randrange(256) for _ in range(random.randrange(1, 60))).replace(b"\x03", b"")
        client.socket.sendall(data)
        sent += 1
        if sent % 50 == 0:
            client.socket.settimeout(0.02)
            try:
                while client.socket.recv(65536):
                    pass
            except TimeoutError:
                pass
            client.socket.settimeout(LIMIT)
    except OSError:  # one of them let the program run
        client.close()
        alive = ended()
        start()
        client = Client()
check(alive and process.poll() is None, "%d bad packets leave the program alive" % count)
client.close()
check(ended(), "the program ends by itself")

start()
last = Client()
last.ask("QStartNoAckMode")
last.socket.sendall(frame("c"))
last.close()  # while the kernel runs
check(ended(), "a client that vanishes while the kernel runs does no harm")
