"""A refusal is a service: what, why, and what can be done now."""

from django.utils.functional import Promise


class Refusal(Exception):
    """A rule says no.

    code  for programs, stable
    why   a fact, for people
    do    the next step, for people
    """

    def __init__(self, code: str, *, why: str | Promise, do: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.why = why
        self.do = do

    def as_dict(self) -> dict[str, str]:
        """Give code, why and do in the language in force."""
        return {"code": self.code, "why": str(self.why), "do": str(self.do)}
