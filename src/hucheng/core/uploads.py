"""Reading what people send: never more of it than can be used."""

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal

MOST_BYTES = 20 * 1024 * 1024


def bytes_of(file: UploadedFile) -> bytes:
    """Give the content of a file that was sent. Refuses one of more than 20 MB before any of it is read."""
    if (file.size or 0) > MOST_BYTES:
        raise Refusal(
            "file_too_large",
            why=_("The file is larger than %(limit)d MB.") % {"limit": MOST_BYTES // 1024**2},
            do=_("Send only the list or the text itself, without pictures and further sheets."),
        )
    content: bytes = file.read()
    return content
