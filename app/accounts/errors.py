"""What accounts refuse."""

from app.core.errors import Conflict, Forbidden, NotFound, NotSignedIn


class SignInRefused(NotSignedIn):
    """The address and password do not go together; the answer does not say which was wrong."""

    code = "sign-in-refused"
    title = "Not signed in"

    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is wrong.")


class LinkSpent(NotFound):
    """A one-time link that is unknown, used, withdrawn or older than a day: the answer is the same."""

    code = "link-spent"
    title = "The link no longer works"

    def __init__(self) -> None:
        super().__init__("Ask your administrator for a new link; each works once, for 24 hours.")


class LastAdministrator(Conflict):
    """An organisation keeps at least one administrator."""

    code = "last-administrator"
    title = "The last administrator stays"

    def __init__(self) -> None:
        super().__init__("Make somebody else an administrator first.")


class MemberAlready(Conflict):
    """The person to invite belongs to the organisation."""

    code = "member-already"
    title = "Already here"

    def __init__(self) -> None:
        super().__init__("Somebody with this e-mail address belongs to the organisation already.")


class MemberElsewhere(Forbidden):
    """A password that opens another organisation too is not this administrator's to reset."""

    code = "member-elsewhere"

    def __init__(self) -> None:
        super().__init__(
            "This person also works for another organisation. They can change their password themselves, or "
            "whoever runs Waymark can make a link for them."
        )


class SingleOrganisation(Conflict):
    """The embedded database serves one organisation that signs in."""

    code = "single-organisation"
    title = "One organisation only"

    def __init__(self) -> None:
        super().__init__(
            "On SQLite one organisation can sign in. Move to PostgreSQL before you invite another one."
        )
