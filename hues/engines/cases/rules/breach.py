"""A broken rule: which field, and which rule."""


class Breach(ValueError):
    """Something given that a rule does not allow; `field` names it, a sentence is made of `code` and `about`."""

    def __init__(self, field: str, code: str, about: str = "") -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code
        self.about = about
