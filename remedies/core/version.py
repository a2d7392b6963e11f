"""The version of the program, which every report carries."""

VERSION = "0.2.0"
