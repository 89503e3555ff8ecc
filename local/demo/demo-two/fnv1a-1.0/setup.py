from setuptools import Extension, setup

setup(name="fnv1a", version="1.0", ext_modules=[Extension("fnv1a", ["fnv1a.c"])])
