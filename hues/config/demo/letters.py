"""The demo's letters: what people wrote by Zalo, Facebook and e-mail this morning."""

from datetime import datetime, timedelta

from hues.config.demo import pictures
from hues.kernel.delivery.channels import Way
from hues.kernel.letters import actions, queries
from hues.kernel.letters.incoming import Incoming
from hues.kernel.media import actions as media

# Minutes ago, way, sender, words, a drawing that came along, a place.
LETTERS: tuple[tuple[int, Way, str, str, str, tuple[float, float] | None], ...] = (
    (95, Way.FACEBOOK, "demo-1", "Sao đường Lê Lợi mưa chút là ngập vậy thành phố ơi?", "", None),
    (52, Way.ZALO, "demo-2", "Ổ gà sâu lắm ở đường Nguyễn Huệ, tối qua có hai xe máy ngã.", "", None),
    (51, Way.ZALO, "demo-2", "", "hole", None),
    (50, Way.ZALO, "demo-2", "", "", (16.4583, 107.5911)),
    (
        18,
        Way.LETTER,
        "demo-3@example.vn",
        "Đèn đường tắt ở kiệt 12 Chi Lăng\n\nKính gửi thành phố,\nBa đêm nay đèn ở đầu kiệt không sáng, trẻ em đi "
        "học thêm về rất nguy hiểm. Mong được sửa sớm.",
        "lamp",
        None,
    ),
    (4, Way.ZALO, "demo-4", "Cho em hỏi mấy giờ hết giờ làm thủ tục ở phường ạ?", "", None),
)


def load(*, at: datetime) -> int:
    """Have four people write unless there are letters already; return how many came."""
    if queries.how_many():
        return 0
    kept = 0
    for number, (minutes, way, sender, words, drawing, point) in enumerate(LETTERS):
        then = at - timedelta(minutes=minutes)
        photos = (
            (media.store_photo(pictures.drawn(drawing, mended=False, seed=0), by=None, at=at).id,) if drawing else ()
        )
        letter = Incoming(
            way=way,
            message_id=f"demo-{number}",
            sender=sender,
            text=words,
            photos=photos,
            point=point,
            written_at=then,
        )
        kept += actions.receive(letter, at=then) is not None
    return kept
