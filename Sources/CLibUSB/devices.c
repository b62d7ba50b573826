#include "internal.h"

#include <stdio.h>
#include <unistd.h>

int lk_keyboards(libusb_device *device, lk_keyboard found[LK_KEYBOARDS_MAX]) {
    struct libusb_config_descriptor *config;
    if (libusb_get_active_config_descriptor(device, &config) != 0) return 0;
    int count = 0;
    for (int index = 0; index < config->bNumInterfaces; index++) {
        if (config->interface[index].num_altsetting < 1) continue;
        const struct libusb_interface_descriptor *face = &config->interface[index].altsetting[0];
        if (face->bInterfaceClass != LIBUSB_CLASS_HID || face->bInterfaceSubClass != 1) continue;
        if (face->bInterfaceProtocol != 1) continue;
        for (int end = 0; end < face->bNumEndpoints && count < LK_KEYBOARDS_MAX; end++) {
            const struct libusb_endpoint_descriptor *point = &face->endpoint[end];
            if ((point->bEndpointAddress & LIBUSB_ENDPOINT_DIR_MASK) != LIBUSB_ENDPOINT_IN) continue;
            if ((point->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) != LIBUSB_TRANSFER_TYPE_INTERRUPT) continue;
            found[count].interface = face->bInterfaceNumber;
            found[count].endpoint = point->bEndpointAddress;
            count++;
            break;
        }
    }
    libusb_free_config_descriptor(config);
    return count;
}

// The kernel's name of a port: bus, then the ports on the way.
static bool write_path(libusb_device *device, char path[LK_USB_PATH_BYTES]) {
    uint8_t ports[8];
    int count = libusb_get_port_numbers(device, ports, sizeof ports);
    if (count <= 0) return false;
    int used = snprintf(path, LK_USB_PATH_BYTES, "%u", libusb_get_bus_number(device));
    for (int index = 0; index < count && used < LK_USB_PATH_BYTES; index++) {
        used += snprintf(path + used, LK_USB_PATH_BYTES - used, "%c%u", index == 0 ? '-' : '.', ports[index]);
    }
    return used < LK_USB_PATH_BYTES;
}

static bool describe(libusb_device *device, lk_usb_device *facts) {
    struct libusb_device_descriptor descriptor;
    if (libusb_get_device_descriptor(device, &descriptor) != 0) return false;
    if (descriptor.bDeviceClass == LIBUSB_CLASS_HUB) return false;
    facts->bus = libusb_get_bus_number(device);
    facts->address = libusb_get_device_address(device);
    facts->vendor = descriptor.idVendor;
    facts->product = descriptor.idProduct;
    // Without udev a context goes on listing what was unplugged; the device node does not.
    char node[40];
    snprintf(node, sizeof node, "/dev/bus/usb/%03u/%03u", facts->bus, facts->address);
    if (access(node, F_OK) != 0) return false;
    lk_keyboard keyboards[LK_KEYBOARDS_MAX];
    facts->keyboards = (uint8_t)lk_keyboards(device, keyboards);
    return write_path(device, facts->path);
}

int lk_usb_list(lk_usb *usb, bool fresh, lk_usb_device *devices, int max) {
    libusb_context *context = usb->context;
    if (fresh) {
        int result = libusb_init(&context);
        if (result != 0) return result;
    }
    libusb_device **list;
    ssize_t found = libusb_get_device_list(context, &list);
    int count = 0;
    for (ssize_t index = 0; index < found && count < max; index++) {
        if (describe(list[index], &devices[count])) count++;
    }
    if (found >= 0) libusb_free_device_list(list, 1);
    if (fresh) libusb_exit(context);
    return found < 0 ? (int)found : count;
}
