"""Changing one's own words, run as the browser runs it."""

from tests.support.pages import in_tab
from treno_chat.web.browser.room.editing import editing

# A page of the room, with a field that says what it shows.
ROOM = """
const shown = [];
const enter = () => {
  const page = open();
  page.refs.treno_field = { show: (text) => shown.push(text), draft: () => "", focus: () => {} };
  page.memory.setState({ me: "ada" });
  page.memory.setState({ roomId: "r" });
  return page;
};
"""


def test_words_that_were_refused_wait_behind_a_draft_through_a_reload_too() -> None:
    shown = in_tab(
        editing(),
        script=ROOM
        + """
        const refused = { client_id: "c7", room_id: "r", seq: 7, text: "Ora così", flying: 0 };
        const { memory } = enter();
        memory.setState({ draft: "Altro" });
        memory.setState({ back: [refused] });
        await null;
        const before = [...shown];
        enter();
        await null;
        enter();
        await null;
        return [before, shown];""",
    )

    assert shown == [[], ["Ora così"]]
