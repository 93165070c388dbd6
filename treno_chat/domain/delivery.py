"""Messages that did not get out: the two ways in which that happens, whatever carries them."""


class Undeliverable(Exception):
    """The recipient gets nothing this way, however often one tries."""


class DeliveryFailed(Exception):
    """The sender did not take the message; `is_passing` says whether trying again makes sense."""

    def __init__(self, reason: str, *, is_passing: bool) -> None:
        super().__init__(reason)
        self.is_passing = is_passing
