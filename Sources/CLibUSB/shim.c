#include "internal.h"

#include <stdlib.h>

// Only says that something changed: the list of devices tells what. Devices must not be opened in here.
static int LIBUSB_CALL came_or_went(
    libusb_context *context, libusb_device *device, libusb_hotplug_event event, void *user
) {
    (void)context;
    (void)device;
    (void)event;
    ((lk_usb *)user)->changed = true;
    return 0;
}

int lk_usb_open(lk_usb **usb) {
    lk_usb *made = calloc(1, sizeof *made);
    if (made == NULL) return LIBUSB_ERROR_NO_MEM;
    int result = libusb_init(&made->context);
    if (result != 0) {
        free(made);
        return result;
    }
    if (libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG)) {
        result = libusb_hotplug_register_callback(
            made->context, LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
            LIBUSB_HOTPLUG_NO_FLAGS, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
            came_or_went, made, NULL);
    }
    if (result != 0) {
        lk_usb_close(made);
        return result;
    }
    made->changed = true;
    *usb = made;
    return 0;
}

void lk_usb_close(lk_usb *usb) {
    libusb_exit(usb->context);
    free(usb);
}

int lk_usb_wait(lk_usb *usb, int milliseconds) {
    // What came while a device was being opened must not wait for the next thing to come.
    bool ready = usb->changed || usb->first != NULL;
    struct timeval time = {.tv_sec = 0, .tv_usec = 0};
    if (!ready && milliseconds > 0) {
        time.tv_sec = milliseconds / 1000;
        time.tv_usec = milliseconds % 1000 * 1000;
    }
    int result = libusb_handle_events_timeout_completed(usb->context, &time, NULL);
    if (result < 0 && result != LIBUSB_ERROR_INTERRUPTED && result != LIBUSB_ERROR_TIMEOUT) return result;
    bool changed = usb->changed;
    usb->changed = false;
    return changed ? 1 : 0;
}

const char *lk_usb_error_name(int error) { return libusb_error_name(error); }
