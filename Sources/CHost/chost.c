#define _GNU_SOURCE
#include "chost.h"
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

// systemd-timesyncd asks its server every 2,048 s at the least: two of them, and a minute.
static const char *const timesyncd_file = "/run/systemd/timesync/synchronized";
static const long timesyncd_seconds = 2 * 2048 + 60;

int lk_touched_within(const char *path, long seconds) {
    struct stat file;
    struct timespec now;
    if (stat(path, &file) < 0 || clock_gettime(CLOCK_REALTIME, &now) < 0) return 0;
    long age = (long)(now.tv_sec - file.st_mtim.tv_sec);
    return age >= 0 && age <= seconds;
}

int lk_clock_synchronised(void) {
    struct timex kernel;
    memset(&kernel, 0, sizeof kernel);
    int state = adjtimex(&kernel);
    if (state < 0 && errno == EPERM) return lk_touched_within(timesyncd_file, timesyncd_seconds);
    if (state < 0) return -errno;
    return state != TIME_ERROR && (kernel.status & STA_UNSYNC) == 0;
}

int lk_link_watch_open(void) {
    int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (descriptor < 0) return -errno;
    struct sockaddr_nl address;
    memset(&address, 0, sizeof address);
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) < 0) {
        int error = errno;
        close(descriptor);
        return -error;
    }
    return descriptor;
}

int lk_link_watch_wait(int descriptor, int timeout_ms) {
    struct pollfd poller = {.fd = descriptor, .events = POLLIN};
    int ready = poll(&poller, 1, timeout_ms);
    if (ready < 0) return errno == EINTR ? 0 : -errno;
    if (ready == 0) return 0;
    union {
        struct nlmsghdr header;
        char bytes[8192];
    } buffer;
    ssize_t length = recv(descriptor, &buffer, sizeof buffer, 0);
    // An overrun means that a lot happened: look again rather than wait.
    if (length < 0) return errno == ENOBUFS ? 1 : -errno;
    int up = 0;
    for (struct nlmsghdr *message = &buffer.header; NLMSG_OK(message, length); message = NLMSG_NEXT(message, length)) {
        if (message->nlmsg_type == RTM_NEWADDR) up = 1;
        if (message->nlmsg_type == RTM_NEWLINK) {
            const struct ifinfomsg *info = NLMSG_DATA(message);
            if ((info->ifi_flags & IFF_RUNNING) != 0) up = 1;
        }
    }
    return up;
}
