"""The pen of SQLite: one holds it, what is urgent passes the queue, and nobody waits for ever."""

from threading import Thread

from treno_chat.stores.pen import Pen

AT_ONCE, FOR_EVER = 0.0, 60.0


def test_one_holds_it_and_the_next_takes_it_afterwards() -> None:
    pen = Pen(patience=FOR_EVER)
    written: list[str] = []

    def write(what: str, *, is_urgent: bool) -> None:
        with pen.held(is_urgent=is_urgent):
            written.append(f"{what} begins")
            written.append(f"{what} ends")

    with pen.held(is_urgent=False):
        writers = [
            Thread(target=write, args=(what,), kwargs={"is_urgent": is_urgent})
            for what, is_urgent in (("an entry", False), ("a message", True), ("another", False))
        ]
        for writer in writers:
            writer.start()
        written.append("the first ends")
    for writer in writers:
        writer.join()

    assert written[0] == "the first ends"
    assert all(
        ends == begins.replace("begins", "ends")
        for begins, ends in zip(written[1::2], written[2::2], strict=True)
    )


def test_what_is_urgent_passes_the_queue() -> None:
    pen = Pen(patience=FOR_EVER)

    with pen._queue, pen.held(is_urgent=True):
        assert pen._pen.locked()

    assert not pen._pen.locked()


def test_whoever_waits_too_long_asks_the_file_itself() -> None:
    pen = Pen(patience=AT_ONCE)

    with pen.held(is_urgent=False), pen.held(is_urgent=False), pen.held(is_urgent=True):
        pass

    assert not pen._queue.locked()
    assert not pen._pen.locked()
