#pragma once

#include "clibusb.h"

#include <libusb-1.0/libusb.h>

enum { LK_KEYBOARDS_MAX = 4, LK_TRANSFERS = 4 };

// One transfer, always either submitted or in the list of what waits to be taken.
typedef struct lk_transfer {
    struct lk_transfer *next;
    lk_usb_reader *reader;
    struct libusb_transfer *transfer;
    uint8_t interface;
    bool submitted;
    bool waiting;
    unsigned char bytes[LK_USB_REPORT_BYTES];
} lk_transfer;

struct lk_usb {
    libusb_context *context;
    // Completed transfers, oldest first: the queue of events needs no memory of its own.
    lk_transfer *first;
    lk_transfer *last;
    bool changed;
};

struct lk_usb_reader {
    lk_usb *usb;
    libusb_device_handle *handle;
    // Ours when libusb did not open the device itself; else -1.
    int file;
    uint32_t number;
    int claimed_count;
    uint8_t claimed[LK_KEYBOARDS_MAX];
    int transfer_count;
    lk_transfer transfers[LK_KEYBOARDS_MAX * LK_TRANSFERS];
    int failures;
    bool ended;
    bool closing;
};

// A boot keyboard of a configuration.
typedef struct lk_keyboard {
    uint8_t interface;
    uint8_t endpoint;
} lk_keyboard;

// Finds the boot keyboards of a device's active configuration; returns how many.
int lk_keyboards(libusb_device *device, lk_keyboard found[LK_KEYBOARDS_MAX]);
