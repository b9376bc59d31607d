"""The app, for the web server and for `flask --app wsgi`."""

from pbvote.app import create_app
from pbvote.memory import settle_memory

app = create_app()
settle_memory()
