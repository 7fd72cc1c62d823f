"""Where bargaining ends: compromise, cooperative and legislative solutions, exchange, influence, ratification.

Arrays in, arrays out; one module a question. None of them knows an institution: what a rule lets pass comes in as a
mask of outcomes or as a function of who accepts.
"""
