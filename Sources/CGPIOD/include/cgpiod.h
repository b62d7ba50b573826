#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// GPIO over libgpiod 1.6 or 2.x, whichever is installed. Lines are requested one by one, because a request of several
/// fails as a whole when one of them is taken, and 1.6 knows flags only for a whole request.
///
/// Functions that return `int` return 0 or more, or the negative `errno`: -EBUSY (another process has the line),
/// -EACCES (no permission), -ENOENT (no such device), -EINVAL (no such line on the chip), -ENODEV (chip is gone).
/// A chip and its lines belong to one thread at a time.

/// An open chip. It stays open until it is closed and the last of its lines is released.
typedef struct lk_gpio_chip lk_gpio_chip;

/// A requested line.
typedef struct lk_gpio_line lk_gpio_line;

/// Internal resistor of an input.
typedef enum lk_gpio_bias {
    LK_GPIO_BIAS_AS_IS,
    LK_GPIO_BIAS_OFF,
    LK_GPIO_BIAS_PULL_UP,
    LK_GPIO_BIAS_PULL_DOWN,
} lk_gpio_bias;

/// What is known about a line without requesting it.
typedef enum lk_gpio_text {
    LK_GPIO_TEXT_NAME,
    LK_GPIO_TEXT_CONSUMER,
} lk_gpio_text;

/// Bytes that hold every path, label, name and consumer, with the final zero.
enum { LK_GPIO_TEXT_BYTES = 128 };

/// Writes the path of the chip that follows `after` in rising order (`""` begins) to `path`. Returns 1, or 0 after
/// the last. Symbolic links such as the `gpiochip4` of a Raspberry Pi are left out: they name no further chip.
int lk_gpio_next_chip(const char *after, char path[LK_GPIO_TEXT_BYTES]);

/// Opens `/dev/gpiochipN`. The caller closes it.
int lk_gpio_chip_open(const char *path, lk_gpio_chip **chip);
void lk_gpio_chip_close(lk_gpio_chip *chip);

/// Label of the chip; lives as long as the chip.
const char *lk_gpio_chip_label(lk_gpio_chip *chip);
unsigned lk_gpio_chip_lines(lk_gpio_chip *chip);

/// Copies the name or the present consumer of a line; empty when there is none.
int lk_gpio_line_text(lk_gpio_chip *chip, unsigned offset, lk_gpio_text what, char text[LK_GPIO_TEXT_BYTES]);

/// Requests an output that starts inactive. The caller releases it.
int lk_gpio_request_output(lk_gpio_chip *chip, unsigned offset, bool active_low, lk_gpio_line **line);

/// Requests an input, with events for both edges if the chip can (else `lk_gpio_fd` is -1). The caller releases it.
int lk_gpio_request_input(lk_gpio_chip *chip, unsigned offset, lk_gpio_bias bias, lk_gpio_line **line);
void lk_gpio_release(lk_gpio_line *line);

/// Sets an output: 1 is active.
int lk_gpio_set(lk_gpio_line *line, bool active);

/// Reads a line: 1 is active.
int lk_gpio_get(lk_gpio_line *line);

/// Descriptor that polls readable when an edge waits; -1 without edge events. It belongs to the line.
int lk_gpio_fd(lk_gpio_line *line);

/// Throws waiting edges away and returns how many there were, at most 256 in one call. Never blocks.
int lk_gpio_drain(lk_gpio_line *line);
