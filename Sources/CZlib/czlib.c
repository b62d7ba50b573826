#include "czlib.h"
#include <limits.h>
#include <string.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16 };

size_t lk_gzip_bound(size_t count) {
    return compressBound(count) + 32;
}

long lk_gzip(const uint8_t *bytes, size_t count, int level, uint8_t *out, size_t capacity) {
    if (count > UINT_MAX || capacity > UINT_MAX) return -1;
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (deflateInit2(&stream, level, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK) return -1;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = out;
    stream.avail_out = (uInt)capacity;
    int result = deflate(&stream, Z_FINISH);
    long length = result == Z_STREAM_END ? (long)stream.total_out : -1;
    deflateEnd(&stream);
    return length;
}

long lk_gunzip(const uint8_t *bytes, size_t count, uint8_t *out, size_t capacity) {
    if (count > UINT_MAX || capacity > UINT_MAX) return -1;
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK) return -1;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = out;
    stream.avail_out = (uInt)capacity;
    int result = inflate(&stream, Z_FINISH);
    long length = -1;
    if (result == Z_STREAM_END && stream.avail_in == 0) length = (long)stream.total_out;
    else if (result != Z_DATA_ERROR && stream.avail_out == 0) length = -2;
    inflateEnd(&stream);
    return length;
}
