"""The symptoms that forms ask for and facts may name."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal

SYMPTOMS = {
    "fever": _("Fever"),
    "cough": _("Cough"),
    "sore_throat": _("Sore throat"),
    "breathless": _("Short of breath"),
    "fatigue": _("Fatigue"),
    "diarrhoea": _("Diarrhoea"),
    "loss_of_smell": _("Loss of smell or taste"),
    "headache": _("Headache"),
}


def check_symptoms(codes: Iterable[str]) -> None:
    """Refuse a code that is not on the list; "none" and an empty one say that nothing was found."""
    unknown = set(codes) - SYMPTOMS.keys() - {"none", ""}
    if unknown:
        raise Refusal(
            "unknown_symptom",
            why=_("The form does not know: %(codes)s.") % {"codes": ", ".join(sorted(unknown))},
            do=_("Choose from the list; describe anything else to the medical group."),
        )
