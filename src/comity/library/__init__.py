"""The one place that opens shipped and user files: charters, studies, figures, the table of states."""
