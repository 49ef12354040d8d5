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
    try:
        values = [_VALUE[sign] for sign in text]
    except KeyError as strange:
        raise ValueError("not base45") from strange
    if len(values) % 3 == 1:
        raise ValueError("not base45")
    out = bytearray()
    whole = len(values) - len(values) % 3
    for start in range(0, whole, 3):
        number = values[start] + 45 * values[start + 1] + 2025 * values[start + 2]
        if number > 0xFFFF:
            raise ValueError("not base45")
        out += number.to_bytes(2, "big")
    if whole < len(values):
        number = values[-2] + 45 * values[-1]
        if number > 0xFF:
            raise ValueError("not base45")
        out.append(number)
    return bytes(out)
