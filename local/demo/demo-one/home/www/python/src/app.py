"""What demo-one runs on, told by compiled wheels that Debian's own pip installed."""

import os
import pwd
import sys

import _cffi_backend
import cffi
import markupsafe._speedups
from flask import Flask

app = Flask(__name__)

libc = cffi.FFI()
libc.cdef("unsigned int getuid(void);")


@app.get("/")
def what_it_runs_on():
    uid = libc.dlopen(None).getuid()
    return {
        "tool": "demo-one",
        "python": sys.version.split()[0],
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "uid": uid,
        "user": pwd.getpwuid(uid).pw_name,
        "home": os.environ["HOME"],
        "locale": os.environ.get("LC_ALL"),
        "compiled": [_cffi_backend.__file__, markupsafe._speedups.__file__],
    }


@app.get("/healthz")
def healthz():
    return "ok\n"
