#!/bin/bash
# A source package with C in it, built by `pip install` or by hand: compiler, Python.h, and the headers and libraries that tools compile against.
set -euo pipefail
source=$HOME/contract-source
rm -rf "$source" "$HOME/compile-venv"
mkdir "$source"
cat > "$source/contract_c.c" << 'C'
#include <Python.h>
#include <unicode/ustring.h>
#include <ldap.h>
#include <mysql.h>
#include <sasl/sasl.h>
static PyObject *libraries(PyObject *self, PyObject *none) {
  UChar text[] = {'a', 0};
  LDAPAPIInfo info = {.ldapai_info_version = LDAP_API_INFO_VERSION};
  const char *sasl = NULL;
  sasl_version(&sasl, NULL);
  return Py_BuildValue("ii(kO)", u_strlen(text), ldap_get_option(NULL, LDAP_OPT_API_INFO, &info), mysql_get_client_version(), sasl ? Py_True : Py_False);
}
static PyMethodDef methods[] = {{"libraries", libraries, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "contract_c", NULL, -1, methods};
PyMODINIT_FUNC PyInit_contract_c(void) { return PyModule_Create(&module); }
C
cat > "$source/setup.py" << 'PYTHON'
import subprocess
from setuptools import Extension, setup
flags = lambda option: subprocess.check_output(['mysql_config', option], text=True).split()
setup(name='contract-c', version='1.0', ext_modules=[Extension('contract_c', ['contract_c.c'], extra_compile_args=flags('--include'),
      extra_link_args=flags('--libs') + ['-licuuc', '-lldap', '-lsasl2'])])
PYTHON
# With the setuptools of the system: environments have none since Python 3.12. Legacy images have had none from then on either, but for what pip
# fetches from the network, which this pod has not; then the compiler is called as setuptools would.
if ! said=$(python3 -m venv --system-site-packages "$HOME/compile-venv" 2>&1); then
  differs 'python3 -m venv' 'an environment to compile in' "$said"
  exit
fi
in_venv=$HOME/compile-venv/bin
by_hand() {
  local options
  mapfile -t options < <({ python3-config --includes && mysql_config --include && mysql_config --libs; } | tr --squeeze-repeats ' ' '\n')
  gcc -shared -fPIC "$source/contract_c.c" "${options[@]}" -licuuc -lldap -lsasl2 \
    -o "$("$in_venv/python3" -c 'import sysconfig; print(sysconfig.get_path("platlib"))')/contract_c$(python3-config --extension-suffix)"
}
status=0
if "$in_venv/python3" -c 'import setuptools' 2>/dev/null; then
  "$in_venv/pip" install --no-index --no-build-isolation "$source" >"$source/log" 2>&1 || status=$?
else
  by_hand >"$source/log" 2>&1 || status=$?
fi
same 'building of a source package with C' 'ends with 0' \
  "ends with $status$([ "$status" = 0 ] || printf ': %s' "$(grep -m 2 -E 'fatal error:|cannot find -l|command not found' "$source/log" || tail -n 2 "$source/log")")"
[ "$status" != 0 ] || has 'the compiled module' '(1, 0, (' "$("$in_venv/python3" -c 'import contract_c; print(contract_c.libraries())' 2>&1 | tail -n 1)"
rm -rf "$source" "$HOME/compile-venv"
