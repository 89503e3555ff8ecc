"""What demo-two runs on, and the hashes of texts, by an extension that was compiled in a shell pod."""

import json
import os
import pwd
import sys

import fnv1a


def what_it_runs_on():
    return {
        "tool": "demo-two",
        "python": sys.version.split()[0],
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "uid": os.getuid(),
        "user": pwd.getpwuid(os.getuid()).pw_name,
        "home": os.environ["HOME"],
        "locale": os.environ.get("LC_ALL"),
        "compiled": [fnv1a.__file__],
    }


def page(environ):
    path = environ["PATH_INFO"]
    if path == "/":
        return what_it_runs_on()
    if path == "/healthz":
        return "ok"
    # Set by a route in uwsgi.ini.
    if "FNV1A_TEXT" in environ:
        text = environ["FNV1A_TEXT"]
        return {"text": text, "fnv1a": fnv1a.fnv1a(text.encode())}
    return None


def app(environ, start_response):
    content = page(environ)
    start_response("404 Not Found" if content is None else "200 OK", [("Content-Type", "application/json")])
    return [json.dumps(content).encode() + b"\n"]
