"""The API for programs, under `/api/v1`: the same actions and limits as the pages have."""
