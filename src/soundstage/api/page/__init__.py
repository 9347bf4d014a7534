"""The web studio: the built page, under every path that no route of the API takes."""
