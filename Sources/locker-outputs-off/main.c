// Switches every output of a station off that a dead lockerd may have left on: `locker-outputs-off FILE`.
//
// FILE is what lockerd wrote before it requested its first line, one output a line:
// `<device path>\t<chip label>\t<offset>\t<active_low 0|1>`. Runs as ExecStopPost= while coils may be on, so it is
// plain C that waits for nothing but the lines. Exit status 0: all are off; 1: some are not; 2: there is nothing to go by.

#include <cgpiod.h>
#include <cversion.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINE_BYTES_MAX = 512, OUTPUTS_MAX = 1024, BUSY_MILLISECONDS_MAX = 500, PAUSE_MILLISECONDS = 10 };

struct output {
    char path[LK_GPIO_TEXT_BYTES];
    char label[LK_GPIO_TEXT_BYTES];
    unsigned offset;
    bool active_low;
    bool done;
};

static struct output outputs[OUTPUTS_MAX];

static void complain(const struct output *output, const char *cause) {
    fprintf(stderr, "locker-outputs-off: %s (%s) line %u: %s\n", output->path, output->label, output->offset, cause);
}

static bool copy_field(char **rest, char field[LK_GPIO_TEXT_BYTES]) {
    char *text = strsep(rest, "\t");
    if (text == NULL || *text == '\0' || strlen(text) >= LK_GPIO_TEXT_BYTES) return false;
    strcpy(field, text);
    return true;
}

static bool copy_number(char **rest, unsigned long max, unsigned long *number) {
    char *text = strsep(rest, "\t");
    if (text == NULL || *text < '0' || *text > '9') return false;
    char *end;
    errno = 0;
    *number = strtoul(text, &end, 10);
    return errno == 0 && *end == '\0' && *number <= max;
}

static bool parse(char *text, struct output *output) {
    char *rest = text;
    unsigned long offset, low;
    if (!copy_field(&rest, output->path) || !copy_field(&rest, output->label)) return false;
    if (!copy_number(&rest, 65535, &offset) || !copy_number(&rest, 1, &low) || rest != NULL) return false;
    output->offset = (unsigned)offset;
    output->active_low = low == 1;
    return true;
}

// Reads what it can; a line that is too long, too many or not of the form makes `whole` false.
static int read_outputs(FILE *file, const char *name, bool *whole) {
    char text[LINE_BYTES_MAX + 2];
    int count = 0, number = 0;
    while (fgets(text, sizeof text, file) != NULL) {
        number++;
        size_t length = strlen(text);
        if (length > 0 && text[length - 1] == '\n') {
            text[length - 1] = '\0';
        } else {
            int byte;
            while ((byte = getc(file)) != EOF && byte != '\n') {}
        }
        if (text[0] == '\0') continue;
        if (count == OUTPUTS_MAX) {
            fprintf(stderr, "locker-outputs-off: %s: more than %d lines\n", name, OUTPUTS_MAX);
            *whole = false;
            return count;
        }
        if (length <= LINE_BYTES_MAX && parse(text, &outputs[count])) {
            count++;
        } else {
            fprintf(stderr, "locker-outputs-off: %s:%d: not \"path, label, offset, 0|1\"; left out\n", name, number);
            *whole = false;
        }
    }
    if (ferror(file)) *whole = false;
    return count;
}

static int open_labelled(const char *path, const char *label, lk_gpio_chip **chip) {
    int result = lk_gpio_chip_open(path, chip);
    if (result != 0) return result;
    if (strcmp(lk_gpio_chip_label(*chip), label) == 0) return 0;
    lk_gpio_chip_close(*chip);
    return -ENOENT;
}

// Chips get other numbers when one goes and comes again: the label decides, unless two chips carry it.
static int open_chip(const struct output *output, lk_gpio_chip **chip) {
    int result = open_labelled(output->path, output->label, chip);
    if (result != -ENOENT && result != -ENODEV && result != -ENXIO) return result;
    char path[LK_GPIO_TEXT_BYTES] = "";
    lk_gpio_chip *found = NULL;
    while (lk_gpio_next_chip(path, path) == 1) {
        lk_gpio_chip *other;
        if (open_labelled(path, output->label, &other) != 0) continue;
        if (found != NULL) {
            lk_gpio_chip_close(found);
            lk_gpio_chip_close(other);
            return -ENOTUNIQ;
        }
        found = other;
    }
    if (found == NULL) return -ENOENT;
    *chip = found;
    return 0;
}

static int switch_off(const struct output *output) {
    lk_gpio_chip *chip;
    int result = open_chip(output, &chip);
    if (result != 0) return result;
    lk_gpio_line *line;
    result = lk_gpio_request_output(chip, output->offset, output->active_low, &line);
    if (result == 0) lk_gpio_release(line);
    lk_gpio_chip_close(chip);
    return result;
}

static const char *cause(int failure, char text[LK_GPIO_TEXT_BYTES]) {
    switch (failure) {
    case -EBUSY: return "still held by a process, perhaps lockerd itself";
    case -ENOENT: return "no GPIO chip with this label";
    case -ENOTUNIQ: return "two GPIO chips carry this label";
    case -EINVAL: return "the chip has no such line";
    default:
        snprintf(text, LK_GPIO_TEXT_BYTES, "%s", strerror(-failure));
        return text;
    }
}

static long milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The whole run waits for taken lines once, not each of them in turn.
static bool switch_all_off(int count) {
    char text[LK_GPIO_TEXT_BYTES];
    bool good = true;
    long deadline = milliseconds() + BUSY_MILLISECONDS_MAX;
    for (bool busy = true; busy;) {
        busy = false;
        bool last = milliseconds() >= deadline;
        for (int index = 0; index < count; index++) {
            if (outputs[index].done) continue;
            int result = switch_off(&outputs[index]);
            if (result == -EBUSY && !last) {
                busy = true;
                continue;
            }
            outputs[index].done = true;
            if (result == 0) continue;
            complain(&outputs[index], cause(result, text));
            good = false;
        }
        struct timespec pause = {.tv_nsec = PAUSE_MILLISECONDS * 1000000L};
        if (busy) nanosleep(&pause, NULL);
    }
    return good;
}

int main(int argument_count, char **arguments) {
    if (argument_count == 2 && strcmp(arguments[1], "--version") == 0) return puts(lk_version()) < 0 ? 1 : 0;
    if (argument_count != 2) {
        fprintf(stderr, "usage: locker-outputs-off FILE | --version\n");
        return 2;
    }
    FILE *file = fopen(arguments[1], "re");
    if (file == NULL) {
        fprintf(stderr, "locker-outputs-off: %s: %s\n", arguments[1], strerror(errno));
        return 2;
    }
    bool whole = true;
    int count = read_outputs(file, arguments[1], &whole);
    fclose(file);
    bool good = switch_all_off(count);
    return good && whole ? 0 : 1;
}
