"""Positions in space: which texts a rule adopts, which it cannot move, and who brings a text about.

Arrays in, arrays out. :mod:`~comity.solvers.spatial.line` holds one dimension, exactly, for any number of draws: the
agreement zone, the gridlock interval, the setter of the agenda. :mod:`~comity.solvers.spatial.plane` holds two and
more: the area of the win set, the core. :mod:`~comity.solvers.spatial.agendas` walks from text to text by majorities.
"""
