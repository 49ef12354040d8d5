"""A table that gives no weather, said in both languages with a next step."""

from hucheng.engines.words.bilingual import Bilingual

NEEDED = Bilingual(
    "请提供带表头的 CSV：series 或 station、mon、day、temp_c、rh_pct、wind_kmh、rain24_mm。",
    "Send a CSV with a heading: series or station, mon, day, temp_c, rh_pct, wind_kmh, rain24_mm.",
)


class TableUnreadable(ValueError):
    """A table that gives no weather: why, and what to do."""

    def __init__(self, why: Bilingual, do: Bilingual = NEEDED) -> None:
        super().__init__(why.en)
        self.why, self.do = why, do
