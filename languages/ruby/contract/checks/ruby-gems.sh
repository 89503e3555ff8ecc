#!/bin/bash
# `bundle install --local` of a gem with C in it: compiler, ruby.h, and the libraries of databases that gems compile against.
set -euo pipefail
source=$HOME/contract-gem
app=$HOME/contract-bundle
rm -rf "$source" "$app"
mkdir -p "$source/ext" "$app/vendor/cache"
cat > "$source/contract_c.gemspec" << 'RUBY'
Gem::Specification.new do |spec|
  spec.name = 'contract_c'
  spec.version = '1.0.0'
  spec.summary = 'A gem of the contract'
  spec.authors = ['the contract']
  spec.files = ['ext/contract_c.c', 'ext/extconf.rb']
  spec.extensions = ['ext/extconf.rb']
end
RUBY
cat > "$source/ext/extconf.rb" << 'RUBY'
require 'mkmf'
abort 'sqlite3.h or its library is missing' unless have_header('sqlite3.h') && have_library('sqlite3', 'sqlite3_libversion_number')
abort 'the library of MariaDB is missing' unless have_library('mariadb', 'mysql_get_client_version')
create_makefile('contract_c')
RUBY
cat > "$source/ext/contract_c.c" << 'C'
#include <ruby.h>
#include <sqlite3.h>
static VALUE libraries(VALUE self) { return INT2NUM(sqlite3_libversion_number() / 1000000); }
void Init_contract_c(void) { rb_define_module_function(rb_define_module("ContractC"), "libraries", libraries, 0); }
C
printf '%s\n' "source 'https://rubygems.org'" "gem 'contract_c'" > "$app/Gemfile"
if ! said=$(cd "$source" && gem build contract_c.gemspec 2>&1); then
  differs 'gem build' 'a gem' "$(tail -n 2 <<< "$said")"
  exit
fi
mv "$source"/contract_c-*.gem "$app/vendor/cache/"
cd "$app"
export BUNDLE_PATH=vendor/bundle
status=0
said=$(bundle install --local 2>&1) || status=$?
same 'bundle install --local' 'ends with 0' "ends with $status$([ "$status" = 0 ] || echo ": $(tail -n 3 <<< "$said")")"
[ "$status" != 0 ] || same 'the compiled gem' 3 "$(bundle exec ruby -e 'require "contract_c"; puts ContractC.libraries' 2>&1 | tail -n 1)"
cd
rm -rf "$source" "$app"
