#pragma once

/// Barcodes over libzint, as rectangles counted in modules: the caller decides how wide a module is. Each call makes and
/// frees its own symbol, so any thread may call.

enum { LK_BARCODE_FAULT_BYTES = 100 };

typedef enum lk_symbology {
    LK_CODE_128,
    LK_QR,
} lk_symbology;

/// One dark rectangle; counts from the left and upper edge of the symbol, which stands without a quiet zone.
typedef struct lk_bar {
    int x;
    int y;
    int width;
    int height;
} lk_bar;

/// A symbol's size. A linear one has one row: its height is the caller's.
typedef struct lk_barcode {
    int columns;
    int rows;
} lk_barcode;

/// Draws `length` bytes of ASCII text into the caller's `bars`. Returns how many there are, or -1 and writes the cause in
/// words, ended by a zero byte.
int lk_barcode_draw(
    lk_symbology symbology, const char *text, int length, lk_barcode *barcode, lk_bar *bars, int capacity,
    char fault[LK_BARCODE_FAULT_BYTES]);
