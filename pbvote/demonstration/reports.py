"""What groups of Old Trafford & Stretford reported and asked, through the same doors that people use."""

import datetime as dt
import io

from PIL import Image, ImageDraw

from pbvote.core.clock import now, today
from pbvote.demonstration.acceptances import end_earlier
from pbvote.demonstration.pictures import PICTURES
from pbvote.files.pictures import NewPhoto, read_photo
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.awards.service import awards_of
from pbvote.grants.money.checking import Call, note_check
from pbvote.grants.money.paying import NewPayment, note_paid, plan_payment
from pbvote.grants.promises.accepting import promises_of
from pbvote.grants.promises.models import KeptBy
from pbvote.grants.reports import changing, thanking
from pbvote.grants.reports.asking_receipts import ask_for_receipts
from pbvote.grants.reports.closing import ClosingWords, close
from pbvote.grants.reports.correcting import correct_report, open_report
from pbvote.grants.reports.drafts import keep_draft_photo, save_draft
from pbvote.grants.reports.models import LeftPlan, Report, ReportManner, ReportSize
from pbvote.grants.reports.receipts import add_receipt
from pbvote.grants.reports.sending import NewReport, confirm_visit, send_report, visit_to_confirm
from pbvote.grants.reports.service import report_of
from pbvote.grants.reports.sizes import lines_asked, size_of
from pbvote.grants.visits.models import ContactMethod, Status
from pbvote.grants.visits.service import check_ins_of
from pbvote.grants.visits.storing import log_check_in
from pbvote.grants.visits.typed import NewCheckIn
from pbvote.people.models import Account
from pbvote.vote.events.models import Event


def report(event: Event, organiser: Account, second: Account, member: Account) -> None:
    """A report of each size and manner: one to answer, one thanked for and used, one with money left, one closed.

    Another is late and asked for its receipts, one group asks for more time, and one was let spend some of it
    differently. One report was corrected, and another is open for that.
    """
    awards = awards_of(event)
    paid = [award for award in awards if award.paid_pence]
    large, page, left = paid[0], next(award for award in paid if size_of(award) is ReportSize.PAGE), paid[-1]
    _write_with_figures(large, organiser)
    _tell(page, member, organiser)
    told = "Nine shops have a website now. Two of the coders have been asked to build another."
    _thank(left, _type_in(left, told, 52_50, organiser), organiser)
    _correct(page, member, organiser)
    open_report(left, "They paid the cook £10 more than they told us.", organiser)
    small = [award for award in awards if size_of(award) is ReportSize.PHOTO]
    end_earlier(small[0], today() - dt.timedelta(days=60))
    _confirm_visit(small[1], organiser, member)
    ask_for_receipts(small[0], "Our auditor looks at one grant in ten.", organiser)
    asks, closes = (award for award in awards if award.state is AwardState.SIGNED and award not in (*paid, *small))
    _ask_for_time(asks, organiser)
    _close(closes, organiser, second)
    _spend_differently(next(award for award in awards if award.state is AwardState.ACCEPTED), organiser)


def _contact(award: Award, otherwise: Account) -> Account:
    return award.bid.group.contacts[0].account if award.bid.group else otherwise


def _write_with_figures(award: Award, organiser: Account) -> None:
    """The group wrote it, with a photo and its receipts. Nobody has answered yet."""
    by = _contact(award, organiser)
    lines = lines_asked(award)
    save_draft(award, ReportManner.WRITTEN, {}, 0, by)
    picture = PICTURES["Reading friends"]
    keep_draft_photo(award, ReportManner.WRITTEN, read_photo(picture.drawn(), "us.png"), by)
    for line in lines:
        add_receipt(award, line.position, _receipt(line.what, line.line_pence), by)
    spent, kept = {line.position: line.line_pence for line in lines}, _promised(award)
    told = "63 pupils came, some of them every evening. Two who hated numbers now help the younger ones."
    send_report(award, ReportManner.WRITTEN, NewReport(told, 63, 0, None, may_quote=True, spent=spent, kept=kept), by)


def _tell(award: Award, member: Account, organiser: Account) -> None:
    """The group told its mentor. It was thanked, and what it told stands in the board's report."""
    told = "26 teenagers cooked a meal for their street each month. The last one fed ninety people."
    new = NewReport(told, 26, 0, None, may_quote=True, kept=_promised(award)[:1])
    sent = send_report(award, ReportManner.SPOKEN, new, member)
    _thank(award, sent, organiser)
    thanking.note_use(award, sent, "in the board report of November")


