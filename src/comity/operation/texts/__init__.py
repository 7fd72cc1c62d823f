"""Texts and exports of a register: pure functions that return a text or bytes and touch no disk.

* :func:`charter` - the text of a charter as it is written;
* :func:`instrument` - the text of the law now in force, with what was amended and renegotiated;
* :func:`decision` - the text of an adopted decision;
* :func:`differences` - what differs between two texts, paragraph by paragraph;
* :func:`akoma_ntoso` - a text as Akoma Ntoso XML in one language, with :func:`life` for its metadata;
* :func:`popolo` - organizations, seats, motions and votes as Popolo JSON;
* :func:`transactions` - money as CSV, coded by IATI.

``Document.text("en")`` and ``.text("zh")`` print a text with numbers; ids of paragraphs never follow the numbers.
"""

from comity.operation.texts.akoma_ntoso import akoma_ntoso, life
from comity.operation.texts.decision import decision
from comity.operation.texts.iati import transactions
from comity.operation.texts.instrument import charter, instrument
from comity.operation.texts.popolo import popolo
from comity.operation.texts.redline import differences

__all__ = ["akoma_ntoso", "charter", "decision", "differences", "instrument", "life", "popolo", "transactions"]
