"""The mark on sentences that stand outside a template."""


def N_(text: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return text
