"""The fire behaviour indices made of the moisture codes (Van Wagner and Pickett 1985, eq. 24-30; Van Wagner 1987).

As in `moisture`, powers are exponentials of logarithms, and the logarithm of 0 is meant. Results go into `out`.
"""

import math

import numpy as np

from hucheng.engines.fireweather.moisture import Array

_STILL = math.log(0.208 * 91.9)
_BENT = math.log(4.93e7)
_SEVERE = math.log(0.0272)


def spread(moisture: Array, wind: Array, out: Array) -> Array:
    """Initial Spread Index from the water in the litter in % and wind in km/h (eq. 24-26)."""
    blown = 0.05039 * wind
    blown -= 0.1386 * moisture
    blown += _STILL
    bent = np.log(moisture)
    bent *= 5.31
    bent += blown
    bent -= _BENT
    np.exp(blown, out=out)
    out += np.exp(bent, out=bent)
    return out


def buildup(dmc: Array, dc: Array, out: Array) -> Array:
    """Buildup Index: fuel that can burn (eq. 27a-b); 0 where both codes are 0."""
    deep = 0.4 * dc
    share = 2.0 * deep
    share /= np.maximum(dmc + deep, 1e-12)
    np.multiply(dmc, share, out=out)
    if len(duff := np.flatnonzero(dmc > deep)):
        bent = np.exp(1.7 * np.log(0.0114 * dmc[duff]))
        out[duff] = np.maximum(dmc[duff] - (1.0 - share[duff]) * (0.92 + bent), 0.0)
    return out


def log_intensity(isi: Array, bui: Array) -> Array:
    """Logarithm of the Fire Weather Index from spread and fuel (eq. 28a-30b); minus infinity where nothing spreads."""
    fuel = np.log(bui)
    fuel *= 0.809
    fuel = np.exp(fuel, out=fuel)
    fuel *= 0.0626
    fuel += 0.2
    if len(deep := np.flatnonzero(bui > 80.0)):
        fuel[deep] = 100.0 / (25.0 + 108.64 * np.exp(-0.023 * bui[deep]))
    fuel *= isi
    raw = np.log(fuel, out=fuel)
    spreading = np.flatnonzero(raw > 0.0)
    bent = np.log(raw[spreading])
    bent *= 0.647
    bent = np.exp(bent, out=bent)
    bent *= 2.72 * 0.434**0.647
    raw[spreading] = bent
    return raw


def severity(log_fwi: Array, out: Array) -> Array:
    """Daily Severity Rating: how hard control is (Van Wagner 1987, eq. 31)."""
    return np.asarray(np.exp(1.77 * log_fwi + _SEVERE, out=out))
