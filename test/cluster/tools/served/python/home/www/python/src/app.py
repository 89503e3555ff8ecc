# Notes in a database that the tool has had for years.
import locale
import os
import sys

import notes


def app(environ, start_response):
    path = environ['PATH_INFO']
    status, text = '200 OK', ''
    if 'NOTE_WORD' in environ:
        notes.add(environ['NOTE_WORD'])
    elif path == '/about':
        about = [sys.prefix, sys.base_prefix, '%d.%d' % sys.version_info[:2], os.getcwd(), os.environ['PORT'], os.environ['TOOL_DATA_DIR']]
        text = ' '.join([*about, str(os.getuid()), locale.getpreferredencoding()]) + '\n'
    elif path not in ('/', '/healthz'):
        status, text = '404 Not Found', 'no ' + path + '\n'
    start_response(status, [('Content-Type', 'text/plain; charset=utf-8')])
    return [(text or notes.text()).encode()]
