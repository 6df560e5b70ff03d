"""The PEM badge of a document: its statements about entry put together, with their reasons."""
