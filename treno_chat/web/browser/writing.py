"""A field in which one writes: Enter and Shift+Enter, input methods, a counter, a form.

Whose field it is brings `noted` (what becomes of every change) and `submit`, and has `onKey` for
keys of its own.
"""

from treno_chat.domain.talk.bodies import MAX_TYPED
from treno_chat.domain.talk.messages import MAX_GRAPHEMES
from treno_chat.realtime.rules import MAX_FRAME

# What a frame names besides the words: the handler, the room, the address of the page.
BESIDES = 4 * 1024

CODE = """
  const graphemes = new Intl.Segmenter();
  const field = () => document.getElementById("TEXT_ID");
  const bytes = new TextEncoder();
  // Marks upon marks are more than the one character that a reader sees.
  const weigh = (text) => Math.max([...graphemes.segment(text.trim())].length,
    Math.ceil([...text].length / POINTS),
    Math.ceil(bytes.encode(JSON.stringify(text)).length / BYTES));
  const left = (text) => text.length < MOST / 2 ? MOST : MOST - weigh(text);
  const fit = (text) => {
    if (CSS.supports("field-sizing", "content")) return;
    text.style.height = "auto";
    text.style.height = Math.min(text.scrollHeight + 3, 160) + "px";
  };
  const put = (words) => {
    const text = field();
    if (!text) return;
    text.value = words;
    noted(words);
    fit(text);
  };
  // A finger has the button: on glass Enter begins a new line.
  const isTouch = () => matchMedia("(pointer: coarse)").matches
    && !matchMedia("(any-pointer: fine)").matches;
  const sends = (event) => {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return false;
    if (event.ctrlKey || event.metaKey) return true;
    return !event.shiftKey && !isTouch() && memory.getState().sendsByEnter;
  };
  const writing = (onKey) => {
    const key = (event) => {
      if (event.target?.id !== "TEXT_ID") return;
      onKey?.(event);
      if (!sends(event)) return;
      event.preventDefault();
      submit();
    };
    const input = (event) => {
      if (event.target?.id !== "TEXT_ID") return;
      noted(event.target.value);
      fit(event.target);
    };
    const sent = (event) => {
      if (event.target?.id !== "FORM_ID") return;
      event.preventDefault();
      submit();
    };
    // A tap on Send must not close the phone's keyboard: the focus never leaves the field.
    const down = (event) => {
      if (event.target?.closest?.("#FORM_ID button")) event.preventDefault();
    };
    const heard = { keydown: key, input, submit: sent, pointerdown: down };
    for (const [name, hear] of Object.entries(heard)) document.addEventListener(name, hear);
    memory.setState({ sendsByEnter: localStorage.getItem("enter") !== "off" });
    return () => {
      for (const [name, hear] of Object.entries(heard)) document.removeEventListener(name, hear);
    };
  };
"""


def writing(*, text_id: str, form_id: str) -> str:
    """Return the JavaScript of a field and the form around it."""
    return (
        CODE.replace("TEXT_ID", text_id)
        .replace("FORM_ID", form_id)
        .replace("MOST", str(MAX_GRAPHEMES))
        .replace("POINTS", str(MAX_TYPED // MAX_GRAPHEMES))
        .replace("BYTES", str((MAX_FRAME - BESIDES) // MAX_GRAPHEMES))
    )
