"""The site: pages and data of an atlas, read from a release and never written to."""
