"""What has to be remembered and may change: people with roles, the audit, curators' work.

It is a database (SQLite, or PostgreSQL by DATABASE_URL) and never holds a release; the site of an
atlas runs without it. Nothing here is public but what `curation` says is.
"""
