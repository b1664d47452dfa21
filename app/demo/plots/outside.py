"""What waits for the outside verifier today: whatever was sent to them last."""

from collections.abc import Sequence
from operator import attrgetter

from app.demo.deeds import Act, Deed

LEFT_WAITING = 2


def without_newest_judgements(deeds: Sequence[Deed]) -> list[Deed]:
    """Return the deeds without what was said of the last records that were sent outside.

    However large the world, somebody who signs in as the outside verifier finds something to judge.
    """
    sent = sorted((deed for deed in deeds if deed.act is Act.SEND_OUTSIDE), key=attrgetter("at", "id"))
    waiting = {deed.subject_id for deed in sent[-LEFT_WAITING:]}
    return [deed for deed in deeds if deed.act is not Act.VERIFICATION or deed.subject_id not in waiting]
