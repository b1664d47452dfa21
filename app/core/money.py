"""Money is whole pence; a share of it is rounded half up, once."""

from decimal import ROUND_HALF_UP, Decimal

BASIS_POINTS = 10_000


def share_of(amount_pence: int, share_basis_points: int) -> int:
    """Return a share of an amount, in pence rounded half up.

    Args:
        amount_pence: The whole amount, in pence.
        share_basis_points: The share in hundredths of a per cent, 0 to 10,000.
    """
    exact = Decimal(amount_pence) * share_basis_points / BASIS_POINTS
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def pounds(amount_pence: int) -> str:
    """Return an amount as people write it: ``£1,234.50``, ``−£20.00``."""
    sign = "−" if amount_pence < 0 else ""
    whole, pence = divmod(abs(amount_pence), 100)
    return f"{sign}£{whole:,}.{pence:02d}"
