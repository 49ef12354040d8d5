"""The form that takes a notice in."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.command.notices.actions import NoticeIn
from hucheng.core.uploads import bytes_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class NoticeForm(forms.Form):
    """A notice by file or pasted text, with what it asks of whom."""

    sender = forms.CharField(label=_("Sender"), max_length=80)
    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(label=_("File"), required=False, help_text=_("Any file up to 20 MB; it is kept as it came."))
    text = forms.CharField(
        label=_("Or paste the text"), required=False, widget=forms.Textarea({"rows": 4}), max_length=400_000
    )
    rules = forms.CharField(
        label=_("Rules that it names"), required=False, max_length=200, help_text=_("Ids such as R12, R14.")
    )
    ask = forms.CharField(label=_("What is to be done"), widget=forms.Textarea({"rows": 2}), max_length=500)
    unit = forms.ChoiceField(label=_("Unit"))
    due = forms.DateTimeField(
        label=_("Deadline"), widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args: object, units: "Sequence[tuple[str, str]]", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """One of the two is needed."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("file")) == bool((given.get("text") or "").strip()):
            raise forms.ValidationError(_("Choose a file or paste the text: one of the two."))
        return given

    def notice(self) -> NoticeIn:
        """The notice as the action takes it. Refuses a file that is too large."""
        given = self.cleaned_data
        file = given["file"]
        return NoticeIn(
            sender=given["sender"],
            title=given["title"],
            name=file.name if file else "pasted.txt",
            data=bytes_of(file) if file else given["text"].encode(),
            ask=given["ask"],
            due=given["due"],
            unit=given["unit"],
            rules=tuple(given["rules"].replace(",", " ").replace("，", " ").replace("、", " ").split()),
        )
