#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

static PyObject *fnv1a(PyObject *module, PyObject *args)
{
    const unsigned char *bytes;
    Py_ssize_t length;
    uint32_t hash = 2166136261u;

    (void)module;
    if (!PyArg_ParseTuple(args, "y#", &bytes, &length))
        return NULL;
    for (Py_ssize_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    return PyLong_FromUnsignedLong(hash);
}

static PyMethodDef functions[] = {
    {"fnv1a", fnv1a, METH_VARARGS, "The 32 bit FNV-1a hash of bytes."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "fnv1a", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC PyInit_fnv1a(void)
{
    return PyModule_Create(&definition);
}
