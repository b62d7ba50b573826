#pragma once
#include <stddef.h>
#include <stdint.h>

/// Upper bound of the gzip form of `count` bytes.
size_t lk_gzip_bound(size_t count);
/// gzip (RFC 1952) with a fixed header, so that equal bytes compress to equal bytes. Returns the length, or -1.
long lk_gzip(const uint8_t *bytes, size_t count, int level, uint8_t *out, size_t capacity);
/// Inflates one gzip member. Returns the length, -1 for damaged input, -2 when it would exceed `capacity`.
long lk_gunzip(const uint8_t *bytes, size_t count, uint8_t *out, size_t capacity);
