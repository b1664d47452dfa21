"""One measured figure, and the bound it is held against."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured ratio or size; without a bound it is printed for comparison only."""

    name: str
    measured: float
    reach: float | None
    at_most: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether the figure keeps its bound; one without a bound does."""
        if self.reach is None:
            return True
        return self.measured <= self.reach if self.at_most else self.measured >= self.reach

    def __str__(self) -> str:
        """Return the figure as one line of the report."""
        if self.reach is None:
            return f"         {self.name:<66} {self.measured:8.3f}  (no bar)"
        word = "REACHED" if self.is_reached else "SHORT  "
        return f"{word}  {self.name:<66} {self.measured:8.3f}  {'≤' if self.at_most else '≥'} {self.reach:g}"
