"""What a maintainer pushes: an application that knows nothing of the image that it will be in."""

import json
import os
import pwd
import ssl
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        answer = {
            "says": "hello",
            "language": "Python %d.%d" % sys.version_info[:2],
            "libraries": ssl.OPENSSL_VERSION,
            "uid": os.getuid(),
            "user": pwd.getpwuid(os.getuid()).pw_name,
        }
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())


HTTPServer(("", int(os.environ.get("PORT", "8000"))), Hello).serve_forever()
