"""The checker of shapes in tests: every jaxtyped argument and result, with `TypeError` where one is wrong.

An `int` is taken where a `float` is asked for, as Python's own typing has it.
"""

from beartype import BeartypeConf, beartype

checked = beartype(conf=BeartypeConf(violation_type=TypeError, is_pep484_tower=True))
