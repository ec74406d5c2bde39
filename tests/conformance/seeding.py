"""Rows with a mark in every field that holds somebody's words, made by the engines' own actions."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.bulletins import actions as bulletins
from hues.engines.bulletins import testing as telling
from hues.engines.cases import actions, queries
from hues.engines.cases.rules.intake import Place
from hues.engines.cases.rules.templates import Slot, Template
from hues.engines.cases.testing import Known, a_proof, routed, the_city
from hues.engines.rescue import actions as rescue
from hues.engines.rescue.rules.workflow import Verb as Rescue
from hues.engines.rescue.testing import a_call, asked
from hues.functions.field_reports import actions as field_reports
from hues.functions.field_reports import letters as taking
from hues.functions.field_reports.drafting import Spot
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import asker_for
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.queries import texts_to
from hues.kernel.journal.testing import drain
from hues.kernel.letters.actions import set_aside, write_back
from hues.kernel.letters.testing import a_letter
from hues.kernel.media.actions import store_photo
from hues.kernel.media.testing import a_picture, an_exif
from hues.kernel.people import actions as people
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from hues.surfaces.desks import actions as desks
from hues.surfaces.exports import actions as files
from hues.surfaces.open import actions as programs

HERE = Place(lat=16.4698, lng=107.5776, address="zqaddress Lê Lợi", source="map")
THERE = Place(lat=16.4650, lng=107.5850, address="Đường Hùng Vương", source="map")
PHONE, CALLED, SOS = "+84901777551", "0901 777 552", "+84901777553"
OFFICE = "zqoffice@office.example"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seeded:
    """What was made: numbers of cases by what became of them, and samples for addresses."""

    reporter: Asker
    other: Asker
    published: str
    samples: tuple[dict[str, str], ...]
    link: str
    files: tuple[UUID, ...]
    sealed: tuple[str, ...]


def seed(at: datetime) -> Seeded:
    """Seed everything as if it happened from `at` on."""
    the_city()
    who = people.open_account(phone=PHONE, name="Zqname Thị Hạ", at=at)
    delivery.ask_mail(address="zqmail@person.example", person_id=who, at=at)
    reporter = asker_for(who, at)
    published = _published(reporter, at)
    reopened, refused = _reopened(reporter, at), _refused(reporter, at)
    caller, divided, linked = _called(at), _divided(reporter, at), _linked(reporter, at)
    lawful = _under_seal(reporter, at)
    sent, again = _under_seal_from_a_letter(at)
    actions.save_draft(by=reporter, key="zq", fields={"text": "zqdraft lời đang viết dở"}, at=at)
    for page, words in (("first", "zqdraft"), ("second", "zqpage")):
        actions.keep_page(by=reporter, key="zq-both", fields={"text": words}, page=page, seen=0, at=at)
    program, samples = _sent_by_a_program(), _besides(at)
    _begun_in_a_browser(reporter)
    drain()
    numbers = (published, reopened, refused, caller, divided, f"{divided}-1", linked, lawful)
    token = next(text.body for text in texts_to("+84905777554")).split("/pass/")[1].split("/")[0]
    return Seeded(
        reporter=reporter,
        other=cast.worker("ubnd-kim-long"),
        published=published,
        samples=(
            *(samples | {"number": number} for number in numbers),
            samples | {"number": program, "file_id": samples["whole"], "letter_id": samples["aside"]},
            samples | {"number": sent, "letter_id": again},
        ),
        link=token,
        files=(UUID(samples["file_id"]), UUID(samples["whole"])),
        sealed=(lawful, sent),
    )


def _published(reporter: Asker, at: datetime) -> str:
    """Return a report that was asked about, extended, sent back, answered, published, rated and unsealed."""
    minh, operator = cast.minh(), cast.operator()
    exif = an_exif(place=(HERE.lat, HERE.lng))
    photo = store_photo(a_picture((64, 48), exif=exif, seed=71), by=reporter.person_id, at=at).id
    told = "Đèn zqtext nhà anh Zqneighbour tắt cả tuần, zqhidden rất tối."
    case = actions.open_case(
        category="lights-out", text=told, place=HERE, answers={"pole": "zqtyped"}, photos=[photo], by=reporter, at=at
    )
    agency = cast.an_agency()
    moved = actions.accept_and_route(case_id=case.id, agency_id=agency.id, note="zqroute", by=operator, seen=1, at=at)

    def go(act: object, by: Asker, **said: object) -> None:
        nonlocal moved
        moved = act(case_id=case.id, by=by, seen=moved.version, at=at, **said)  # type: ignore[operator]

    go(actions.take, minh)
    go(actions.note, minh, text="zqnote nội bộ")
    covered = {queries.TEXT: told.replace("zqhidden", "[…]")}
    go(actions.cover_words, operator, seq=1, texts=covered)
    go(actions.ask_citizen, minh, question="zqquestion cột số mấy?")
    go(actions.reply, reporter, text="zqreply cột thứ ba")
    go(actions.add_words, reporter, text="zqadded còn một cột nữa")
    go(actions.ask_extension, minh, until=case.due_at + timedelta(days=9), reason="zqlonger chờ vật tư")
    go(actions.decide_extension, operator, granted=True, text="zqgranted được")
    go(actions.answer_case, minh, text="zqfirst chưa rõ", outcome="not_ours", proof=a_proof(minh))
    go(actions.return_answer, operator, reason="zqreturned còn thiếu")
    go(actions.answer_case, minh, text="zqanswer đã chuyển", outcome="not_ours", proof=a_proof(minh))
    go(actions.publish, operator, public_text="zqpublic đèn tắt", public_address="", text="zqcentre xin cảm ơn")
    go(actions.rate, reporter, stars=2, fixed=False, text="zqrated vẫn tối")
    actions.unseal(case_id=case.id, purpose="zqpurpose gọi lại người phản ánh", by=operator, at=at)
    return case.number


def _reopened(reporter: Asker, at: datetime) -> str:
    case = routed(
        actions.open_case(category="roads-pothole", text="Ổ gà trước chợ.", place=THERE, by=reporter, at=at), at=at
    )
    minh, operator = cast.minh(), cast.operator()
    moved = actions.take(case_id=case.id, by=minh, seen=case.version, at=at)
    moved = actions.answer_case(
        case_id=case.id, text="Đã xem.", outcome="not_ours", proof=a_proof(minh), by=minh, seen=moved.version, at=at
    )
    moved = actions.publish(case_id=case.id, by=operator, seen=moved.version, at=at)
    moved = actions.reopen(
        case_id=case.id, text="zqreopened vẫn còn nguyên như cũ", by=reporter, seen=moved.version, at=at
    )
    moved = actions.give_back(
        case_id=case.id, reason="zqgiven không phải của chúng tôi", by=minh, seen=moved.version, at=at
    )
    return case.number


def _refused(reporter: Asker, at: datetime) -> str:
    case = actions.open_case(category="roads-pothole", text="zqrefused lời bị từ chối", place=THERE, by=reporter, at=at)
    actions.refuse(case_id=case.id, outcome="spam", text="zqwhy quảng cáo", by=cast.operator(), seen=1, at=at)
    return case.number


def _under_seal(reporter: Asker, at: datetime) -> str:
    case = actions.open_case(category="roads-pothole", text="zqlawful tôi tố cáo", place=THERE, by=reporter, at=at)
    _seal(case.id, at)
    return case.number


def _under_seal_from_a_letter(at: datetime) -> tuple[str, str]:
    """Return what a letter became that is under seal since, and the letter that its sender wrote afterwards."""
    wrote = {"way": Way.ZALO, "sender": "zqdenouncer", "name": "Zqwriter", "at": at}
    first = a_letter(text="Tôi tố cáo cán bộ thôn.", key="zq-first", **wrote)
    spot = Spot(lat=THERE.lat, lng=THERE.lng, address=THERE.address, source="map")
    said = {"category": "roads-pothole", "text": "zqdenounced tôi tố cáo"}
    case = taking.take(said, spot, letter_ids=[first], by=cast.operator(), at=at)
    _seal(case.id, at)
    return case.number, str(a_letter(text="Việc của tôi tới đâu rồi?", key="zq-second", **wrote))


def _seal(case_id: UUID, at: datetime) -> None:
    actions.seal_case(
        case_id=case_id,
        outcome="denunciation",
        passed_to="zqauthority",
        passed_ref="zqreceipt",
        text="zqforwarded theo Luật Tố cáo",
        by=cast.operator(),
        seen=1,
        at=at,
    )


def _called(at: datetime) -> str:
    words = "zqspoken người gọi kể lại."
    case = actions.open_case(
        category="roads-pothole",
        text=words,
        place=THERE,
        channel="phone",
        contact=f"{CALLED} zqcaller",
        by=cast.operator(),
        at=at,
    )
    return case.number


def _divided(reporter: Asker, at: datetime) -> str:
    case = actions.open_case(category="roads-pothole", text="zqopen cây đổ", place=THERE, by=reporter, at=at)
    shares = [
        actions.Share(agency_id=cast.an_agency(code).id, task=f"zqtask của {code}")
        for code in (cast.WARD_OFFICE, "ubnd-phu-xuan")
    ]
    actions.split(case_id=case.id, shares=shares, by=cast.operator(), seen=1, at=at)
    part = queries.ops_case(cast.operator(), f"{case.number}-1", at=at)
    actions.take(case_id=part.id, by=cast.minh(), seen=part.version, at=at)
    return case.number


def _linked(reporter: Asker, at: datetime) -> str:
    office = cast.an_agency("ubnd-thuan-hoa")
    agencies.send_links_to(agency_id=office.id, address="+84905777554", at=at)
    case = actions.open_case(category="roads-pothole", text="zqlinked hố sâu", place=THERE, by=reporter, at=at)
    known: Known = routed(case, "ubnd-thuan-hoa", at=at)
    mailed = cast.an_agency("ubnd-an-cuu")
    agencies.send_links_to(agency_id=mailed.id, address=OFFICE, at=at)
    return known.number


def _sent_by_a_program() -> str:
    said = {"api_key": "demo-key", "service_code": "roads-pothole", "lat": "16.4637", "long": "107.5909"}
    said |= {"description": "zqunread hố ga mất nắp", "first_name": "zqgiven-name", "email": "zqreach@person.example"}
    answer = Client().post("/open311/v2/requests.json", said | {"device_id": "zqdevice", "account_id": "zqdevice"})
    number: str = answer.json()[0]["service_request_id"]  # type: ignore[attr-defined]
    return number


def _begun_in_a_browser(reporter: Asker) -> None:
    browser, picture = Client(), a_picture((64, 48), exif=an_exif(place=(HERE.lat, HERE.lng)), seed=72)
    sign_in(browser, reporter)
    file = SimpleUploadedFile("zqphoto.jpg", picture, "image/jpeg")
    assert browser.post("/f/field_reports/new/", {"photos": [file]}).status_code in (302, 303)


def _bulletins(at: datetime) -> dict[str, str]:
    """Make an alert and a notice that were given back, and return both."""
    approver, said = cast.alert_approver(), telling.words(at=at)
    texts = {code: replace(one, headline=f"zqalert {one.headline}") for code, one in said.texts.items()}
    alert = telling.submitted(replace(said, texts=texts), at=at)
    alert = bulletins.return_to_writer(
        bulletin_id=alert.id, because="zqback sửa lại", by=approver, seen=alert.version, at=at
    )
    titles = {code: replace(one, title=f"zqnotice {one.title}") for code, one in telling.NOTICE_TEXTS.items()}
    notice = telling.submitted_notice(telling.notice_words(texts=titles), at=at)
    bulletins.return_notice(notice_id=notice.id, because="zqagain xem lại", by=approver, seen=notice.version, at=at)
    return {"bulletin_id": str(alert.id), "notice_id": str(notice.id)}


def _besides(at: datetime) -> dict[str, str]:
    """Make what is not a report, and return samples of it."""
    minh, operator = cast.minh(), cast.operator()
    call = a_call(asked(phone=SOS, address="zqroof kiệt nhỏ", words="zqwater đến gác"), at=at)
    rescue.move(verb=Rescue.NOTE, code=call.code, seen=1, by=operator, words="zqcalled đã gọi lại", at=at)
    letter = a_letter(
        way=Way.LETTER,
        sender="zqsender@person.example",
        name="Zqwriter Thị Vân",
        text="zqletter đèn tắt",
        key="zq",
        at=at,
    )
    assert letter
    write_back(letter_ids=[letter], text="zqwritten ở đâu ạ?", key=letter, by=operator, at=at)
    aside = a_letter(way=Way.ZALO, sender="zqaccount", name="Zqwriter", text="Mua bán đủ loại.", key="zz", at=at)
    assert aside
    set_aside(letter_ids=[aside], reason="zqaside quảng cáo", by=operator, at=at)
    desks.save_view(space="agency", name="zqview", query="?q=zqsearch", is_first=False, by=minh, at=at)
    query = "?tab=all&q=zqfilter"
    searched = files.ask(space="agency", query=query, kind="csv", language="vi", by=cast.head(), at=at)
    whole = files.ask(space="operations", query="?tab=all", kind="xlsx", language="vi", by=operator, at=at)
    keyword = field_reports.add_keyword(words="zqkeyword", category="roads-pothole", by=cast.admin(), at=at)
    slot = Slot(key="street", label={"vi": "zqlabel", "en": "Street"})
    words = {"vi": "zqtemplate {street}", "en": ""}
    template = Template(title="zqtitle", title_in={"en": "zqenglish"}, outcome="answered", text=words, slots=(slot,))
    written = actions.add_template(template, by=cast.duty_leader(), at=at)
    delivery.add_hook(label="zqhook", url="https://zqhost.example/in", at=at)
    programs.issue_key(label="zqprogram", phone="+84901777555", at=at)
    return {
        **_bulletins(at),
        "rescue": call.code,
        "letter_id": str(letter),
        "aside": str(aside),
        "file_id": str(searched),
        "whole": str(whole),
        "keyword_id": str(keyword),
        "template_id": str(written),
    }
