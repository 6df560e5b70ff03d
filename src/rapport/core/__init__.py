"""Values every layer shares: ids, spans, dates, answers, vocabulary, errors."""
