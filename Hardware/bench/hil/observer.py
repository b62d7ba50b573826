#!/usr/bin/env python3
"""Prints "DUE LATE" (monotonic seconds) whenever this processor woke it more than 10 ms late: observer.py PROCESSOR"""

import os
import signal
import sys
import time

TICK, STALL = 0.005, 0.010

os.sched_setaffinity(0, [int(sys.argv[1])])
os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
# Whoever listens may end first.
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
while True:
    due = time.monotonic() + TICK
    time.sleep(TICK)
    late = time.monotonic()
    if late - due > STALL:
        print(f"{due:.6f} {late:.6f}", flush=True)
