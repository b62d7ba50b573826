#pragma once

#include <stdbool.h>
#include <stdint.h>

/// USB keyboards over libusb 1.0: which are there, and what they send. Everything but `lk_usb_error_name` belongs to one
/// thread. No function calls back: what arrives is kept until `lk_usb_next` takes it, and the device is held off
/// meanwhile, so nothing is lost and nothing grows.
///
/// Functions that return `int` return 0 or more, or a negative number for `lk_usb_error_name`.

typedef struct lk_usb lk_usb;
typedef struct lk_usb_reader lk_usb_reader;

enum { LK_USB_PATH_BYTES = 32, LK_USB_REPORT_BYTES = 64 };

/// What may be waited out, and what needs a hand.
enum {
    LK_USB_ACCESS = -3,
    LK_USB_NO_DEVICE = -4,
    LK_USB_NOT_FOUND = -5,
    LK_USB_BUSY = -6,
};

/// A device that is plugged in.
typedef struct lk_usb_device {
    uint8_t bus;
    uint8_t address;
    uint16_t vendor;
    uint16_t product;
    /// Interfaces that are HID boot keyboards with an interrupt-IN endpoint.
    uint8_t keyboards;
    /// Port path as the kernel writes it: `1-1.2`.
    char path[LK_USB_PATH_BYTES];
} lk_usb_device;

/// Something that a reader got.
typedef struct lk_usb_event {
    uint32_t reader;
    uint8_t interface;
    /// 0, or why the reader has ended: nothing more comes from it, close it.
    int32_t error;
    uint8_t length;
    uint8_t bytes[LK_USB_REPORT_BYTES];
} lk_usb_event;

/// Starts libusb and asks to be told of devices that come and go. The caller closes it, after its readers.
int lk_usb_open(lk_usb **usb);
void lk_usb_close(lk_usb *usb);

/// Waits until something happens or the time is over. Returns 1 when devices came or went, else 0.
int lk_usb_wait(lk_usb *usb, int milliseconds);

/// Writes the devices that are plugged in (no hubs) and returns how many. `fresh` asks through a second, short-lived
/// context, which also sees what changed on a system without udev.
int lk_usb_list(lk_usb *usb, bool fresh, lk_usb_device *devices, int max);

/// Opens a device, takes every boot keyboard of it from the kernel and begins to read. When it returns 0 no report is
/// missed any more. `number` comes back in events. The caller closes it.
int lk_usb_reader_open(lk_usb *usb, const lk_usb_device *device, uint32_t number, lk_usb_reader **reader);

/// Stops reading and gives the interfaces back to the kernel. What was not taken yet is dropped.
void lk_usb_reader_close(lk_usb_reader *reader);

/// Takes the oldest event; `false` when there is none.
bool lk_usb_next(lk_usb *usb, lk_usb_event *event);

/// `LIBUSB_ERROR_BUSY` for -6. From any thread.
const char *lk_usb_error_name(int error);
