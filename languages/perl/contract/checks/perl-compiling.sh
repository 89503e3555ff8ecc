#!/bin/bash
# A module with C in it, as people install them from CPAN.
set -euo pipefail
source=$HOME/contract-xs
rm -rf "$source"
mkdir "$source"
cd "$source"
cat > Makefile.PL << 'PERL'
use ExtUtils::MakeMaker;
WriteMakefile(NAME => 'Contract', VERSION => '1.0');
PERL
cat > Contract.pm << 'PERL'
package Contract;
our $VERSION = '1.0';
require XSLoader;
XSLoader::load();
1;
PERL
cat > Contract.xs << 'XS'
#include "EXTERN.h"
#include "perl.h"
#include "XSUB.h"
MODULE = Contract PACKAGE = Contract
int
twice(number)
    int number
  CODE:
    RETVAL = 2 * number;
  OUTPUT:
    RETVAL
XS
status=0
said=$( (perl Makefile.PL && make) 2>&1) || status=$?
same 'perl Makefile.PL && make' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(tail -n 2 <<< "$said")")"
same 'the compiled module' 42 "$(perl -Mblib -MContract -e 'print Contract::twice(21)' 2> /dev/null || true)"
cd "$HOME"
rm -rf "$source"
