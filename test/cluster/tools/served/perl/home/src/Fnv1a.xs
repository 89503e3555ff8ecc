#include "EXTERN.h"
#include "perl.h"
#include "XSUB.h"

MODULE = Fnv1a  PACKAGE = Fnv1a

unsigned int
fnv1a(text)
    const char *text
  CODE:
    RETVAL = 2166136261u;
    while (*text) RETVAL = (RETVAL ^ (unsigned char)*text++) * 16777619u;
  OUTPUT:
    RETVAL
