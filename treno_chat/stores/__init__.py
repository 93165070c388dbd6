"""The only SQL: takes a Session, returns domain values, never commits."""
