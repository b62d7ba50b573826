#!/usr/bin/env python3
"""Writes the ELF kernel inside a bzImage, or the bzImage itself where python cannot unpack it: both boot."""

import lzma
import struct
import sys
import zlib

source, target = sys.argv[1:]
image = open(source, "rb").read()
if image[0x202:0x206] != b"HdrS":
    sys.exit(f"{source} is no bzImage")
setup = (image[0x1F1] or 4) + 1
offset, length = struct.unpack_from("<II", image, 0x248)
payload = image[setup * 512 + offset :][:length]
if payload.startswith(b"\xfd7zXZ"):
    image = lzma.LZMADecompressor().decompress(payload)
elif payload.startswith(b"\x1f\x8b"):
    image = zlib.decompressobj(31).decompress(payload)
open(target, "wb").write(image)
