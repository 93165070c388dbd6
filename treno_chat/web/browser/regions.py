"""Regions: how dates and times are written in the page's language, where the reader is at home.

The language of a page names no region, and English without one is written as in the United States.
Here it is British, with the clock of the railway; whose own browser speaks the page's language with
a region keeps that. What is only on the list of languages a browser asks for is nobody's own: most
browsers put American English there for everybody.
"""

LOCALE = """((language, own) => own?.startsWith(language + "-") ? own
    : language === "en" ? "en-GB" : language)(
    document.documentElement.lang || "it", navigator.language)"""
