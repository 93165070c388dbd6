"""numpy, told before it is loaded to stay on the thread that calls it.

A second thread would only take the first one's turn: with several, an answer costs far more.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

__all__ = ["NDArray", "np"]
