"""Seals."""

from treno_chat.domain.ids import new_id
from treno_chat.domain.seals import Ink, Seal, Shape, seal_of


def test_a_person_keeps_the_same_seal_for_ever() -> None:
    ada = "01939b4e-0000-7000-8000-000000000001"

    assert seal_of(ada) == Seal(shape=Shape.FLOWER, ink=Ink.OCHRE, number=94)


def test_there_are_twelve_shapes_and_eight_inks_and_each_is_given() -> None:
    seals = [seal_of(new_id()) for _ in range(2_000)]

    assert {seal.shape for seal in seals} == set(Shape)
    assert {seal.ink for seal in seals} == set(Ink)
    assert (len(Shape), len(Ink)) == (12, 8)
    assert all(0 <= seal.number <= 99 for seal in seals)
