#!/usr/bin/env python3
"""Answers the audit questions from the reports themselves, without SQL, and compares with what credsql answers.

    check.py CREDSQL PATH...    PATH is a folder of reports, or demo

The rules are written from the texts that the questions name (CIS, Security Hub, AWS's description of the report), not from their SQL.
"""

import base64
import csv
import io
import json
import pathlib
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone

ROOT = "<root_account>"


def instant(text):
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except (ValueError, AttributeError):
        return None  # N/A, no_information, not_supported, or no such column


def word(text):
    return None if text in (None, "", "N/A", "not_supported", "no_information") else text


def flag(text):
    return {"true": True, "false": False}.get((text or "").lower())


class User:
    def __init__(self, row):
        self.name, self.arn = row["user"], row["arn"]
        self.account, self.partition = self.arn.split(":")[4], self.arn.split(":")[1]
        self.root = self.name == ROOT
        self.created = instant(row["user_creation_time"])
        self.password, self.mfa = flag(row.get("password_enabled")), flag(row.get("mfa_active"))
        self.password_text = row.get("password_enabled")
        self.signed_in, self.changed = instant(row.get("password_last_used")), instant(row.get("password_last_changed"))
        self.expires = instant(row.get("password_next_rotation"))
        self.keys, self.certificates = [], []
        for slot in (1, 2):
            key = f"access_key_{slot}_"
            active, created = flag(row.get(key + "active")), instant(row.get(key + "last_rotated"))
            if active or created:  # N/A in last_rotated is no key
                known = key + "last_used_date" in row
                self.keys.append(Key(self, slot, active, created, instant(row.get(key + "last_used_date")),
                                     word(row.get(key + "last_used_region")), word(row.get(key + "last_used_service")), known))
            active, created = flag(row.get(f"cert_{slot}_active")), instant(row.get(f"cert_{slot}_last_rotated"))
            if active or created:
                self.certificates.append(Key(self, slot, active, created, None, None, None, False))

    @property
    def id(self):
        return (self.account, self.name)

    @property
    def live_keys(self):
        return [k for k in self.keys if k.active]

    @property
    def last_use(self):
        return max((t for t in [self.signed_in] + [k.used for k in self.keys] if t), default=None)


class Key:
    def __init__(self, user, slot, active, created, used, region, service, known):
        self.user, self.slot, self.active, self.created = user, slot, active, created
        self.used, self.region, self.service, self.known = used, region, service, known

    @property
    def id(self):
        return (*self.user.id, self.slot)


def read(path):
    """The rows of every report of a folder, or of the demonstration, as AWS wrote them."""
    if path == "demo":
        for row in ask(["query", "--demo", "--quiet", "-o", "json", "SELECT * FROM credsql.raw_report"]):
            yield row
        return
    for file in sorted(pathlib.Path(path).glob("*")):
        text = file.read_text(encoding="utf-8-sig") if file.suffix in (".csv", ".json") else ""
        if file.suffix == ".json":
            text = base64.b64decode(json.loads(text)["Content"]).decode()
        yield from csv.DictReader(io.StringIO(text))


def ask(args):
    return json.loads(subprocess.run([CREDSQL, *args], check=True, capture_output=True, text=True).stdout)


