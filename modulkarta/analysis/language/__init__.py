"""How words stand in the catalogue's texts: inflected, in compounds, quoted; where its terms are used."""
