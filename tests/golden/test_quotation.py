"""Articles, and the quotations found in them with their speakers."""

from __future__ import annotations

import pytest

from onrecord.ask.quotation import quotations, too_short

CASES = {
    "said X": (
        "“We will not close the port,” said Foreign Minister Jan Brandt.",
        [("We will not close the port,", "Jan Brandt")],
    ),
    "X said, after": (
        "'It isn't over until we say so,' Kovalenko said.",
        [("It isn't over until we say so,", "Kovalenko")],
    ),
    "X said, before": (
        'Anna Ode told reporters: "We don\'t know what they want."',
        [("We don't know what they want.", "Anna Ode")],
    ),
    "with an office behind the name": (
        "Maria Kovalenko, the ministry's spokeswoman, said: “The talks will go on in May.”",
        [("The talks will go on in May.", "Maria Kovalenko")],
    ),
    "according to": (
        'According to Per Hallam, "the army will stay where it is".',
        [("the army will stay where it is", "Per Hallam")],
    ),
    "a label": (
        'Jan Brandt: "We are ready for talks at any time."',
        [("We are ready for talks at any time.", "Jan Brandt")],
    ),
    "a name after a dash": (
        "“We have never been so close to it” — Jan Brandt",
        [("We have never been so close to it", "Jan Brandt")],
    ),
    "a French article, the verb in two words": (
        "« Nous ne fermerons pas le port de Sandvik », a déclaré Anna Ode.",
        [("Nous ne fermerons pas le port de Sandvik", "Anna Ode")],
    ),
    "a German article": (
        "„Er sagte, ‚der Hafen bleibt offen‘, und ging“, sagte Außenminister Jan Brandt.",
        [("Er sagte, ‚der Hafen bleibt offen‘, und ging", "Jan Brandt")],
    ),
    "a Swedish article, opened with the closing mark": (
        "”Vi kommer inte att stänga hamnen i Sandvik”, säger ministern.",
        [("Vi kommer inte att stänga hamnen i Sandvik", None)],
    ),
    "he, named in the sentence before": (
        "Jan Brandt spoke on Monday. “We will not close the port,” he said.",
        [("We will not close the port,", "Jan Brandt")],
    ),
    "a citation in a block quotation": (
        "<blockquote><p>We will not close the port.</p><footer>— <cite>Jan Brandt</cite></footer></blockquote>",
        [("We will not close the port.", "Jan Brandt")],
    ),
    "an office alone": (
        'The Foreign Ministry said: "We are ready for talks."',
        [("We are ready for talks.", "Foreign Ministry")],
    ),
    "nobody": ("There were banners: “No more ships for the fleet”.", [("No more ships for the fleet", None)]),
    "two pieces around the attribution": (
        "“We will wait for it,” said Jan Brandt. “We have the time.”",
        [("We will wait for it,", "Jan Brandt"), ("We have the time.", "Jan Brandt")],
    ),
    "a pronoun": (
        "Jan Brandt spoke. “We will wait for it,” Brandt said.\n\n“We have the time for it,” he added.",
        [("We will wait for it,", "Brandt"), ("We have the time for it,", "Brandt")],
    ),
    "nested": (
        "“They called it ‘the end of the road’ and left,” said Anna Ode.",
        [("They called it ‘the end of the road’ and left,", "Anna Ode")],
    ),
    "several paragraphs": (
        "Anna Ode said: “First we go to the port.\n\n“Then we go home again.\n\n“That is all,” she added.",
        [("First we go to the port.\nThen we go home again.\nThat is all,", "Anna Ode")],
    ),
    "angles and low marks": (
        "«Мы никогда не закроем этот порт», — заявил Иван Петров.\n\n„Wir werden den Hafen nicht schließen“.",
        [("Мы никогда не закроем этот порт", "Иван Петров"), ("Wir werden den Hafen nicht schließen", None)],
    ),
    "corner brackets": ("「我們 不 會 關閉 港口」", [("我們 不 會 關閉 港口", None)]),
    "typed marks": (
        "``This is how some people type,'' said Jan Brandt.",
        [("This is how some people type,", "Jan Brandt")],
    ),
    "a block quotation in Markdown": (
        "# News\n\nBrandt told the press:\n\n> We will **wait** for it\n> as long as we must.",
        [("We will wait for it as long as we must.", "Brandt")],
    ),
    "a credited block quotation": ("> We will wait for it.\n> — Jan Brandt", [("We will wait for it.", "Jan Brandt")]),
    "HTML": (
        "<html><style>“not this one at all”</style><p>&ldquo;It&rsquo;s a <b>very</b> good day&rdquo;, said Jan Brandt."
        "</p>"
        "<p>Ode said:</p><blockquote><p>We shall see about it.</p></blockquote></html>",
        [("It’s a very good day", "Jan Brandt"), ("We shall see about it.", "Ode")],
    ),
    "scare quotes": ("Their “so-called victory” was a “great success”, he said.", []),
    "the next sentence announces the next quotation": (
        "“We are ready for it.” The Ministry said: “We are not ready yet.”",
        [("We are ready for it.", None), ("We are not ready yet.", "Ministry")],
    ),
    "she, named in the sentence before": (
        "“We will wait for it,” Brandt said.\n\nHis deputy, Maria Kovalenko, was more careful. "
        "“We shall see about it,” she said.",
        [("We will wait for it,", "Brandt"), ("We shall see about it,", "Maria Kovalenko")],
    ),
    "what leads up to a quotation, not the sentence behind it": (
        "Brandt said the talks had failed, but Kovalenko disagreed, saying, “We are closer to it than ever.” "
        "Brandt, for his part, insisted that “there is no deal at all”.",
        [("We are closer to it than ever.", "Kovalenko"), ("there is no deal at all", "Brandt")],
    ),
    "the owner of a spokesman is not the speaker": (
        "“We have the votes for it,” President Vera Lund's spokesman, Tor Vang, said.",
        [("We have the votes for it,", "Tor Vang")],
    ),
    "an abbreviation ends no sentence": (
        "“It will not pass the senate,” Mr. Hallam of the opposition predicted.",
        [("It will not pass the senate,", "Hallam")],
    ),
    "as X put it, in the words of X": (
        "As Anna Ode put it, “every harbour needs its ships.”\n\n"
        "In the words of Per Hallam: “It is a small step for us.”",
        [("every harbour needs its ships.", "Anna Ode"), ("It is a small step for us.", "Per Hallam")],
    ),
    "according to, in other languages": (
        "Laut Maria Kovalenko ist die Lage „so ruhig wie lange nicht“.\n\n"
        "Selon Anna Ode, « la situation est plus calme »."
        "\n\nПо словам Ивана Петрова, «обстановка спокойнее, чем раньше».",
        [
            ("so ruhig wie lange nicht", "Maria Kovalenko"),
            ("la situation est plus calme", "Anna Ode"),
            ("обстановка спокойнее, чем раньше", "Ивана Петрова"),
        ],
    ),
    "pronouns of other languages": (
        "„Wir werden den Hafen nicht schließen“, sagte Außenminister Jan Brandt. "
        "„Die Schiffe bleiben hier“, fügte er hinzu."
        "\n\n« Nous ne partirons pas », a déclaré Anna Ode. « Nous resterons ici demain », a-t-elle ajouté.",
        [
            ("Wir werden den Hafen nicht schließen", "Jan Brandt"),
            ("Die Schiffe bleiben hier", "Jan Brandt"),
            ("Nous ne partirons pas", "Anna Ode"),
            ("Nous resterons ici demain", "Anna Ode"),
        ],
    ),
    "a Spanish article is no pronoun": (
        "«No vamos a cerrar el puerto», afirmó el ministro Jan Brandt.",
        [("No vamos a cerrar el puerto", "Jan Brandt")],
    ),
    "who asks is not named": ("Question: “Will the port be closed?”", [("Will the port be closed?", None)]),
    "a word that begins with an apostrophe": ("'Twas a cold day, and the sailors' union went home.", []),
    "an apostrophe is no mark": ("The ministers’ view isn't the people's, and rock 'n' roll won't change it.", []),
    "inches and a mark that never closes": (
        'The 5" gun. He said: "We will go home soon',
        [("We will go home soon", None)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_quotations(name: str) -> None:
    article, expected = CASES[name]
    assert [(found.text, found.speaker) for found in quotations(article)] == expected


def test_short_stretches_are_counted() -> None:
    assert too_short("Their “so-called victory” was a “great success”, he said.") == 2


@pytest.mark.parametrize(
    "hostile", ["“" * 20_000, "'\"" * 20_000, "<div>" * 20_000 + "“a b c d”", "> " * 5_000 + "“", "said " * 9_000]
)
def test_hostile_articles_are_read_in_bounded_time(hostile: str) -> None:
    assert len(quotations(hostile)) < 10
