require 'mkmf'
abort 'sqlite3.h or its library is missing' unless have_header('sqlite3.h') && have_library('sqlite3', 'sqlite3_open')
create_makefile('notes_c')
