#include "internal.h"

#ifdef GPIOD_LINE_BULK_MAX_LINES

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

struct lk_gpio_chip {
    struct gpiod_chip *chip;
    // Closing a chip of libgpiod 1 releases its lines, so each line keeps it open.
    unsigned users;
};

struct lk_gpio_line {
    lk_gpio_chip *owner;
    struct gpiod_line *line;
};

int lk_gpio_chip_open(const char *path, lk_gpio_chip **chip) {
    struct gpiod_chip *opened = gpiod_chip_open(path);
    if (opened == NULL) return lk_failure();
    *chip = calloc(1, sizeof **chip);
    if (*chip == NULL) {
        gpiod_chip_close(opened);
        return -ENOMEM;
    }
    (*chip)->chip = opened;
    (*chip)->users = 1;
    return 0;
}

void lk_gpio_chip_close(lk_gpio_chip *chip) {
    if (--chip->users > 0) return;
    gpiod_chip_close(chip->chip);
    free(chip);
}

const char *lk_gpio_chip_label(lk_gpio_chip *chip) { return gpiod_chip_label(chip->chip); }

unsigned lk_gpio_chip_lines(lk_gpio_chip *chip) { return gpiod_chip_num_lines(chip->chip); }

int lk_gpio_line_text(lk_gpio_chip *chip, unsigned offset, lk_gpio_text what, char text[LK_GPIO_TEXT_BYTES]) {
    struct gpiod_line *line = gpiod_chip_get_line(chip->chip, offset);
    if (line == NULL) return lk_failure();
    // What was read when the line was first looked at may be old.
    if (gpiod_line_update(line) != 0) return lk_failure();
    const char *found = what == LK_GPIO_TEXT_NAME ? gpiod_line_name(line) : gpiod_line_consumer(line);
    snprintf(text, LK_GPIO_TEXT_BYTES, "%s", found ? found : "");
    return 0;
}

static int request(
    lk_gpio_chip *chip, unsigned offset, const struct gpiod_line_request_config *config, lk_gpio_line **line
) {
    struct gpiod_line *found = gpiod_chip_get_line(chip->chip, offset);
    if (found == NULL) return lk_failure();
    // The library would quietly take a line twice that is ours already.
    if (gpiod_line_is_requested(found)) return -EBUSY;
    lk_gpio_line *made = calloc(1, sizeof *made);
    if (made == NULL) return -ENOMEM;
    if (gpiod_line_request(found, config, 0) != 0) {
        int failure = lk_failure();
        free(made);
        return failure;
    }
    made->owner = chip;
    made->line = found;
    chip->users++;
    *line = made;
    return 0;
}

int lk_gpio_request_output(lk_gpio_chip *chip, unsigned offset, bool active_low, lk_gpio_line **line) {
    struct gpiod_line_request_config config = {
        .consumer = LK_CONSUMER,
        .request_type = GPIOD_LINE_REQUEST_DIRECTION_OUTPUT,
        .flags = active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0,
    };
    return request(chip, offset, &config, line);
}

static int bias_flag(lk_gpio_bias bias) {
    switch (bias) {
    case LK_GPIO_BIAS_AS_IS: return 0;
    case LK_GPIO_BIAS_OFF: return GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE;
    case LK_GPIO_BIAS_PULL_UP: return GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP;
    case LK_GPIO_BIAS_PULL_DOWN: return GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
    }
    return 0;
}

int lk_gpio_request_input(lk_gpio_chip *chip, unsigned offset, lk_gpio_bias bias, lk_gpio_line **line) {
    struct gpiod_line_request_config config = {
        .consumer = LK_CONSUMER,
        .request_type = GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES,
        .flags = bias_flag(bias),
    };
    int result = request(chip, offset, &config, line);
    if (result == 0 || !lk_lacks_edges(result)) return result;
    config.request_type = GPIOD_LINE_REQUEST_DIRECTION_INPUT;
    return request(chip, offset, &config, line);
}

void lk_gpio_release(lk_gpio_line *line) {
    gpiod_line_release(line->line);
    lk_gpio_chip_close(line->owner);
    free(line);
}

int lk_gpio_set(lk_gpio_line *line, bool active) {
    return gpiod_line_set_value(line->line, active) == 0 ? 0 : lk_failure();
}

int lk_gpio_get(lk_gpio_line *line) {
    int value = gpiod_line_get_value(line->line);
    return value >= 0 ? value : lk_failure();
}

int lk_gpio_fd(lk_gpio_line *line) { return gpiod_line_event_get_fd(line->line); }

int lk_gpio_drain(lk_gpio_line *line) {
    int fd = lk_gpio_fd(line);
    int count = 0;
    while (fd >= 0 && count < LK_EDGES_MAX) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (poll(&ready, 1, 0) <= 0 || (ready.revents & POLLIN) == 0) break;
        struct gpiod_line_event edges[LK_EDGES_AT_ONCE];
        int taken = gpiod_line_event_read_fd_multiple(fd, edges, LK_EDGES_AT_ONCE);
        if (taken < 0) return lk_failure();
        if (taken == 0) break;
        count += taken;
    }
    return count;
}

#endif
