"""Live retrieval: Europe PMC and PubMed, asked politely, every answer kept as it came."""
