"""What is said of works after they were published: lists of notices, and events in order."""
