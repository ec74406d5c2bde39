"""Load the demo's pictures and reports, once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import batched
from uuid import UUID

from hues.config.demo import pictures, texts
from hues.config.demo.stories import Stage, places_in, stories
from hues.engines.cases import queries as cases
from hues.engines.cases.actions import PreparedCase, import_cases
from hues.kernel.agencies import queries as agencies
from hues.kernel.areas import queries as areas
from hues.kernel.media import actions as media
from hues.kernel.people.asker import Role
from hues.kernel.people.queries import accounts_of
from hues.surfaces.shell.demo_people import demo_people

REPORTS = 2_000
PLACES = 300  # in each ward
BATCH = 500
DRAWINGS = 3  # of each kind, with and without the trouble
type Progress = Callable[[int, int], None]


def load_reports(*, reports: int = REPORTS, at: datetime, progress: Progress = lambda done, total: None) -> int:
    """Import the reports that are missing to that many, by demo people who are there; return how many were written."""
    missing = missing_reports(reports)
    if not missing:
        return 0
    told = stories(missing, stage(at=at, reports=missing))
    return import_cases(with_own_photos(told, at=at), at=at, progress=lambda done: progress(done, missing)).cases


def with_own_photos(told: Iterable[PreparedCase], *, at: datetime) -> Iterator[PreparedCase]:
    """Give each report photos of its own, that look like others': what is covered in one must not be so in another."""
    for some in batched(told, BATCH, strict=False):
        used = [
            photo for case in some for photo in (*case.photos, *(one for move in case.moves for one in move.photos))
        ]
        own = media.copy_photos(used, at=at)
        media.attach(own, by=None, at=at)
        fresh = iter(own)
        for case in some:
            shown = [next(fresh) for _ in case.photos]
            moves = [replace(move, photos=[next(fresh) for _ in move.photos]) for move in case.moves]
            yield replace(case, photos=shown, moves=moves)


def missing_reports(wanted: int) -> int:
    """Return how many reports there are too few."""
    return max(0, wanted - cases.how_many())


def stage(*, at: datetime, reports: int) -> Stage:
    """Return who and what the stories are made of, as of `at`; drawings are stored if they are not there yet."""
    everybody = demo_people()
    ids = accounts_of(person.phone for person in everybody)
    workers: dict[UUID, UUID] = {}
    for person in everybody:
        agency = agencies.agency_by_code(person.agency) if person.role == Role.CASE_WORKER else None
        if agency:
            workers[agency.id] = ids[person.phone]
    return Stage(
        citizens=[ids[p.phone] for p in everybody if p.role == Role.CITIZEN],
        operators=[ids[p.phone] for p in everybody if p.role == Role.OPERATOR],
        workers=workers,
        pictures=_drawings(at),
        places=places_in(areas.wards(), PLACES),
        texts=texts.read(),
        until=at,
        days=200 if reports <= REPORTS else 900,
    )


def _drawings(at: datetime) -> dict[str, dict[bool, list[UUID]]]:
    return {
        kind: {
            mended: [
                media.store_photo(pictures.drawn(kind, mended=mended, seed=seed), by=None, at=at).id
                for seed in range(DRAWINGS)
            ]
            for mended in (False, True)
        }
        for kind in pictures.TROUBLES
    }
