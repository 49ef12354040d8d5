"""The form that takes minutes in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.uploads import bytes_of


class MinutesForm(forms.Form):
    """A file or pasted text, with the day of publication."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Word (.docx), PDF with a text layer, plain text or a saved web page, up to 20 MB."),
    )
    text = forms.CharField(
        label=_("Or paste the text"), required=False, widget=forms.Textarea({"rows": 4}), max_length=400_000
    )
    article_date = forms.DateField(
        label=_("Published on"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Gives the year to days that the text names without one."),
    )

    def clean(self) -> dict[str, object]:
        """One of the two is needed."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("file")) == bool((given.get("text") or "").strip()):
            raise forms.ValidationError(_("Choose a file or paste the text: one of the two."))
        return given

    def document(self) -> tuple[str, bytes]:
        """Name and bytes of what was given. Refuses a file that is too large."""
        file = self.cleaned_data["file"]
        if file:
            return file.name, bytes_of(file)
        return "pasted.txt", self.cleaned_data["text"].encode()
