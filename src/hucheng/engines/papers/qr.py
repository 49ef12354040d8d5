"""QR codes as SVG for pages and PNG for papers."""

import io


def qr_svg(text: str, *, scale: int = 4) -> str:
    """Give an inline SVG of the code, black on white, without style attributes (the pages forbid them)."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=scale, border=4, xmldecl=False, svgns=True, light="#fff", svgclass="qr", lineclass=None
    )
    return out.getvalue().decode()


def qr_png(text: str, *, scale: int = 6) -> bytes:
    """Give a PNG of the code."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()
