"""How people speak of their tasks in Italian: a verb, whether it is plain, and the pattern.

What is not plain counts only where a task of that name exists; an addition is asked about.
"""

POLITE = (
    r"^(?:(?:per favore|per piacere|scusa|ehi|ok|treno|assistente)[\s,]+)*"
    r"(?P<request>(?:mi )?(?:puoi|potresti|vuoi|sai) |vorrei |voglio |devi )?"
)
YES = (
    r"s[iì](?: grazie| certo| cancella(?:lo)?)?"
    r"|certo|va bene|d['’]accordo|confermo|esatto|fallo|giusto|segna(?:lo)?"
)
NO = r"no(?: grazie)?|lascia (?:stare|perdere)|annulla|non farlo|ferm[ao]|tienilo|niente|nulla"
# How a question begins, with its sign or without.
ASKING = r"(?:e )?(?:dove|dov['’]è|come|com['’]è|quando|quant\w+|quali?|chi|perché|(?:che )?cosa)\b"

# What may stand around a title without saying anything else: alone it is no title.
EMPTY = """
il lo la i gli le l un uno una del dello della dei degli delle dell di d a al alla ai alle all mio
mia miei mie con anche già ora adesso oggi che è questo questa quello quella compito compiti
attività promemoria lista cosa cose qualcosa altro altra nuovo nuova me per fare farlo grazie ciao
"""
# Whoever says that something is done, and one of these, says that it is not, or not yet, or partly.
DOUBT = """
non no né mai nemmeno neanche neppure nessuno niente senza se finché quando appena dopo metà meta
mezzo mezza parte quasi dubito
"""
# Whoever says one of these speaks of their tasks, wherever it stands.
ABOUT = (
    r"\bcompit[oi]\b|\bpromemoria\b|\bcose da fare\b"
    r"|\bmi(?:o|a|ei|e)\s+(?:list[ae]|elenco|elenchi|attività|note|appunti)\b"
    r"|\b(?:nella|alla|dalla|sulla|in)\s+lista\b(?!\s+d)"
    r"|\b(?:ho|resta|restano|rimane|rimangono|manca|mancano)\b[^.?!]{0,25}\bda fare\b"
    r"|\bricordar?mi\b|\bmi\s+ricord(?:i|eresti)\s+(?:di|che)\b"
    r"|\b(?:segna|appunta|annota|spunta)(?:re|r?mi|ti)?\b|\bprend\w+\s+nota\b"
)
# How a task is meant that nobody names: by its number in the list, or as the one just spoken of.
ORDINALS = (
    *("prim[oa]", "second[oa]", "terz[oa]", "quart[oa]", "quint[oa]", "sest[oa]", "settim[oa]"),
    *("ottav[oa]", "non[oa]", "decim[oa]", "ultim[oa]"),
)
BEFORE_NUMBER = (
    r"compit[oi]|promemoria|numero|n|il|la|l|e|ed|fatt[oaie]|finit[oaie]|completat[oaie]"
    r"|cancella|elimina|togli|rimuovi|leva|completa|spunta|segna|rinomina"
)
AFTER_NUMBER = r"compito|è|sono|e|ed|va|vanno|via|come|dalla|dai|in|con"
POINTING = (
    r"\b(?:cancell|elimin|togl|rimuov|lev|complet|spunt|segn|rinomin|chiam|cambi|modific|fin|chiud)"
    r"(?:a|i|ar|er|ir|ier|isci)l[oa]\b|\bl['’]ho\s+(?:già\s+)?(?:fatt|finit|completat)[oa]\b"
    r"|\bquest[oa]\s+è\s+fatt[oa]|\bquell[oa]\s+è\s+fatt[oa]|^(?:fatto|finito|completato)\W*$"
)

