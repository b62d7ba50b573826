#pragma once

#include "cgpiod.h"

#include <errno.h>
#include <gpiod.h>

// Name under which the kernel lists our lines (gpioinfo).
#define LK_CONSUMER "lockerd"

enum { LK_EDGES_AT_ONCE = 16, LK_EDGES_MAX = 256 };

// errno of a call that failed; never 0, so that a failure cannot look like success.
static inline int lk_failure(void) { return errno > 0 ? -errno : -EIO; }

// Whether an input may be asked for again without events: no interrupt, or none that can do both edges (-EINVAL).
static inline bool lk_lacks_edges(int failure) {
    return failure != -EBUSY && failure != -EACCES && failure != -EPERM;
}
