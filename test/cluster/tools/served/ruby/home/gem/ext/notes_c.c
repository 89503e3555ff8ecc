#include <ruby.h>
#include <sqlite3.h>

/* NotesC.run(file, statement, word): a line for each row, its first column. */
static VALUE run(VALUE self, VALUE file, VALUE statement, VALUE word) {
  sqlite3 *db;
  sqlite3_stmt *prepared;
  VALUE lines = rb_ary_new();
  if (sqlite3_open(StringValueCStr(file), &db) != SQLITE_OK ||
      sqlite3_prepare_v2(db, StringValueCStr(statement), -1, &prepared, NULL) != SQLITE_OK)
    rb_raise(rb_eRuntimeError, "%s", sqlite3_errmsg(db));
  sqlite3_bind_text(prepared, 1, StringValueCStr(word), -1, SQLITE_TRANSIENT);
  while (sqlite3_step(prepared) == SQLITE_ROW) rb_ary_push(lines, rb_utf8_str_new_cstr((const char *)sqlite3_column_text(prepared, 0)));
  sqlite3_finalize(prepared);
  sqlite3_close(db);
  return lines;
}

static VALUE fnv1a(VALUE self, VALUE text) {
  unsigned int sum = 2166136261u;
  for (const char *c = StringValueCStr(text); *c; c++) sum = (sum ^ (unsigned char)*c) * 16777619u;
  return UINT2NUM(sum);
}

void Init_notes_c(void) {
  VALUE notes = rb_define_module("NotesC");
  rb_define_module_function(notes, "run", run, 3);
  rb_define_module_function(notes, "fnv1a", fnv1a, 1);
}
