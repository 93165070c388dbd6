"""What runs in the browser, written as Python-built Vars: one file an ability.

Every piece reads and writes one small store (zustand) that lives in Reflex's own `refs`; the
abilities hook into it once, in `engine()`, and the components read from it with `memory()`.
"""
