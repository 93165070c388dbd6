"""The small words of a language: they tell which one it is, and nothing of what is asked."""

from treno_chat.domain.words import Language

_ITALIAN = """
a ad ai al alla alle allo agli all anche ancora abbiamo avete avere aveva ha hanno ho hai c che chi
ci cosa come con col così cui cos da dal dalla dalle dallo dagli dall de degli dei del della delle
dello dell d di dove dov devo deve e ed era è essere fa faccio fare fra gli i il in io l la le lei
lo loro lui ma me mi mia mie miei mio molto ne negli nei nel nella nelle nello nell noi non nostra
nostro o ogni per perché però più po poi posso puoi può qual quale quali quando quanta quante quanti
quanto quel quella quello quelli quest questa queste questi questo qui qua se sei si sì sia siamo
sono sta stato sto su sua sue sugli sui sul sulla sulle sullo suo suoi te ti tra tu tua tue tuo tuoi
un una uno va vi voglio vorrei voi
"""
_ENGLISH = """
a about all also am an and any are as at be because been but by can could d did do does doesn don
doing for from get had has have he her here him his how i if in into is isn it its just ll m may me
might must my no not of on or our re s shall she should so some somebody someone something t than
that the their them then there these they this those to too ve was we were what when where which who
whom whose why will with won would you your yours
"""

FILLER: dict[Language, frozenset[str]] = {
    "it": frozenset(_ITALIAN.split()),
    "en": frozenset(_ENGLISH.split()),
}
