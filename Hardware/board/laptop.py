#!/usr/bin/env python3
"""What a technician's laptop does at a board, without a setting of its own:
laptop.py console SOCKET PASSWORD COMMAND   logs in as tech at the serial console, prints what the command prints, and logs out
laptop.py find NAME ADDRESS                 asks by multicast DNS, from the interface that has ADDRESS, and prints NAME's address"""

import codecs
import re
import socket
import struct
import sys
import time

SECONDS, QUESTION_SECONDS = 120, 2
GROUP, PORT = "224.0.0.251", 5353
PROMPT = "laptop-ready"
# Carriage returns, and what readline says to terminals.
CONTROL = re.compile(r"\r|\x1b\[[?0-9;]*[a-z]")


class Line:
    """A serial line."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.socket.settimeout(1)
        self.seen = ""
        # A character's bytes may come apart.
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def send(self, text):
        self.socket.sendall(text.encode())

    def wait(self, pattern, seconds=SECONDS, again=None):
        """Returns what came until the pattern did, and forgets it. `again` is sent while nothing comes."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.seen)):
            if time.monotonic() > end:
                sys.exit(f"laptop: no {pattern!r} on the serial line in {seconds} s: {self.seen[-400:]!r}")
            try:
                self.seen += self.decoder.decode(self.socket.recv(4096))
            except TimeoutError:
                if again:
                    self.send(again)
        text, self.seen = self.seen[: found.start()], self.seen[found.end():]
        return text


def console(path, password, command):
    line = Line(path)
    line.wait(r"login: $", again="\r")
    line.send("tech\r")
    line.wait(r"Password: ")
    line.send(f"{password}\r")
    line.wait(r"tech@[^\r\n]*\$ ")
    # No echo, and a prompt that no output holds.
    line.send(f"stty -echo; PS1='{PROMPT[:6]}''{PROMPT[6:]}'\r")
    line.wait(PROMPT)
    line.send(f"{command}\r")
    print(CONTROL.sub("", line.wait(PROMPT)).strip())
    line.send("exit\r")
    line.wait(r"login: ")


def question(name):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack(">6H", 0, 0, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", 1, 1)


def skip_name(packet, at):
    while packet[at]:
        if packet[at] >= 0xC0:
            return at + 2
        at += packet[at] + 1
    return at + 1


def addresses(packet):
    """Those of the A records of an answer."""
    _, flags, questions, answers, *_ = struct.unpack(">6H", packet[:12])
    at = 12
    for _ in range(questions):
        at = skip_name(packet, at) + 4
    for _ in range(answers if flags & 0x8000 else 0):
        at = skip_name(packet, at)
        kind, _, _, length = struct.unpack(">2HIH", packet[at:at + 10])
        at += 10
        if kind == 1:
            yield socket.inet_ntoa(packet[at:at + 4])
        at += length


def find(name, own):
    # As a laptop's own service asks: from the port and to the group where answers go, hop limit 255 (RFC 6762 sections 5.2, 11).
    asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    asker.bind(("", PORT))
    interface = socket.inet_aton(own)
    asker.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, interface)
    asker.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
    asker.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(GROUP) + interface)
    asker.settimeout(QUESTION_SECONDS)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        asker.sendto(question(name), (GROUP, PORT))
        asked = time.monotonic()
        try:
            while time.monotonic() < asked + QUESTION_SECONDS:
                for address in addresses(asker.recv(9000)):
                    print(address)
                    return
        except TimeoutError:
            continue
    sys.exit(f"laptop: nobody says that it is {name}")


{"console": console, "find": find}[sys.argv[1]](*sys.argv[2:])
