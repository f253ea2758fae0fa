"""The engine without a window: ``python -m engine list|new|train|trace|data|bench|schema``."""

import sys

from engine.command_line import main

if __name__ == "__main__":
    sys.exit(main())
