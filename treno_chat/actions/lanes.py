"""The threads of the conversation: a rush at the door does not stand before what people say.

HTTP has the forty that everything has by default. Whoever is in a room would queue behind them.
"""

from anyio import CapacityLimiter

TALK = CapacityLimiter(10)
