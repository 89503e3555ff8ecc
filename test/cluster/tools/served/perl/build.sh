# shellcheck shell=bash
# What a maintainer has typed: a module in C, compiled into the home.
set -e
cd src
perl Makefile.PL INSTALL_BASE="$HOME/perl5"
make install
