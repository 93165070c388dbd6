"""How people speak of their tasks in English: a verb, whether it is plain, and the pattern.

What is not plain counts only where a task of that name exists; an addition is asked about.
"""

POLITE = (
    r"^(?:(?:please|hey|ok|okay|treno|assistant)[\s,]+)*"
    r"(?P<request>(?:can|could|would|will) you (?:please )?|i(?: would|['’]d) like (?:you )?to "
    r"|i want to )?"
    r"(?:please )?"
)
YES = r"yes(?: please| do(?: it)?)?|yep|yeah|sure|ok(?:ay)?|go ahead|do it|of course|confirm|right"
NO = r"no(?: thanks| thank you)?|nope|never ?mind|cancel|leave it|don['’]t|stop|keep it|nothing"
# How a question begins, with its sign or without.
ASKING = r"(?:and )?(?:where|when|how|what|which|who|whose|why|(?:can|may) i|(?:is|are) there)\b"

# What may stand around a title without saying anything else: alone it is no title.
EMPTY = """
the a an my of to with that this it is them also already now today task tasks todo reminder
reminders list thing things something anything new another one me for do thanks please hello hi
"""
# Whoever says that something is done, and one of these, says that it is not, or not yet, or partly.
DOUBT = """
not no never t dont isnt nobody none nothing neither nor hardly barely without doubt unsure if
unless until till when whenever once after before while whether half part partly partially some
most mostly almost nearly yet
"""
# Whoever says one of these speaks of their tasks, wherever it stands.
ABOUT = (
    r"\btasks?\b|\bto-?dos?\b|\bto\s+do\s+list\b|\breminders?\b|\bremind\s+me\b"
    r"|\bmy\s+(?:\w+\s+)?(?:lists?|notes)\b|\b(?:on|to|off|from|in)\s+the\s+list\b(?!\s+of)"
    r"|\b(?:note|write|jot)\s+(?:\w+\s+)?down\b|\bmake\s+a\s+note\b|\b(?:tick|cross)\s+off\b"
    r"|\bi\b[^.?!]{0,25}\bto\s+do(?=\s*(?:$|[.?!,;]|today|now|tomorrow|still|left))"
)
# How a task is meant that nobody names: by its number in the list, or as the one just spoken of.
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "last"),
)
BEFORE_NUMBER = (
    r"tasks?|reminder|number|no|the|and|done|finished|completed?|finish|tick|cross|mark|delete"
    r"|remove|erase|drop|cancel|rename|change"
)
AFTER_NUMBER = r"one|task|is|are|was|and|as|off|from|to|into"
POINTING = (
    r"\b(?:delete|remove|erase|drop|cancel|complete|finish|tick|check|cross|mark|close|rename"
    r"|change|edit|call|done|did|finished|completed|take)(?:\s+off)?\s+(?:it|that|this)\b"
    r"|\b(?:it|that|this)(?:\s+one)?(?:\s+is|['’]s)\s+(?:already\s+)?(?:done|finished|completed?)\b"
    r"|^(?:done|finished|completed)\W*$"
)

_LIST = (
    r"(?:(?:my|the|a|an|this|new)\s+)*"
    r"(?:to[- ]?do(?:s|[- ]list| list)?|tasks?(?:[- ]list)?|list(?: of (?:tasks|things to do))?"
    r"|reminders?)"
)
_TITLE = r"(?P<title>.+?)"
_REST = r"(?P<title>.+)"
_ADD = r"(?:add|create|make|note|save|write|put)(?: down)?"
_HAVE = r"(?:do i (?:still )?have|have i (?:still )?got)"
_DONE = r"(?:done|completed?|finished)"

ROWS: tuple[tuple[str, bool, str], ...] = (
    ("add", True, rf"remind me (?:to |of |about |that |: ?){_REST}"),
    ("add", True, rf"(?:{_ADD}(?: to| on| in)?|new) {_LIST}"),
    (
        "add",
        True,
        rf"{_ADD}(?: to| on| in)? {_LIST}(?: called| named| to| saying|,)?\s*:?\s+{_REST}",
    ),
    ("add", True, rf"new (?:task|to-?do|reminder)\s*:?\s+{_REST}"),
    ("add", True, rf"(?:add|put|write|note|save)(?: down)?:? {_TITLE} (?:to|on|in|into) {_LIST}"),
    (
        "complete",
        True,
        rf"(?:mark|set|tick)(?: off)?(?: the)?(?: task)? {_TITLE} (?:as )?{_DONE}",
    ),
    ("complete", True, rf"(?:complete|finish|tick off|check off|close)(?: the)? task {_REST}"),
    ("complete", True, rf"(?:tick|check|cross) {_TITLE} off(?: {_LIST})?"),
    ("complete", True, rf"task {_TITLE} is {_DONE}"),
    ("rename", True, rf"(?:rename|change|edit)(?: the)? task {_TITLE} (?:to|into|as) (?P<new>.+)"),
    ("delete", True, rf"(?:delete|remove|erase|drop|cancel)(?: the)? task {_REST}"),
    ("delete", True, rf"(?:delete|remove|take|erase|drop) {_TITLE} (?:off|from) {_LIST}"),
    (
        "list",
        True,
        rf"(?:show|list|read|give|tell|see)(?: me)?(?: all)?(?: of)?(?: my)?(?: open)? {_LIST}",
    ),
    (
        "list",
        True,
        r"what(?: do i (?:still )?have|['’]s left| is left)(?: still)? to do(?: today)?",
    ),
    ("list", True, rf"what(?:['’]s| is| are) (?:on |in )?{_LIST}"),
    ("list", True, rf"(?:how many|what|which) (?:tasks|reminders) {_HAVE}(?: left| to do)?"),
    ("list", True, rf"{_HAVE}(?: any)?(?: more)? (?:tasks|reminders)(?: left| to do)?"),
    ("list", True, r"(?:my )?(?:tasks|to-?do(?: list|s)?|task list|reminders)"),
    ("complete", False, rf"(?:complete|finish|tick off|check off|cross off)(?: the)? {_REST}"),
    (
        "complete",
        False,
        rf"i(?:['’]ve| have)?(?: already)? (?:done|did|finished|completed) {_REST}",
    ),
    ("complete", False, rf"{_TITLE} is {_DONE}"),
    ("complete", False, rf"done:? {_REST}"),
    ("rename", False, rf"(?:rename|change|edit) {_TITLE} (?:to|into|as) (?P<new>.+)"),
    ("delete", False, rf"(?:delete|remove|erase|drop|cancel)(?: the)? {_REST}"),
    ("add", False, rf"(?:add|note(?: down)?|write down)\s*:?\s+{_REST}"),
)
