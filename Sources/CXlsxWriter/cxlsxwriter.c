#define _GNU_SOURCE
#include "cxlsxwriter.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

/// Numbers that every office program knows: A4 paper, and the formats `0`, `0.00` and `@` (文本).
enum { PAPER_A4 = 9, FORMAT_WHOLE = 1, FORMAT_HUNDREDTHS = 2, FORMAT_TEXT = 49 };
enum { PATH_BYTES = 40 };

struct lk_workbook {
    /// The file in memory; the library knows it by a path of /proc, since the version of Debian 12 takes paths alone.
    int file;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *formats[LK_CELLS];
};

/// Where the library makes temporary names it calls rand(), and gmtime() where it dates a file.
static pthread_mutex_t library = PTHREAD_MUTEX_INITIALIZER;

static int fail(char *fault, const char *words) {
    snprintf(fault, LK_WORKBOOK_FAULT_BYTES, "%s", words);
    return -1;
}

static int result(lxw_error error, char *fault) {
    return error == LXW_NO_ERROR ? 0 : fail(fault, lxw_strerror(error));
}

static int add_formats(lk_workbook *workbook) {
    for (int cell = 0; cell < LK_CELLS; cell++) {
        lxw_format *format = workbook_add_format(workbook->book);
        if (format == NULL) return -1;
        workbook->formats[cell] = format;
    }
    format_set_num_format_index(workbook->formats[LK_CELL_CODE], FORMAT_TEXT);
    format_set_num_format_index(workbook->formats[LK_CELL_WHOLE], FORMAT_WHOLE);
    format_set_num_format(workbook->formats[LK_CELL_TENTHS], "0.0");
    format_set_num_format_index(workbook->formats[LK_CELL_HUNDREDTHS], FORMAT_HUNDREDTHS);
    lxw_format *header = workbook->formats[LK_CELL_HEADER];
    format_set_bold(header);
    format_set_text_wrap(header);
    format_set_bottom(header, LXW_BORDER_THIN);
    return 0;
}

lk_workbook *lk_workbook_open(int64_t made, char fault[LK_WORKBOOK_FAULT_BYTES]) {
    lk_workbook *workbook = calloc(1, sizeof *workbook);
    if (workbook == NULL) {
        fail(fault, "out of memory");
        return NULL;
    }
    workbook->file = memfd_create("workbook", MFD_CLOEXEC);
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "/proc/self/fd/%d", workbook->file);
    lxw_workbook_options options = {.constant_memory = 1};
    if (workbook->file < 0 || access(path, W_OK) != 0) {
        fail(fault, strerror(errno));
    } else if ((workbook->book = workbook_new_opt(path, &options)) == NULL || add_formats(workbook) != 0) {
        fail(fault, "out of memory");
    } else {
        lxw_doc_properties properties = {.created = made};
        if (result(workbook_set_properties(workbook->book, &properties), fault) == 0) return workbook;
    }
    lk_workbook_free(workbook);
    return NULL;
}

int lk_workbook_sheet(
    lk_workbook *workbook, const char *name, const lk_column *columns, int count, uint32_t rows,
    char fault[LK_WORKBOOK_FAULT_BYTES]
) {
    if (count <= 0 || count > LK_SHEET_COLUMNS_MAX) return fail(fault, "no columns, or too many");
    pthread_mutex_lock(&library);
    lxw_worksheet *sheet = workbook_add_worksheet(workbook->book, name);
    pthread_mutex_unlock(&library);
    if (sheet == NULL) return fail(fault, "the name is refused, or there is no place for a temporary file");
    workbook->sheet = sheet;
    lxw_col_t last = (lxw_col_t)(count - 1);
    lxw_error error = LXW_NO_ERROR;
    for (lxw_col_t column = 0; column <= last && error == LXW_NO_ERROR; column++) {
        lxw_format *format = workbook->formats[columns[column].cell];
        error = worksheet_set_column(sheet, column, column, columns[column].width, format);
    }
    if (error == LXW_NO_ERROR) error = worksheet_autofilter(sheet, 0, 0, rows, last);
    if (error == LXW_NO_ERROR) error = worksheet_repeat_rows(sheet, 0, 0);
    if (error == LXW_NO_ERROR) {
        char range[LXW_MAX_CELL_RANGE_LENGTH];
        lxw_rowcol_to_range(range, 0, 0, rows, last);
        // Or each waybill gets a green corner that offers to make a number of it.
        error = worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    return result(error, fault);
}

int lk_workbook_text(
    lk_workbook *workbook, uint32_t row, uint16_t column, lk_cell cell, const char *text,
    char fault[LK_WORKBOOK_FAULT_BYTES]
) {
    if (workbook->sheet == NULL) return fail(fault, "no sheet was begun");
    return result(worksheet_write_string(workbook->sheet, row, column, text, workbook->formats[cell]), fault);
}

int lk_workbook_number(
    lk_workbook *workbook, uint32_t row, uint16_t column, lk_cell cell, double number,
    char fault[LK_WORKBOOK_FAULT_BYTES]
) {
    if (workbook->sheet == NULL) return fail(fault, "no sheet was begun");
    return result(worksheet_write_number(workbook->sheet, row, column, number, workbook->formats[cell]), fault);
}

int lk_workbook_finish(lk_workbook *workbook, size_t *length, char fault[LK_WORKBOOK_FAULT_BYTES]) {
    if (workbook->book == NULL) return fail(fault, "it is finished already");
    pthread_mutex_lock(&library);
    // Frees the book and its sheets, whatever it returns.
    lxw_error error = workbook_close(workbook->book);
    pthread_mutex_unlock(&library);
    workbook->book = NULL;
    workbook->sheet = NULL;
    if (error != LXW_NO_ERROR) return result(error, fault);
    struct stat status;
    if (fstat(workbook->file, &status) != 0) return fail(fault, strerror(errno));
    *length = (size_t)status.st_size;
    return 0;
}

int lk_workbook_copy(const lk_workbook *workbook, uint8_t *out, size_t length, char fault[LK_WORKBOOK_FAULT_BYTES]) {
    size_t copied = 0;
    while (copied < length) {
        ssize_t count = pread(workbook->file, out + copied, length - copied, (off_t)copied);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return fail(fault, count < 0 ? strerror(errno) : "the file is shorter than it was");
        copied += (size_t)count;
    }
    return 0;
}

void lk_workbook_free(lk_workbook *workbook) {
    if (workbook == NULL) return;
    if (workbook->book != NULL) {
        lxw_worksheet *sheet;
        // The library closes them only when it makes the file.
        STAILQ_FOREACH(sheet, workbook->book->worksheets, list_pointers) {
            if (sheet->optimize_tmpfile != NULL) fclose(sheet->optimize_tmpfile);
        }
        lxw_workbook_free(workbook->book);
    }
    if (workbook->file >= 0) close(workbook->file);
    free(workbook);
}
