"""The title of a page inside: in the language of whoever reads it, known only in the browser."""

import reflex as rx
from reflex_base.vars.base import Var, VarData

from treno_chat.web.browser.words import say

# Nothing is said before there are words: till then the title is that of the product.
CODE = "useEffect(() => { if (TITLE) document.title = `${TITLE} · ${NAME}`; }, [TITLE])"


def titled(title: rx.Var[str]) -> rx.Var[object]:
    """Call the page by `title`, and by another when that changes."""
    name = say("app.name")
    code = CODE.replace("TITLE", str(title)).replace("NAME", str(name))
    # The words first: the code reads what their hooks give.
    data = VarData.merge(
        *(part._get_all_var_data() for part in (title, name)),  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        VarData(hooks={code: None}),
    )
    return Var(_js_expr="null", _var_data=data)
