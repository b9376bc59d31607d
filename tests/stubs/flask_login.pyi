from collections.abc import Callable
from typing import Any

from flask import Flask

current_user: Any

class UserMixin:
    @property
    def is_authenticated(self) -> bool: ...

class LoginManager:
    session_protection: str | None
    def init_app(self, app: Flask, add_context_processor: bool = ...) -> None: ...
    def user_loader(self, callback: Callable[[str], Any]) -> Callable[[str], Any]: ...

def login_user(user: UserMixin) -> bool: ...
def logout_user() -> bool: ...
