"""Weights fitted to decisions, and the prior of a run found without any."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

LOG2 = math.log(2)
ROUNDS = 60


def fit(
    found: Sequence[Mapping[str, float]], same: Sequence[bool], *, start: Mapping[str, float], trust: float
) -> dict[str, float]:
    """Fit bits by term to pairs that somebody decided.

    found   the terms of each pair with how much of each it has (Model.terms_of)
    same    the decision of each pair
    start   the bits to begin from; a term is pulled back to them, so that few decisions change little
    trust   how strongly: the weight of `start` in decisions (a ridge penalty around it)

    Logistic regression by Newton's method (iteratively reweighted least squares). The prior is fitted freely.
    Raises ValueError when there is no pair or all decisions are alike, from which nothing can be learned.
    """
    if len(set(same)) < 2:
        raise ValueError("Decisions of both kinds are needed: some the same person, some not.")
    names = sorted({term for pair in found for term in pair})
    design = _design(found, names)
    wanted = np.array([LOG2 * start.get(term, 0.0) for term in ("prior", *names)])
    pull = np.array([1e-6, *(trust for _term in names)])
    weights = _newton(design, np.array(same, dtype=float), wanted, pull)
    return {term: float(weight) / LOG2 for term, weight in zip(("prior", *names), weights, strict=True)}


def prior_shift(weights: ArrayLike, expected: float) -> float:
    """Bits to add to the prior of a run, from the weights of its candidate pairs alone.

    expected is the share of one person's pairs among candidates where the model was fitted. The share here is found by
    expectation-maximisation (Saerens, Latinne and Decaestecker, Neural Computation 14, 2002); no label is used.
    """
    odds = np.exp2(np.clip(np.asarray(weights, dtype=float), -60, 60))
    share = expected
    for _round in range(ROUNDS):
        ratio = share / (1 - share) / (expected / (1 - expected))
        share = float(np.clip((odds * ratio / (1 + odds * ratio)).mean(), 1e-6, 1 - 1e-6))
    return math.log2(share / (1 - share)) - math.log2(expected / (1 - expected))


def _design(found: Sequence[Mapping[str, float]], names: Sequence[str]) -> np.ndarray:
    place = {term: number + 1 for number, term in enumerate(names)}
    design = np.zeros((len(found), len(names) + 1))
    design[:, 0] = 1.0
    for row, pair in zip(design, found, strict=True):
        for term, much in pair.items():
            row[place[term]] = much
    return design


def _newton(design: np.ndarray, wanted: np.ndarray, start: np.ndarray, pull: np.ndarray) -> np.ndarray:
    weights = start.copy()
    for _round in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -35, 35)))
        slope = design.T @ (wanted - chance) - pull * (weights - start)
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights
