"""Text messages: counted as the network counts them, and made to fit."""

from __future__ import annotations

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.content.sms import (
    Encoding,
    Measure,
    Style,
    fitted,
    measure,
    one_text,
    plain,
    unaccented,
)

GSM, UCS = Encoding.GSM, Encoding.UCS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Measure(GSM, 0, 1)),
        ("a" * 160, Measure(GSM, 160, 1)),
        ("a" * 161, Measure(GSM, 161, 2)),
        ("a" * 306, Measure(GSM, 306, 2)),
        ("a" * 307, Measure(GSM, 307, 3)),
        ("a" * 459, Measure(GSM, 459, 3)),
        # the euro sign is escaped: two units
        ("€" * 80, Measure(GSM, 160, 1)),
        ("€" * 80 + "a", Measure(GSM, 161, 2)),
        # 153 is odd: an escaped sign is not torn, so each part holds 76 of them
        ("€" * 152, Measure(GSM, 304, 2)),
        ("€" * 153, Measure(GSM, 306, 3)),
        ("a" * 152 + "€" + "a" * 151, Measure(GSM, 305, 2)),
        ("a" * 152 + "€" + "a" * 152, Measure(GSM, 306, 3)),
        ("^{}\\[~]|€\f", Measure(GSM, 20, 1)),
        ("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", Measure(GSM, 42, 1)),
        # á, ç and ê are not in the alphabet, whatever people believe
        ("á", Measure(UCS, 1, 1)),
        ("ç" * 70, Measure(UCS, 70, 1)),
        ("ê" * 71, Measure(UCS, 71, 2)),
        ("ж" * 134, Measure(UCS, 134, 2)),
        ("ж" * 135, Measure(UCS, 135, 3)),
        # one sign beyond the alphabet makes all of them dear
        ("a" * 69 + "ż", Measure(UCS, 70, 1)),
        ("a" * 70 + "ż", Measure(UCS, 71, 2)),
        # a picture is a pair of units, and 67 is odd
        ("🧺" * 35, Measure(UCS, 70, 1)),
        ("🧺" * 36, Measure(UCS, 72, 2)),
        ("🧺" * 66, Measure(UCS, 132, 2)),
        ("🧺" * 67, Measure(UCS, 134, 3)),
        ("👩‍🔧", Measure(UCS, 5, 1)),
    ],
)
def test_texts_are_counted_as_the_network_does(text: str, expected: Measure) -> None:
    assert measure(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ready\u00a0at 14:05 – “now”", 'Ready at 14:05 - "now"'),
        ("It’s done… really", "It's done... really"),
        ("«60 °C», 1,2 m³", '"60 C", 1,2 m3'),
        ("soft\u00adhyphen, zero\u200bwidth\ufeff", "softhyphen, zerowidth"),
        ("thin\u2009space\u202fand\u3000wide", "thin space and wide"),
        # a letter and its accent become the one letter that the alphabet has
        ("Wa\u0308sche fertig, cafe\u0301", "Wäsche fertig, café"),
        ("Done 🧺✅!", "Done!"),
        ("🚨 Water 🚨 in the basement", "Water in the basement"),
        ("👩‍🔧 is here, press 1️⃣", "is here, press 1"),
        ("one  \n\n  two\t\tthree ", "one\ntwo three"),
        ("line\u2028line\r\nline", "line\nline\nline"),
        ("żółć", "żółć"),  # letters are not typography
    ],
)
def test_signs_that_nobody_misses_are_replaced(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_emoji_stay_if_they_are_wanted() -> None:
    assert plain("Done 🧺 “now”", emoji=True) == 'Done 🧺 "now"'
    assert plain("👩‍🔧 1️⃣", emoji=True) == "👩‍🔧 1️⃣"


@pytest.mark.parametrize(
    ("title", "message", "sent"),
    [
        ("", "🚨🚨", "🚨🚨"),
        ("🚨", "🔥 !", "🚨: 🔥 !"),
        ("ok", "🚨", "ok"),
        ("🚨", "Water", "Water"),
        ("Water 🚨", "in the cellar", "Water: in the cellar"),
        ("", "Choose:", "Choose:"),
    ],
)
def test_pictures_that_are_all_there_is_are_sent(
    title: str, message: str, sent: str
) -> None:
    assert fitted(one_text(title, message), Style()) == sent


def test_typography_alone_would_have_cost_a_second_part() -> None:
    text = "The washing machine has finished – the laundry is waiting for “somebody”…"
    assert measure(text).parts == 2
    assert measure(plain(text)) == Measure(GSM, 75, 1)


@pytest.mark.parametrize(
    ("title", "message", "expected"),
    [
        ("Washer finished", "Ran 2 h.", "Washer finished: Ran 2 h."),
        ("Is it wet?", "Yes.", "Is it wet? Yes."),
        ("", "Ran 2 h.", "Ran 2 h."),
        ("Washer finished", "", "Washer finished"),
        ("Washer", "Washer finished", "Washer finished"),
        (" Washer ", " washer finished ", "washer finished"),
        ("", "", ""),
    ],
)
def test_a_title_and_a_message_are_one_text(
    title: str, message: str, expected: str
) -> None:
    assert one_text(title, message) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("árvíztűrő", "arvizturo".replace("u", "ü").replace("ro", "rö")),
        ("Straße, œuvre, Þór", "Straße, oeuvre, Thor"),
        ("ça coûte 5 €", "ca coute 5 €"),
        ("à la è", "à la è"),
        ("стирка", "стирка"),
        ("洗濯", "洗濯"),
    ],
)
def test_letters_become_the_nearest_of_the_alphabet(text: str, expected: str) -> None:
    assert unaccented(text) == expected


