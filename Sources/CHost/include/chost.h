#pragma once

/// 1 when the kernel's clock is synchronised by NTP, 0 when not, negative errno on failure.
int lk_clock_synchronised(void);

/// Opens a netlink socket that hears of links and addresses (rtnetlink(7)). Descriptor or negative errno.
int lk_link_watch_open(void);
/// Waits for news. 1 when a link came up or got an address, 0 after `timeout_ms` or other news, negative errno.
int lk_link_watch_wait(int descriptor, int timeout_ms);
