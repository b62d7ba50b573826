"""Who stands at the cabinet."""

import pathlib
import threading

TRACING = pathlib.Path("/sys/kernel/tracing")


class Cabinet:
    """Doors that spring open when their coil is energised, and people who shut them.

    Reads the tracepoint in a buffer of its own, so that it learns of a pulse when it begins.
    """

    OPEN_SECONDS, SHUT_SECONDS = 0.06, 0.4

    def __init__(self, board, stuck=("A04",)):
        self.board = board
        self.stuck = set(stuck)
        self.keep_open = set()
        self.energised = None
        """Called with the door when a coil goes on."""
        folder = TRACING / "instances/cabinet"
        folder.mkdir(exist_ok=True)
        (folder / "events/gpio/gpio_value/filter").write_text("get == 0")
        (folder / "events/gpio/gpio_value/enable").write_text("1")
        threading.Thread(target=self._watch, args=(open(folder / "trace_pipe", encoding="ascii"),), daemon=True).start()

    def _watch(self, pipe):
        doors = {self.board.base + line: door for door, line in self.board.locks.items()}
        on = set()
        for row in pipe:
            words = row.split("gpio_value: ")
            if len(words) != 2:
                continue
            number, _, level = words[1].split()
            door = doors.get(int(number))
            if door is None:
                continue
            if (level == "1") == (door in self.board.active_low):
                on.discard(door)
            elif door not in on:
                on.add(door)
                if self.energised:
                    self.energised(door)
                if door not in self.stuck:
                    threading.Timer(self.OPEN_SECONDS, self._open, [door]).start()

    def _open(self, door):
        self.board.sense(door, is_closed=False)
        if door not in self.keep_open:
            threading.Timer(self.SHUT_SECONDS, self.board.sense, [door, True]).start()
