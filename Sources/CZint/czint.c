#include "czint.h"

#include <math.h>
#include <stdio.h>
#include <zint.h>

enum { QR_LEVEL_M = 2, TEXT_BYTES_MAX = 512 };

static int fail(char *fault, const char *words) {
    snprintf(fault, LK_BARCODE_FAULT_BYTES, "%s", words);
    return -1;
}

static int copy(const struct zint_symbol *symbol, lk_barcode *barcode, lk_bar *bars, int capacity) {
    // libzint scales its drawing; how much is its own affair, so it is measured.
    float module = symbol->vector->width / (float)symbol->width;
    int is_linear = symbol->rows == 1;
    int count = 0;
    for (struct zint_vector_rect *rect = symbol->vector->rectangles; rect != NULL; rect = rect->next) {
        if (count == capacity) return -1;
        lk_bar *bar = &bars[count++];
        bar->x = (int)lroundf(rect->x / module);
        bar->width = (int)lroundf(rect->width / module);
        bar->y = is_linear ? 0 : (int)lroundf(rect->y / module);
        bar->height = is_linear ? 1 : (int)lroundf(rect->height / module);
    }
    barcode->columns = symbol->width;
    barcode->rows = symbol->rows;
    return count;
}

int lk_barcode_draw(
    lk_symbology symbology, const char *text, int length, lk_barcode *barcode, lk_bar *bars, int capacity,
    char fault[LK_BARCODE_FAULT_BYTES]
) {
    // For libzint a length of 0 means: up to the zero byte.
    if (length <= 0 || length > TEXT_BYTES_MAX) return fail(fault, "the text is empty or too long");
    struct zint_symbol *symbol = ZBarcode_Create();
    if (symbol == NULL) return fail(fault, "out of memory");
    symbol->symbology = symbology == LK_QR ? BARCODE_QRCODE : BARCODE_CODE128;
    if (symbology == LK_QR) symbol->option_1 = QR_LEVEL_M;
    symbol->show_hrt = 0;
    symbol->output_options = BARCODE_NO_QUIET_ZONES;
    // A warning is an error: a symbol that is not by the book is not printed.
    symbol->warn_level = WARN_FAIL_ALL;
    int count;
    if (ZBarcode_Encode_and_Buffer_Vector(symbol, (const unsigned char *)text, length, 0) != 0) {
        count = fail(fault, symbol->errtxt);
    } else if (symbol->vector == NULL || symbol->width <= 0 || symbol->rows <= 0) {
        count = fail(fault, "nothing was drawn");
    } else {
        count = copy(symbol, barcode, bars, capacity);
        if (count < 0) fail(fault, "it has too many bars");
    }
    ZBarcode_Delete(symbol);
    return count;
}
