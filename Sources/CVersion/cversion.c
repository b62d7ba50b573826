#include <cversion.h>

const char *lk_version(void) { return VILLAGELOCKER_VERSION; }
