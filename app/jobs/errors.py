"""What ends a job's work early."""


class StopWorking(Exception):
    """The worker was told to end; the job goes back and is taken up again."""


class LeaseLost(Exception):
    """The lease ran out and another worker holds the job now; nothing more may be written for it."""
