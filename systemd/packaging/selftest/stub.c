// Stands for lockerd, lockerctl and county-server while the packages' scripts are tested: it shows its version, and it
// refuses an upgrade when /etc/refuse is there or the books were last opened by a newer version.

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifndef VERSION
#define VERSION "0.0.0"
#endif

static const char help[] =
    "{\"serializationVersion\":0,\"command\":{\"commandName\":\"%s\",\"abstract\":\"A stub \xe7\xab\x99.\","
    "\"shouldDisplay\":true,\"superCommands\":[],\"arguments\":[]}}\n";

static int refuse(const char *why) {
    fprintf(stderr, "stub: %s\n", why);
    return 1;
}

// The books hold the version that wrote them last.
static int try_books(const char *path) {
    char last[32] = "";
    FILE *file = fopen(path, "re");
    if (file == NULL) return access(path, F_OK) == 0 ? refuse("the books cannot be opened") : 0;
    if (fgets(last, sizeof last, file) == NULL) last[0] = '\0';
    fclose(file);
    if (strcmp(last, "damaged") == 0) return refuse("the books are damaged"), 65;
    return strcmp(last, VERSION) > 0 ? refuse("the books were written by a newer version") : 0;
}

int main(int count, char **arguments) {
    const char *command = count > 1 ? arguments[1] : "";
    const char *name = strrchr(arguments[0], '/');
    name = name == NULL ? arguments[0] : name + 1;
    if (strcmp(command, "--version") == 0) return puts(VERSION) < 0;
    if (strcmp(command, "--experimental-dump-help") == 0) return printf(help, name) < 0;
    if (strcmp(command, "--generate-completion-script") == 0) return puts(": completion") < 0;
    int is_station = strcmp(command, "--try-upgrade") == 0;
    if (!is_station && strcmp(command, "try-upgrade") != 0) return 64;
    if (geteuid() == 0) return refuse("it runs as root");
    if (access("/etc/refuse", F_OK) == 0) return refuse("migration 7 failed: no such column");
    return try_books(is_station ? "/var/lib/lockerd/journal.sqlite" : "/var/lib/county-server/county.sqlite");
}
