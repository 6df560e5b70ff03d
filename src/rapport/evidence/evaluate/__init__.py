"""How right the readings are: against labels made by people, with every error listed."""
