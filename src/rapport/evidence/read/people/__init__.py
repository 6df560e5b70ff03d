"""Who was studied: whether anybody, how many, and what is told of them."""
