"""Who may come in when the desk listens to others: accounts with a hashed password, sessions, and patience."""

import hashlib
import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from kryds.desk import tables_of_desk as t
from kryds.desk.web.visitor import Role, Visitor

#: The shortest and the longest password (NIST SP 800-63B, 5.1.1.2: at least 8, and let long ones be).
MIN_PASSWORD, MAX_PASSWORD = 10, 200
#: How long a session lasts: a working day.
SESSION = timedelta(hours=12)
TOKEN_BYTES = 32
#: So many wrong passwords for one name, or from one place, within this time (seconds); then it must pass.
MAX_WRONG, WRONG_WITHIN_S = 10, 300

_HASHER = PasswordHasher()
#: What an unknown name's password is compared with, so that the time does not tell whether the name is known.
_NOBODY = _HASHER.hash(secrets.token_urlsafe(TOKEN_BYTES))


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may come in."""

    name: str
    role: Role
    created: str


class Accounts:
    """Accounts and sessions in the desk's database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(t.accounts).order_by(t.accounts.c.name)).all()
        return tuple(Account(row.name, Role(row.role), row.created) for row in rows)

    def has_owner(self) -> bool:
        """Whether anybody could let others in."""
        return any(account.role is Role.OWNER for account in self.all())

    def keep(self, name: str, password: str, role: Role) -> None:
        """A new account; or another password and role for the one of that name, whose sessions end."""
        row = {"name": name, "password": _HASHER.hash(password), "role": role.value}
        with self._engine.begin() as connection:
            connection.execute(sa.delete(t.sessions).where(t.sessions.c.account == name))
            known = connection.scalar(sa.select(t.accounts.c.name).where(t.accounts.c.name == name))
            if known:
                connection.execute(sa.update(t.accounts).where(t.accounts.c.name == name).values(**row))
            else:
                created = datetime.now(UTC).isoformat(timespec="milliseconds")
                connection.execute(sa.insert(t.accounts), [row | {"created": created}])

    def drop(self, name: str) -> None:
        """Ends an account and its sessions; what it decided stays."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(t.sessions).where(t.sessions.c.account == name))
            connection.execute(sa.delete(t.accounts).where(t.accounts.c.name == name))

    def is_right(self, name: str, password: str) -> bool:
        """Whether the password is the account's; takes as long for a name that is not known."""
        with self._engine.connect() as connection:
            known = connection.scalar(sa.select(t.accounts.c.password).where(t.accounts.c.name == name))
        try:
            return _HASHER.verify(known or _NOBODY, password) and known is not None
        except (VerifyMismatchError, InvalidHashError):
            return False

    def begin_session(self, name: str) -> str:
        """A new session; what it gives is for the visitor's browser alone."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = {"key": _key(token), "account": name, "csrf": secrets.token_urlsafe(TOKEN_BYTES)}
        now = datetime.now(UTC)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(t.sessions).where(t.sessions.c.expires < now.isoformat()))
            connection.execute(sa.insert(t.sessions), [row | {"expires": (now + SESSION).isoformat()}])
        return token

    def visitor(self, token: str) -> Visitor | None:
        """Whose session it is, while it lasts."""
        joined = sa.select(t.sessions, t.accounts.c.role).join(t.accounts, t.accounts.c.name == t.sessions.c.account)
        with self._engine.connect() as connection:
            row = connection.execute(joined.where(t.sessions.c.key == _key(token))).one_or_none()
        if row is None or row.expires < datetime.now(UTC).isoformat():
            return None
        return Visitor(row.account, Role(row.role), row.csrf)

    def end_session(self, token: str) -> None:
        """Ends a session."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(t.sessions).where(t.sessions.c.key == _key(token)))


@dataclass
class Patience:
    """Counts wrong passwords by name and by place, in this server's memory."""

    _wrong: dict[str, deque[float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def is_over(self, *keys: str) -> bool:
        """Whether there were too many lately for any of these."""
        with self._lock:
            return any(len(self._recent(key)) >= MAX_WRONG for key in keys)

    def wrong(self, *keys: str) -> None:
        """One more."""
        with self._lock:
            for key in keys:
                self._recent(key).append(time.monotonic())

    def right(self, key: str) -> None:
        """Whoever knows the password need not wait for those who did not."""
        with self._lock:
            self._wrong.pop(key, None)

    def _recent(self, key: str) -> deque[float]:
        """The times of the last while; what nobody counts any more is let go."""
        until = time.monotonic() - WRONG_WITHIN_S
        for each in [each for each, times in self._wrong.items() if not times or times[-1] < until]:
            del self._wrong[each]
        times = self._wrong.setdefault(key, deque(maxlen=MAX_WRONG))
        while times and times[0] < until:
            times.popleft()
        return times


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
