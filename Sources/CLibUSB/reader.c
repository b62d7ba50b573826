#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// HID class request that asks for the eight-byte reports; a device that does not know it sends them anyway.
enum { SET_PROTOCOL = 0x0B, BOOT_PROTOCOL = 0, SET_PROTOCOL_MILLISECONDS = 250 };
enum { FAILURES_MAX = 10, CANCEL_MILLISECONDS = 50, CANCEL_ROUNDS = 10 };

static void keep(lk_transfer *item) {
    lk_usb *usb = item->reader->usb;
    item->next = NULL;
    item->waiting = true;
    if (usb->last != NULL) usb->last->next = item;
    else usb->first = item;
    usb->last = item;
}

static void submit(lk_transfer *item) {
    if (item->reader->closing) return;
    int result = libusb_submit_transfer(item->transfer);
    item->submitted = result == 0;
    if (result == 0) return;
    item->transfer->status = result == LIBUSB_ERROR_NO_DEVICE ? LIBUSB_TRANSFER_NO_DEVICE : LIBUSB_TRANSFER_ERROR;
    item->reader->failures = FAILURES_MAX;
    keep(item);
}

// Runs inside libusb's event handling: it must not open, close or send anything.
static void LIBUSB_CALL completed(struct libusb_transfer *transfer) {
    lk_transfer *item = transfer->user_data;
    lk_usb_reader *reader = item->reader;
    item->submitted = false;
    if (reader->closing || reader->ended) return;
    switch (transfer->status) {
    case LIBUSB_TRANSFER_COMPLETED:
        reader->failures = 0;
        if (transfer->actual_length > 0) keep(item);
        else submit(item);
        return;
    case LIBUSB_TRANSFER_ERROR:
    case LIBUSB_TRANSFER_TIMED_OUT:
    case LIBUSB_TRANSFER_OVERFLOW:
        // Noise on a long cable; a device that only fails is given up and opened again.
        if (++reader->failures < FAILURES_MAX) submit(item);
        else keep(item);
        return;
    default:
        keep(item);
        return;
    }
}

static int error_of(const struct libusb_transfer *transfer) {
    switch (transfer->status) {
    case LIBUSB_TRANSFER_COMPLETED: return 0;
    case LIBUSB_TRANSFER_NO_DEVICE: return LIBUSB_ERROR_NO_DEVICE;
    case LIBUSB_TRANSFER_STALL: return LIBUSB_ERROR_PIPE;
    case LIBUSB_TRANSFER_OVERFLOW: return LIBUSB_ERROR_OVERFLOW;
    default: return LIBUSB_ERROR_IO;
    }
}

bool lk_usb_next(lk_usb *usb, lk_usb_event *event) {
    while (usb->first != NULL) {
        lk_transfer *item = usb->first;
        usb->first = item->next;
        if (usb->first == NULL) usb->last = NULL;
        item->waiting = false;
        if (item->reader->ended) continue;
        event->reader = item->reader->number;
        event->interface = item->interface;
        event->error = error_of(item->transfer);
        event->length = 0;
        if (event->error == 0) {
            event->length = (uint8_t)item->transfer->actual_length;
            memcpy(event->bytes, item->bytes, event->length);
            submit(item);
        } else {
            item->reader->ended = true;
        }
        return true;
    }
    return false;
}

// A device that the main context has not heard of (no udev) is opened by its node.
static int open_handle(lk_usb *usb, const lk_usb_device *device, lk_usb_reader *reader) {
    libusb_device **list;
    ssize_t count = libusb_get_device_list(usb->context, &list);
    if (count < 0) return (int)count;
    int result = LIBUSB_ERROR_NOT_FOUND;
    for (ssize_t index = 0; index < count; index++) {
        if (libusb_get_bus_number(list[index]) != device->bus) continue;
        if (libusb_get_device_address(list[index]) != device->address) continue;
        result = libusb_open(list[index], &reader->handle);
        break;
    }
    libusb_free_device_list(list, 1);
    if (result != LIBUSB_ERROR_NOT_FOUND) return result;
    char node[40];
    snprintf(node, sizeof node, "/dev/bus/usb/%03u/%03u", device->bus, device->address);
    reader->file = open(node, O_RDWR | O_CLOEXEC);
    if (reader->file < 0) {
        if (errno == EACCES || errno == EPERM) return LIBUSB_ERROR_ACCESS;
        return errno == ENOENT || errno == ENODEV ? LIBUSB_ERROR_NO_DEVICE : LIBUSB_ERROR_IO;
    }
    return libusb_wrap_sys_device(usb->context, reader->file, &reader->handle);
}

