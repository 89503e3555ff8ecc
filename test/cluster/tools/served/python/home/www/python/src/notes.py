import os
import sqlite3

import fnv1a


def run(statement, *values):
    with sqlite3.connect(os.path.join(os.environ['HOME'], 'notes.db')) as db:
        db.execute('create table if not exists notes (word text primary key)')
        return db.execute(statement, values).fetchall()


def add(word):
    run('insert or ignore into notes values (?)', word)


def text():
    return ''.join('%s %d\n' % (word, fnv1a.fnv1a(word.encode())) for word, in run('select word from notes order by word'))


if __name__ == '__main__':
    print(text(), end='')
