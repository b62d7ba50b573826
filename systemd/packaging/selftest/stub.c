// Stands for lockerd, lockerctl and county-server while the packages' scripts are tested: it shows its version, and it
// refuses an upgrade when /etc/refuse is there or the books were last opened by a newer version.

#include <stdio.h>
#include <stdlib.h>
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
static int open_books(const char *path, int may_write) {
    char last[32] = "";
    FILE *file = fopen(path, may_write ? "r+e" : "re");
    if (file == NULL) return access(path, F_OK) == 0 ? refuse("the books cannot be opened") : 0;
    if (fgets(last, sizeof last, file) == NULL) last[0] = '\0';
    if (strcmp(last, VERSION) > 0) return refuse("the books were written by a newer version");
    rewind(file);
    if (may_write) fputs(VERSION, file);
    fclose(file);
    return 0;
}

int main(int count, char **arguments) {
    const char *command = count > 1 ? arguments[1] : "";
    const char *name = strrchr(arguments[0], '/');
    name = name == NULL ? arguments[0] : name + 1;
    if (strcmp(command, "--version") == 0) return puts(VERSION) < 0;
    if (strcmp(command, "--experimental-dump-help") == 0) return printf(help, name) < 0;
    if (strcmp(command, "--generate-completion-script") == 0) return puts(": completion") < 0;
    int is_try = strcmp(command, "--try-upgrade") == 0, is_county = strcmp(command, "stations") == 0;
    if (!is_try && !is_county) return 64;
    if (geteuid() == 0) return refuse("it runs as root");
    if (access("/etc/refuse", F_OK) == 0) return refuse("migration 7 failed: no such column");
    if (is_try) return open_books("/var/lib/lockerd/journal.sqlite", 0);
    char path[256];
    snprintf(path, sizeof path, "%s/var/lib/county-server/county.sqlite", arguments[count - 1]);
    return open_books(path, 1);
}
