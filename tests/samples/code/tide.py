"""Tide tables for the harbour office."""

import math

PERIOD_HOURS = 12.42


class Tide:
    """High and low water at one gauge."""

    def __init__(self, mean: float, range_m: float) -> None:
        self.mean = mean
        self.range_m = range_m

    @property
    def highest(self) -> float:
        return self.mean + self.range_m / 2

    def level(self, hours: float) -> float:
        return self.mean + self.range_m / 2 * math.cos(2 * math.pi * hours / PERIOD_HOURS)


def main() -> None:
    print(Tide(2.1, 3.4).level(3))


main()
