"""Fresh names, drawn by a seed: no name means anything to Django, Python or us."""

import string
import sys

_STARTS = ["b", "br", "d", "f", "g", "gl", "h", "j", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "t", "tr", "v", "z"]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ou"]
_ENDS = ["", "", "l", "m", "n", "r", "x"]
_TAKEN = {"dev", "base", "django", "environ", "decouple", "dotenv", "jinja2"} | set(sys.stdlib_module_names)


class Names:
    """Words that were not given before, for one project."""

    def __init__(self, dice):
        self._dice = dice
        self._given = set(_TAKEN)

    def word(self):
        while True:
            syllables = self._dice.choice([2, 2, 3])
            word = "".join(self._syllable() for _ in range(syllables))
            if word not in self._given and not word.startswith("end"):
                self._given.add(word)
                return word

    def words(self, count):
        return [self.word() for _ in range(count)]

    def blanks(self, **given):
        """What fills the blanks of an ingredient: $a to $d are fresh words in the order of the alphabet, $A to $D the same
        in capitals of which the first alone is one, $V a variable of the environment and $v its name in small letters."""
        blanks = dict(zip("abcd", sorted(self.words(4))))
        blanks |= {key.upper(): word.title() for key, word in blanks.items()}
        variable = self.word()
        return blanks | {"v": variable, "V": variable.upper()} | given

    def _syllable(self):
        return self._dice.choice(_STARTS) + self._dice.choice(_VOWELS) + self._dice.choice(_ENDS)


def filled(text, blanks):
    return string.Template(text).substitute(blanks)
