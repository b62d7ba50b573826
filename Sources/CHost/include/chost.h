#pragma once

/// 1 when the kernel's clock is synchronised by NTP, 0 when not, negative errno on failure. Where a sandbox keeps the
/// kernel's answer back (EPERM), systemd-timesyncd's is taken: it touches a file whenever it sets the clock right.
int lk_clock_synchronised(void);

/// 1 when the file was written or touched within the last `seconds`, 0 when not, or when there is none.
int lk_touched_within(const char *path, long seconds);

/// Opens a netlink socket that hears of links and addresses (rtnetlink(7)). Descriptor or negative errno.
int lk_link_watch_open(void);
/// Waits for news. 1 when a link came up or got an address, 0 after `timeout_ms` or other news, negative errno.
int lk_link_watch_wait(int descriptor, int timeout_ms);
