"""Seals."""

from treno_chat.domain.ids import new_id
from treno_chat.domain.seals import Ink, Seal, Shape, mark_of, seal_of


def test_a_person_keeps_the_same_seal_for_ever() -> None:
    ada = "01939b4e-0000-7000-8000-000000000001"

    assert seal_of(ada) == Seal(shape=Shape.FLOWER, ink=Ink.OCHRE, number=94)


def test_there_are_twelve_shapes_and_eight_inks_and_each_is_given() -> None:
    seals = [seal_of(new_id()) for _ in range(2_000)]

    assert {seal.shape for seal in seals} == set(Shape)
    assert {seal.ink for seal in seals} == set(Ink)
    assert (len(Shape), len(Ink)) == (12, 8)
    assert all(0 <= seal.number <= 99 for seal in seals)


def test_a_seal_is_told_by_one_number() -> None:
    seals = [(mark_of(user), seal_of(user)) for user in (new_id() for _ in range(100))]

    assert all(0 <= mark < 9_600 for mark, _ in seals)
    assert len({mark for mark, _ in seals}) == len({seal for _, seal in seals})
