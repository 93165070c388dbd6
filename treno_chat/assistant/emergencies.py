"""Words that leave no doubt: whoever uses them is answered from the page of emergencies first."""

import re

from treno_chat.domain.words import Language

_SLUG = "emergency"

# Only what hardly means anything else: a stroke of luck or a stifling heat must not come here.
_SIGNS: dict[Language, tuple[str, ...]] = {
    "it": (
        r"infart\w*",
        r"attacco (?:di cuore|cardiaco)",
        r"(?:un|l')\s?ictus",
        r"sven(?:ut|ire|endo|gono)\w*",
        r"un malore",
        r"sanguin(?:a|o|ano|ando|are)",
        r"perd\w+ (?:molto )?sangue",
        r"soffoc(?:a|o|ano|ando)",
        r"convulsioni",
        r"epilett\w+",
        r"ferit[oaie]",
        r"(?:un|l')\s?incendio",
        r"(?:va|vanno|andando|preso|prende|prendendo) (?:a )?fuoco",
        r"(?:c'è|esce|vedo|pieno di) (?:del |tanto |molto )?fumo",
        r"fiamme",
        r"odore di bruciato",
        r"non (?:respir(?:a|o|ano)|riesc[eo] a respirare)",
        r"manca il respiro",
        r"(?:pers[oa]|perde) (?:i sensi|conoscenza)",
        r"incosciente",
        r"(?:mi|si) sent(?:o|e|ono) male",
        r"sentit[oaie] male",
        r"st(?:a|o|anno) (?:molto )?male",
        r"fatt[oa] (?:molto )?male",
        r"reazione allergica",
        r"overdose",
        r"(?:ha|con) (?:un coltello|una pistola|un'arma)",
        r"cadut[oa] sui binari",
        r"suicid\w+",
        r"partor\w+",
        r"dolor\w+ al petto",
        r"un'ambulanza",
        r"un'emergenza",
    ),
    "en": (
        r"heart (?:attack|trouble|failure)",
        r"(?:has|have|having|had) a stroke",
        r"(?:has|have|just) collapsed",
        r"faint(?:ed|ing)",
        r"passed out",
        r"unconscious",
        r"los(?:t|ing) consciousness",
        r"bleeding",
        r"chok(?:es|ing)",
        r"(?:having|has|had) a seizure",
        r"epilep\w+",
        r"(?:injured|badly hurt)",
        r"(?:on|a|caught|catching) fire",
        r"(?:there is|there's|i see|full of) (?:\w+ )?smoke",
        r"smoke (?:is )?coming",
        r"flames",
        r"smells? (?:of )?(?:something )?burning",
        r"(?:not|stopped) breathing",
        r"(?:cannot|can't) breathe",
        r"short of breath",
        r"allergic reaction",
        r"overdose",
        r"(?:has|with) a (?:knife|gun|weapon)",
        r"fell onto the tracks",
        r"(?:suicid\w+|kill (?:my|him|her)self)",
        r"pain in (?:my|his|her|the) chest",
        r"chest pains?",
        r"in(?:to)? labou?r",
        r"giving birth",
        r"feel(?:s|ing)? (?:\w+ )?(?:ill|unwell|sick|faint)",
        r"(?:is|am|are|was|'s|'m|'re) (?:\w+ )?(?:ill|unwell)",
        r"an ambulance",
        r"an emergency",
    ),
}
_SIGN = re.compile(rf"\b(?:{'|'.join(sign for signs in _SIGNS.values() for sign in signs)})\b")


def urgent_slug(text: str) -> str | None:
    """Return the page of emergencies if a text, in either language, speaks of one beyond doubt."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    return _SLUG if _SIGN.search(plain) else None
