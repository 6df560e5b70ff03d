"""What two people have between them: visits, both sides together, the course, and harm."""