def _promised(award: Award) -> list[int]:
    """The ids of the promises that nobody has ticked, the first due in front."""
    return [promise.id for promise in promises_of([award])[award.id] if not promise.is_kept]


def _correct(award: Award, member: Account, organiser: Account) -> None:
    """The group asked to put a figure right, and told its mentor the new one."""
    changing.ask_to_correct(award, "We said 26. With those who only ate there were 62.", _contact(award, organiser))
    [asked] = changing.changes_of([award.id])
    changing.answer_change(award, asked, changing.ChangeAnswer(True, "Of course. Tell your mentor."), organiser)
    report = report_of(award)
    if report:
        new = NewReport(report.happened, 62, 0, None, may_quote=True, kept=_ticked(award))
        correct_report(award, report, ReportManner.SPOKEN, new, member)


def _ticked(award: Award) -> list[int]:
    """The ids of the promises that the report ticked."""
    return [promise.id for promise in promises_of([award])[award.id] if promise.kept_by is KeptBy.REPORT]


def _type_in(award: Award, told: str, left: int, organiser: Account) -> Report:
    """It came by telephone: all that was promised is done, and so many pence are left."""
    lines, had = lines_asked(award), award.award_pence - award.returned_pence
    spent = {line.position: line.line_pence for line in lines}
    spent[lines[-1].position] += had - left - sum(spent.values())
    wish = LeftPlan.SEND_BACK if left else None
    kept = _promised(award)
    new = NewReport(told, 17, left, wish, why_no_receipt="They are with the shops.", spent=spent, kept=kept)
    return send_report(award, ReportManner.TYPED_IN, new, organiser)


def _thank(award: Award, sent: Report, organiser: Account) -> None:
    thanking.thank(award, sent, thanking.prefilled_thanks(award, sent), organiser)


def _confirm_visit(award: Award, organiser: Account, member: Account) -> None:
    """The mentor's visit was the report, and the group is thanked."""
    words = "Thirty people ran the last five kilometres together. They meet on their own now."
    visit = NewCheckIn(
        "last-visit", today() - dt.timedelta(days=30), ContactMethod.VISIT, Status.GOING_WELL, [], words, ""
    )
    log_check_in(award, member, visit)
    for one in check_ins_of(award):
        one.logged_at = now() - dt.timedelta(days=29)
    seen = visit_to_confirm(award)
    if seen:
        sent = confirm_visit(award, seen.id, _contact(award, organiser), _promised(award))
        _thank(award, sent, organiser)


def _close(award: Award, organiser: Account, second: Account) -> None:
    """Paid, reported, thanked for, closed."""
    rang_on, paid_on = award.decided_on + dt.timedelta(days=2), award.decided_on + dt.timedelta(days=7)
    note_check(award, Call(2, "Nadia of the payments team", "Sue Hall", "treasurer", rang_on), organiser)
    payment = plan_payment(award, NewPayment(1, award.award_pence, paid_on), organiser, second.id)
    note_paid(award, payment, paid_on, organiser)
    told = "Breakfast was on the table every Saturday. Parents who came to look stayed to help."
    sent = _type_in(award, told, 0, organiser)
    _thank(award, sent, organiser)
    close(award, sent, ClosingWords(looked_at_promises=True), organiser)


def _ask_for_time(award: Award, organiser: Account) -> None:
    until = award.ends_on + dt.timedelta(days=90)
    changing.ask_for_more_time(award, "Two of our teachers are ill.", until, _contact(award, organiser))


def _spend_differently(award: Award, organiser: Account) -> None:
    """A group was let spend a fifth on something else, with a reason on record."""
    words = "We were given a cooker, and would rather buy tables."
    changing.ask_to_spend_differently(award, words, award.award_pence // 5, _contact(award, organiser))
    [asked] = changing.changes_of([award.id])
    said = changing.ChangeAnswer(True, "Good for you. Please do.", "A gift took the place of the largest cost.")
    changing.answer_change(award, asked, said, organiser)


def _receipt(what: str, pence: int) -> NewPhoto:
    """A drawn receipt."""
    paper = Image.new("RGB", (420, 560), "#fdfdf6")
    pen = ImageDraw.Draw(paper)
    lines = ("RECEIPT", "", what[:40], f"Total  GBP {pence / 100:,.2f}", "", "Thank you")
    pen.multiline_text((40, 60), "\n".join(lines), fill="#222222", spacing=16, font_size=22)
    file = io.BytesIO()
    paper.save(file, "PNG")
    return read_photo(file.getvalue(), "receipt.png")
