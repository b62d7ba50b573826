#!/usr/bin/env python3
"""Stops a program's thread that writes a file, in the middle of a write, and lets every other thread go on:
stick.py PID FILE [--seconds S]. For lockerd and its journal that is the engine's thread, in the middle of a turn: the queue
that the engine runs on has no thread that bears its name while it is idle.

Prints "listening" when the next write will be caught, "stuck THREAD UPTIME" when it was, and "gone UPTIME" when the thread has
ended with its process; UPTIME is the seconds of /proc/uptime's clock. Without an end after S seconds (60) it lets the thread
go on and ends with 1."""

import ctypes
import os
import signal
import sys
import time

SEIZE, INTERRUPT, SYSCALL, DETACH, SYSCALL_INFO = 0x4206, 0x4207, 24, 17, 0x420E
TRACE_SYSGOOD, TRACE_CLONE = 1, 8
WAIT_ALL = 0x40000000
ENTRY = 1
# pwrite64 and fdatasync of each architecture, and fsync: how SQLite writes.
WRITES = {0xC00000B7: {68, 83, 82}, 0xC000003E: {18, 75, 74}}

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long


class Info(ctypes.Structure):
    _fields_ = [
        ("op", ctypes.c_uint8), ("pad", ctypes.c_uint8 * 3), ("arch", ctypes.c_uint32), ("at", ctypes.c_uint64),
        ("stack", ctypes.c_uint64), ("number", ctypes.c_uint64), ("arguments", ctypes.c_uint64 * 6)]


def uptime():
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def say(text):
    print(text, flush=True)


def ptrace(request, thread, address=0, data=0):
    """Returns whether the thread is still there."""
    if libc.ptrace(request, thread, address, data) >= 0:
        return True
    if ctypes.get_errno() == 3:
        return False
    sys.exit(f"stick: ptrace {request:#x} of thread {thread}: {os.strerror(ctypes.get_errno())}")


def threads(pid):
    return {int(name) for name in os.listdir(f"/proc/{pid}/task")}


def writes(pid, thread, file):
    """Whether the thread, at the entry of a system call, is about to write the file."""
    info = Info()
    if not ptrace(SYSCALL_INFO, thread, ctypes.sizeof(info), ctypes.addressof(info)):
        return False
    if info.op != ENTRY or info.number not in WRITES.get(info.arch, ()):
        return False
    try:
        return os.readlink(f"/proc/{pid}/fd/{info.arguments[0]}").startswith(file)
    except OSError:
        return False


def seize(pid):
    """Every thread, those too that begin meanwhile."""
    held = set()
    while new := threads(pid) - held:
        for thread in new:
            if ptrace(SEIZE, thread, 0, TRACE_SYSGOOD | TRACE_CLONE):
                ptrace(INTERRUPT, thread)
            held.add(thread)
    return held


def catch(pid, file):
    """Returns the thread that is stopped and those that are not."""
    held = seize(pid)
    say("listening")
    while True:
        # Every system call of the program waits here.
        thread, status = os.waitpid(-1, WAIT_ALL)
        if not os.WIFSTOPPED(status):
            held.discard(thread)
            if thread == pid:
                sys.exit(f"stick: process {pid} has ended")
            continue
        held.add(thread)
        number, event = os.WSTOPSIG(status), status >> 16
        if number == signal.SIGTRAP | 0x80 and writes(pid, thread, file):
            return thread, held - {thread}
        passed_on = number if event == 0 and number not in (signal.SIGTRAP, signal.SIGTRAP | 0x80) else 0
        ptrace(SYSCALL, thread, 0, passed_on)


def too_late(*_):
    sys.exit("stick: nobody wrote the file in time")


def let_go(others, stuck):
    for thread in others:
        ptrace(INTERRUPT, thread)
    left = set(others)
    while left:
        thread, status = os.waitpid(-1, WAIT_ALL)
        if os.WIFSTOPPED(status) and thread != stuck:
            number, event = os.WSTOPSIG(status), status >> 16
            passed_on = number if event == 0 and number not in (signal.SIGTRAP, signal.SIGTRAP | 0x80) else 0
            ptrace(DETACH, thread, 0, passed_on)
        left.discard(thread)


def main(arguments):
    seconds = 60.0
    if len(arguments) == 4 and arguments[2] == "--seconds":
        seconds = float(arguments[3])
    elif len(arguments) != 2:
        sys.exit("usage: stick.py PID FILE [--seconds S]")
    pid, file = int(arguments[0]), arguments[1]
    signal.signal(signal.SIGALRM, too_late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    thread, others = catch(pid, file)
    let_go(others, thread)
    signal.setitimer(signal.ITIMER_REAL, 0)
    say(f"stuck {thread} {uptime():.3f}")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found, status = os.waitpid(-1, WAIT_ALL | os.WNOHANG)
        except ChildProcessError:
            break
        if found == thread and not os.WIFSTOPPED(status):
            say(f"gone {uptime():.3f}")
            return
        if found and os.WIFSTOPPED(status) and found != thread:
            ptrace(DETACH, found)
        time.sleep(0.01)
    ptrace(DETACH, thread)
    sys.exit(f"stick: thread {thread} is still there after {seconds:.0f} s")


main(sys.argv[1:])
