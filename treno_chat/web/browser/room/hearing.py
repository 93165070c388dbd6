"""Hearing: a few messages are read out by the log; of many, one sentence says how many they were.

A log that is not hushed speaks whatever is added to it. So it is hushed in the same breath in which
rows come that are no news (pages of history), or more news than anybody can listen to.
"""

import reflex as rx

from treno_chat.web.browser.hooks import ability

# More than a few within a while are counted instead of read; then at most one sentence a while.
FEW = 3
WHILE_MS = 3_000
# How long it takes until nobody takes rows of history for news any more.
SETTLE_MS = 1_000

CODE = (
    """
useEffect(() => {
  let times = [];
  let untold = 0;
  let timer = 0;
  let clear = 0;
  const isBusy = () => {
    times = times.filter((time) => Date.now() - time < WHILE);
    return times.length > FEW;
  };
  const tell = () => {
    timer = 0;
    const { roomId, link } = memory.getState();
    // The notice of the connection says by itself how many were missed.
    if (untold && roomId && link !== "back") {
      memory.setState({ told: untold });
      clear = setTimeout(() => memory.setState({ told: 0 }), SETTLE);
    }
    untold = 0;
    if (isBusy()) hush(WHILE);
    else memory.setState({ isHushed: false });
  };
  const hush = (milliseconds) => {
    timer ||= setTimeout(tell, milliseconds);
    if (!memory.getState().isHushed) memory.setState({ isHushed: true });
  };
  const stop = memory.subscribe((kept, old) => {
    if (kept.roomId !== old.roomId) { times = []; untold = 0; hush(SETTLE); }
    const news = Math.max(0, kept.heard - old.heard);
    if (!news && kept.pages === old.pages) return;
    times.push(...Array(news).fill(Date.now()));
    if (kept.pages !== old.pages) hush(SETTLE);
    if (isBusy() || (news && kept.hasNewer)) hush(WHILE);
    if (kept.isHushed || memory.getState().isHushed) untold += news;
  });
  return () => { stop(); clearTimeout(timer); clearTimeout(clear); };
}, [])
""".replace("WHILE", str(WHILE_MS))
    .replace("FEW", str(FEW))
    .replace("SETTLE", str(SETTLE_MS))
)


def hearing() -> rx.Var[object]:
    """Hush the log while it fills, and say in one sentence how many were not read out."""
    return ability(CODE)
