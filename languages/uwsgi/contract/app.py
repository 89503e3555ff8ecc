"""The web application of the contract: it answers, and it runs checks with the environment that the server gives it."""
import os
import subprocess
import sys


def app(environ, start_response):
    answer = b'the contract'
    if environ['PATH_INFO'] == '/checks':
        told = {
            'CONTRACT_APP_PREFIX': sys.prefix,
            'CONTRACT_APP_VERSION': sys.version,
            'CONTRACT_APP_IN_VENV': str(os.path.exists(os.path.join(sys.prefix, 'pyvenv.cfg'))),
        }
        run = ['/bin/bash', '-c', os.environ['CONTRACT_RUN']]
        answer = subprocess.run(run, env={**os.environ, **told}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', str(len(answer)))])
    return [answer]
