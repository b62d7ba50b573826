#pragma once

#include <stddef.h>
#include <stdint.h>

/// Office workbooks (.xlsx) over libxlsxwriter 1.1 and 1.2, row by row: cells of earlier rows take no memory. The finished
/// file stands in memory. The library keeps rows meanwhile in files of the folder TMPDIR, else /tmp: made with O_EXCL and
/// removed before the first byte. It does not notice when that folder is full, so the caller checks what was made.
///
/// A workbook belongs to one thread at a time; any thread may make one of its own. Functions that return `int` return 0, or
/// -1 and write the cause in words, ended by a zero byte. Texts are UTF-8 ended by a zero byte.

typedef struct lk_workbook lk_workbook;

enum { LK_WORKBOOK_FAULT_BYTES = 120, LK_SHEET_COLUMNS_MAX = 100 };

/// How a cell looks. In `LK_CELL_CODE` digits are text, also for the office program that edits the cell.
typedef enum lk_cell {
    LK_CELL_TEXT,
    LK_CELL_CODE,
    LK_CELL_WHOLE,
    LK_CELL_TENTHS,
    LK_CELL_HUNDREDTHS,
    LK_CELL_HEADER,
    LK_CELLS,
} lk_cell;

/// Width in characters, and how cells look that are still empty.
typedef struct lk_column {
    double width;
    lk_cell cell;
} lk_column;

/// A workbook made at `made`, in seconds since 1970-01-01 UTC, at least 1. The caller frees it. NULL for a fault.
lk_workbook *lk_workbook_open(int64_t made, char fault[LK_WORKBOOK_FAULT_BYTES]);

/// Begins the next sheet: row 0 is its header and stays in sight; rows 1 to `rows` can be filtered.
int lk_workbook_sheet(
    lk_workbook *workbook, const char *name, const lk_column *columns, int count, uint32_t rows,
    char fault[LK_WORKBOOK_FAULT_BYTES]);

/// Writes a cell of the sheet begun last, in no row above one that was written.
int lk_workbook_text(
    lk_workbook *workbook, uint32_t row, uint16_t column, lk_cell cell, const char *text,
    char fault[LK_WORKBOOK_FAULT_BYTES]);
int lk_workbook_number(
    lk_workbook *workbook, uint32_t row, uint16_t column, lk_cell cell, double number,
    char fault[LK_WORKBOOK_FAULT_BYTES]);

/// Makes the file and writes its length. Nothing can be added after it.
int lk_workbook_finish(lk_workbook *workbook, size_t *length, char fault[LK_WORKBOOK_FAULT_BYTES]);

/// Copies `length` bytes of the finished file.
int lk_workbook_copy(const lk_workbook *workbook, uint8_t *out, size_t length, char fault[LK_WORKBOOK_FAULT_BYTES]);

void lk_workbook_free(lk_workbook *workbook);
