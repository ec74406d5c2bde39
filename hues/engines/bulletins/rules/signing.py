"""Sign a message and check a signed one: XML-DSig, enveloped."""

from cryptography.exceptions import InvalidSignature
from lxml import etree
from signxml import methods
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidCertificate, InvalidDigest, InvalidInput
from signxml.exceptions import InvalidSignature as BadSignature
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

EXPECTED = SignatureConfiguration(
    signature_methods=frozenset({SignatureMethod.ECDSA_SHA256}),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
)


def sign(message: bytes, *, key: bytes, certificate: str) -> bytes:
    """Return the message with an enveloped signature (ECDSA on P-256, SHA-256) and the certificate in it."""
    signer = XMLSigner(
        method=methods.enveloped,
        signature_algorithm=SignatureMethod.ECDSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
    )
    signed = signer.sign(_parsed(message), key=key, cert=certificate)
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")


def holds(message: bytes, *, certificate: str) -> bool:
    """Test if the signature of a message was made with the key of `certificate`, and the whole message is under it."""
    try:
        found = XMLVerifier().verify(message, x509_cert=certificate, expect_config=EXPECTED)
    except (BadSignature, InvalidSignature, InvalidDigest, InvalidCertificate, InvalidInput, etree.XMLSyntaxError):
        return False
    result = found[0] if isinstance(found, list) else found
    return result.signed_xml is not None and result.signed_xml.tag == _parsed(message).tag


def _parsed(message: bytes) -> etree._Element:
    return etree.fromstring(message, etree.XMLParser(resolve_entities=False, no_network=True))
