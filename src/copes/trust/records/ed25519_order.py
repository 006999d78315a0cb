"""Is an Ed25519 public key a point of the prime-order group? (RFC 8032 §5.1)

Programs disagree about signatures under keys with a small-order part: some multiply by the cofactor, some do
not. A key that passes here gives every conforming program the same verdict, so such keys are refused at
enrolment. Public data only: nothing here needs constant time.
"""

from functools import lru_cache

from copes.trust.errors import KeyRefused

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_SQRT_M1 = pow(2, (_P - 1) // 4, _P)

EdwardsPoint = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T with x=X/Z, y=Y/Z, xy=T/Z


def _add(first: EdwardsPoint, second: EdwardsPoint) -> EdwardsPoint:
    """Complete addition on the twisted Edwards curve (RFC 8032 §5.1.4)."""
    a = (first[1] - first[0]) * (second[1] - second[0]) % _P
    b = (first[1] + first[0]) * (second[1] + second[0]) % _P
    c = 2 * first[3] * second[3] * _D % _P
    d = 2 * first[2] * second[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _multiply(scalar: int, point: EdwardsPoint) -> EdwardsPoint:
    result: EdwardsPoint = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _is_identity(point: EdwardsPoint) -> bool:
    return point[0] == 0 and (point[1] - point[2]) % _P == 0


def _decompress(raw: bytes) -> EdwardsPoint:
    """The curve point behind its 32-byte encoding (RFC 8032 §5.1.3), canonical encodings only."""
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= _P:
        raise KeyRefused("key.ed25519-encoding", "the Ed25519 key is not in its one canonical form")
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if (v * x * x - u) % _P != 0:
        x = x * _SQRT_M1 % _P
    if (v * x * x - u) % _P != 0:
        raise KeyRefused("key.ed25519-encoding", "the Ed25519 key is not a point of the curve")
    if x == 0 and sign:
        raise KeyRefused("key.ed25519-encoding", "the Ed25519 key is not in its one canonical form")
    if x & 1 != sign:
        x = _P - x
    return (x, y, 1, x * y % _P)


@lru_cache(maxsize=65536)
def check_prime_order(raw: bytes) -> None:
    """Return when ``raw`` (32 bytes) encodes a point of prime order L; otherwise raise KeyRefused.

    About 3 ms the first time for a key; good answers are remembered.
    """
    if len(raw) != 32:
        raise KeyRefused("key.ed25519-encoding", "an Ed25519 key has 32 bytes")
    point = _decompress(raw)
    if _is_identity(_multiply(8, point)):
        raise KeyRefused("key.low-order", "the Ed25519 key is of low order: anyone can sign for it")
    if not _is_identity(_multiply(_L, point)):
        raise KeyRefused("key.mixed-order", "the Ed25519 key is of mixed order: programs disagree about it")
