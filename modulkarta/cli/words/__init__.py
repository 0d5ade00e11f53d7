"""What commands answer people: names, rows of tables and sentences, in the language asked for."""
