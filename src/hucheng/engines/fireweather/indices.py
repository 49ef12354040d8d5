"""The fire behaviour indices made of the moisture codes (Van Wagner and Pickett 1985, eq. 24-30; Van Wagner 1987)."""

import numpy as np

from hucheng.engines.fireweather.moisture import Array, litter_moisture


def spread(ffmc: Array, wind: Array, scale: float) -> Array:
    """Initial Spread Index from litter and wind in km/h (eq. 24-26)."""
    moisture = litter_moisture(ffmc, scale)
    fuel = 91.9 * np.exp(-0.1386 * moisture) * (1.0 + moisture**5.31 / 4.93e7)
    return np.asarray(0.208 * np.exp(0.05039 * wind) * fuel)


def buildup(dmc: Array, dc: Array) -> Array:
    """Buildup Index: fuel that can burn (eq. 27a-b); 0 where both codes are 0."""
    total = np.maximum(dmc + 0.4 * dc, 1e-12)
    mostly_deep = 0.8 * dmc * dc / total
    mostly_duff = dmc - (1.0 - 0.8 * dc / total) * (0.92 + (0.0114 * dmc) ** 1.7)
    return np.maximum(np.where(dmc <= 0.4 * dc, mostly_deep, mostly_duff), 0.0)


def intensity(isi: Array, bui: Array) -> Array:
    """Fire Weather Index from spread and fuel (eq. 28a-30b)."""
    shallow = 0.626 * bui**0.809 + 2.0
    deep = 1000.0 / (25.0 + 108.64 * np.exp(-0.023 * bui))
    raw = 0.1 * isi * np.where(bui <= 80.0, shallow, deep)
    return np.where(raw > 1.0, np.exp(2.72 * (0.434 * np.log(np.maximum(raw, 1.0))) ** 0.647), raw)


def severity(fwi: Array) -> Array:
    """Daily Severity Rating: how hard control is (Van Wagner 1987, eq. 31)."""
    return np.asarray(0.0272 * fwi**1.77)
