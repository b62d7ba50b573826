#include "cgpiod.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// Number of `gpiochipN` or `/dev/gpiochipN`; -1 when it is none.
static long chip_number(const char *name) {
    const char *base = strrchr(name, '/');
    base = base ? base + 1 : name;
    if (strncmp(base, "gpiochip", 8) != 0) return -1;
    char *end;
    long number = strtol(base + 8, &end, 10);
    return end == base + 8 || *end != '\0' || number < 0 || number > 99999 ? -1 : number;
}

int lk_gpio_next_chip(const char *after, char path[LK_GPIO_TEXT_BYTES]) {
    DIR *folder = opendir("/dev");
    if (folder == NULL) return 0;
    long last = chip_number(after);
    long next = -1;
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        long number = chip_number(entry->d_name);
        if (number <= last || (next >= 0 && number >= next)) continue;
        char candidate[sizeof "/dev/" + sizeof entry->d_name];
        snprintf(candidate, sizeof candidate, "/dev/%s", entry->d_name);
        struct stat status;
        if (lstat(candidate, &status) != 0 || !S_ISCHR(status.st_mode)) continue;
        next = number;
        snprintf(path, LK_GPIO_TEXT_BYTES, "/dev/gpiochip%ld", number);
    }
    closedir(folder);
    return next >= 0 ? 1 : 0;
}
