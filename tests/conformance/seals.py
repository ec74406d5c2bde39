"""Who may read what somebody wrote: a word on every field that can hold words."""

from collections.abc import Mapping
from typing import Final

type Readers = frozenset[str]

STRANGER, CITIZEN, REPORTER, LINK = "stranger", "citizen", "reporter", "link"
WORKER, HEAD, OTHER = "case_worker", "agency_head", "other agency"
WRITERS: Final = frozenset({"alert_writer", "alert_approver"})
ADMIN: Final = frozenset({"admin"})
CENTRE: Final = frozenset({"operator", "duty_leader"})
WATCHERS: Final = CENTRE | {"leader", "auditor"}
AGENCY: Final = frozenset({WORKER, HEAD})
STAFF: Final = AGENCY | WATCHERS
NOBODY: Final[Readers] = frozenset()
SENDER: Final = frozenset({REPORTER})
PUBLIC: Final = frozenset({STRANGER, CITIZEN, REPORTER, LINK}) | STAFF
READERS: Final = PUBLIC | WRITERS | ADMIN | {OTHER}

# What people write, by field: each mark, and whoever may meet it on a page, in a file, a feed or an interface.
WORDS: Final[Mapping[str, Mapping[str, Readers]]] = {
    "people.Person.name": {"zqname": SENDER},
    "people.Person.phone": {"901777551": SENDER},
    "agencies.Agency.link_to": {"zqoffice": NOBODY, "905777554": NOBODY},
    "consent.Access.purpose": {"zqpurpose": SENDER},
    "delivery.Text.to": {"905777554": NOBODY},
    "delivery.Parcel.address": {"zqmail": NOBODY},
    "delivery.Subscription.address": {"zqsender": NOBODY, "zqaccount": NOBODY, "zqdenouncer": NOBODY},
    "delivery.Hook.label": {"zqhook": NOBODY},
    "delivery.Hook.url": {"zqhost": NOBODY},
    "letters.Letter.text": {"zqletter": CENTRE},
    "letters.Letter.reason": {"zqaside": CENTRE},
    "letters.Answer.text": {"zqwritten": CENTRE},
    "bulletins.Bulletin.texts": {"zqalert": WRITERS | WATCHERS},
    "bulletins.Bulletin.returned_because": {"zqback": WRITERS | WATCHERS},
    "bulletins.Notice.texts": {"zqnotice": WRITERS | WATCHERS},
    "bulletins.Notice.returned_because": {"zqagain": WRITERS | WATCHERS},
    "cases.Case.text": {
        "zqtext": STAFF | SENDER,
        "zqneighbour": STAFF | SENDER,
        "zqrefused": WATCHERS | SENDER,
        "zqspoken": WATCHERS,
        "zqopen": STAFF | SENDER,
        "zqlinked": WATCHERS | SENDER | {LINK},
        "zqlawful": SENDER,
        "zqdenounced": NOBODY,
    },
    "cases.Case.public_text": {"zqpublic": PUBLIC - AGENCY - {"leader", "auditor"}},
    "cases.Case.answers": {"zqtyped": STAFF | SENDER},
    "cases.Case.folded": {"zqpublic": PUBLIC - AGENCY - {"leader", "auditor"}},
    "cases.Case.address": {"zqaddress": STAFF | SENDER},
    "cases.Case.task": {"zqtask": STAFF},
    "cases.Case.passed_to": {"zqauthority": SENDER},
    "cases.Case.passed_ref": {"zqreceipt": SENDER},
    "cases.AnswerTemplate.title": {"zqtitle": STAFF - {"leader", "auditor"} | ADMIN},
    "cases.AnswerTemplate.title_in": {"zqenglish": CENTRE | ADMIN},
    "cases.AnswerTemplate.text": {"zqtemplate": CENTRE | ADMIN},
    "cases.AnswerTemplate.fields": {"zqlabel": CENTRE | ADMIN},
    "cases.Step.public_text": {
        "zqforwarded": SENDER,
        "zqquestion": STAFF | SENDER,
        "zqreply": STAFF | SENDER,
        "zqadded": STAFF | SENDER,
        "zqfirst": STAFF,
        "zqanswer": PUBLIC,
        "zqcentre": PUBLIC,
        "zqrated": STAFF | SENDER,
        "zqreopened": WATCHERS | SENDER,
        "zqwhy": WATCHERS | SENDER,
    },
    "cases.Step.internal_text": {
        "zqroute": STAFF,
        "zqnote": STAFF,
        "zqlonger": STAFF,
        "zqgranted": STAFF,
        "zqreturned": STAFF,
        "zqgiven": WATCHERS,
    },
    "cases.CaseSeal.contact": {"zqcaller": NOBODY, "901777552": NOBODY, "zqreach": NOBODY, "zqgiven-name": NOBODY},
    "cases.SealedWords.texts": {"zqhidden": NOBODY},
    "cases.Pass.sent_to": {"905777554": NOBODY},
    "cases.Draft.fields": {"zqdraft": SENDER},
    "cases.Draft.others": {"zqpage": NOBODY},
    "rescue.Seal.phone": {"901777553": CENTRE},
    "rescue.Seal.address": {"zqroof": CENTRE},
    "rescue.Seal.words": {"zqwater": CENTRE},
    "rescue.Step.words": {"zqcalled": CENTRE},
    "desks.SavedView.name": {"zqview": frozenset({WORKER})},
    "desks.SavedView.query": {"zqsearch": frozenset({WORKER})},
    "exports.ListFile.query": {"zqfilter": frozenset({HEAD})},
    "open.ApiKey.label": {"zqprogram": NOBODY},
    "field_reports.Keyword.words": {"zqkeyword": CENTRE | ADMIN},
}
# What stands in no field at all, and may stand nowhere: of photos, letters and programs.
NOWHERE: Final = ("Camera of Lan", "zqphoto", "zqwriter", "zqdevice")

