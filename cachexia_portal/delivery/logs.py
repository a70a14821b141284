import logging


class WithoutTypedText(logging.Filter):
    pass


class LineFormatter(logging.Formatter):
    pass
