"""Base45 (RFC 9285): bytes as text that a QR code stores in its compact alphanumeric mode."""

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {sign: value for value, sign in enumerate(_SIGNS)}


def encode(data: bytes) -> str:
    """Give the text of some bytes: three signs for two bytes, two for a last one."""
    signs = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        number = int.from_bytes(pair, "big")
        for _place in range(len(pair) + 1):
            number, rest = divmod(number, 45)
            signs.append(_SIGNS[rest])
    return "".join(signs)


def decode(text: str) -> bytes:
    """Give the bytes of a text. Raises ValueError for a sign or length that `encode` never makes."""
    if len(text) % 3 == 1 or not set(text) <= _VALUE.keys():
        raise ValueError("not base45")
    out = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        number = sum(_VALUE[sign] * 45**place for place, sign in enumerate(group))
        width = len(group) - 1
        if number >= 256**width:
            raise ValueError("not base45")
        out += number.to_bytes(width, "big")
    return bytes(out)
