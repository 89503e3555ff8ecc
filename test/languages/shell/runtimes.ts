/** Small stand-ins for the runtimes, as shell that fills a folder; $prefix is the layer they are made for. */

export const pythonTree = `
mkdir -p bin include/python3.11 lib/python3.11/venv lib/python3.11/__pycache__
printf '#!/bin/sh\\necho Python 3.11.14\\n' >bin/python3.11
ln -s python3.11 bin/python3
printf '#!%s/bin/python3.11\\n' "$prefix" | tee bin/pip3 >bin/virtualenv
chmod 755 bin/*
touch include/python3.11/Python.h lib/python3.11/os.py lib/python3.11/venv/__init__.py
printf '\\247\\r\\r\\n\\1\\0\\0\\0hashhash' >lib/python3.11/__pycache__/os.cpython-311.pyc`;

export const uwsgiTree = `
mkdir -p bin lib/uwsgi/plugins
printf '#!/bin/sh\\n# plugin_dir=%s/lib/uwsgi/plugins\\n[ $1 = --version ] && echo 2.0.31 || echo --route x --log-maxsize x\\n' "$prefix" >bin/uwsgi
chmod 755 bin/uwsgi
touch lib/uwsgi/plugins/python3_plugin.so`;
