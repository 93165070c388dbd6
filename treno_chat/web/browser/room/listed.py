"""Listed: what the list says of a room, as it was drawn and with what was heard since.

The server draws a room's card when the page opens; how far the room was then (`seq`, `rev`) says
which of the packets that come later are news to it. So none counts twice, and one may be lost.
"""

import reflex as rx
from reflex_base.vars.base import Var, VarData
from reflex_base.vars.number import NumberVar

from treno_chat.domain.talk.previews import MAX_UNREAD
from treno_chat.web.browser.store import IMPORTS, STORE, reading
from treno_chat.web.cards import RoomCard

STIR = """
// Of several processes each tells what it did: the newest is how the room is, what is gone is gone.
const stir = (kept, item) => {
  const known = kept.stirred[item.room] ?? { rev: 0, mine: 0, gone: {} };
  const { seq, rev, last } = item.rev > known.rev ? item : known;
  const mine = Math.max(known.mine, item.by?.[kept.me] ?? 0);
  const gone = { ...known.gone, ...item.gone };
  return { ...kept, stirred: { ...kept.stirred, [item.room]: { seq, rev, last, mine, gone } } };
};
"""

LISTED = """const listed = (refs.treno_listed ??= (card, stirred) => {
  if (!stirred || stirred.rev <= card.rev) return card;
  // Whoever says something there, in another tab, has read what was before it.
  const hasSpoken = stirred.mine > card.seq;
  const read = hasSpoken ? stirred.mine : card.read;
  const gone = Object.entries(stirred.gone)
    .filter(([seq, rev]) => Number(seq) > read && rev > card.rev).length;
  const news = stirred.seq - (hasSpoken ? stirred.mine : card.seq);
  const unread = (hasSpoken ? 0 : card.unread) + news - gone;
  return { preview: stirred.last, unread: Math.min(MOST, Math.max(0, unread)) };
})""".replace("MOST", str(MAX_UNREAD))


def preview_of(room: RoomCard) -> rx.Var[str]:
    """Return what was said last in a room; "" when nothing was."""
    return _listed(room, "preview").to(str)


def unread_of(room: RoomCard) -> NumberVar[int]:
    """Return how much of others is unread there."""
    return _listed(room, "unread").to(int)


def _listed(room: RoomCard, part: str) -> Var[object]:
    # At build time a card is a Var, and so is its id.
    card, room_id = Var.create(room), Var.create(room.id)
    data = VarData(hooks={STORE: None, reading("stirred"): None, LISTED: None}, imports=IMPORTS)
    brought = card._get_all_var_data()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return Var(
        _js_expr=f"listed({card!s}, kept_stirred[{room_id!s}]).{part}",
        _var_data=VarData.merge(data, brought),
    )
