"""The app, for the web server and for `flask --app wsgi`."""

from pbvote.app import create_app

app = create_app()
