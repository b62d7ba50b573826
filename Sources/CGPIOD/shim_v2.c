#include "internal.h"

#ifndef GPIOD_LINE_BULK_MAX_LINES

#include <stdio.h>
#include <stdlib.h>

struct lk_gpio_chip {
    struct gpiod_chip *chip;
    struct gpiod_chip_info *info;
};

// A request of libgpiod 2 lives on its own: the chip may be closed before it.
struct lk_gpio_line {
    struct gpiod_line_request *request;
    // NULL without edge events.
    struct gpiod_edge_event_buffer *edges;
    unsigned offset;
};

int lk_gpio_chip_open(const char *path, lk_gpio_chip **chip) {
    lk_gpio_chip *made = calloc(1, sizeof *made);
    if (made == NULL) return -ENOMEM;
    made->chip = gpiod_chip_open(path);
    if (made->chip != NULL) made->info = gpiod_chip_get_info(made->chip);
    if (made->info == NULL) {
        int failure = lk_failure();
        if (made->chip != NULL) gpiod_chip_close(made->chip);
        free(made);
        return failure;
    }
    *chip = made;
    return 0;
}

void lk_gpio_chip_close(lk_gpio_chip *chip) {
    gpiod_chip_info_free(chip->info);
    gpiod_chip_close(chip->chip);
    free(chip);
}

const char *lk_gpio_chip_label(lk_gpio_chip *chip) { return gpiod_chip_info_get_label(chip->info); }

unsigned lk_gpio_chip_lines(lk_gpio_chip *chip) { return (unsigned)gpiod_chip_info_get_num_lines(chip->info); }

int lk_gpio_line_text(lk_gpio_chip *chip, unsigned offset, lk_gpio_text what, char text[LK_GPIO_TEXT_BYTES]) {
    struct gpiod_line_info *info = gpiod_chip_get_line_info(chip->chip, offset);
    if (info == NULL) return lk_failure();
    const char *found = what == LK_GPIO_TEXT_NAME ? gpiod_line_info_get_name(info) : gpiod_line_info_get_consumer(info);
    snprintf(text, LK_GPIO_TEXT_BYTES, "%s", found ? found : "");
    gpiod_line_info_free(info);
    return 0;
}

// Makes one request for one line; the settings stay the caller's.
static int request(lk_gpio_chip *chip, unsigned offset, struct gpiod_line_settings *settings, lk_gpio_line **line) {
    if (offset >= lk_gpio_chip_lines(chip)) return -EINVAL;
    struct gpiod_line_config *config = gpiod_line_config_new();
    struct gpiod_request_config *terms = gpiod_request_config_new();
    lk_gpio_line *made = calloc(1, sizeof *made);
    int result = -ENOMEM;
    if (config == NULL || terms == NULL || made == NULL) goto done;
    if (gpiod_line_settings_get_edge_detection(settings) != GPIOD_LINE_EDGE_NONE) {
        made->edges = gpiod_edge_event_buffer_new(LK_EDGES_AT_ONCE);
        if (made->edges == NULL) goto done;
    }
    gpiod_request_config_set_consumer(terms, LK_CONSUMER);
    result = gpiod_line_config_add_line_settings(config, &offset, 1, settings) == 0 ? 0 : lk_failure();
    if (result != 0) goto done;
    made->request = gpiod_chip_request_lines(chip->chip, terms, config);
    if (made->request == NULL) {
        result = lk_failure();
        goto done;
    }
    made->offset = offset;
    *line = made;
done:
    if (result != 0 && made != NULL) {
        if (made->edges != NULL) gpiod_edge_event_buffer_free(made->edges);
        free(made);
    }
    if (terms != NULL) gpiod_request_config_free(terms);
    if (config != NULL) gpiod_line_config_free(config);
    return result;
}

int lk_gpio_request_output(lk_gpio_chip *chip, unsigned offset, bool active_low, lk_gpio_line **line) {
    struct gpiod_line_settings *settings = gpiod_line_settings_new();
    if (settings == NULL) return -ENOMEM;
    gpiod_line_settings_set_active_low(settings, active_low);
    int result = gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_OUTPUT) == 0
            && gpiod_line_settings_set_output_value(settings, GPIOD_LINE_VALUE_INACTIVE) == 0
        ? request(chip, offset, settings, line)
        : lk_failure();
    gpiod_line_settings_free(settings);
    return result;
}

static enum gpiod_line_bias library_bias(lk_gpio_bias bias) {
    switch (bias) {
    case LK_GPIO_BIAS_AS_IS: return GPIOD_LINE_BIAS_AS_IS;
    case LK_GPIO_BIAS_OFF: return GPIOD_LINE_BIAS_DISABLED;
    case LK_GPIO_BIAS_PULL_UP: return GPIOD_LINE_BIAS_PULL_UP;
    case LK_GPIO_BIAS_PULL_DOWN: return GPIOD_LINE_BIAS_PULL_DOWN;
    }
    return GPIOD_LINE_BIAS_AS_IS;
}

int lk_gpio_request_input(lk_gpio_chip *chip, unsigned offset, lk_gpio_bias bias, lk_gpio_line **line) {
    struct gpiod_line_settings *settings = gpiod_line_settings_new();
    if (settings == NULL) return -ENOMEM;
    int result = gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_INPUT) == 0
            && gpiod_line_settings_set_bias(settings, library_bias(bias)) == 0
            && gpiod_line_settings_set_edge_detection(settings, GPIOD_LINE_EDGE_BOTH) == 0
        ? request(chip, offset, settings, line)
        : lk_failure();
    if (result != 0 && lk_lacks_edges(result)) {
        gpiod_line_settings_set_edge_detection(settings, GPIOD_LINE_EDGE_NONE);
        result = request(chip, offset, settings, line);
    }
    gpiod_line_settings_free(settings);
    return result;
}

void lk_gpio_release(lk_gpio_line *line) {
    if (line->edges != NULL) gpiod_edge_event_buffer_free(line->edges);
    gpiod_line_request_release(line->request);
    free(line);
}

int lk_gpio_set(lk_gpio_line *line, bool active) {
    enum gpiod_line_value value = active ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
    return gpiod_line_request_set_value(line->request, line->offset, value) == 0 ? 0 : lk_failure();
}

int lk_gpio_get(lk_gpio_line *line) {
    enum gpiod_line_value value = gpiod_line_request_get_value(line->request, line->offset);
    return value == GPIOD_LINE_VALUE_ERROR ? lk_failure() : value == GPIOD_LINE_VALUE_ACTIVE;
}

int lk_gpio_fd(lk_gpio_line *line) { return line->edges != NULL ? gpiod_line_request_get_fd(line->request) : -1; }

int lk_gpio_drain(lk_gpio_line *line) {
    int count = 0;
    while (line->edges != NULL && count < LK_EDGES_MAX) {
        int ready = gpiod_line_request_wait_edge_events(line->request, 0);
        if (ready < 0) return lk_failure();
        if (ready == 0) break;
        int taken = gpiod_line_request_read_edge_events(line->request, line->edges, LK_EDGES_AT_ONCE);
        if (taken < 0) return lk_failure();
        if (taken == 0) break;
        count += taken;
    }
    return count;
}

#endif
