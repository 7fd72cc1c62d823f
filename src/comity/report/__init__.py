"""The report room: results become tables, pictures and one dossier, in English and Chinese."""