static int claim(lk_usb_reader *reader, const lk_keyboard *keyboard) {
    int result = libusb_claim_interface(reader->handle, keyboard->interface);
    if (result != 0) return result;
    reader->claimed[reader->claimed_count++] = keyboard->interface;
    libusb_control_transfer(
        reader->handle, LIBUSB_ENDPOINT_OUT | LIBUSB_REQUEST_TYPE_CLASS | LIBUSB_RECIPIENT_INTERFACE, SET_PROTOCOL,
        BOOT_PROTOCOL, keyboard->interface, NULL, 0, SET_PROTOCOL_MILLISECONDS);
    for (int index = 0; index < LK_TRANSFERS; index++) {
        lk_transfer *item = &reader->transfers[reader->transfer_count];
        item->transfer = libusb_alloc_transfer(0);
        if (item->transfer == NULL) return LIBUSB_ERROR_NO_MEM;
        reader->transfer_count++;
        item->reader = reader;
        item->interface = keyboard->interface;
        libusb_fill_interrupt_transfer(
            item->transfer, reader->handle, keyboard->endpoint, item->bytes, sizeof item->bytes, completed, item, 0);
        result = libusb_submit_transfer(item->transfer);
        if (result != 0) return result;
        item->submitted = true;
    }
    return 0;
}

int lk_usb_reader_open(lk_usb *usb, const lk_usb_device *device, uint32_t number, lk_usb_reader **reader) {
    lk_usb_reader *made = calloc(1, sizeof *made);
    if (made == NULL) return LIBUSB_ERROR_NO_MEM;
    made->usb = usb;
    made->number = number;
    made->file = -1;
    int result = open_handle(usb, device, made);
    if (result == 0) {
        // The kernel's own keyboard driver has the interface; it comes back when we let go.
        libusb_set_auto_detach_kernel_driver(made->handle, 1);
        lk_keyboard keyboards[LK_KEYBOARDS_MAX];
        int count = lk_keyboards(libusb_get_device(made->handle), keyboards);
        if (count == 0) result = LIBUSB_ERROR_NOT_FOUND;
        for (int index = 0; index < count && result == 0; index++) result = claim(made, &keyboards[index]);
    }
    if (result != 0) {
        lk_usb_reader_close(made);
        return result;
    }
    *reader = made;
    return 0;
}

// Whether libusb still has a transfer of the reader.
static bool is_busy(const lk_usb_reader *reader) {
    for (int index = 0; index < reader->transfer_count; index++) {
        if (reader->transfers[index].submitted) return true;
    }
    return false;
}

static void forget(lk_usb_reader *reader) {
    lk_usb *usb = reader->usb;
    lk_transfer **link = &usb->first;
    usb->last = NULL;
    while (*link != NULL) {
        if ((*link)->reader == reader) {
            *link = (*link)->next;
        } else {
            usb->last = *link;
            link = &(*link)->next;
        }
    }
}

void lk_usb_reader_close(lk_usb_reader *reader) {
    reader->closing = true;
    for (int index = 0; index < reader->transfer_count; index++) {
        if (reader->transfers[index].submitted) libusb_cancel_transfer(reader->transfers[index].transfer);
    }
    for (int round = 0; round < CANCEL_ROUNDS && is_busy(reader); round++) {
        struct timeval time = {.tv_usec = CANCEL_MILLISECONDS * 1000};
        libusb_handle_events_timeout_completed(reader->usb->context, &time, NULL);
    }
    forget(reader);
    // Memory that the kernel may still write to is better lost than freed.
    if (is_busy(reader)) return;
    for (int index = 0; index < reader->transfer_count; index++) {
        libusb_free_transfer(reader->transfers[index].transfer);
    }
    for (int index = 0; index < reader->claimed_count; index++) {
        libusb_release_interface(reader->handle, reader->claimed[index]);
    }
    if (reader->handle != NULL) libusb_close(reader->handle);
    if (reader->file >= 0) close(reader->file);
    free(reader);
}
