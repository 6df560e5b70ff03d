"""What PubMed gives: its XML (`pubmed_xml`), and its tagged format (`nbib`)."""