_LIST = (
    r"(?:(?:i|le|la|il|lo|un|una|una nuova|un nuovo|alla|ai|alle|al|nei|nella|nelle|dai|dalla|dalle"
    r"|fra i|tra i|fra le|tra le|in|su|sulla|mi[oae]|miei|de[il]|tutti|tutte)\s+"
    r"|(?:un|l|all|dall|nell)['’])*"
    r"(?:compit[oi]|lista(?: (?:dei|di) compiti| (?:delle|di) cose da fare)?|attività|promemoria"
    r"|cose da fare|todo)(?: mi[ae]i?)?"
)
_TITLE = r"(?P<title>.+?)"
_REST = r"(?P<title>.+)"
_ADD = (
    r"(?:aggiung(?:i(?:mi)?|ere|ermi)|mett(?:i(?:mi)?|ere)|inseri(?:sci|re)|crea(?:re|mi)?"
    r"|scriv(?:i(?:mi)?|ere)|segna(?:re|mi|ti)?|annota(?:re)?|nuov[oa])"
)
_SHOW = r"(?:mostra(?:mi|re|rmi)?|elenca(?:mi|re)?|leggi(?:mi)?|dimmi|dire|fammi vedere|vedere)"
_TO_DO = r"(?:mi (?:resta|rimane) da|devo|ho da|c['’]è da)"
_HAVE = r"(?:ho|mi restano|mi rimangono)(?: ancora)?"
_DELETE = r"(?:cancella(?:re)?|elimina(?:re)?|togli(?:ere)?|rimuov(?:i|ere)|leva(?:re)?)"
_DONE = r"(?:fatt[oaie]|complet[oai]|completat[oaie]|finit[oaie]|conclus[oa])"
_RENAME = r"(?:rinomina(?:re)?|cambia(?:re)?|modifica(?:re)?)"

ROWS: tuple[tuple[str, bool, str], ...] = (
    ("add", True, rf"ricorda(?:mi|rmi) (?:di |che |del |della |dell['’]|: ?)?{_REST}"),
    ("complete", True, rf"(?:segna|metti|spunta)(?: il compito)? {_TITLE} (?:come )?{_DONE}"),
    ("complete", True, rf"(?:completa|spunta|finisci|chiudi) il compito {_REST}"),
    ("complete", True, rf"il compito {_TITLE} è {_DONE}"),
    ("add", True, rf"{_ADD} {_LIST}"),
    ("add", True, rf"{_ADD} {_LIST}(?: di| per| chiamato| che dice|,)?\s*:?\s+{_REST}"),
    ("add", True, rf"{_ADD}:? {_TITLE} {_LIST}"),
    ("add", True, rf"(?:segna(?:ti|mi)?|annota(?:ti)?|appunta(?:ti)?) (?:di|che) {_REST}"),
    ("rename", True, rf"{_RENAME} il compito {_TITLE} (?:in|con) (?P<new>.+)"),
    ("delete", True, rf"{_DELETE} il compito {_REST}"),
    ("delete", True, rf"{_DELETE} {_TITLE} {_LIST}"),
    (
        "list",
        True,
        rf"{_SHOW} {_LIST}(?: aperti)?",
    ),
    ("list", True, rf"(?:che )?(?:cosa|che) {_TO_DO}(?: ancora)? fare(?: oggi)?"),
    ("list", True, rf"(?:che )?cosa (?:c['’]è|ho) {_LIST}"),
    ("list", True, rf"quali sono {_LIST}"),
    ("list", True, rf"(?:quanti|quali|che) (?:compiti|promemoria) {_HAVE}(?: da fare)?"),
    ("list", True, rf"{_HAVE} (?:dei |altri )?(?:compiti|promemoria)(?: da fare)?"),
    ("list", True, r"(?:i miei compiti|la mia lista|compiti|promemoria|lista dei compiti)"),
    ("complete", False, rf"(?:completa|spunta|finisci|chiudi) {_REST}"),
    ("complete", False, rf"ho (?:già )?(?:fatto|finito|completato) (?:di )?{_REST}"),
    ("complete", False, rf"{_TITLE} è {_DONE}"),
    ("complete", False, rf"fatto:? {_REST}"),
    ("rename", False, rf"{_RENAME} {_TITLE} (?:in|con) (?P<new>.+)"),
    ("delete", False, rf"{_DELETE} {_REST}"),
    ("add", False, rf"(?:aggiungi|annota|appunta)\s*:?\s+{_REST}"),
)
