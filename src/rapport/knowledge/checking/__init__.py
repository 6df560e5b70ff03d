"""Whether the knowledge base holds together, and what people are to mend."""
