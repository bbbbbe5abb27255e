"""Answers the test's requests, a JSON line each, with what a client library does; see ../README.md for the requests and protocol."""

import datetime
import decimal
import json
import sys


class Refused(Exception):
    """An error that a library reports without raising it."""


def value(param):
    """The Python value of a parameter."""
    read = {
        "null": lambda text: None,
        "bool": lambda text: text == "true",
        "int": int,
        "float": float,
        "decimal": decimal.Decimal,
        "text": str,
        "bytes": lambda text: text.encode(),
        "datetime": datetime.datetime.fromisoformat,
        "date": datetime.date.fromisoformat,
        "time": lambda text: datetime.timedelta(seconds=float(text)),
    }
    return read[param["type"]](param["value"])


def cell(v):
    """A value of a row as its kind and its text."""
    if v is None:
        return ["null", ""]
    kinds = {bool: "bool", int: "int", float: "float", decimal.Decimal: "decimal", str: "text"}
    if type(v) in kinds:
        return [kinds[type(v)], str(v).lower() if isinstance(v, bool) else str(v)]
    if isinstance(v, (bytes, bytearray)):
        return ["bytes", bytes(v).decode()]
    if isinstance(v, datetime.datetime):
        return ["datetime", v.strftime("%Y-%m-%d %H:%M:%S.%f")]
    if isinstance(v, (dict, list)):
        return ["json", json.dumps(v, ensure_ascii=False)]
    return [type(v).__name__, str(v)]


def failure(error):
    """An exception as the number and the message that the server sent, where it came from there."""
    origin = getattr(error, "orig", None) or error
    code = getattr(origin, "errno", None)
    if code is None and origin.args and isinstance(origin.args[0], int):
        code = origin.args[0]
    return {"code": code or 0, "message": str(origin)}


def serve(client):
    """Answers until the input ends."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(client, request["op"])(request)
        except Exception as error:  # whatever the library raises is its answer
            answer = {"error": failure(error)}
        print(json.dumps(answer), flush=True)
