"""HPKE in base mode (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305), as short as it goes. A station seals phone
numbers by it.

It shares no code with the programs. Nothing here is meant for secrets: it takes its time from the bits of its keys.
"""

import base64, hmac, json, os, struct

P = 2**255 - 19


def x25519(scalar, point):
    """RFC 7748 section 5."""
    k = int.from_bytes(scalar, "little") & ~7 & (1 << 254) - 1 | 1 << 254
    x = int.from_bytes(point, "little") & (1 << 255) - 1
    a, b, c, d, swapped = 1, 0, x, 1, 0
    for bit in range(254, -1, -1):
        if swapped != k >> bit & 1:
            a, b, c, d, swapped = c, d, a, b, swapped ^ 1
        plus, minus, sum, difference = a + b, a - b, c + d, c - d
        high, low = plus * plus % P, minus * minus % P
        left, right = difference * plus % P, sum * minus % P
        c, d = (left + right) ** 2 % P, x * (left - right) ** 2 % P
        e = high - low
        a, b = high * low % P, e * (high + 121665 * e) % P
    if swapped:
        a, b = c, d
    return (a * pow(b, P - 2, P) % P).to_bytes(32, "little")


def chacha_block(key, counter, nonce):
    """RFC 8439 section 2.3."""
    start = struct.unpack("<16I", b"expand 32-byte k" + key + struct.pack("<I", counter) + nonce)
    x = list(start)

    def turn(a, b, c, d):
        for p, q, r, shift in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[p] = x[p] + x[q] & 0xFFFFFFFF
            mixed = x[r] ^ x[p]
            x[r] = (mixed << shift | mixed >> 32 - shift) & 0xFFFFFFFF

    for _ in range(10):
        for corner in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)):
            turn(*corner)
        for corner in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            turn(*corner)
    return struct.pack("<16I", *((one + other) & 0xFFFFFFFF for one, other in zip(x, start)))


def seal_chacha(key, nonce, text, also):
    """RFC 8439 section 2.8: the ciphertext with its tag."""
    blocks = (chacha_block(key, 1 + index, nonce) for index in range((len(text) + 63) // 64))
    sealed = bytes(one ^ other for one, other in zip(text, b"".join(blocks)))
    mark = chacha_block(key, 0, nonce)[:32]
    r, s = int.from_bytes(mark[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF, int.from_bytes(mark[16:], "little")
    padded = b"".join(part + bytes(-len(part) % 16) for part in (also, sealed))
    padded += struct.pack("<QQ", len(also), len(sealed))
    sum = 0
    for place in range(0, len(padded), 16):
        sum = (sum + int.from_bytes(padded[place : place + 16] + b"\1", "little")) * r % (2**130 - 5)
    return sealed + (sum + s & (1 << 128) - 1).to_bytes(16, "little")


KEM = b"KEM" + struct.pack(">H", 0x20)
SUITE = b"HPKE" + struct.pack(">HHH", 0x20, 1, 3)


def extract(suite, salt, label, key):
    return hmac.digest(salt, b"HPKE-v1" + suite + label + key, "sha256")


def expand(suite, key, label, info, length):
    info = struct.pack(">H", length) + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, info + b"\1", "sha256")[:length]


def seal(secret, to, context, purpose, own=None):
    """What a station sends: `encapsulatedKey` and `ciphertext`, both Base64, as canonical JSON."""
    own = own or os.urandom(32)
    public = x25519(own, (9).to_bytes(32, "little"))
    eae = extract(KEM, b"", b"eae_prk", x25519(own, to))
    shared = expand(KEM, eae, b"shared_secret", public + to, 32)
    schedule = b"\0" + extract(SUITE, b"", b"psk_id_hash", b"") + extract(SUITE, b"", b"info_hash", purpose)
    main = extract(SUITE, shared, b"secret", b"")
    key, nonce = (expand(SUITE, main, label, schedule, length) for label, length in ((b"key", 32), (b"base_nonce", 12)))
    both = {"encapsulatedKey": public, "ciphertext": seal_chacha(key, nonce, secret, context)}
    texts = {name: base64.b64encode(data).decode() for name, data in both.items()}
    return json.dumps(texts, sort_keys=True, separators=(",", ":")).encode()
