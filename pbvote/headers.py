"""The security headers of every answer, and which answers may be compressed."""

from flask import Flask, Response, g, request, session
from flask_compress import Compress

_SAME_FOR_ALL = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
REFERRER_POLICY = "same-origin"
YEAR = 365 * 24 * 3600
COMPRESSED_FROM_BYTES = 1024
COMPRESSED = (
    "text/html",
    "text/plain",
    "text/csv",
    "text/xml",
    "application/atom+xml",
    "application/json",
    "application/xml",
    "image/svg+xml",
)


def _policy(nonce: str = "") -> str:
    """Only what this host serves: no inline script, no frame, no third party. A nonce where a page asked for one."""
    style = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return (
        "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
        f"frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src {style}"
    )


def security_headers(app: Flask, nonce: str = "") -> dict[str, str]:
    """What every answer carries, whoever asks for what. HSTS only where the site is reached by HTTPS."""
    headers = _SAME_FOR_ALL | {"Content-Security-Policy": _policy(nonce)}
    if app.config["BASE_URL"].startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return headers


def init_headers(app: Flask) -> None:
    """Set the headers after every request. A view that allows caching says so itself."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.setdefault("Referrer-Policy", REFERRER_POLICY)
        response.headers.update(security_headers(app, g.get("csp_nonce", "")))
        if not response.cache_control.public:
            response.headers["Cache-Control"] = "no-store"
        return response


def init_compression(app: Flask) -> None:
    """Compress what anybody may read. `docs/decisions/compression.md` says why nothing else."""
    app.config.from_mapping(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],
        COMPRESS_MIMETYPES=COMPRESSED,
        COMPRESS_MIN_SIZE=COMPRESSED_FROM_BYTES,
    )
    compress = Compress(app)

    @app.after_request
    def compress_if_public(response: Response) -> Response:
        return compress.after_request(response) if _is_for_anybody(response) else response


def _is_for_anybody(response: Response) -> bool:
    """Whether the answer holds no secret: nobody was known by a cookie, none is set, and no form was sent."""
    is_read = request.method in {"GET", "HEAD"} and not response.is_streamed
    return is_read and not request.cookies and not session.modified
