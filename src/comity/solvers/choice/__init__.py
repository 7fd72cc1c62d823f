"""The choice of members by figures: scales, scores, seats, robustness over weights, and the inverse question.

Arrays in, arrays out: states are rows, criteria are columns, a gap is NaN. One module a step:
:mod:`~comity.solvers.choice.scale` makes figures comparable, :mod:`~comity.solvers.choice.score` adds them up and seats
the best, :mod:`~comity.solvers.choice.weights` draws weights, :mod:`~comity.solvers.choice.acceptability` counts who is
seated how often, :mod:`~comity.solvers.choice.inverse` asks which weights give a set, and
:mod:`~comity.solvers.choice.swaps` which change of weights swaps a seat.
"""