LONG_POLISH = "Pralka skończyła, pranie czeka. " * 3
ONE = Style(most_parts=1)


def test_accents_go_only_where_that_saves_a_part() -> None:
    assert fitted("Pralka skończyła.", ONE) == "Pralka skończyła."
    assert fitted(LONG_POLISH, Style()) == unaccented(LONG_POLISH.strip())
    kept = fitted(LONG_POLISH, Style(accents=True))
    assert kept == LONG_POLISH.strip()
    assert measure(kept).parts == 2


def test_emoji_go_before_words_do() -> None:
    text = "🧺 " + "The laundry is done and waits. " * 3
    style = Style(most_parts=1, emoji=True)
    assert fitted("🧺 Done", style) == "🧺 Done"
    assert fitted(text, style) == plain(text)
    accented = "🧺 " + "La lessive est prête à être étendue. " * 3
    assert fitted(accented, style) == unaccented(plain(accented))
    exact = Style(most_parts=1, emoji=True, accents=True)
    assert fitted(accented, exact) == "La lessive est prête à être étendue."


def test_a_long_text_is_cut_where_a_sentence_ends() -> None:
    sentence = "The washing machine has finished its cycle at 14:05."  # 52
    text = " ".join([sentence] * 5)
    assert fitted(text, ONE) == " ".join([sentence] * 2)
    assert measure(fitted(text, Style(most_parts=2))).parts == 2


def test_without_an_end_in_reach_it_is_cut_between_words() -> None:
    text = "Hm. " + "water " * 60
    short = fitted(text, ONE)
    assert short.endswith("water...")
    assert measure(short) == Measure(GSM, 156, 1)
    cyrillic = fitted("вода " * 40, Style(most_parts=1))
    assert cyrillic.endswith("вода…")
    assert measure(cyrillic).parts == 1


def test_one_endless_word_is_torn() -> None:
    short = fitted("x" * 500, ONE)
    assert short == "x" * 157 + "..."


def test_an_accent_is_not_torn_from_its_letter() -> None:
    letters = "й" + "и\u0301" * 60  # the second has no composed form
    for more in range(4):
        short = fitted("ш" * more + letters, Style(most_parts=1))
        assert measure(short).parts == 1
        assert short.endswith("и\u0301…")


ANYTHING = st.text(
    alphabet=st.sampled_from("ab €ñłж🧺\u0301\u00a0–.!\n") | st.characters(),
    max_size=700,
)
STYLES = st.builds(
    Style,
    most_parts=st.integers(1, 4),
    emoji=st.booleans(),
    accents=st.booleans(),
)


@given(ANYTHING, STYLES)
def test_whatever_comes_it_fits(text: str, style: Style) -> None:
    sent = fitted(text, style)
    assert measure(sent).parts <= style.most_parts
    assert bool(sent) == bool(plain(text, emoji=style.emoji))


@given(ANYTHING)
def test_plain_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)
