#!/usr/bin/env python3
"""One command for the monitor of a machine: qmp.py SOCKET COMMAND [NAME=VALUE...]. Prints what it returns. The socket is the file
`qmp` of board.sh's work folder."""

import json
import socket
import sys

path, command, *pairs = sys.argv[1:]
with socket.socket(socket.AF_UNIX) as monitor:
    monitor.settimeout(30)
    monitor.connect(path)
    stream = monitor.makefile("rw", encoding="utf-8")
    stream.readline()
    for request in ({"execute": "qmp_capabilities"},
                    {"execute": command, "arguments": dict(pair.split("=", 1) for pair in pairs)}):
        stream.write(json.dumps(request) + "\n")
        stream.flush()
        reply = {}
        # News of the machine come between.
        while not {"return", "error"} & reply.keys():
            reply = json.loads(stream.readline())
        if "error" in reply:
            sys.exit(f"qmp: {request['execute']}: {reply['error']['desc']}")
print(json.dumps(reply["return"]))
