"""What runs in the browser, written as Python-built Vars: one file an ability."""