# What was looked at and bears no mark, and why.
UNMARKED: Final[Mapping[str, str]] = {
    "people.Person.email": "empty until it is confirmed; what is to be confirmed is in a parcel",
    "delivery.InboxItem.title": "the city's own words and a number, for its owner",
    "delivery.InboxItem.body": "the city's own words and a number, for its owner",
    "delivery.InboxItem.link": "an address of ours",
    "delivery.Text.body": "the city's own words with a code or a link",
    "delivery.Text.last_error": "what a gateway answered; it may hold no number, which the channels' own tests look at",
    "delivery.Broadcast.title": "of what was issued, for everybody",
    "delivery.Broadcast.body": "of what was issued, for everybody",
    "delivery.Broadcast.link": "an address of ours",
    "delivery.Subscription.keys": "a browser's keys",
    "delivery.Parcel.words": "the city's own words, or those of an answer to a letter, on their way to one person",
    "delivery.Parcel.last_error": "as of a text",
    "delivery.Line.last_error": "as of a text",
    "media.Paper.name": "a file that the city itself puts beside a notice",
    "bulletins.Bulletin.alone_because": "only where a city switched the path of one person on",
    "bulletins.Bulletin.own_because": "why what others sent is about nothing of ours; the tests of drafts look at it",
    "bulletins.Notice.folded": "what is found by; the same words as its texts",
    "bulletins.Incoming.sender": "an office's, as it published it",
    "bulletins.Incoming.headline": "an office's, as it published it",
    "bulletins.Incoming.places": "an office's, as it published it",
    "cases.Case.public_address": "emptied by the operator here; the public tests look at it",
    "cases.CaseSeal.shown_name": "only of who agreed to be named",
}

# Codes, digests and the city's own lists.
CODES: Final[Mapping[str, str]] = {
    "journal.Entry": "event facts",
    "people.Person": "password language home_ward",
    "agencies.Agency": "code name kind ward_code",
    "agencies.Membership": "role",
    "agencies.Change": "counts",
    "agencies.Succession": "wards categories",
    "areas.Area": "code name kind source",
    "areas.Boundary": "geometry digest source",
    "areas.FormerUnit": "code name district",
    "media.Photo": "sha256 mime thumb fingerprint",
    "media.Original": "sha256 thumb",
    "media.Tiny": "thumb sha256",
    "media.Clip": "sha256 mime poster",
    "media.Paper": "sha256 mime",
    "consent.Access": "what",
    "consent.Consent": "purpose",
    "delivery.InboxItem": "reason",
    "delivery.Broadcast": "key topic subject urgency",
    "delivery.Area": "ward subject circle",
    "delivery.Subscription": "channel language session guest",
    "delivery.BrowserPlace": "ward",
    "delivery.Chunk": "channel",
    "delivery.Parcel": "key channel",
    "delivery.Line": "name",
    "delivery.Failure": "channel reason ward",
    "delivery.Receipt": "channel digest",
    "delivery.Named": "digest",
    "delivery.Tally": "channel outcome",
    "delivery.SenderKey": "public",
    "delivery.Pass": "id",
    "delivery.JoinCode": "digest",
    "delivery.Place": "ward",
    "delivery.Unfollowed": "subject",
    "delivery.Belongs": "circle",
    "delivery.Floor": "least",
    "delivery.Preference": "least",
    "letters.Letter": "way message_id pictures number",
    "clocks.Timer": "kind",
    "visits.DayVisits": "function audience",
    "published.Page": "path etag headers",
    "published.Owed": "path",
    "bulletins.Bulletin": "state msg_type identifier event wards shapes",
    "bulletins.PublicBulletin": "audience",
    "bulletins.Notice": "state number kind topic audience wards verdict about withdrawn_because",
    "bulletins.SigningKey": "fingerprint certificate",
    "bulletins.Answer": "said ward",
    "bulletins.Incoming": "source link identifier msg_type outcome reason",
    "bulletins.Link": "source link etag modified problem",
    "bulletins.Source": "code etag modified problem",
    "cases.Case": (
        "number kind kept_before category state outcome service_class channel place_source look road_owner ward_code"
    ),
    "cases.Step": "verb side facts",
    "cases.CasePhoto": "role",
    "cases.ProofDoubt": "word",
    "cases.Category": "code kind title hint not_this icon service_class accepts emergency keywords questions",
    "cases.Route": "kind category wards road_owner times agency",
    "cases.AnswerTime": "service_class",
    "cases.AnswerTemplate": "category outcome",
    "cases.MapTally": "kind",
    "cases.Pass": "digest",
    "cases.Draft": "key sent page",
    "cases.Key": "key digest",
    "rescue.Call": "code state needs ward_code",
    "rescue.Seal": "source same origin alike",
    "rescue.Step": "verb",
    "desks.SavedView": "space",
    "exports.ListFile": "space tab kind language agencies state",
    "open.ApiKey": "digest",
    "field_reports.MonthTally": "month grouping key",
    "field_reports.Following": "ward_code near",
    "field_reports.Keyword": "category",
    "storm_flood.Reading": "gauge source",
}
# Where the number of what is under seal stands, and for whom; on pages of that number, who asked knows it.
SEALED_NUMBERS: Final[Mapping[str, Readers]] = {"/ops/sealed/": CENTRE}
