"""Texts and exports of a register, each a pure function that returns a text or bytes.

* :func:`charter` - the text of a charter as it is written, in English and Chinese;
* :func:`instrument` - the text of the law now in force, with what was amended and renegotiated;
* :func:`differences` - what differs between two texts, by paragraph.
"""

from comity.operation.texts.instrument import charter, instrument
from comity.operation.texts.redline import differences

__all__ = ["charter", "differences", "instrument"]
