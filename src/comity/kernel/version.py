"""The version of the program: part of what a register and every result say of their origin."""

VERSION = "0.1.0"
