#pragma once

#include <poll.h>
#include <stdint.h>

/// What Swift's Glibc module leaves out, because glibc has it only for `_GNU_SOURCE`.

/// `ppoll` with a timeout in nanoseconds; 0 or less does not wait. Returns what `ppoll` returns.
int lk_poll(struct pollfd *files, unsigned count, int64_t nanoseconds);

/// A pipe, both ends non-blocking and closed on exec. 0, or the negative errno.
int lk_pipe(int *reader, int *writer);

/// Names the calling thread; at most 15 bytes are kept.
void lk_name_thread(const char *name);
