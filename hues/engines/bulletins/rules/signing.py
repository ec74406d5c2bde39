"""Sign a message and check a signed one: XML-DSig, enveloped."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
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
# Others sign as they like, with anything that is not known to be weak.
OF_OTHERS = SignatureConfiguration(
    signature_methods=frozenset(
        {
            SignatureMethod.RSA_SHA256,
            SignatureMethod.RSA_SHA384,
            SignatureMethod.RSA_SHA512,
            SignatureMethod.ECDSA_SHA256,
            SignatureMethod.ECDSA_SHA384,
            SignatureMethod.ECDSA_SHA512,
        }
    ),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512}),
)
BAD = (BadSignature, InvalidSignature, InvalidDigest, InvalidCertificate, InvalidInput, etree.LxmlError, ValueError)


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


def signed_part(message: bytes, certificates: Sequence[str]) -> etree._Element | None:
    """Return the part of somebody's message that a key of one of `certificates` has signed, None if none has."""
    for certificate in certificates:
        try:
            found = XMLVerifier().verify(_parsed(message), x509_cert=certificate, expect_config=OF_OTHERS)
        except BAD:
            continue
        result = found[0] if isinstance(found, list) else found
        if result.signed_xml is not None:
            return result.signed_xml
    return None


def certificates_in(pem: str) -> tuple[str, ...]:
    """
    Return the certificates of a PEM file, one by one.

    :raises ValueError: if there is none in it
    """
    found = x509.load_pem_x509_certificates(pem.encode())
    return tuple(one.public_bytes(Encoding.PEM).decode() for one in found)


def _parsed(message: bytes) -> etree._Element:
    return etree.fromstring(message, etree.XMLParser(resolve_entities=False, no_network=True))
