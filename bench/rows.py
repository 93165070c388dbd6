"""What a bench says: rows of one table, and the statistics behind them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One figure beside its budget; a dash stands for no budget."""

    what: str
    measured: str
    budget: str = "–"
    unit: str = ""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def table(rows: Iterable[Row]) -> str:
    """Return the rows as text, every column as wide as it must be."""
    lines = [("what", "measured", "budget", "unit"), *(astuple(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    return "\n".join(
        f"{what:{widths[0]}}  {measured:>{widths[1]}}  {budget:>{widths[2]}}  {unit}".rstrip()
        for what, measured, budget, unit in lines
    )
