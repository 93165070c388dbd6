"""Scrolling the conversation: follows its end when near it, and keeps the place otherwise."""

import reflex as rx

from treno_chat.web.browser.assistant.desk import ability

LOG_ID = "assistant-log"
NEAR_END_PX = 100

FOLLOW = """
useLayoutEffect(() => {
  const log = document.getElementById("LOG");
  const place = refs.treno_assistant_place;
  if (!log || !place) return;
  // What came in above moves nothing under the finger.
  if (place.below) log.scrollTop = log.scrollHeight - place.below;
  else if (place.isAtEnd) log.scrollTop = log.scrollHeight;
  place.below = 0;
}, [desk_rows])
"""

WATCH = """
useEffect(() => {
  const place = refs.treno_assistant_place = { isAtEnd: true, below: 0 };
  const log = () => document.getElementById("LOG");
  const scrolled = ({ target }) => {
    if (target?.id === "LOG")
      place.isAtEnd = target.scrollHeight - target.scrollTop - target.clientHeight <= NEAR_END;
  };
  const follow = () => { if (log() && place.isAtEnd) log().scrollTop = log().scrollHeight; };
  const toEnd = () => { place.isAtEnd = true; follow(); };
  const hold = () => { if (log()) place.below = log().scrollHeight - log().scrollTop; };
  Object.assign(refs.treno_assistant ??= {}, { follow, toEnd, hold });
  document.addEventListener("scroll", scrolled, true);
  window.addEventListener("resize", follow);
  return () => {
    document.removeEventListener("scroll", scrolled, true);
    window.removeEventListener("resize", follow);
  };
}, [])
"""


def scroll() -> tuple[rx.Var[object], ...]:
    """Follow the end, else keep the place."""
    return (
        ability(WATCH.replace("LOG", LOG_ID).replace("NEAR_END", str(NEAR_END_PX))),
        ability(FOLLOW.replace("LOG", LOG_ID), watches=("rows",)),
    )
