"""A notice as the XML document that is signed: words only, in an order that never changes."""

from datetime import datetime

from lxml import etree

from hues.engines.bulletins.rules.notices import NoticeContent

NAMESPACE = "urn:hue-s:notice:1"


def build_notice(content: NoticeContent, *, number: str, sender: str, sent_at: datetime, replaces: str) -> bytes:
    """Return the document of a notice, unsigned; instants in ISO 8601 with their offset."""
    root = etree.Element(f"{{{NAMESPACE}}}notice", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    facts = (
        ("number", number),
        ("sender", sender),
        ("sent", sent_at.isoformat()),
        ("replaces", replaces),
        ("kind", content.kind),
        ("verdict", content.verdict),
        ("about", content.about),
        ("topic", content.topic),
        ("audience", content.audience),
        ("wards", " ".join(content.wards)),
        ("expires", content.expires_at.isoformat() if content.expires_at else ""),
        *(("picture", str(one)) for one in content.pictures),
        *(("paper", str(one)) for one in content.papers),
    )
    for name, words in facts:
        if words:
            etree.SubElement(root, f"{{{NAMESPACE}}}{name}").text = words
    for language, text in sorted(content.texts.items()):
        block = etree.SubElement(root, f"{{{NAMESPACE}}}text", language=language)
        for name in ("title", "rumour", "body", "source", "alt"):
            if words := getattr(text, name):
                etree.SubElement(block, f"{{{NAMESPACE}}}{name}").text = words
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
