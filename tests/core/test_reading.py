"""Numbers, days and times as people type them."""

import datetime as dt

import pytest

from pbvote.core.reading import DayError, ReadingError, parse_day, parse_number, parse_time, sent_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5", 5),
        (" 1,200 ", 1200),
        ("-3", -3),
        ("−3", -3),
        ("007", 7),
        ("٥", 5),
        ("١٬٢٠٠", 1200),
        ("۱۲۰۰", 1200),
        ("１，２００", 1200),
        ("\u200f١٢\u200f", 12),
    ],
)
def test_reads_whole_numbers(typed: str, number: int) -> None:
    assert parse_number(typed) == number


@pytest.mark.parametrize("typed", ["", "5.0", "five", "1,20", "1e3", "9" * 13, "²", "五"])
def test_refuses_what_is_no_whole_number(typed: str) -> None:
    with pytest.raises(ReadingError, match="whole number"):
        parse_number(typed)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("1:30pm", dt.time(13, 30)),
        ("1.30 p.m.", dt.time(13, 30)),
        ("1PM", dt.time(13)),
        ("12am", dt.time(0)),
        ("12:05 pm", dt.time(12, 5)),
        ("13:30", dt.time(13, 30)),
        ("09:05", dt.time(9, 5)),
        ("00:00", dt.time(0)),
        ("Noon", dt.time(12)),
        ("٩:٠٠ pm", dt.time(21)),
        ("۱۳:۳۰", dt.time(13, 30)),
        ("１３：３０", dt.time(13, 30)),
    ],
)
def test_reads_times_of_day(typed: str, time: dt.time) -> None:
    assert parse_time(typed) == time


@pytest.mark.parametrize("typed", ["1:30", "9:05", "13", "1"])
def test_refuses_a_time_that_could_be_two(typed: str) -> None:
    with pytest.raises(ReadingError, match="am or pm"):
        parse_time(typed)


@pytest.mark.parametrize("typed", ["", "teatime", "24:00", "12:60", "13:30pm", "0am", "1:3pm", "10:00x"])
def test_refuses_what_is_no_time(typed: str) -> None:
    with pytest.raises(ReadingError, match="like 1:30pm or 13:30"):
        parse_time(typed)


@pytest.mark.parametrize(
    ("day", "month", "year", "date"),
    [
        ("12", "7", "2014", dt.date(2014, 7, 12)),
        (" 1 ", "August", "2014", dt.date(2014, 8, 1)),
        ("29", "feb", "2016", dt.date(2016, 2, 29)),
        ("01", "09", "2027", dt.date(2027, 9, 1)),
        ("١٢", "٧", "٢٠٢٧", dt.date(2027, 7, 12)),
        ("۱", "August", "２０２７", dt.date(2027, 8, 1)),
    ],
)
def test_reads_days(day: str, month: str, year: str, date: dt.date) -> None:
    assert parse_day({"day": day, "month": month, "year": year}) == date


@pytest.mark.parametrize(
    ("day", "month", "year", "parts", "sentence"),
    [
        ("", "7", "2014", ("day",), "The date must include a day"),
        ("12", " ", "", ("month", "year"), "The date must include a month and year"),
        ("29", "2", "2015", ("day",), "The date must be a real date"),
        ("0", "2", "2015", ("day",), "The date must be a real date"),
        ("first", "2", "2015", ("day",), "The date must be a real date"),
        ("1", "0", "2015", ("month",), "The month must be a number from 1 to 12"),
        ("1", "Brumaire", "2015", ("month",), "The month must be a number from 1 to 12"),
        ("1", "2", "15", ("year",), "The year must have 4 numbers, like 2027"),
        ("1", "2", "0000", ("year",), "The date must be a real date"),
    ],
)
def test_refuses_a_day_and_names_the_parts(
    day: str, month: str, year: str, parts: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(DayError) as refused:
        parse_day({"day": day, "month": month, "year": year})
    assert refused.value.parts == parts
    assert str(refused.value) == sentence


@pytest.mark.parametrize("sent", [None, "", "-1", "1.0", "²", "٣", "1 ", "x", "9" * 10, "9" * 5_000])
def test_what_no_page_sends_back_is_no_number(sent: str | None) -> None:
    assert sent_number(sent) == 0


def test_what_a_page_was_given_comes_back() -> None:
    assert (sent_number("0"), sent_number("7"), sent_number("999999999")) == (0, 7, 999_999_999)
