"""The security headers of every answer."""

from flask import Flask, Response, g, request

_SAME_FOR_ALL = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
YEAR = 365 * 24 * 3600


def _policy() -> str:
    """Only what this host serves: no inline script, no frame, no third party. A nonce where a page asked for one."""
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    return (
        "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        f"img-src 'self' data:; script-src 'self'; style-src 'self'{nonce}"
    )


def init_headers(app: Flask) -> None:
    """Set the headers after every request. A view that allows caching says so itself."""
    is_https = app.config["BASE_URL"].startswith("https://")

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.update(_SAME_FOR_ALL)
        response.headers["Content-Security-Policy"] = _policy()
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if is_https:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
        if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        elif not response.cache_control.public:
            response.headers["Cache-Control"] = "no-store"
        return response
