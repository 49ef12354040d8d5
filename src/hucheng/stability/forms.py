"""Controls that several forms of the wing share: a day, a moment, who may read."""

from django import forms

from hucheng.core.terms import Role

LOCAL = "%Y-%m-%dT%H:%M"
READERS = (Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY)
REPORTERS = (Role.COUNTY, Role.DEPARTMENT)


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """A moment in the city's time, by the browser's own choice."""

    def __init__(self, *, label: object) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL)
        super().__init__(label=label, input_formats=[LOCAL, "%Y-%m-%d %H:%M"], widget=widget)  # type: ignore[arg-type]
