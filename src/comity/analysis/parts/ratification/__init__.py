"""Would it survive at home: how it is measured, said and drawn."""