def answers(users, now):
    """What each question must find: the columns to compare, and the rows."""
    people = [u for u in users if not u.root]
    roots = [u for u in users if u.root]
    keys = [k for u in users for k in u.keys]
    live = [k for k in keys if k.active]
    def ago(days): return now - timedelta(days=days)
    def before(t, limit): return t is not None and t < limit
    def by(t, limit): return t is not None and t <= limit
    def after(t, limit): return t is not None and t > limit
    user, key = ("account_id", "user"), ("account_id", "user", "slot")

    yield "root-keys", ("account_id", "slot"), [(k.user.account, k.slot) for k in live if k.user.root]
    yield "root-keys-left", ("account_id", "slot"), [(k.user.account, k.slot) for k in keys if k.user.root and not k.active]
    yield "root-mfa", ("account_id", "unknown"), [
        (u.account, u.password is None) for u in roots if not u.mfa and u.password is not False and u.partition != "aws-us-gov"]
    yield "root-use", ("account_id",), [(u.account,) for u in roots if after(u.last_use, ago(90))]
    yield "root-password-age", ("account_id",), [(u.account,) for u in roots if u.password and before(u.changed, ago(365))]
    yield "root-certificates", ("account_id", "slot"), [(u.account, c.slot) for u in roots for c in u.certificates]
    yield "root-credentials", ("account_id",), [
        (u.account,) for u in roots
        if u.live_keys or any(c.active for c in u.certificates) or u.password is not False and u.partition != "aws-us-gov"]

    bare = [u for u in people if u.password and not u.mfa]
    yield "console-no-mfa", user, [u.id for u in bare]
    yield "console-no-mfa-active", user, [u.id for u in bare if after(u.signed_in, ago(30))]
    yield "console-keys-no-mfa", user, [u.id for u in bare if u.live_keys]
    yield "console-and-keys", user, [u.id for u in people if u.password and u.live_keys]
    yield "users-no-mfa", user, [
        u.id for u in people if not u.mfa and (u.password or u.live_keys or any(c.active for c in u.certificates))]
    coverage = defaultdict(lambda: [0, 0])
    for u in people:
        coverage[u.account][0] += bool(u.password)
        coverage[u.account][1] += bool(u.password and u.mfa)
    yield "mfa-coverage", ("account_id", "console_users", "with_mfa"), [(a, *n) for a, n in coverage.items()]

    yield "password-age", user, [u.id for u in people if u.password and before(u.changed, ago(365))]
    yield "password-first", user, [
        u.id for u in people if u.password and u.signed_in and before(u.changed, u.created + timedelta(minutes=1))]
    yield "password-never-used", user, [u.id for u in people if u.password and not u.signed_in and by(u.changed, ago(7))]
    yield "password-overdue", user, [u.id for u in users if u.password and before(u.expires, now)]
    with_password = defaultdict(list)
    for u in people:
        if u.password:
            with_password[u.account].append(u)
    yield "password-no-expiry", ("account_id", "passwords"), [
        (a, len(list_)) for a, list_ in with_password.items() if not any(u.expires for u in list_)]

    yield "keys-old", key, [k.id for k in live if before(k.created, ago(90))]
    yield "keys-left", key, [k.id for k in keys if not k.active]
    yield "keys-never-used", key, [k.id for k in live if not k.used and by(k.created, ago(7))]
    yield "keys-two-active", user, [u.id for u in users if len(u.live_keys) == 2]
    yield "keys-two-regions", user, [
        u.id for u in users if len(u.live_keys) == 2 and len({k.region for k in u.live_keys} - {None}) == 2]
    yield "keys-at-setup", key, [
        k.id for k in live if not k.user.root and k.user.password and k.known and not k.used
        and k.created < k.user.created + timedelta(minutes=1)]
    yield "keys-identity", key, [
        k.id for k in live if k.service in ("iam", "sts", "organizations", "sso", "identitystore", "sso-admin")]
    stuck = []
    for u in users:
        if len(u.live_keys) == 2:
            older, younger = sorted(u.live_keys, key=lambda k: k.created)
            if by(younger.created, ago(14)) and older.used and older.used >= younger.created:
                stuck.append(u.id)
    yield "keys-rotation-stuck", user, stuck
    yield "keys-back-in-use", user, [
        u.id for u in people if u.password and by(u.signed_in or u.changed, ago(180))
        and any(after(k.used, ago(7)) for k in u.keys)]
    services = Counter(k.service for k in live if k.service)
    yield "keys-odd-services", key, [k.id for k in live if k.service and services[k.service] <= 2]

    idle_passwords = [u for u in people if u.password and by(u.signed_in or u.changed, ago(45))]
    idle_keys = [k for k in live if by(k.used or k.created, ago(45))]
    yield "unused-passwords", user, [u.id for u in idle_passwords]
    yield "unused-keys", key, [k.id for k in idle_keys]
    yield "unused-credentials", (*user, "kind", "slot"), (
        [(*u.id, "password", None) for u in idle_passwords]
        + [(*k.user.id, "access_key", k.slot) for k in idle_keys if not k.user.root])
    yield "unused-users", user, [
        u.id for u in people if (u.password or u.live_keys) and not any(c.active for c in u.certificates)
        and by(u.last_use or u.created, ago(90))]
    yield "unused-services", user, [
        u.id for u in users if u.live_keys and not u.password and not (u.root and u.password_text == "not_supported")
        and by(max((k.used for k in u.live_keys if k.used), default=None) or max(k.created for k in u.live_keys), ago(90))]
    yield "users-empty", user, [u.id for u in people if not u.password and not u.keys and not u.certificates]
    yield "users-never-used", user, [
        u.id for u in people if (u.password or u.live_keys) and not u.last_use and by(u.created, ago(30))]

    yield "certificates-active", key, [(*u.id, c.slot) for u in people for c in u.certificates if c.active]
    yield "certificates-left", key, [(*u.id, c.slot) for u in users for c in u.certificates if not c.active]
    yield "certificates-old", key, [
        (*u.id, c.slot) for u in users for c in u.certificates if c.active and before(c.created, ago(365))]

    yield "new-users", user, [u.id for u in people if after(u.created, ago(30))]
    counts = Counter((k.region or "(global or never)") for k in live)
    yield "by-region", ("region", "keys"), list(counts.items())
    ages = Counter()
    for k in live:
        days = None if k.created is None else (now - k.created) / timedelta(days=1)
        ages[next((name for limit, name in [(30, "0 to 30 days"), (90, "31 to 90 days"), (180, "91 to 180 days"),
                                            (365, "181 to 365 days"), (1095, "1 to 3 years")] if days is not None and days <= limit),
                  "unknown" if days is None else "over 3 years")] += 1
    yield "by-key-age", ("age", "keys"), list(ages.items())
    table = {}
    for u in users:
        row = table.setdefault(u.account, [0] * 6)
        two = len(u.live_keys) == 2
        for i, counts_ in enumerate([not u.root, not u.root and u.password, not u.root and u.password and not u.mfa,
                                     not u.root and u.live_keys, two, u.root and u.live_keys]):
            row[i] += bool(counts_)
    yield "by-account", ("account_id", "users", "console", "no_mfa", "with_keys", "two_keys", "root_active_keys"), [
        (a, *row) for a, row in table.items()]
    names = defaultdict(set)
    for u in people:
        if u.password or u.live_keys:
            names[u.name.lower()].add(u.account)
    yield "same-name", ("name", "accounts"), [(n, len(a)) for n, a in names.items() if len(a) > 1]
    yield "fleet-sizes", ("account_id", "users"), list(Counter(u.account for u in people).items())


def main():
    wrong = asked = found = 0
    for path in sys.argv[2:]:
        now = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
        source = ["--report", path]
        if path == "demo":
            now, source = datetime.now(timezone.utc).replace(microsecond=0), ["--demo"]
        users = [User(row) for row in read(path)]
        for name, columns, want in answers(users, now):
            rows = ask(["examples", "run", name, *source, "--at", now.isoformat(), "--quiet", "-o", "json"])
            got = Counter(tuple(row[c] for c in columns) for row in rows)
            asked, found = asked + 1, found + len(rows)
            if got != Counter(want):
                wrong += 1
                print(f"{path}: {name}: credsql alone {sorted(got - Counter(want), key=str)}, check alone {sorted(Counter(want) - got, key=str)}")
    print(f"{asked} answers of {found} rows compared, {wrong} wrong")
    sys.exit(wrong > 0 or asked == 0)


CREDSQL = sys.argv[1]
main()
